"""The way in from a channel: one incoming event, and what can only follow after its commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.channels.base import Channel, DeliveryFailed
from bot.inbound import Incoming, Outcome, Taken, take
from bot.note import note_message
from bot.outbound import Writes
from bot.parts import Parts
from flows.model import Language
from storage.conversations import Overtaken
from storage.database import Database, Unit
from storage.erase import forget_erased, remove_traces

AGAIN = 5
"""How often an event is taken in anew because another device was quicker."""
log = logging.getLogger(__name__)


class Intake:
    """`heard`: channel -> when something came over it last, since the start."""

    def __init__(
        self, write: Writes, parts: Parts, database: Database, channels: Mapping[str, Channel]
    ) -> None:
        self.write = write
        self.parts = parts
        self.database = database
        self.channels = channels
        self.heard: dict[str, datetime] = {}

    async def hear(
        self, incoming: Incoming, before: Callable[[Unit], None] = lambda unit: None
    ) -> Outcome:
        """Takes in one event. `before`: done first in the same transaction. Raises DoesNotFit."""
        return (await self.take(incoming, before)).outcome

    async def take(
        self, incoming: Incoming, before: Callable[[Unit], None] = lambda unit: None
    ) -> Taken:
        """The same, with what is to be said here. Raises FurtherOn as well."""
        taken = await self._take(incoming, before)
        self.heard[incoming.channel] = self.parts.clock()
        if taken.outcome == "erased":
            await self._leave_no_trace(taken.person)
        if taken.says:
            await self._say_unkept(incoming, taken.says, taken.language)
        return taken

    async def _take(self, incoming: Incoming, before: Callable[[Unit], None]) -> Taken:
        def work(unit: Unit) -> Taken:
            before(unit)
            return take(unit, self.parts, incoming)

        for _ in range(AGAIN):
            try:
                return await self.write(work)
            except Overtaken:
                continue
        return await self.write(work)

    async def _leave_no_trace(self, person: str) -> None:
        forget_erased(self.database, person)
        if not await asyncio.to_thread(remove_traces, self.database):
            log.warning("the log still holds old pages after an erasure; the next one empties it")

    async def _say_unkept(self, incoming: Incoming, note: str, language: Language) -> None:
        """Says something to somebody of whom nothing is kept, not even that it was said."""
        channel = self.channels.get(incoming.channel)
        if channel is None:
            return
        rendered = channel.render(note_message(self.parts.catalogue, language, note), language)
        try:
            await channel.send(incoming.external_id, rendered, f"unkept:{self.parts.ids()}")
        except DeliveryFailed as failure:
            log.warning("a %s note was not delivered: %s", note, failure.reason)
