"""What happens again and again, and how the clock is moved through it in the try-out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.outbound import Outbound, Writes
from bot.parts import Parts
from bot.planning import ensure_planned
from bot.rhythm_change import ensure_followed
from storage import addresses, inbox, links, organisation, outbox, pace, pages, reminders, retention
from storage.database import Unit


class Movable(Protocol):
    def __call__(self) -> datetime: ...

    def move_to(self, moment: datetime) -> None: ...


class Beats(Protocol):
    """What a movable clock is moved through."""

    async def beat(self) -> None: ...

    async def next_due(self) -> datetime | None: ...


class Beat:
    """Fires what is due and delivers it; one at a time."""

    def __init__(self, write: Writes, parts: Parts, outbound: Outbound) -> None:
        self.write = write
        self.parts = parts
        self.outbound = outbound
        self._lock = asyncio.Lock()

    async def beat(self) -> None:
        async with self._lock:
            await self.outbound.fire()
            await self.outbound.deliver()

    async def reconcile(self) -> None:
        async with self._lock:
            await self.outbound.reconcile()

    async def tidy(self) -> None:
        """Once in a while: plans what has nothing planned, forgets what need not be known."""
        now = self.parts.clock()
        await self.write(lambda unit: ensure_followed(unit, self.parts))
        await self.write(lambda unit: ensure_planned(unit, self.parts))
        await self.write(lambda unit: inbox.forget_old(unit, now))
        await self.write(lambda unit: links.forget_old(unit, now))
        await self.write(lambda unit: pages.forget_old(unit, now))
        await self.write(pace.forget_old)
        await self.write(addresses.forget_replaced)
        await self.write(self._forget_words)

    def _forget_words(self, unit: Unit) -> int:
        kept = organisation.retention(unit, self.parts.retention)
        return retention.forget_old(unit, self.parts.clock(), kept)

    async def next_due(self) -> datetime | None:
        """When the next thing happens by itself."""
        return await self.write(_next_due)


def _next_due(unit: Unit) -> datetime | None:
    found = [one for one in (reminders.next_due(unit), outbox.next_due(unit)) if one]
    return min(found, default=None)


async def travel(
    beat: Beats, clock: Movable, to: datetime, moved: Callable[[], None] = lambda: None
) -> None:
    """Moves the clock to `to` through everything that happens on the way, each at its time."""
    waited = timedelta(milliseconds=1)
    while True:
        due = await beat.next_due()
        here = clock()
        if due is None or due > to:
            break
        # What is overdue was planned just now; or waits for something else: then in a minute.
        clock.move_to(due if due > here else here + waited)
        waited = timedelta(milliseconds=1) if due > here else timedelta(minutes=1)
        moved()
        await beat.beat()
    clock.move_to(to)
    moved()
    await beat.beat()
