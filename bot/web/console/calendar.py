"""A month as weeks of days, with what takes place on each."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from flows.dates import MONTHS_DA, MONTHS_EN, WEEKDAYS_DA, WEEKDAYS_EN
from flows.model import Language
from flows.programme import Programme
from storage.cohorts import Cohort
from storage.organisation import Closed

YEARS = range(2000, 2100)
DAYS_SHOWN = 2
"""Letters of a weekday's name."""


class Taking(NamedTuple):
    """A module on its day. `title`: the module's."""

    day: date
    cohort: Cohort
    title: str
    module: str


class Day(NamedTuple):
    day: date
    inside: bool
    off: bool
    taking: Sequence[Taking]


class Month(NamedTuple):
    """`weeks`: (number of the week, its seven days). `before`, `after`: the months around."""

    title: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[tuple[int, Sequence[Day]]]
    taking: Sequence[Taking]
    before: str
    after: str


def first_of(written: str, today: date) -> date:
    """The first of the month "2027-01"; of this month for whatever is none."""
    try:
        found = date.fromisoformat(f"{written}-01")
    except ValueError:
        return today.replace(day=1)
    return found if found.year in YEARS else today.replace(day=1)


def taking_place(
    cohorts: Iterable[Cohort], programmes: Mapping[str, Programme], language: Language
) -> list[Taking]:
    """Every module of these cohorts, in order."""
    found = []
    for cohort in cohorts:
        programme = programmes.get(cohort.programme)
        for module, day in cohort.days.items():
            known = programme.module(module) if programme else None
            title = known.title.within(language) if known else module
            found.append(Taking(day, cohort, title, module))
    return sorted(found, key=lambda one: (one.day, one.cohort.name))


def month_of(
    first: date, taking: Sequence[Taking], closed: Sequence[Closed], holidays: frozenset[date],
    language: Language,
) -> Month:  # fmt: skip
    def one(day: date) -> Day:
        off = day.isoweekday() > 5 or day in holidays
        off = off or any(some.first <= day <= some.last for some in closed)
        there = [some for some in taking if some.day == day]
        return Day(day, day.month == first.month, off, there)

    weeks = Calendar().monthdatescalendar(first.year, first.month)
    months, days = (MONTHS_DA, WEEKDAYS_DA) if language == "da" else (MONTHS_EN, WEEKDAYS_EN)
    return Month(
        f"{months[first.month - 1]} {first.year}",
        [(day, day[:DAYS_SHOWN]) for day in days],
        [(week[0].isocalendar().week, [one(day) for day in week]) for week in weeks],
        [some for some in taking if (some.day.year, some.day.month) == (first.year, first.month)],
        _written(first - timedelta(days=1)), _written(first + timedelta(days=31)),
    )  # fmt: skip


def _written(day: date) -> str:
    return f"{day:%Y-%m}"
