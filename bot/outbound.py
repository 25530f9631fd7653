"""The delivery loop: sends what is queued, when it may be sent, once.

claim (lease) -> open (contacts: gate and words) and start, in one commit -> send -> mark. Once
started, a row whose sending is in doubt is `unknown` and never blindly sent again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple, Protocol, TypeVar

from bot.channels.base import Channel, DeliveryFailed
from bot.firing import fire_due
from bot.opening import Dropped, Later, open_contact, part_waits, try_again
from bot.parts import Parts
from flows.wording import Message
from storage import outbox, people
from storage.database import Unit
from storage.outbox import Outgoing
from storage.people import Reached

T = TypeVar("T")
log = logging.getLogger(__name__)

AT_ONCE = 50
TOGETHER = 8
HTTP_TIMEOUT = timedelta(seconds=15)
LEASE = timedelta(minutes=3)
"""Longer than the timeout of a request and than any platform's history lags behind."""
HISTORY_LAGS = timedelta(minutes=2)
"""How long a message that arrived may be missing from a platform's history: asked about sooner,
it would be sent twice."""
FENCE = HTTP_TIMEOUT + timedelta(seconds=15)
BACK_OFF = timedelta(seconds=30)
ATTEMPTS = 20
REPEATS = 3


class Writes(Protocol):
    """Runs a work in a transaction and gives its result once it is committed."""

    async def __call__(self, work: Callable[[Unit], T]) -> T: ...


class Ready(NamedTuple):
    """A row that was started, with where and what to send."""

    row: Outgoing
    reached: Reached
    rendered: list[dict[str, Any]]


class Outbound:
    def __init__(
        self, write: Writes, parts: Parts, channels: Mapping[str, Channel], worker: str
    ) -> None:
        self.write = write
        self.parts = parts
        self.channels = channels
        self.worker = worker
        self._places = asyncio.Semaphore(TOGETHER)

    async def deliver(self) -> int:
        """Sends all that is due now; how many rows were dealt with."""
        dealt = 0
        while rows := await self.write(self._claim):
            dealt += len(rows)
            by_person = groupby(sorted(rows, key=lambda row: (row.person, row.id)), _person)
            await asyncio.gather(*(self._one_by_one(list(group)) for _, group in by_person))
        return dealt

    async def fire(self) -> int:
        """Turns due reminders into contacts; how many."""
        fired = 0
        while some := await self.write(lambda unit: fire_due(unit, self.parts)):
            fired += some
        return fired

    async def reconcile(self) -> None:
        """Asks the platforms about what is in doubt, and lets go of what nobody can tell."""
        await self.write(outbox.release_lapsed)
        now = self.parts.clock()
        for row in await self.write(lambda unit: outbox.unknown(unit, now)):
            await self._reconcile(row)

    def _claim(self, unit: Unit) -> list[Outgoing]:
        return outbox.claim(unit, self.worker, self.parts.clock(), LEASE, AT_ONCE)

    async def _one_by_one(self, rows: list[Outgoing]) -> None:
        """One person's messages in order; when one has to wait, those after it wait too."""
        async with self._places:
            for at, row in enumerate(rows):
                again = await self._deal_with(row)
                if again is not None:
                    await self._wait_behind(rows[at + 1 :], again)
                    return

    async def _deal_with(self, row: Outgoing) -> datetime | None:
        """When the row is to be tried again, if it failed."""
        ready = await self.write(lambda unit: self._start(unit, row))
        return await self._send(ready) if ready else None

    def _start(self, unit: Unit, row: Outgoing) -> Ready | None:
        """Everything that must be true before the first byte goes out, in one commit."""
        if not outbox.start(unit, row, self.worker, FENCE):
            return None
        if row.kind == "contact" and not row.body_sealed:
            decided = open_contact(unit, self.parts, row)
            if isinstance(decided, Dropped):
                self._let_go(unit, row, decided.reason)
                return None
            if isinstance(decided, Later):
                outbox.put_back(unit, row, decided.at, "outside working hours")
                return None
            row = decided.row
        waits = part_waits(unit, self.parts, row)
        if waits is not None:
            outbox.put_back(unit, row, waits, "outside working hours")
            return None
        reached = people.reached_at(unit, row.person)
        channel = self.channels.get(reached.channel) if reached else None
        if reached is None or channel is None:
            self._let_go(unit, row, "no address on a running channel")
            return None
        profile = people.get_person(unit, row.person)
        message = Message.model_validate_json(row.body(profile))
        return Ready(row, reached, channel.render(message, profile.language))

    def _let_go(self, unit: Unit, row: Outgoing, reason: str) -> None:
        outbox.drop(unit, row.id, reason)

    async def _send(self, ready: Ready) -> datetime | None:
        channel = self.channels[ready.reached.channel]
        row = ready.row
        try:
            ref = await channel.send(ready.reached.external_id, ready.rendered, row.slot_key)
        except DeliveryFailed as failure:
            return await self._failed(row, failure)
        now = self.parts.clock()
        await self.write(lambda unit: outbox.mark_sent(unit, row.id, now, ref))
        return None

    async def _failed(self, row: Outgoing, failure: DeliveryFailed) -> datetime | None:
        log.warning("delivery %s failed: %s", row.id, failure.reason)
        if failure.doubtful:
            now = self.parts.clock()
            ask_at, reason = now + HISTORY_LAGS, failure.reason
            await self.write(lambda unit: outbox.mark_unknown(unit, row.id, reason, now, ask_at))
            return None
        if failure.permanent or row.attempt + 1 >= ATTEMPTS:
            await self.write(lambda unit: outbox.drop(unit, row.id, failure.reason))
            return None
        again = self._when_again(row, failure)
        await self.write(lambda unit: try_again(unit, row, again, failure.reason))
        return again

    def _when_again(self, row: Outgoing, failure: DeliveryFailed) -> datetime:
        waits = BACK_OFF * 2 ** min(row.attempt, 6)
        asked = timedelta(seconds=failure.retry_after or 0)
        return self.parts.clock() + (asked or waits)

    async def _wait_behind(self, rows: Iterable[Outgoing], later: datetime) -> None:
        for row in rows:
            await self.write(partial(outbox.put_back, row=row, not_before=later, reason="in order"))

    async def _reconcile(self, row: Outgoing) -> None:
        reached = await self.write(lambda unit: people.reached_at(unit, row.person))
        channel = self.channels.get(reached.channel) if reached else None
        try:
            arrived = (
                await channel.find(reached.external_id, row.slot_key)
                if reached and channel
                else None
            )
        except DeliveryFailed:
            return  # it cannot be asked now: it stays in doubt, and is asked about again
        now = self.parts.clock()
        if arrived:
            await self.write(lambda unit: outbox.mark_sent(unit, row.id, now, None, "reconciled"))
        elif row.attempt < ATTEMPTS and (arrived is False or _may_repeat(row)):
            await self.write(lambda unit: try_again(unit, row, now, "did not arrive"))
        else:
            await self.write(lambda unit: outbox.drop(unit, row.id, "in doubt"))


def _may_repeat(row: Outgoing) -> bool:
    """The answer to somebody's own action may come twice, where nobody can tell if it came."""
    return row.kind == "reply" and row.attempt < REPEATS


def _person(row: Outgoing) -> str:
    return row.person
