from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.channels.slack.workspaces import Patience, Workspaces
from bot.clock import SetClock
from tests.channels.slack.manifest import COMMANDS, EVENTS, SCOPES
from tests.channels.slack.stage import Ears
from tests.fakes.slack import FakeSlack, Person

BEGINS = datetime(2026, 11, 23, 8, 50, tzinfo=ZoneInfo("Europe/Copenhagen"))
"""A Monday. Mette and Karin talk on the Wednesday at ten."""
QUICK = Patience(connect=2, answer=0.5)
"""Seconds of real time: what a test that lets Slack be slow has to wait."""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clock() -> SetClock:
    return SetClock(BEGINS)


@pytest.fixture
async def fake(clock: SetClock) -> AsyncIterator[FakeSlack]:
    """An app that was installed from our own manifest."""
    async with FakeSlack(
        clock, scopes=SCOPES, subscriptions=EVENTS, commands=COMMANDS, rates=None, ack_seconds=1
    ) as fake:
        yield fake


@pytest.fixture
async def line(fake: FakeSlack) -> AsyncIterator[Workspaces]:
    line = Workspaces([fake.bot_token], fake.base_url, QUICK)
    yield line
    await line.close()


@pytest.fixture
def anna(fake: FakeSlack) -> Person:
    return fake.person("U7", "Anna Holm")


@pytest.fixture
def ears() -> Ears:
    return Ears()
