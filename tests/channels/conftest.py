from __future__ import annotations

import pytest

from bot.clock import SetClock
from tests.channels.stage import BEGINS
from tests.fakes.common.fixtures import no_proxy

__all__ = ["no_proxy"]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(BEGINS)
