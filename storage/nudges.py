"""The reminders of a cohort's nudges. A nudge's subject begins with the cohort's id and a colon."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, select, update

from storage.chunks import by_many
from storage.database import Unit
from storage.tables import Outbox, Reminder, table

NUDGE = "nudge"
"""Their kind."""

_reminder, _outbox = table(Reminder), table(Outbox)
_planned = (_reminder.c.kind == NUDGE) & (_reminder.c.state == "planned")


class Planned(NamedTuple):
    subject: str
    person: str
    state: str
    due_at: datetime


class Waiting(NamedTuple):
    """A note that somebody has not been told yet."""

    slot_key: str
    person: str


def nudges_of(unit: Unit, cohort: str, people: Collection[str]) -> list[Planned]:
    """All reminders of a cohort's nudges to these people, whatever became of them."""
    columns = (
        _reminder.c.subject_id, _reminder.c.person_id, _reminder.c.state, _reminder.c.due_at,
    )  # fmt: skip
    query = select(*columns).where(_reminder.c.kind == NUDGE, _is_of(cohort))
    return [
        Planned(*row)
        for some in by_many(people)
        for row in unit.connection.execute(query.where(_reminder.c.person_id.in_(some)))
    ]


def asked(unit: Unit, cohort: str) -> list[str]:
    """The subjects of nudges about a group's meeting that are planned or were fired."""
    groups_one = func.substr(_reminder.c.subject_id, len(cohort) + 2, 1) != ":"
    query = select(_reminder.c.subject_id).where(
        _reminder.c.kind == NUDGE, _reminder.c.state != "dropped", _is_of(cohort), groups_one
    )
    return list(unit.connection.execute(query).scalars())


def drop_nudges(unit: Unit, subjects: Collection[str]) -> None:
    """Takes these back, where they are planned."""
    for some in by_many(subjects):
        these = _planned & _reminder.c.subject_id.in_(some)
        unit.connection.execute(update(_reminder).where(these).values(state="dropped"))


def drop_all(unit: Unit, cohort: str) -> int:
    """Takes all of the cohort's back that are planned; how many."""
    dropping = update(_reminder).where(_planned, _is_of(cohort)).values(state="dropped")
    return unit.connection.execute(dropping).rowcount


def drop_of(unit: Unit, person: str) -> None:
    """Takes all of one person's back, of whatever cohort."""
    theirs = _planned & (_reminder.c.person_id == person)
    unit.connection.execute(update(_reminder).where(theirs).values(state="dropped"))


def take_back_notes(unit: Unit, prefix: str, people: Collection[str]) -> list[Waiting]:
    """Takes back the notes to these people whose slot keys begin like that and that were not sent
    yet; gives them."""
    begins = func.substr(_outbox.c.slot_key, 1, len(prefix)) == prefix
    unsent = begins & (_outbox.c.state == "planned")
    found: list[Waiting] = []
    for some in by_many(people):
        which = unsent & _outbox.c.person_id.in_(some)
        rows = unit.connection.execute(select(_outbox.c.slot_key, _outbox.c.person_id).where(which))
        found += [Waiting(*row) for row in rows]
        unit.connection.execute(delete(_outbox).where(which))
    return found


def _is_of(cohort: str) -> ColumnElement[bool]:
    return func.substr(_reminder.c.subject_id, 1, len(cohort) + 1) == f"{cohort}:"
