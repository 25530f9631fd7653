"""A line to a platform that falls silent, without anybody saying that it broke, is opened anew."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.slack.workspaces import Workspaces
from bot.channels.telegram.edge import TelegramEdge
from bot.channels.telegram.wire import Patience, make_line
from bot.watch import Watched
from tests.channels.slack.stage import Ears, Running, edge_of
from tests.channels.stage import Ears as AnyEars
from tests.channels.stage import Pauses
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

__all__ = ["no_proxy"]

QUICK = 0.2
"""Seconds between two signs of life."""


@pytest.fixture
async def slack(no_proxy: None) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(rates=None, ack_seconds=0.5) as fake:
        yield fake


@pytest.fixture
async def line(slack: FakeSlack) -> AsyncIterator[Workspaces]:
    line = Workspaces([slack.bot_token], slack.base_url)
    yield line
    await line.close()


@asynccontextmanager
async def watched(edge: Watched) -> AsyncIterator[None]:
    task = asyncio.create_task(edge.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_silent_socket_is_left_for_a_new_one_and_nothing_is_lost(
    slack: FakeSlack, line: Workspaces
) -> None:
    anna, ears = slack.person("U7", "Anna Holm"), Ears()
    async with Running(slack, edge_of(line, ears, ping=QUICK)):
        slack.sockets.silence()
        anna.writes("into the silence")
        await slack.until(lambda: slack.sockets.opened > 1)
        anna.writes("afterwards")
        await slack.until(lambda: "afterwards" in ears.texts)
        slack.clock.advance(61)  # type: ignore[attr-defined]
        await slack.deliver()
    assert sorted(ears.texts, key=str) == ["afterwards", "into the silence"]


async def test_a_socket_that_the_library_does_not_mend_is_opened_by_the_watch(
    slack: FakeSlack, line: Workspaces
) -> None:
    """The library would look after a minute only."""
    anna, ears = slack.person("U7", "Anna Holm"), Ears()
    edge = Watched("slack", edge_of(line, ears, ping=60.0, pause=Pauses(50)), Pauses())
    async with watched(edge):
        await slack.until(lambda: slack.sockets.open)
        slack.sockets.drop()
        await slack.until(lambda: slack.sockets.opened > 1)
        anna.writes("hej")
        await slack.until(lambda: ears.heard)
        assert edge.health() == "ok"
    assert ears.texts == ["hej"]


async def test_a_poll_that_never_answers_is_asked_anew(no_proxy: None) -> None:
    async with FakeTelegram(rates=None) as telegram:
        line = make_line(telegram.token, telegram.url, Patience(answer=QUICK))
        ears = AnyEars()
        edge = TelegramEdge(line, ears, pause=Pauses(), poll_seconds=1)
        telegram.fail_next("getUpdates", "slow")
        phone = telegram.person(101, "Mette")
        async with watched(Watched("telegram", edge)):
            phone.start()
            await telegram.until(lambda: ears.heard)
        await line.close_connections()
    assert [fault.how for fault in telegram.faults.met] == ["slow"]
