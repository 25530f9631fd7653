"""The running program, from a start to a crash: the real parts on the real database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from bot.beat import Beat
from bot.channels.base import Channel
from bot.clock import SetClock
from bot.inbound import Incoming, Outcome, take_in
from bot.outbound import Outbound
from bot.parts import Parts
from bot.simulation.faults import CrashError, Faults
from bot.wiring import holidays_around
from flows.load import shipped_catalogue
from storage import outbox, reminders
from storage.database import Database, Unit
from storage.encryption import Vault
from storage.erasures import EraseLog
from storage.ids import Ids
from storage.start import start

T = TypeVar("T")
Work = Callable[[Unit], T]
BEAT = timedelta(seconds=15)


@dataclass(frozen=True)
class Premises:
    """What outlives a crash."""

    url: str
    key: bytes
    log: EraseLog
    clock: SetClock
    ids: Ids
    channels: Mapping[str, Channel]
    faults: Faults
    durable: bool = False


class Commits:
    """Implements `bot.outbound.Writes` without a thread, so that the order is always the same.
    Dies, by dice, before or after a commit."""

    def __init__(self, database: Database, faults: Faults) -> None:
        self._faults = faults
        self._dead = False
        self.connection = database.engine.execution_options(immediate=True).connect()
        self._unit = Unit(self.connection, database)
        if database.is_sqlite:
            # SQLAlchemy takes it for one long transaction; the driver is told of each.
            self.connection.begin()
            self._unit.driver.execute("COMMIT")

    async def __call__(self, work: Work[T]) -> T:
        return self.together([work])[0]

    def together(self, works: Sequence[Work[T]]) -> list[T]:
        """In one commit: all of them or, if the process dies, none."""
        if self._dead:
            raise CrashError("dead already")
        try:
            with self._transaction():
                results = [work(self._unit) for work in works]
                self._faults.crash("before_commit")
            self._faults.crash("after_commit")
        except CrashError:
            self._dead = True
            raise
        return results

    @contextmanager
    def glance(self) -> Iterator[Unit]:
        """For a few prepared statements between two commits: without a transaction, where the
        driver allows it."""
        if self._unit.database.is_sqlite:
            yield self._unit
        else:
            with self.reading() as unit:
                yield unit

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Between two commits, on the same connection."""
        with self._transaction():
            yield self._unit

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """On SQLite by the driver itself: SQLAlchemy's own costs more than what a turn says."""
        driver = self._unit.driver
        if driver is None:
            with self.connection.begin():
                yield
            return
        driver.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            driver.execute("ROLLBACK")
            raise
        driver.execute("COMMIT")

    def close(self) -> None:
        self.connection.close()


class Office:
    """One life of the program. Tests plant bugs by making some of its parts otherwise."""

    def __init__(self, premises: Premises) -> None:
        self.premises = premises
        self.database = start(
            premises.url, vault=Vault(premises.key), log=premises.log, clock=premises.clock,
            durable=premises.durable,
        )  # fmt: skip
        self.commits = self.make_commits()
        self.parts = self.make_parts()
        self.outbound = self.make_outbound()
        self.beat = Beat(self.commits, self.parts, self.outbound)
        self.reminds_at: datetime | None = premises.clock()

    def make_commits(self) -> Commits:
        return Commits(self.database, self.premises.faults)

    def make_parts(self) -> Parts:
        premises = self.premises
        return Parts(
            catalogue=shipped_catalogue(), clock=premises.clock, ids=premises.ids,
            holidays=holidays_around(premises.clock), erase_log=premises.log,
        )  # fmt: skip

    def make_outbound(self) -> Outbound:
        return Outbound(self.commits, self.parts, self.premises.channels, self.premises.ids())

    async def take_in(self, coming: Sequence[Incoming]) -> list[Outcome]:
        return self.commits.together([self.taking_in(one) for one in coming])

    def taking_in(self, incoming: Incoming) -> Work[Outcome]:
        return lambda unit: take_in(unit, self.parts, incoming)

    async def work(self) -> None:
        """What the beat does, without asking for reminders when none is due."""
        if self.reminds_at and self.reminds_at <= self.premises.clock():
            await self.outbound.fire()
        await self.outbound.deliver()

    def next_due(self) -> datetime | None:
        """When there is something to do next; what is due and could not be done waits a beat."""
        with self.commits.glance() as unit:
            self.reminds_at = reminders.next_due(unit)
            sends_at = outbox.next_due(unit)
        found = [one for one in (self.reminds_at, sends_at) if one]
        return max(min(found), self.premises.clock() + BEAT) if found else None

    async def die(self) -> None:
        """Nothing in memory is left; what was under way stops where it is."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        self.close()

    def close(self) -> None:
        self.commits.close()
        self.database.close()
