"""Reminders: the schedule itself. One row is one due contact; firing it is a conditional UPDATE."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, bindparam, literal_column, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.ids import Ids
from storage.prepared import Prepared
from storage.tables import REMINDER_PLANNED, table
from storage.tables import Reminder as ReminderRow

PREFIX = "reminder:"
"""Of the slot key by which the outbox knows a contact: then the reminder's id, "@" and when it was
due."""

_reminder = table(ReminderRow)
_COLUMNS = (
    _reminder.c.id, _reminder.c.person_id, _reminder.c.kind, _reminder.c.subject_id,
    _reminder.c.slot_date, _reminder.c.ordinal, _reminder.c.due_at,
)  # fmt: skip


def _fire_statement(key: ColumnElement[Any]) -> Any:
    due = (
        select(key)
        .select_from(_reminder)
        .where(REMINDER_PLANNED, _reminder.c.due_at <= bindparam("now"))
        .order_by(_reminder.c.due_at, key)
        .limit(bindparam("most"))
        .correlate(None)
    )
    fire = update(_reminder).where(key.in_(due), _reminder.c.state == "planned")
    return fire.values(state="fired").returning(*_COLUMNS)


# By rowid, which the index of what is planned holds: a person more or less in the table is then
# hardly felt.
_fire_sqlite = _fire_statement(literal_column("rowid", Integer))
_fire_postgresql = _fire_statement(_reminder.c.id)
_next_due = Prepared(
    select(_reminder.c.due_at).where(REMINDER_PLANNED).order_by(_reminder.c.due_at).limit(1)
)
_planned = select(*_COLUMNS).where(REMINDER_PLANNED).order_by(_reminder.c.due_at, _reminder.c.id)
_planned_of = Prepared(_planned.where(_reminder.c.subject_id == bindparam("subject")))
_by_id = Prepared(
    select(*_COLUMNS, _reminder.c.state).where(_reminder.c.id == bindparam("reminder"))
)
_due_of = Prepared(
    select(*_COLUMNS)
    .where(
        _reminder.c.person_id == bindparam("person"), _reminder.c.kind == bindparam("kind"),
        _reminder.c.due_at > bindparam("since"), _reminder.c.due_at <= bindparam("until"),
        (_reminder.c.state == "planned") | (_reminder.c.state == "fired"),
    )
    .order_by(_reminder.c.due_at, _reminder.c.id)
)  # fmt: skip
_VALUES: dict[str, Any] = {
    name: bindparam(name)
    for name in ("id", "person_id", "kind", "subject_id", "slot_date", "ordinal", "due_at")
}
_WHAT = ["kind", "subject_id", "slot_date", "ordinal"]


def _plan_statement(insert: Any) -> Any:
    """Plans a reminder, or moves one that was planned or dropped; never one that was fired."""
    statement = insert(_reminder).values(**_VALUES, state="planned")
    return statement.on_conflict_do_update(
        index_elements=_WHAT,
        set_={"due_at": statement.excluded.due_at, "state": "planned"},
        # Not IN: its list cannot be bound when many rows are inserted at once.
        where=(_reminder.c.state == "planned") | (_reminder.c.state == "dropped"),
    )


_plan = Prepared(_plan_statement(sqlite.insert), _plan_statement(postgresql.insert))


class Reminder(NamedTuple):
    """`subject`: a cadence (prepare, nearest, after), an agreement, or a person (welcome)."""

    id: str
    person: str
    kind: str
    subject: str
    slot: date
    ordinal: int
    due_at: datetime


def plan(
    unit: Unit, ids: Ids, reminders: Sequence[tuple[str, str, str, date, int, datetime]]
) -> None:
    """Plans (person, kind, subject, slot, ordinal, due_at), each at most once ever."""
    rows = [
        {
            "id": ids(), "person_id": person, "kind": kind, "subject_id": subject,
            "slot_date": slot, "ordinal": ordinal, "due_at": due,
        }
        for person, kind, subject, slot, ordinal, due in reminders
    ]  # fmt: skip
    _plan.change_each(unit, rows)


def fire_due(unit: Unit, now: datetime, most: int) -> list[Reminder]:
    """Fires what is due and gives it, soonest first; what somebody else fires at the same time
    is theirs."""
    statement = _fire_sqlite if unit.database.is_sqlite else _fire_postgresql
    fired = unit.connection.execute(statement, {"now": now, "most": most})
    return sorted((Reminder(*row) for row in fired), key=_soonest)


def _soonest(reminder: Reminder) -> tuple[datetime, str]:
    return reminder.due_at, reminder.id


def get_reminder(unit: Unit, reminder: str) -> tuple[Reminder, str] | None:
    """The reminder and its state."""
    row = _by_id.first(unit, {"reminder": reminder})
    return (Reminder(*row[:-1]), row.state) if row else None


def next_due(unit: Unit) -> datetime | None:
    row = _next_due.first(unit, {})
    return row.due_at if row else None


def planned(unit: Unit, most: int, people: Collection[str] | None = None) -> list[Reminder]:
    """What is planned, the soonest first; for these people, or for all."""
    query = _planned if people is None else _planned.where(_reminder.c.person_id.in_(people))
    return [Reminder(*row) for row in unit.connection.execute(query.limit(most))]


def planned_of(unit: Unit, subject: str) -> list[Reminder]:
    """What is planned of one subject, the soonest first."""
    return [Reminder(*row) for row in _planned_of.all(unit, {"subject": subject})]


def due_of(unit: Unit, person: str, kind: str, since: datetime, until: datetime) -> list[Reminder]:
    """The person's reminders of a kind that are or were due then, fired or not yet."""
    values = {"person": person, "kind": kind, "since": since, "until": until}
    return [Reminder(*row) for row in _due_of.all(unit, values)]


def set_state(
    unit: Unit, subject: str, slot: date | None, state: str, *, kinds: Sequence[str] = (),
    among: Sequence[str] = ("planned",),
) -> None:  # fmt: skip
    """Ends reminders of a subject: those of one slot, or of all; of these kinds, or of all."""
    ending = _ending(slot is not None, tuple(kinds), tuple(among))
    ending.change(unit, {"subject": subject, "slot": slot, "new_state": state})


@lru_cache(maxsize=64)
def _ending(of_slot: bool, kinds: tuple[str, ...], among: tuple[str, ...]) -> Prepared:
    which = [
        _reminder.c.subject_id == bindparam("subject"),
        or_(*(_reminder.c.state == one for one in among)),
    ]
    if of_slot:
        which.append(_reminder.c.slot_date == bindparam("slot"))
    if kinds:
        which.append(or_(*(_reminder.c.kind == one for one in kinds)))
    return Prepared(update(_reminder).where(*which).values(state=bindparam("new_state")))


def move(unit: Unit, reminder: str, due_at: datetime) -> None:
    """Plans a fired reminder again at another time: what a snooze does."""
    which = update(_reminder).where(_reminder.c.id == reminder)
    unit.connection.execute(which.values(state="planned", due_at=due_at))
