"""What HR sets about, by dice, over the weeks: courses, moves and pauses, who comes and goes, who
sits where, and how often things come."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.rhythm import Change
from bot.simulation.books import Books, Cohort, Seat, Team
from bot.simulation.errands import Errand, Errands
from bot.simulation.oracles import days_off
from flows.load import shipped_programmes
from flows.rhythm import Kind, Level, Rule

MUNICIPAL, STATE = "municipal-course", "state-course"
AT_WORK = (timedelta(hours=3), timedelta(hours=10))
"""After five in the morning UTC, when a day of the simulation begins."""
TRIOS_FOR_TWO = 12
"""From so many on there are two cohorts of the municipal course."""
PLACES: dict[str, tuple[float, ...]] = {
    MUNICIPAL: (0.13, 0.3, 0.47, 0.62),
    "second": (0.27, 0.42, 0.56, 0.7),
    STATE: (0.2, 0.5, 0.8),
}
"""Where in the run the modules lie."""
FIRST_MODULE, BETWEEN = timedelta(days=9), timedelta(days=7)
"""At least: a course that is started a day before it begins has nothing to prepare."""
ENDS = 0.88
A_WEEK, FOR_LEADERS = 0.4, 40
"""So much happens in a week, and one more thing for each so many leaders."""
LEFT_AT_MOST = 0.15
TIMES = (time(7, 30), time(9, 5), time(11), time(13, 15), time(19))


class Choosing(NamedTuple):
    """At its time HR makes up its mind; None: there is nothing to do."""

    choose: Callable[[datetime], Errand | None]


class Following(NamedTuple):
    """What HR hears of what it did, and has others hear."""

    hired: Callable[[int, datetime], None]
    moved: Callable[[int, datetime], None]
    gone: Callable[[int, datetime], None]
    later: Callable[[datetime, Choosing], None]


class HR:
    def __init__(
        self, books: Books, errands: Errands, dice: random.Random, weeks: int, following: Following
    ) -> None:
        self.books = books
        self._errands = errands
        self._dice = dice
        self._weeks = weeks
        self._following = following
        self._kinds: Sequence[tuple[float, Callable[[datetime], Errand | None]]] = (
            (3, self._move), (1.2, self._pause), (1.5, self._join), (1.2, self._leave),
            (2, self._change_team), (1.2, self._nearest), (0.6, self._see_off), (2, self._rule),
            (0.15, self._import_again),
        )  # fmt: skip

    def plan(self, begins: datetime) -> list[tuple[datetime, Choosing]]:
        """Everything that HR has in mind from the beginning."""
        self._begins = begins
        found = [(begins + timedelta(hours=1), Choosing(one)) for one in self._first()]
        for share, begin in ((0.0, self._start_municipal), (0.06, self._start_state),
                             (0.1, self._start_second)):  # fmt: skip
            found.append((self._moment(timedelta(days=1) + share * self._length), Choosing(begin)))
        found.append((self._moment(ENDS * self._length), Choosing(self._end)))
        for certain in (
            self._move, self._pause, self._change_team, self._nearest, self._see_off, self._join,
            self._rule, self._rule,
        ):  # fmt: skip
            share = self._dice.uniform(0.2, 0.8)
            found.append((self._moment(share * self._length), Choosing(certain)))
        weights = [weight for weight, _ in self._kinds]
        for week in range(self._weeks):
            for _ in range(self._how_many()):
                _, kind = self._dice.choices(self._kinds, weights)[0]
                day = timedelta(days=7 * week + self._dice.randint(0, 4))
                found.append((self._moment(day), Choosing(kind)))
        return found

    @property
    def _length(self) -> timedelta:
        return timedelta(weeks=self._weeks)

    def _how_many(self) -> int:
        wanted = A_WEEK + len(self.books.leaders) / FOR_LEADERS
        return int(wanted) + (self._dice.random() < wanted % 1)

    def _moment(self, after: timedelta) -> datetime:
        """On that day, while HR is at work."""
        day = self._begins + timedelta(days=after.days)
        first, last = AT_WORK
        minutes = self._dice.randint(0, int((last - first) / timedelta(minutes=1)))
        return day + first + timedelta(minutes=minutes)

    # --- at the beginning

    def _first(self) -> list[Callable[[datetime], Errand | None]]:
        digest = Rule(every_weeks=1, weekday=self._dice.randint(1, 5), at=time(9, 30))
        dialogue = Rule(every_weeks=2, weekday=3)
        quiet = Rule(quiet=(self._week(0.4), self._week(0.75)))
        return [
            lambda now: self._errands.own_programme(MUNICIPAL),
            lambda now: self._errands.rule(Change("organisation", "", "digest", digest)),
            lambda now: self._errands.rule(Change("organisation", "", "dialogue", dialogue)),
            lambda now: self._errands.rule(Change("organisation", "", "nudge", quiet)),
            lambda now: self._errands.rule(Change("organisation", "", "insight", quiet)),
        ]

    def _week(self, share: float) -> str:
        year, week, _ = (self._begins + share * self._length).isocalendar()
        return f"{year}-W{week:02d}"

    def _start_municipal(self, now: datetime) -> Errand | None:
        trios = self.books.of_kind("trio")
        mine = trios[: len(trios) // 2] if len(trios) >= TRIOS_FOR_TWO else trios
        kept = mine[:-1] if len(mine) > 2 else mine  # one more comes later
        others = self._without_course()
        some = others[: len(others) // 6]
        return self._start("Forår", MUNICIPAL, PLACES[MUNICIPAL], now, kept, some)

    def _start_second(self, now: datetime) -> Errand | None:
        trios = self.books.of_kind("trio")
        if len(trios) < TRIOS_FOR_TWO:
            return None
        half = trios[len(trios) // 2 :]
        return self._start("Efterår", MUNICIPAL, PLACES["second"], now, half, [])

    def _start_state(self, now: datetime) -> Errand | None:
        others = self._without_course()
        networks = self.books.of_kind("network")
        some = others[len(others) // 6 : len(others) // 2 + 1]
        return self._start("Netværk", STATE, PLACES[STATE], now, networks, some, pilot=True)

    def _start(
        self, name: str, programme: str, places: Sequence[float], now: datetime, teams: list[Team],
        numbers: Sequence[int], *, pilot: bool = False,
    ) -> Errand | None:  # fmt: skip
        known = shipped_programmes()[programme].programme
        modules = [module.id for module in known.modules]
        days = dict(zip(modules, self._days(places, now), strict=True))
        people = {one for one in numbers if self.books.is_here(one)}
        cohort = Cohort(name, known, days, list(teams), people, pilot, planned_days=dict(days))
        return self._errands.start(cohort)

    def _days(self, places: Sequence[float], now: datetime) -> list[date]:
        found: list[date] = []
        for place in places:
            wanted = (self._begins + place * self._length).date()
            least = found[-1] + BETWEEN if found else now.date() + FIRST_MODULE
            found.append(_working(max(wanted, least)))
        return found

    def _without_course(self) -> list[int]:
        with_trio = {one for team in self.books.of_kind("trio") for one in team.members}
        in_network = {one for team in self.books.of_kind("network") for one in team.members}
        return [one for one in self.books.leaders if one not in with_trio | in_network]

    # --- courses that go on

    def _running(self, *states: str) -> list[Cohort]:
        return [one for one in self.books.cohorts if one.state in (states or ("running",))]

    def _move(self, now: datetime) -> Errand | None:
        """To a date that is near, later, or back to where it was."""
        found = [
            (cohort, module)
            for cohort in self._running("running", "paused")
            for module, day in cohort.days.items()
            if day >= now.date()
        ]
        if not found:
            return None
        cohort, module = self._dice.choice(found)
        way = self._dice.random()
        day = cohort.days[module] + timedelta(days=self._dice.randint(3, 15))
        if way < 0.35:
            day = now.date() + timedelta(days=self._dice.randint(1, 4))
        elif way < 0.7 and cohort.planned_days[module] > now.date():
            day = cohort.planned_days[module]
        return self._errands.move(cohort, module, _working(day))

    def _pause(self, now: datetime) -> Errand | None:
        running = self._running()
        if not running:
            return None
        cohort = self._dice.choice(running)
        again = self._moment(now - self._begins + timedelta(days=self._dice.randint(3, 18)))
        self._following.later(again, Choosing(lambda later: self._resume(cohort)))
        return self._errands.pause(cohort)

    def _resume(self, cohort: Cohort) -> Errand | None:
        return self._errands.resume(cohort) if cohort.state == "paused" else None

    def _end(self, now: datetime) -> Errand | None:
        """The one that was started last."""
        going_on = self._running("running", "paused")
        return self._errands.end(going_on[-1]) if len(going_on) > 1 else None

    def _join(self, now: datetime) -> Errand | None:
        going_on = self._running("running", "paused")
        if not going_on:
            return None
        cohort = self._dice.choice(going_on)
        taken = [team for one in self.books.cohorts for team in one.teams]
        free = [team for team in self.books.of_kind("trio") if team not in taken]
        if free and cohort.programme.id == MUNICIPAL:
            return self._errands.join_team(cohort, self._dice.choice(free))
        there = cohort.people
        others = [one for one in self.books.leaders if one not in there and self.books.is_here(one)]
        return self._errands.join(cohort, self._dice.choice(others)) if others else None

    def _leave(self, now: datetime) -> Errand | None:
        going_on = [one for one in self._running("running", "paused") if one.people]
        if not going_on:
            return None
        cohort = self._dice.choice(going_on)
        return self._errands.leave(cohort, self._dice.choice(sorted(cohort.people)))

    # --- people

    def _change_team(self, now: datetime) -> Errand | None:
        """A representative comes in the place of another, or a substitute becomes a member."""
        teams = [team for team in self.books.of_kind("trio") if not team.silent]
        team = self._dice.choice(teams) if teams else None
        seats = [seat for seat in team.seats if seat.role != "leader"] if team else []
        if team is None or not seats:
            return None
        goes = self._dice.choice(seats)
        rest = [seat for seat in team.seats if seat != goes]
        if goes.substitute:
            return self._errands.change_team(team, [*rest, goes._replace(substitute=False)])
        if self._dice.random() < 0.3:
            others = [seat.number for one in teams for seat in one.seats if seat.role == goes.role]
            known = [one for one in others if one not in team.members]
            if known:
                seat = Seat(self._dice.choice(known), goes.role)
                return self._errands.change_team(team, [*rest, seat])
        new = self.books.hire("representative")
        return self._errands.change_team(
            team, [*rest, Seat(new, goes.role)], (new,), self._following.hired
        )

    def _nearest(self, now: datetime) -> Errand | None:
        here = [one for one in self.books.leaders if self.books.is_here(one)]
        if len(here) < 2:
            return None
        nearest, number = sorted(self._dice.sample(here, 2))  # or some would lead each other
        return self._errands.give_nearest(number, nearest, self._following.moved)

    def _see_off(self, now: datetime) -> Errand | None:
        books = self.books
        if len(books.left) >= LEFT_AT_MOST * len(books.leaders):
            return None
        running_it = (books.hr, books.admin)
        here = [one for one in sorted(self._errands.ids) if books.is_here(one)]
        some = [one for one in here if one not in running_it]
        in_a_course = [one for one in some if books.takes_part(one)]
        if len(some) < 2:
            return None
        if in_a_course and self._dice.random() < 0.7:
            some = in_a_course
        return self._errands.see_off(self._dice.choice(some), self._following.gone)

    def _import_again(self, now: datetime) -> Errand | None:
        return self._errands.import_again(self._following.moved)

    # --- rhythm

    def _rule(self, now: datetime) -> Errand | None:
        level, scope = self._level()
        kind: Kind = self._dice.choice(("nudge", "insight", "insight", "dialogue", "digest"))
        if (level, kind) == ("organisation", "digest"):
            kind = "nudge"  # or it would be gone for good
        ahead = now + timedelta(days=self._dice.randint(8, 60))
        year, week, _ = ahead.isocalendar()
        rule = self._dice.choice((
            Rule(quiet=(f"{year}-W{week:02d}",)), Rule(at=self._dice.choice(TIMES)),
            Rule(weekday=self._dice.randint(1, 5)), Rule(every_weeks=self._dice.randint(1, 4)),
            Rule(offset=self._dice.randint(-2, 3)), Rule(),
        ))  # fmt: skip
        if level == "person" and self._dice.random() < 0.3:
            rule = Rule(off=True)
        return self._errands.rule(Change(level, scope, kind, rule))

    def _level(self) -> tuple[Level, str]:
        books = self.books
        here = [self._errands.ids[one] for one in sorted(self._errands.ids) if books.is_here(one)]
        level: Level = self._dice.choice(("organisation", "programme", "group", "group", "person"))
        scopes: dict[Level, list[str]] = {
            "organisation": [""], "programme": [MUNICIPAL, STATE],
            "group": [team.id for team in books.teams], "person": here,
        }  # fmt: skip
        return level, self._dice.choice(scopes[level])


def _working(day: date) -> date:
    while day.isoweekday() > 5 or day in days_off(day.year):
        day += timedelta(days=1)
    return day
