"""Two companies and one program between them, on a clock that is moved."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.clock import SetClock
from tests.channels.slack.manifest import OURS
from tests.empty_store import IN_MEMORY, put_empty_store
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.platforms.house import BEGINS, House


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Every record, also those that no administrator would ask for."""
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.fixture
def clock() -> SetClock:
    return SetClock(BEGINS)


@pytest.fixture
def file() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
        file = Path(folder) / "house.db"
        put_empty_store(file)
        yield file


@pytest.fixture
def ack_seconds() -> float:
    """How long, in real time, Slack waits for an acknowledgement: only whoever is dead is late."""
    return 5


@pytest.fixture
async def slack(clock: SetClock, ack_seconds: float) -> AsyncIterator[FakeSlack]:
    """An app that was installed from our own manifest, at Slack's own rates."""
    async with FakeSlack(clock, manifest=OURS, ack_seconds=ack_seconds) as fake:
        yield fake


@pytest.fixture
async def telegram(clock: SetClock) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock, loopback_webhooks=True) as fake:
        yield fake


@pytest.fixture
async def house(
    file: Path, slack: FakeSlack, telegram: FakeTelegram, clock: SetClock
) -> AsyncIterator[House]:
    async with House(file, slack, telegram, clock) as house:
        yield house
