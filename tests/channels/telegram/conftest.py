from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.wire import Line, make_line
from bot.clock import SetClock
from tests.channels.telegram.stage import QUICK, Ears
from tests.fakes.telegram import TOKEN, FakeTelegram, Person


@pytest.fixture
async def fake(clock: SetClock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock, rates=None, loopback_webhooks=True) as fake:
        yield fake


@pytest.fixture
async def line(fake: FakeTelegram) -> AsyncIterator[Line]:
    line = make_line(TOKEN, fake.url, QUICK)
    yield line
    await line.close_connections()


@pytest.fixture
def anna(fake: FakeTelegram) -> Person:
    """Somebody with Telegram, whom no store knows."""
    anna = fake.person(7, "Anna")
    anna.started = True
    return anna


@pytest.fixture
def ears() -> Ears:
    return Ears()
