"""The real way of a message to Telegram: outbox, pace in the database, python-telegram-bot, a strict
Telegram on loopback; and the hour is the same for all of them."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import SecretStr

from bot.channels.base import Paper, Rendered
from bot.channels.telegram.send import NAME, TelegramChannel
from bot.channels.telegram.wire import make_line
from bot.outbound import Outbound, Writes
from bot.postman import GRAINS, Postman
from bot.settings import Settings
from bot.talk import Talk
from bot.watch import running
from bot.wiring import build
from storage import addresses, people
from storage.database import Unit
from tests.benchmarks.ours import KEY
from tests.benchmarks.tide import Tide
from tests.fakes.telegram import TOKEN, FakeTelegram

T = TypeVar("T")
BEGINS = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LONGEST = 600.0
"""Real seconds."""


class Waiting(NamedTuple):
    """So many messages wait for a chat."""

    chat: int
    messages: int


class Arrived(NamedTuple):
    """`at`: chat -> the seconds at which something came. `too_many`: how often Telegram said so."""

    at: dict[int, list[float]]
    too_many: int

    def last(self, chats: Sequence[int] | None = None) -> float:
        return max(self.at[chat][-1] for chat in (chats or self.at))


class Papers:
    async def paper(self, channel: str, external_id: str, name: str) -> Paper:
        raise AssertionError(f"no message here shows a paper, so nobody asks for {name}")


class Counted(TelegramChannel):
    """The clock stands still while something is on its way."""

    tide: Tide

    async def send(self, external_id: str, rendered: list[Rendered], key: str) -> str | None:
        with self.tide.busy():
            return await super().send(external_id, rendered, key)


class TidalPostman(Postman):
    """Is rung by the tide instead of the loop."""

    def __init__(self, outbound: Outbound, tide: Tide) -> None:
        super().__init__(outbound)
        self._tide = tide
        self._rings: set[float] = set()

    def ask_in(self, seconds: float) -> None:
        now = self._tide().timestamp()
        at = math.ceil((now + max(seconds, 0)) * GRAINS) / GRAINS
        if at not in self._rings:
            self._rings.add(at)
            self._tide.call_in(at - now, partial(self._rung, at))

    def _rung(self, at: float) -> None:
        self._rings.discard(at)
        self.ask()


async def delivered(folder: Path, queue: Sequence[Waiting]) -> Arrived:
    """All of it, in the order in which it was queued."""
    tide = Tide(BEGINS)
    async with FakeTelegram(tide) as fake, _outbound(folder, fake, tide, queue) as outbound:
        postman = TidalPostman(outbound, tide)
        postman.ask()
        wanted = sum(one.messages for one in queue)
        async with running([tide.flow(), postman.run()]):
            await fake.until(lambda: len(fake.calls_of("sendMessage")) == wanted, LONGEST)
    came: dict[int, list[float]] = {}
    for call in fake.calls_of("sendMessage"):
        seconds = (call.at - BEGINS).total_seconds()
        came.setdefault(int(call.params["chat_id"]), []).append(seconds)
    return Arrived(came, sum(one.code == 429 for one in fake.refusals))


@asynccontextmanager
async def _outbound(
    folder: Path, fake: FakeTelegram, tide: Tide, queue: Sequence[Waiting]
) -> AsyncIterator[Outbound]:
    folder.mkdir()
    line = make_line(TOKEN, fake.url)
    channel = Counted(line, Papers())
    channel.tide = tide
    settings = Settings(database_url=f"sqlite:///{folder}/pace.db", secret_key=SecretStr(KEY))
    wired = build(settings, clock=tide, more_channels={NAME: channel})
    wired.database.clock = tide
    wired.writer.submit(lambda unit: _fill(unit, wired.parts, queue)).result()
    for one in queue:
        fake.person(one.chat, f"P{one.chat}").started = True
    try:
        yield Outbound(
            _busily(wired.write, tide), wired.parts, wired.channels, "worker", sleep=tide.sleep
        )
    finally:
        await line.close_connections()
        wired.close()


def _busily(write: Writes, tide: Tide) -> Writes:
    async def busily(work: Callable[[Unit], T]) -> T:
        with tide.busy():
            return await write(work)

    return busily


def _fill(unit: Unit, parts, queue: Sequence[Waiting]) -> None:
    for one in queue:
        person = people.add_person(unit, parts.ids, BEGINS, name=f"P{one.chat}")
        addresses.add_preferred(unit, parts.ids, person.id, NAME, str(one.chat))
        talk = Talk(unit, parts, person)
        talk.note("da", *["nothing-open"] * one.messages)
        talk.flush(f"said:{one.chat}")
