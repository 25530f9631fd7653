from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.channels.slack.workspaces import Patience, Workspaces
from bot.clock import SetClock
from storage.encryption import new_secret_key
from tests.channels.slack.house import House
from tests.channels.slack.manifest import OURS
from tests.channels.slack.stage import Ears
from tests.empty_store import put_empty_store
from tests.fakes.slack import FakeSlack, Person

QUICK = Patience(connect=2, answer=0.5)
"""Seconds of real time: what a test that lets Slack be slow has to wait."""


@pytest.fixture
async def fake(clock: SetClock) -> AsyncIterator[FakeSlack]:
    """An app that was installed from our own manifest."""
    async with FakeSlack(clock, manifest=OURS, rates=None, ack_seconds=1) as fake:
        yield fake


@pytest.fixture
async def line(fake: FakeSlack) -> AsyncIterator[Workspaces]:
    line = Workspaces([fake.bot_token], fake.base_url, QUICK)
    yield line
    await line.close()


@pytest.fixture
def house(tmp_path: Path, fake: FakeSlack, line: Workspaces, clock: SetClock) -> Iterator[House]:
    url = put_empty_store(tmp_path / "house.db")
    house = House(url, new_secret_key(), fake, line, clock)
    yield house
    house.wired.close()


@pytest.fixture
def anna(fake: FakeSlack) -> Person:
    return fake.person("U7", "Anna Holm")


@pytest.fixture
def ears() -> Ears:
    return Ears()
