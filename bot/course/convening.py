"""Whether a group has found its meeting already, and who calls it together instead of somebody who
is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from bot.parts import Parts
from flows.calendar import next_opening
from storage import calendars, rosters
from storage.database import Unit
from storage.tables import table
from storage.tables_course import Meeting

FOUND = ("set", "all-met", "some-met")
"""States of a meeting that nobody need be asked about."""
PATIENCE = timedelta(days=4)

_meeting = table(Meeting)


def is_found(unit: Unit, cohort: str, group: str, module: str) -> bool:
    query = select(_meeting.c.id).where(
        _meeting.c.cohort_id == cohort, _meeting.c.group_id == group,
        _meeting.c.module == module, _meeting.c.state.in_(FOUND),
    )  # fmt: skip
    return unit.connection.execute(query).first() is not None


def next_convener(unit: Unit, parts: Parts, group: str, away: str) -> str | None:
    """Whose turn it is after somebody who is away: the next member who is at work soon."""
    now = parts.clock()
    members = list(_after(unit, group, away))
    theirs = calendars.calendars_of(unit, members, parts.holidays, now.date())
    for person in members:
        opens = next_opening(theirs[person], now) if person in theirs else None
        if opens is not None and opens - now <= PATIENCE:
            return person
    return None


def _after(unit: Unit, group: str, away: str) -> Iterator[str]:
    members = list(dict.fromkeys(one.person for one in rosters.sittings_in(unit, [group])))
    at = members.index(away) + 1 if away in members else 0
    return (one for one in (*members[at:], *members[:at]) if one != away)
