"""The delivery loop: sends what is queued, when it may be sent, once.

claim (lease) -> open (contacts: gate and words), start and reserve the platform's next free moment,
in one commit -> send -> mark. Once started, a row whose sending is in doubt is `unknown` and never
blindly sent again. What would have to wait for its moment goes back instead, and holds up nobody.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple, Protocol, TypeVar

from bot.channels.base import Channel, DeliveryFailed
from bot.contacts.case import Dropped
from bot.firing import AT_ONCE as FIRED_AT_ONCE
from bot.firing import fire_due
from bot.opening import CLOSED_THERE, Later, open_contact, part_waits, try_again
from bot.parts import Parts
from bot.spacing import Spacing
from flows.wording import Message
from storage import addresses, outbox, pace, people
from storage.database import Unit
from storage.outbox import Outgoing
from storage.pace import Wait
from storage.people import Reached

T = TypeVar("T")
log = logging.getLogger(__name__)

AT_ONCE = 50
TOGETHER = 64
"""Messages on their way at once: enough for thirty a second when each takes two seconds."""
IN_A_COMMIT = 8
"""Starts in one commit: with many, the first one's moment is long over when it is done."""
NEAR = timedelta(seconds=0.5)
"""A moment that is no farther away is waited for; else the message goes back."""
AHEAD = timedelta(seconds=0.25)
"""So much before its moment it is taken up again, lest the moment passes in the meantime."""
HTTP_TIMEOUT = timedelta(seconds=15)
LEASE = timedelta(minutes=3)
"""Longer than the timeout of a request and than any platform's history lags behind."""
HISTORY_LAGS = timedelta(minutes=2)
"""How long a message that arrived may be missing from a platform's history: asked about sooner,
it would be sent twice."""
FENCE = HTTP_TIMEOUT + timedelta(seconds=15)
BACK_OFF = timedelta(seconds=30)
ATTEMPTS = 200
"""Four days, at half an hour each: as long as a contact may wait."""
REPEATS = 3
NOWHERE = "no address on a running channel"


class Writes(Protocol):
    """Runs a work in a transaction and gives its result once it is committed."""

    async def __call__(self, work: Callable[[Unit], T]) -> T: ...


class Claimed(NamedTuple):
    """`reached`: where a contact would go that has not been opened yet."""

    row: Outgoing
    reached: Reached | None


class Ready(NamedTuple):
    """A row that was started, with where and what to send, and not before when."""

    row: Outgoing
    reached: Reached
    rendered: list[dict[str, Any]]
    at: datetime


class Paced(NamedTuple):
    """A row that was put back because of a platform's pace. `crowded`: it takes no more from
    anybody now."""

    until: datetime
    crowded: bool


Note = Callable[[Unit], None]


class Became(NamedTuple):
    """What is to be noted of a message, and when it is to be tried again if it has to be."""

    note: Note
    again: datetime | None = None


