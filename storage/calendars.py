"""The calendars of many people at once: three queries for five hundred, whoever they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from typing import Any

from sqlalchemy import select

from flows.calendar import PersonCalendar, Span
from storage.chunks import by_many
from storage.database import Unit
from storage.tables import ClosedPeriod, Leave, Person, table

_person, _leave, _closed = table(Person), table(Leave), table(ClosedPeriod)
_times = select(
    _person.c.id, _person.c.zone, _person.c.working_days, _person.c.hours_from, _person.c.hours_to,
    _person.c.paused_until,
).where(_person.c.status == "active")  # fmt: skip


def calendars_of(
    unit: Unit, people: Collection[str], holidays: frozenset[date], since: date
) -> dict[str, PersonCalendar]:
    """By person, of those who work here; with leave and closed periods that end at `since` or
    later. People with the same hours and no leave share one calendar, so that what was worked out
    for one of them holds for all."""
    closed_since = select(_closed.c.first_day, _closed.c.last_day)
    closed = tuple(
        Span(first=first, last=last)
        for first, last in unit.connection.execute(closed_since.where(_closed.c.last_day >= since))
    )
    made: dict[Any, PersonCalendar] = {}
    found: dict[str, PersonCalendar] = {}
    for some in by_many(people):
        away = _leave_of(unit, some, since)
        for row in unit.connection.execute(_times.where(_person.c.id.in_(some))):
            person, hours, leave = row[0], tuple(row[1:]), away.get(row[0], ())
            if (hours, leave) not in made:
                made[hours, leave] = _calendar(row, leave, closed, holidays)
            found[person] = made[hours, leave]
    return found


def _leave_of(unit: Unit, people: list[str], since: date) -> dict[str, tuple[Span, ...]]:
    query = select(_leave.c.person_id, _leave.c.first_day, _leave.c.last_day).where(
        _leave.c.person_id.in_(people), _leave.c.last_day >= since
    )
    found: dict[str, tuple[Span, ...]] = {}
    for person, first, last in unit.connection.execute(query.order_by(_leave.c.first_day)):
        found[person] = (*found.get(person, ()), Span(first=first, last=last))
    return found


def _calendar(
    row: Any, leave: tuple[Span, ...], closed: tuple[Span, ...], holidays: frozenset[date]
) -> PersonCalendar:
    return PersonCalendar(
        zone=row.zone,
        working_days=frozenset(map(int, row.working_days)),
        hours_from=time.fromisoformat(row.hours_from),
        hours_to=time.fromisoformat(row.hours_to),
        leave=leave,
        closed=closed,
        holidays=holidays,
        paused_until=row.paused_until,
    )
