"""One set clock, and what happens under it: people, the program, its crashes and outages."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.clock import SetClock
from bot.course.refusals import CourseRefused
from bot.inbound import Incoming
from bot.simulation import population
from bot.simulation.agenda import Agenda
from bot.simulation.audience import Audience, Deed, Entry, Invited, Posted, Visit
from bot.simulation.books import Books
from bot.simulation.errands import Errand, Errands
from bot.simulation.faults import CrashError, Faults
from bot.simulation.hr import HR, Choosing, Following
from bot.simulation.office import Office, Premises
from bot.simulation.person import Act
from bot.simulation.platform import Arrival, History, SimulatedChannel
from bot.simulation.population import BLIND, LOOKING_UP, agree_on_dialogues
from bot.simulation.report import Course, Report
from storage.database import Unit
from storage.erasures import EraseLog
from storage.errors import WouldOverwrite
from storage.ids import SeededIds
from storage.prepared import Prepared
from storage.tables import OUTBOX_LEASED, OUTBOX_UNKNOWN, Outbox, table

BEGINS = datetime(2026, 2, 16, 5, 0, tzinfo=UTC)
"""A Monday, some weeks before Easter and before a quarter ends: a short run has both."""
TIDIES = timedelta(days=7)
RECONCILES = timedelta(minutes=1)
TEXTS_KEPT = timedelta(days=170)
SETTLING = timedelta(days=2)
_outbox = table(Outbox)
_started = select(_outbox.c.slot_key).where(OUTBOX_LEASED, _outbox.c.state == "started")
_leased = Prepared(select(_outbox.c.id).where(OUTBOX_LEASED).limit(1))
_unknown = Prepared(select(_outbox.c.id).where(OUTBOX_UNKNOWN).limit(1))


class Stage:
    def __init__(
        self, leaders: int, weeks: int, seed: int, faults: bool, *, courses: bool, folder: Path,
        database_url: str | None, office: Callable[[Premises], Office],
    ) -> None:  # fmt: skip
        self.asked = (leaders, weeks, seed, faults)
        self.seed = seed
        self.clock = SetClock(BEGINS)
        self.end = BEGINS + timedelta(weeks=weeks)
        self.faults = Faults(self.dice("faults"), on=False, leader_years=leaders * weeks / 52)
        self.history = History(self.clock, self.faults, self._see)
        self.file = folder / "simulation.db"
        self.premises = self._premises(folder, database_url)
        self.agenda: Agenda[Entry] = Agenda()
        self._open = office
        self.office = office(self.premises)
        self.audience = self._audience(leaders, weeks, courses)
        self.errands: list[Choosing | Errand] = []
        self.refused = 0
        self.faults.on = faults
        self.turns = 0
        self.wake: datetime | None = None
        self.reconcile_at: datetime | None = None
        self.tidy_at = BEGINS + TIDIES
        self.outage_at = BEGINS + self.faults.until_outage() if faults else None

    def dice(self, what: str) -> random.Random:
        return random.Random(f"{self.seed}:{what}")

    def _premises(self, folder: Path, url: str | None) -> Premises:
        if self.file.exists():
            raise WouldOverwrite(f"{self.file} is there from an earlier run. Name an empty folder.")
        channels = {
            name: SimulatedChannel(name, self.history, can_look_up=name == LOOKING_UP)
            for name in (LOOKING_UP, BLIND)
        }
        return Premises(
            url=url or f"sqlite:///{self.file}", key=hashlib.sha256(b"simulation").digest(),
            log=EraseLog.beside(self.file), clock=self.clock, ids=SeededIds(self.seed),
            channels=channels, faults=self.faults,
        )  # fmt: skip

    def _audience(self, leaders: int, weeks: int, courses: bool) -> Audience:
        books, self._ids = Books(leaders, self.dice("people")), dict[int, str]()
        errands = Errands(books, self._ids)
        if courses:
            books.organise()
        with self.office.database.write() as unit:
            errands.bring_in(unit, self.office.parts)
            agree_on_dialogues(unit, self.office.parts, self._ids, self.dice("pairs"))
        audience = Audience(books, self._ids, self.agenda, self.history, self._read, self.dice)
        for one in books.everybody:
            audience.enter(one.number, BEGINS)
        if courses:
            judge = audience.sharing
            following = Following(audience.enter, judge.parted, judge.erased, self.agenda.add)
            for at, errand in HR(books, errands, self.dice("hr"), weeks, following).plan(BEGINS):
                self.agenda.add(at, errand)
        return audience

    def _read(self) -> AbstractContextManager[Unit]:
        return self.office.commits.reading()

    def _see(self, arrival: Arrival) -> None:
        self.audience.see(arrival)

    # --- time

    async def play(self, progress: Callable[[float], None]) -> Report:
        told = 0
        while (at := self._next()) is not None and at < self.end:
            await self._until(at)
            done = int((at - BEGINS) / (self.end - BEGINS) * 100)
            if done > told:
                told = done
                progress(done / 100)
        await self._settle()
        report = self._report()
        self.office.close()
        progress(1.0)
        return report

    def _next(self) -> datetime | None:
        waits = (self.agenda.next_at(), self.wake, self.reconcile_at, self.tidy_at, self.outage_at)
        return min((one for one in waits if one), default=None)

    async def _until(self, at: datetime) -> None:
        """Moves to `at` and lets the program do what it does then."""
        self.clock.move_to(at)
        if self.outage_at and at >= self.outage_at:
            self.clock.move_to(at + self.faults.outage())
            self.outage_at = self.clock() + self.faults.until_outage()
            self.reconcile_at = self.clock() + timedelta(minutes=4)
        coming = self._coming()
        try:
            await self._take_in(coming)
            await self._run_errands()
            await self._work()
        except CrashError:
            await self._restart(coming)

    async def _take_in(self, coming: list[Posted]) -> None:
        if not coming:
            return
        outcomes = await self.office.take_in([self._incoming(one) for one in coming])
        for posted, outcome in zip(coming, outcomes, strict=True):
            self.turns += outcome == "taken"
            self.audience.taken_in(posted, outcome, self.clock())

    async def _run_errands(self) -> None:
        """What HR has the program do now. One that a crash undid is run again, as it was; of one
        that is too late for a crash HR sees that it is done."""
        while self.errands:
            first, now = self.errands.pop(0), self.clock()
            errand = first.choose(now) if isinstance(first, Choosing) else first
            if errand is not None:
                await self._run(errand, now)

    async def _run(self, errand: Errand, now: datetime) -> None:
        try:
            done = await self.office.commits(lambda unit: errand.work(unit, self.office.parts))
        except CourseRefused:
            done = False
        except CrashError as crash:
            if crash.undid:
                self.errands.insert(0, errand)
            else:
                self._note(errand, now)
            raise
        if done:
            self._note(errand, now)
        else:
            self.refused += 1

    def _note(self, errand: Errand, now: datetime) -> None:
        self.audience.trace.note(now, errand.what)
        self.audience.books.deeds[errand.what] += 1
        errand.done(now)

    async def _work(self) -> None:
        now = self.clock()
        if now >= self.tidy_at:
            self.audience.ledger.check_rows(now)
            self.audience.ledger.check_written(now, now - 2 * TIDIES)
            self.audience.figures.check()
            await self.office.beat.tidy()
            self.tidy_at = now + TIDIES
        if self.reconcile_at and now >= self.reconcile_at:
            self.reconcile_at = now + RECONCILES
            await self.office.beat.reconcile()
        await self.office.work()
        self.wake = self.office.next_due()
        self._look_for_doubt()

    def _look_for_doubt(self) -> None:
        """The program asks every minute; here only while there is something to ask about."""
        if not self.faults.on and self.reconcile_at is None:
            return
        with self.office.commits.glance() as unit:
            doubtful = any(one.first(unit, {}) for one in (_leased, _unknown))
        soon = self.reconcile_at or self.clock() + RECONCILES
        self.reconcile_at = soon if doubtful else None

    async def _restart(self, coming: list[Posted]) -> None:
        """The process died: what the platforms were not told is taken in comes again."""
        await self.office.die()
        self.clock.move_to(self.clock() + self.faults.pause_after_crash())
        self.office = self._open(self.premises)
        with self._read() as unit:
            self.history.doubted.update(unit.connection.execute(_started).scalars())
        for posted in coming:
            if posted.key not in self.audience.taken:
                self.agenda.add(self.clock() + timedelta(seconds=1), posted)
        self.wake = self.clock() + timedelta(seconds=1)
        self.reconcile_at = self.clock() + RECONCILES

    async def _settle(self) -> None:
        """Nobody does anything more and nothing fails: what is on its way arrives."""
        self.agenda.clear()
        self.faults.stop()
        self.outage_at = None
        self.end = max(self.end, self.clock()) + SETTLING  # the last outage may end later
        self.reconcile_at = self.clock() + RECONCILES
        while (at := self._next()) is not None and at < self.end:
            self.clock.move_to(at)
            self.agenda.clear()
            await self._work()
        self.audience.ledger.check_rows(self.clock(), end=True)
        self.audience.ledger.check_written(self.clock(), self.clock() - TEXTS_KEPT)
        self.audience.figures.check()
        self.audience.course.check_all()
        if self.office.database.is_sqlite:
            self.audience.ledger.check_file(self.office.database.path or self.file)

    # --- people

    def _coming(self) -> list[Posted]:
        """What the platforms hand over now."""
        found = [self._turn_up(entry) for entry in self.agenda.due(self.clock())]
        return [one for one in found if one]

    def _turn_up(self, entry: Entry) -> Posted | None:
        match entry:
            case Posted():
                return entry
            case Invited():
                self._invite(entry.number)
                return None
            case Visit():
                return self._visit(entry.number)
            case Deed():
                return self._do(entry.number, entry.act, entry.stamp)
            case Choosing() | Errand():
                self.errands.append(entry)
                return None

    def _invite(self, number: int) -> None:
        if not self.audience.books.is_here(number):
            return
        with self.office.database.write() as unit:
            population.welcome(unit, self.office.parts, self._ids[number], f"invited:{number}")

    def _visit(self, number: int) -> Posted | None:
        person = self.audience.people[number]
        self.agenda.add(person.next_visit(self.clock()), Visit(number))
        return self._do(number, person.visit(), None)

    def _do(self, number: int, act: Act, stamp: int | None) -> Posted | None:
        person = self.audience.people[number]
        if person.gone or (stamp is not None and stamp != person.stamp):
            return None
        posted = self.audience.act(number, act, self.clock())
        for later in self.faults.redeliveries():
            self.agenda.add(self.clock() + later, posted)
        return posted

    def _incoming(self, posted: Posted) -> Incoming:
        somebody, act = self.audience.books.everybody[posted.number], posted.act
        token = act.pressed.token if act.pressed else None
        also = tuple(one.token for one in act.also)
        channel, external_id = somebody.channel, somebody.external_id
        return Incoming(channel, external_id, posted.key, act.text, token, also)

    # --- the end

    def _report(self) -> Report:
        audience, (leaders, weeks, seed, faults) = self.audience, self.asked
        for line in audience.ledger.stored():
            audience.trace.note(line)
        return Report(
            leaders=leaders, weeks=weeks, seed=seed, faults=faults,
            reminders_sent=audience.time.contacts,
            conversations_completed=len(audience.ledger.completed),
            violations=audience.verdicts.violations, first_violations=audience.verdicts.first,
            faults_injected=self.faults.counts, turns=self.turns,
            messages_sent=sum(self.history.times.values()), shares=audience.sharing.shares,
            withdrawals=audience.sharing.withdrawals, erased=audience.erased,
            doubtful=audience.ledger.doubtful, repeated_in_doubt=audience.ledger.repeated_in_doubt,
            let_go=dict(sorted(audience.ledger.let_go.items())),
            weekly_budget=audience.ledger.budgets(), course=self._course(),
            trace_digest=audience.trace.digest(),
        )  # fmt: skip

    def _course(self) -> Course:
        audience, books = self.audience, self.audience.books
        return Course(
            representatives=sum(one.roles == "representative" for one in books.everybody),
            groups=len(books.teams), cohorts=len(books.cohorts),
            done=dict(sorted(books.deeds.items())), refused=self.refused,
            nudges=dict(sorted(audience.course.nudges.items())),
            meetings=audience.ledger.meetings(), digests_to_hr=audience.digests_to_hr,
            figures_given=audience.figures.given, figures_refused=audience.figures.refused,
        )  # fmt: skip