class Outbound:
    """`later` is told after how many seconds something may go that had to be put back.
    `counts`: (channel, "sent", "failed", "refused" (for good) or "put_back") -> how many since the
    start."""

    def __init__(
        self,
        write: Writes,
        parts: Parts,
        channels: Mapping[str, Channel],
        worker: str,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.write = write
        self.parts = parts
        self.channels = channels
        self.worker = worker
        self.later: Callable[[float], None] = lambda seconds: None
        self.counts: Counter[tuple[str, str]] = Counter()
        self._sleep = sleep
        self._places = asyncio.Semaphore(TOGETHER)
        self._lined_up: set[int] = set()
        self._ends: dict[str, datetime] = {}
        self._starts = asyncio.Semaphore(IN_A_COMMIT)
        self._spacing = Spacing()

    async def deliver(self) -> int:
        """Sends all that is due now and may go; how many rows were dealt with."""
        dealt, more = 0, True
        while more:
            rows = await self.write(self._claim)
            dealt += len(rows)
            in_order = sorted(rows, key=lambda one: (one.row.person, one.row.id))
            by_person = groupby(in_order, lambda one: one.row.person)
            groups = (self._one_by_one(list(group)) for _, group in by_person)
            crowded = any(await asyncio.gather(*groups))
            # A contact that has opened may have queued what follows it.
            more = len(rows) == AT_ONCE or any(one.row.kind == "contact" for one in rows)
            more = more and not crowded
        return dealt

    async def fire(self) -> int:
        """Turns due reminders into contacts; how many."""
        fired = some = await self.write(lambda unit: fire_due(unit, self.parts))
        while some == FIRED_AT_ONCE:
            some = await self.write(lambda unit: fire_due(unit, self.parts))
            fired += some
        return fired

    async def reconcile(self) -> None:
        """Asks the platforms about what is in doubt, and lets go of what nobody can tell."""
        now = self.parts.clock()
        await self.write(lambda unit: outbox.release_lapsed(unit, now))
        rows = await self.write(lambda unit: outbox.unknown(unit, now))
        in_order = sorted(rows, key=lambda row: (row.person, row.id))
        by_person = groupby(in_order, lambda row: row.person)
        # Beside each other: a platform that does not answer would else hold up all others.
        await asyncio.gather(*(self._reconcile_all(list(group)) for _, group in by_person))

    def _claim(self, unit: Unit) -> list[Claimed]:
        rows = outbox.claim(unit, self.worker, self.parts.clock(), LEASE, AT_ONCE)
        return [
            Claimed(row, people.reached_at(unit, row.person) if _unopened(row) else None)
            for row in rows
        ]

    async def _one_by_one(self, claimed: Sequence[Claimed]) -> bool:
        """One person's messages in order; when one has to wait, those after it wait too. What
        became of one is noted in the commit that starts the next. Whether the platform can take
        no more from anybody now."""
        async with self._places:
            became = Became(_nothing)
            for at, one in enumerate(claimed):
                quiet = await self._quiet_until(one)
                going = partial(self._go_on, noting=became.note, row=one.row, quiet=quiet)
                async with self._starts:
                    ready = await self.write(going)
                became = await self._became(ready)
                if became.again is not None:
                    self.later((became.again - self.parts.clock()).total_seconds())
                    await self._wait_behind([late.row for late in claimed[at + 1 :]], became)
                    return isinstance(ready, Paced) and ready.crowded
            if became.note is not _nothing:
                await self.write(became.note)
        return False

    async def _quiet_until(self, claimed: Claimed) -> datetime | None:
        """Until when somebody does not want to be disturbed with something new."""
        reached = claimed.reached
        channel = self.channels.get(reached.channel) if reached else None
        if reached is None or channel is None:
            return None
        try:
            quiet = await channel.quiet_for(reached.external_id)
        except DeliveryFailed:
            return None  # it cannot be asked now: their working hours still count
        return self.parts.clock() + quiet if quiet else None

    def _go_on(
        self, unit: Unit, noting: Note, row: Outgoing, quiet: datetime | None
    ) -> Ready | Paced | None:
        noting(unit)
        if quiet is None:
            return self._start(unit, row)
        outbox.put_back(unit, row, quiet, "do not disturb", tried=False)
        return None

    async def _became(self, ready: Ready | Paced | None) -> Became:
        if isinstance(ready, Paced):
            return Became(_nothing, ready.until)
        return await self._send(ready) if ready else Became(_nothing)

    def _start(self, unit: Unit, row: Outgoing) -> Ready | Paced | None:
        """Everything that must be true before the first byte goes out, in one commit."""
        if not outbox.start(unit, row, self.worker, FENCE):
            return None
        reached = self._reached(unit, row)
        channel = self.channels.get(reached.channel) if reached else None
        wait = Wait(timedelta(), "")
        if reached is not None and channel is not None and not reached.is_closed:
            wait = pace.take(unit, channel.pace(reached.external_id), NEAR)
        if reached is not None and not wait.is_taken:
            return self._put_back(unit, row, reached, wait)
        self._lined_up.discard(row.id)
        at = self.parts.clock() + wait.time
        opened = self._open(unit, row)
        if opened is None:
            return None
        if reached is None or channel is None:
            self._let_go(unit, row, NOWHERE)
            return None
        if reached.is_closed:
            self._let_go(unit, row, CLOSED_THERE)
            return None
        profile = people.get_person(unit, row.person)
        message = Message.model_validate_json(opened.body(profile))
        return Ready(opened, reached, channel.render(message, profile.language), at)

    def _reached(self, unit: Unit, row: Outgoing) -> Reached | None:
        if row.address is not None:
            return addresses.get_address(unit, row.address)
        return people.reached_at(unit, row.person)

    def _put_back(self, unit: Unit, row: Outgoing, reached: Reached, wait: Wait) -> Paced:
        """Until its platform's pace allows it."""
        # A limit that does not name the address is everybody's.
        crowded = reached.external_id not in wait.scope
        until = self.parts.clock() + wait.time
        if crowded:
            between = dict(self.channels[reached.channel].pace(reached.external_id))[wait.scope]
            until = self._in_line(row, wait.scope, between, until) - AHEAD
        outbox.put_back(unit, row, until, "pace", tried=False)
        self.counts[reached.channel, "put_back"] += 1
        return Paced(until, crowded)

    def _in_line(self, row: Outgoing, scope: str, between: timedelta, until: datetime) -> datetime:
        """Its place behind those that wait already: were all to come back at the next free moment,
        each would be taken up again for every one that goes. Whoever had a place comes next."""
        if row.id in self._lined_up:
            return until
        self._lined_up.add(row.id)
        place = max(until, self._ends.get(scope, until))
        self._ends[scope] = place + between
        return place

    def _open(self, unit: Unit, row: Outgoing) -> Outgoing | None:
        """The row with its words; None if it may not be said (now)."""
        if _unopened(row):
            decided = open_contact(unit, self.parts, row)
            if isinstance(decided, Dropped):
                self._let_go(unit, row, decided.reason)
                return None
            if isinstance(decided, Later):
                outbox.put_back(unit, row, decided.at, decided.reason)
                return None
            row = decided.row
        waits = part_waits(unit, self.parts, row)
        if waits is not None:
            outbox.put_back(unit, row, waits, "outside working hours")
            return None
        return row

    def _let_go(self, unit: Unit, row: Outgoing, reason: str) -> None:
        outbox.drop(unit, row.id, reason)

    async def _send(self, ready: Ready) -> Became:
        row, name, external_id = ready.row, ready.reached.channel, ready.reached.external_id
        now = self.parts.clock()
        limits = self.channels[name].pace(external_id)
        shared = [limit for limit in limits if external_id not in limit[0]]
        early = (self._spacing.moment(shared, max(ready.at, now)) - now).total_seconds()
        if early > 0:
            await self._sleep(early)
        try:
            ref = await self.channels[name].send(external_id, ready.rendered, row.slot_key)
        except DeliveryFailed as failure:
            self.counts[name, "refused" if failure.permanent else "failed"] += 1
            return self._failed(ready, failure)
        self.counts[name, "sent"] += 1
        now = self.parts.clock()
        return Became(lambda unit: outbox.mark_sent(unit, row.id, now, ref))

    def _failed(self, ready: Ready, failure: DeliveryFailed) -> Became:
        row = ready.row
        log.warning("delivery %s failed: %s", row.id, failure.reason)
        now, reason = self.parts.clock(), failure.reason
        if failure.doubtful:
            ask_at = now + HISTORY_LAGS
            return Became(lambda unit: outbox.mark_unknown(unit, row.id, reason, now, ask_at))
        if failure.permanent or row.attempt + 1 >= ATTEMPTS:
            return Became(lambda unit: self._refused(unit, ready, failure))
        again = self._when_again(row, failure)
        return Became(lambda unit: self._try_again(unit, ready, again, failure), again)

    def _refused(self, unit: Unit, ready: Ready, failure: DeliveryFailed) -> None:
        self._let_go(unit, ready.row, failure.reason)
        if failure.closed:
            addresses.close(unit, ready.reached.id)

    def _try_again(
        self, unit: Unit, ready: Ready, again: datetime, failure: DeliveryFailed
    ) -> None:
        """What the platform asks for holds for all that goes to that address."""
        try_again(unit, ready.row, again, failure.reason)
        external_id = ready.reached.external_id
        for scope, _ in self.channels[ready.reached.channel].pace(external_id):
            if failure.retry_after and external_id in scope:
                pace.hold(unit, scope, timedelta(seconds=failure.retry_after))

    def _when_again(self, row: Outgoing, failure: DeliveryFailed) -> datetime:
        waits = BACK_OFF * 2 ** min(row.attempt, 6)
        asked = timedelta(seconds=failure.retry_after or 0)
        return self.parts.clock() + (asked or waits)

    async def _wait_behind(self, rows: Sequence[Outgoing], first: Became) -> None:
        def wait(unit: Unit) -> None:
            first.note(unit)
            for row in rows:
                again = first.again or self.parts.clock()
                outbox.put_back(unit, row, again, "in order", tried=False)

        await self.write(wait)

    async def _reconcile_all(self, rows: Sequence[Outgoing]) -> None:
        async with self._places:
            for row in rows:
                await self._reconcile(row)

    async def _reconcile(self, row: Outgoing) -> None:
        reached = await self.write(lambda unit: self._reached(unit, row))
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


def _nothing(unit: Unit) -> None:
    """Nothing is to be noted."""


def _may_repeat(row: Outgoing) -> bool:
    """The answer to somebody's own action may come twice, where nobody can tell if it came."""
    return row.kind == "reply" and row.attempt < REPEATS


def _unopened(row: Outgoing) -> bool:
    return row.kind == "contact" and not row.body_sealed
