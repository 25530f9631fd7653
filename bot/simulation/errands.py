"""What HR has the program do, one transaction each, and what then stands in its books."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from bot.course import planning, programmes
from bot.course.planning import TAKES_IT, Draft
from bot.parts import Parts
from bot.people_file import Row, read_people
from bot.people_import import Default, Known, check_leaders, known_people, take_in
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from bot.simulation.books import Books, Cohort, Ruled, Seat, Team
from bot.simulation.population import connect
from bot.staffing import mark_left, set_nearest
from storage import cohorts, groups, pairs, people
from storage.cohorts import Cohort as Stored
from storage.database import Unit

ZONE = "Europe/Copenhagen"
ARTICLES = (
    '\narticles = [{ title = { da = "At lytte", en = "To listen" }, '
    'url = "https://example.org/at-lytte", minutes = 6 }]'
)


Heard = Callable[[int, datetime], None]
"""Told of somebody, by their number, and when."""


def _nobody(number: int, now: datetime) -> None:
    return None


class Errand(NamedTuple):
    """`work`: False when the program would not. `done`: once it is committed."""

    what: str
    work: Callable[[Unit, Parts], bool]
    done: Callable[[datetime], None]


class Errands:
    """`ids`: number -> the program's id of that person."""

    def __init__(self, books: Books, ids: dict[int, str]) -> None:
        self.books = books
        self.ids = ids

    @property
    def _by(self) -> str:
        return self.ids[self.books.hr]

    # --- people and groups

    def bring_in(self, unit: Unit, parts: Parts) -> None:
        """Everybody, from the first people file."""
        numbers = [one.number for one in self.books.everybody]
        _import(unit, parts, self.books.file(numbers, whole=True), None)
        self._connect(unit, parts, numbers)
        for team in self.books.teams:
            self._name(unit, team)

    def change_team(
        self, team: Team, seats: Sequence[Seat], new: Collection[int] = (), hired: Heard = _nobody
    ) -> Errand:
        """Another file of those who come and go. `new`: who is not known yet."""
        before = team.seats
        changed = sorted({seat.number for seat in set(before) ^ set(seats)})
        team.seats = list(seats)
        file = self.books.file([one for one in changed if one not in new], whole=False)
        newcomers = self.books.file(sorted(new), whole=True)
        team.seats = before

        def work(unit: Unit, parts: Parts) -> bool:
            _import(unit, parts, newcomers, self._by)
            _import(unit, parts, file, self._by)
            self._connect(unit, parts, sorted(new))
            return True

        def done(now: datetime) -> None:
            team.seats = list(seats)
            for number in new:
                hired(number, now)

        return Errand("team", work, done)

    def import_again(self, moved: Heard) -> Errand:
        """The whole file once more: it counts again, whatever people have said since. `moved`: of
        whoever got another nearest leader by it."""
        here = [one for one in self.books.everybody if self.books.is_here(one.number)]
        file = self.books.file([one.number for one in here if one.number in self.ids], whole=True)
        changed: list[int] = []

        def work(unit: Unit, parts: Parts) -> bool:
            nonlocal changed
            known, rows = _import(unit, parts, file, self._by)
            said = {row.email: row.nearest for row in rows if row.nearest}
            before = {email: known.nearest.get(email) for email in said}
            other = {email for email, one in before.items() if one and one != said[email]}
            changed = [one.number for one in here if one.email in other]
            return True

        def done(now: datetime) -> None:
            for number in changed:
                moved(number, now)

        return Errand("file", work, done)

    def give_nearest(self, number: int, nearest: int, moved: Heard) -> Errand:
        email, changes = self.books.everybody[nearest].email, True

        def work(unit: Unit, parts: Parts) -> bool:
            nonlocal changes
            by, leader = self.ids[self.books.admin], self.ids[number]
            before = pairs.pair_of(unit, leader)
            changes = before is None or before.nearest_leader != self.ids[nearest]
            return set_nearest(unit, parts, by, leader, email) is None

        def done(now: datetime) -> None:
            self.books.nearest[number] = nearest
            if changes:
                moved(number, now)

        return Errand("nearest", work, done)

    def see_off(self, number: int, gone: Heard) -> Errand:
        """Somebody leaves the organisation."""

        def work(unit: Unit, parts: Parts) -> bool:
            return mark_left(unit, parts, self._by, self.ids[number]) is None

        def done(now: datetime) -> None:
            self.books.left[number] = now
            self.books.forget(number)
            gone(number, now)

        return Errand("left", work, done)

    def _connect(self, unit: Unit, parts: Parts, numbers: Sequence[int]) -> None:
        for number in numbers:
            somebody = self.books.everybody[number]
            found = people.find_by_email(unit, somebody.email)
            if found is None:
                raise LookupError(f"{somebody.email} was imported and is not there")
            self.ids[number] = found.id
            connect(unit, parts, somebody, found.id)

    @staticmethod
    def _name(unit: Unit, team: Team) -> None:
        found = groups.group_named(unit, team.kind, team.name)
        if found is None:
            raise LookupError(f"{team.kind} {team.name} was imported and is not there")
        team.id = found.id

    # --- courses

    def own_programme(self, programme: str) -> Errand:
        """The organisation's own copy, with articles, which those that come along have none of."""

        def work(unit: Unit, parts: Parts) -> bool:
            known = programmes.known(unit, programme)
            if known is None:
                raise LookupError(programme)
            heads = [f'id = "{module.id}"' for module in known.programme.modules]
            text = known.text
            for head in heads:
                text = text.replace(head, head + ARTICLES, 1)
            own = programmes.read(text, "programme.toml")
            planning.take_in_programme(unit, parts, own, text, by=self._by)
            return True

        return Errand("programme", work, lambda now: None)

    def start(self, cohort: Cohort) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            ids = [self.ids[one] for one in sorted(cohort.people)]
            draft = Draft(
                planning.programme_called(unit, cohort.programme.id), cohort.name, cohort.days, ids,
                [team.id for team in cohort.teams], cohort.pilot,
            )  # fmt: skip
            begun, _ = planning.start(unit, parts, draft, _today(parts), by=self._by)
            cohort.id, cohort.programme = begun.id, draft.programme
            return True

        def done(now: datetime) -> None:
            cohort.state = "running"
            cohort.people |= _takers(cohort.teams)
            cohort.founders = frozenset(cohort.people)
            self.books.cohorts.append(cohort)

        return Errand("started", work, done)

    def move(self, cohort: Cohort, module: str, day: date) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            there = _there(unit, cohort)
            planning.move(unit, parts, there, module, day, _today(parts), by=self._by)
            return True

        def done(now: datetime) -> None:
            cohort.days[module] = day

        return Errand("moved", work, done)

    def pause(self, cohort: Cohort) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            planning.pause(unit, parts, _there(unit, cohort), by=self._by)
            return True

        return Errand("paused", work, lambda now: _become(cohort, "paused"))

    def resume(self, cohort: Cohort) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            planning.resume(unit, parts, _there(unit, cohort), by=self._by)
            return True

        return Errand("resumed", work, lambda now: _become(cohort, "running"))

    def end(self, cohort: Cohort) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            planning.end(unit, parts, _there(unit, cohort), by=self._by)
            return True

        return Errand("ended", work, lambda now: _become(cohort, "ended"))

    def join(self, cohort: Cohort, number: int) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            planning.join(unit, parts, _there(unit, cohort), [self.ids[number]], by=self._by)
            return True

        return Errand("joined", work, lambda now: cohort.people.add(number))

    def join_team(self, cohort: Cohort, team: Team) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            planning.add_groups(unit, parts, _there(unit, cohort), [team.id], by=self._by)
            return True

        def done(now: datetime) -> None:
            cohort.teams.append(team)
            cohort.people |= _takers([team])

        return Errand("joined", work, done)

    def leave(self, cohort: Cohort, number: int) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            planning.leave(unit, parts, _there(unit, cohort), self.ids[number], by=self._by)
            return True

        return Errand("left-course", work, lambda now: cohort.people.discard(number))

    # --- rhythm

    def rule(self, change: Change) -> Errand:
        def work(unit: Unit, parts: Parts) -> bool:
            set_rule(unit, parts, change, self._by)
            return True

        def done(now: datetime) -> None:
            self.books.rules[change.level, change.scope, change.kind] = Ruled(change.rule, now)

        return Errand("ruled", work, done)


def _import(unit: Unit, parts: Parts, file: bytes, by: str | None) -> tuple[Known, list[Row]]:
    """Who was known before, and the rows that were good."""
    found, known = read_people(file), known_people(unit)
    check_leaders(found, known)
    take_in(unit, parts, found.rows, Default("da", ZONE), known, by=by)
    return known, found.rows


def _there(unit: Unit, cohort: Cohort) -> Stored:
    found = cohorts.get_cohort(unit, cohort.id)
    if found is None:
        raise LookupError(f"{cohort.name} was started and is not there")
    return found


def _today(parts: Parts) -> date:
    return planning.today_in(ZONE, parts)


def _takers(teams: Iterable[Team]) -> set[int]:
    """Of these groups, whoever takes the course as a leader."""
    return {
        seat.number
        for team in teams
        for seat in team.seats
        if not seat.substitute and seat.role in TAKES_IT[team.kind]
    }


def _become(cohort: Cohort, state: str) -> None:
    cohort.state = state
