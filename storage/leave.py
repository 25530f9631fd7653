"""Somebody's days away: as they see them, and take them back."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, select

from storage.database import Unit
from storage.tables import Leave as LeaveRow
from storage.tables import table

_leave = table(LeaveRow)


class Leave(NamedTuple):
    """Both days are part of it."""

    id: str
    first: date
    last: date


def leave_of(unit: Unit, person: str, since: date) -> list[Leave]:
    """What ends then or later, the soonest first."""
    query = (
        select(_leave.c.id, _leave.c.first_day, _leave.c.last_day)
        .where(_leave.c.person_id == person, _leave.c.last_day >= since)
        .order_by(_leave.c.first_day, _leave.c.last_day, _leave.c.id)
    )
    return [Leave(*row) for row in unit.connection.execute(query)]


def remove_leave(unit: Unit, person: str, leave: str) -> bool:
    """False when that is not theirs, or gone."""
    theirs = (_leave.c.id == leave) & (_leave.c.person_id == person)
    return unit.connection.execute(delete(_leave).where(theirs)).rowcount == 1
