"""Whether a course can take place on these days, and if not, what the mend is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, NamedTuple

from flows.dates import describe_date
from flows.model import Language
from flows.programme import Programme

WrongDay = Literal[
    "missing", "unknown", "past", "weekend", "holiday", "order", "been",
]  # fmt: skip
WRONG: dict[WrongDay, dict[Language, str]] = {
    "missing": {
        "da": "har ingen dato. Giv hvert modul en.",
        "en": "has no date. Give each module one.",
    },
    "unknown": {
        "da": "er ikke et af modulerne. De hedder: {modules}.",
        "en": "is none of the modules. They are: {modules}.",
    },
    "past": {
        "da": "ligger i fortiden ({day}). Vælg en dag fra i dag og frem.",
        "en": "is in the past ({day}). Choose today or a later day.",
    },
    "weekend": {
        "da": "falder i en weekend ({day}). Vælg for eksempel {before} eller {after}.",
        "en": "falls on a weekend ({day}). Choose for instance {before} or {after}.",
    },
    "holiday": {
        "da": "falder på en helligdag ({day}). Vælg for eksempel {before} eller {after}.",
        "en": "falls on a public holiday ({day}). Choose for instance {before} or {after}.",
    },
    "order": {
        "da": "({day}) skal ligge efter {other} ({before}). Byt datoerne, eller vælg en senere.",
        "en": "({day}) has to come after {other} ({before}). Swap them, or choose a later day.",
    },
    "been": {
        "da": "har allerede været ({day}) og kan ikke flyttes.",
        "en": "has been already ({day}) and cannot be moved.",
    },
}


class DayFault(NamedTuple):
    """`day`: the module's. `before`, `after`: days that would do, or the other module's day."""

    module: str
    wrong: WrongDay
    day: date | None = None
    before: date | None = None
    after: date | None = None
    other: str = ""
    """Another module's id, or the ids of all."""


def worded(fault: DayFault, language: Language) -> str:
    """One line: the module, what is wrong and the mend."""

    def said(day: date | None) -> str:
        return f"{describe_date(day, language)} {day.year}" if day else ""

    text = WRONG[fault.wrong][language].format(
        day=said(fault.day), before=said(fault.before), after=said(fault.after),
        other=fault.other, modules=fault.other,
    )  # fmt: skip
    return f"{fault.module} {text}"


def faults_of(
    programme: Programme, days: Mapping[str, date], today: date, holidays: frozenset[date],
    moved: str | None = None,
) -> list[DayFault]:  # fmt: skip
    """All that is wrong with the days of a course to be started; with those of one module that is
    to be `moved`, as far as it is that module's."""
    found = [*_unknown(programme, days), *_one_by_one(programme, days, today, holidays)]
    found += _out_of_order(programme, days)
    if moved is None:
        return found
    return [one for one in found if one.wrong == "order" or one.module == moved]


def _unknown(programme: Programme, days: Mapping[str, date]) -> Iterator[DayFault]:
    ids = [one.id for one in programme.modules]
    for module in days:
        if module not in ids:
            yield DayFault(module, "unknown", other=", ".join(ids))


def _one_by_one(
    programme: Programme, days: Mapping[str, date], today: date, holidays: frozenset[date]
) -> Iterator[DayFault]:
    for one in programme.modules:
        day = days.get(one.id)
        if day is None:
            yield DayFault(one.id, "missing")
        elif day < today:
            yield DayFault(one.id, "past", day)
        elif _is_off(day, holidays):
            wrong: WrongDay = "weekend" if day.isoweekday() > 5 else "holiday"
            yield DayFault(one.id, wrong, day, _near(day, -1, holidays), _near(day, 1, holidays))


def _out_of_order(programme: Programme, days: Mapping[str, date]) -> Iterator[DayFault]:
    dated = [(one.id, days[one.id]) for one in programme.modules if one.id in days]
    for (first, before), (second, day) in pairwise(dated):
        if day <= before:
            yield DayFault(second, "order", day, before, other=first)


def _is_off(day: date, holidays: frozenset[date]) -> bool:
    return day.isoweekday() > 5 or day in holidays


def _near(day: date, step: int, holidays: frozenset[date]) -> date:
    while _is_off(day, holidays):
        day += timedelta(days=step)
    return day
