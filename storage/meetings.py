"""A group's meetings: the times that were proposed, whom they fit, and what became of them.

Nothing of anybody's wellbeing is here: days, clock times, and who can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.groups import Group
from storage.ids import Ids
from storage.prepared import Prepared
from storage.tables import Reminder, table
from storage.tables_course import Group as GroupRow
from storage.tables_course import Meeting as MeetingRow
from storage.tables_course import MeetingTime, MeetingVote, Membership

State = Literal["finding", "set", "all-met", "some-met", "not-yet", "nothing"]
MET: tuple[State, ...] = ("all-met", "some-met")
HELD: tuple[State, ...] = ("set", *MET)
"""States of a meeting that takes place, or has."""
OPEN: tuple[State, ...] = ("finding", "set", "not-yet")
"""States of a meeting that there may still be."""
TOO_LATE = timedelta(days=1)
"""So long after its time a meeting is over, whatever became of it."""

SENT = ("fired", "done")
"""States of a reminder that went out."""

_meeting, _time, _vote = table(MeetingRow), table(MeetingTime), table(MeetingVote)
_membership, _group, _reminder = table(Membership), table(GroupRow), table(Reminder)
_COLUMNS = (
    _meeting.c.id, _meeting.c.group_id, _meeting.c.cohort_id, _meeting.c.module,
    _meeting.c.convener_ref, _meeting.c.state, _meeting.c.starts_at, _meeting.c.minutes,
    _meeting.c.revision, _meeting.c.created_at,
)  # fmt: skip
_all = select(*_COLUMNS).order_by(_meeting.c.created_at, _meeting.c.id)
_one = select(*_COLUMNS).where(_meeting.c.id == bindparam("meeting"))
_by_id, _held = Prepared(_one), Prepared(_one, _one.with_for_update())
_about = Prepared(
    select(*_COLUMNS).where(
        _meeting.c.group_id == bindparam("group"), _meeting.c.cohort_id == bindparam("cohort"),
        _meeting.c.module == bindparam("of_module"),
    )
)  # fmt: skip


class Meeting(NamedTuple):
    """`starts_at`: of a meeting that is not set, the time that it was set to before. `revision`
    rises whenever what was said of it is not so any more."""

    id: str
    group: str
    cohort: str | None
    module: str
    convener: str | None
    state: State
    starts_at: datetime | None
    minutes: int
    revision: int
    created_at: datetime


class Time(NamedTuple):
    id: str
    starts_at: datetime


# --- finding them


def get_meeting(unit: Unit, meeting: str, *, hold: bool = False) -> Meeting | None:
    """`hold`: one at a time changes what is about it (SQLite writes one at a time anyhow)."""
    row = (_held if hold else _by_id).first(unit, {"meeting": meeting})
    return Meeting(*row) if row else None


def meeting_about(unit: Unit, group: str, cohort: str, module: str) -> Meeting | None:
    """The group's meeting about a module; with no module, the one at the end of the course."""
    row = _about.first(unit, {"group": group, "cohort": cohort, "of_module": module})
    return Meeting(*row) if row else None


def current_meeting(unit: Unit, now: datetime, group: str) -> Meeting | None:
    """The latest of the group's that is not over."""
    theirs = [one for one in meetings_of(unit, group) if is_open(one, now)]
    return theirs[-1] if theirs else None


def meeting_for(
    unit: Unit, now: datetime, group: str, cohort: str | None, module: str
) -> Meeting | None:
    """Of a course by its module, else whichever is not over."""
    if cohort is None:
        return current_meeting(unit, now, group)
    return meeting_about(unit, group, cohort, module)


def is_open(meeting: Meeting, now: datetime) -> bool:
    """Whether there may still be this one."""
    if meeting.state != "set" or meeting.starts_at is None:
        return meeting.state in OPEN
    return meeting.starts_at > now - TOO_LATE


def meetings_of(unit: Unit, *groups: str) -> list[Meeting]:
    """Those of these groups, the oldest first."""
    return _read(unit, _all.where(_meeting.c.group_id.in_(groups)))


def meetings_in(unit: Unit, cohort: str) -> list[Meeting]:
    return _read(unit, _all.where(_meeting.c.cohort_id == cohort))


def coming_of(unit: Unit, person: str, since: datetime) -> list[tuple[Meeting, Group]]:
    """The meetings from then on that somebody comes to: of their groups, and those that they were
    invited to as a substitute."""
    here = (_membership.c.person_id == person) & _membership.c.left_at.is_(None)
    own = select(_membership.c.group_id).where(here, _membership.c.substitute.is_(False))
    invited = select(_reminder.c.subject_id).where(
        _reminder.c.person_id == person,
        _reminder.c.kind == INVITATION,
        _reminder.c.state.in_(SENT),
    )
    theirs = _meeting.c.group_id.in_(own) | (_meeting.c.id + ":" + person).in_(invited)
    query = (
        select(*_COLUMNS, _group.c.id, _group.c.kind, _group.c.name)
        .join_from(_meeting, _group, _group.c.id == _meeting.c.group_id)
        .where(theirs, _meeting.c.starts_at >= since)
        .order_by(_meeting.c.starts_at, _meeting.c.id)
    )
    width = len(_COLUMNS)
    return [(Meeting(*row[:width]), Group(*row[width:])) for row in unit.connection.execute(query)]


# --- the meeting itself


def open_meeting(
    unit: Unit, ids: Ids, now: datetime, group: str, cohort: str | None, module: str,
    convener: str,
) -> Meeting:  # fmt: skip
    """The group's meeting about the module, begun where there is none yet."""
    there = meeting_for(unit, now, group, cohort, module)
    if there is not None:
        return there
    insertion = postgresql.insert if not unit.database.is_sqlite else sqlite.insert
    row = {
        "id": ids(), "group_id": group, "cohort_id": cohort, "module": module,
        "convener_ref": convener, "state": "finding", "minutes": 60, "revision": 0,
        "created_at": now,
    }  # fmt: skip
    unit.connection.execute(insertion(_meeting).values(**row).on_conflict_do_nothing())
    made = meeting_for(unit, now, group, cohort, module)
    if made is None:
        raise LookupError("the meeting that was just begun is gone")
    return made


def change_meeting(unit: Unit, meeting: str, **columns: Any) -> None:
    unit.connection.execute(update(_meeting).where(_meeting.c.id == meeting).values(**columns))


# --- the times proposed


def times_of(unit: Unit, meeting: str) -> list[Time]:
    """The soonest first."""
    query = select(_time.c.id, _time.c.starts_at).where(_time.c.meeting_id == meeting)
    found = unit.connection.execute(query.order_by(_time.c.starts_at))
    return [Time(*row) for row in found]


def put_times(
    unit: Unit, ids: Ids, meeting: str, by: str | None, times: Collection[datetime]
) -> None:
    """These times and no others; what was said about those before counts no more."""
    there = {one.starts_at: one.id for one in times_of(unit, meeting)}
    gone = [one for at, one in there.items() if at not in times]
    unit.connection.execute(delete(_vote).where(_vote.c.time_id.in_(there.values())))
    unit.connection.execute(delete(_time).where(_time.c.id.in_(gone)))
    rows = [
        {"id": ids(), "meeting_id": meeting, "starts_at": at, "proposed_by_ref": by}
        for at in sorted(set(times) - set(there))
    ]
    if rows:
        unit.connection.execute(insert(_time), rows)


# --- whom they fit


def votes_on(unit: Unit, meeting: str) -> dict[str, dict[str, bool]]:
    """person -> time -> whether it fits, of those who have answered."""
    query = (
        select(_vote.c.person_id, _vote.c.time_id, _vote.c.fits)
        .join(_time, _time.c.id == _vote.c.time_id)
        .where(_time.c.meeting_id == meeting)
    )
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for person, one, fits in unit.connection.execute(query):
        found[person][one] = fits
    return dict(found)


def vote(unit: Unit, meeting: str, person: str, fits: Mapping[str, bool]) -> None:
    """What somebody says of each time, in the place of what they said before; nothing: they have
    not answered."""
    known = {one.id for one in times_of(unit, meeting)}
    theirs = (_vote.c.person_id == person) & _vote.c.time_id.in_(known)
    unit.connection.execute(delete(_vote).where(theirs))
    rows = [
        {"time_id": one, "person_id": person, "fits": fit}
        for one, fit in fits.items()
        if one in known
    ]
    if rows:
        unit.connection.execute(insert(_vote), rows)


# --- who has been asked and told

INVITATION, TURN = "meeting-invite", "meeting-turn"
"""Kinds of reminders; their subject is the meeting, a colon and the person."""


def subject_of(meeting: str, person: str) -> str:
    return f"{meeting}:{person}"


def said_to(
    unit: Unit, meeting: str, kind: str, among: Collection[str], below: int | None = None
) -> set[str]:
    """Whoever of these was sent a reminder of that kind about it; of an ordinal below that."""
    query = select(_reminder.c.person_id).where(
        _reminder.c.kind == kind,
        _reminder.c.subject_id.in_([subject_of(meeting, one) for one in among]),
        _reminder.c.state.in_(SENT),
    )
    if below is not None:
        query = query.where(_reminder.c.ordinal < below)
    return set(unit.connection.execute(query).scalars())


def take_back(unit: Unit, meeting: str, kinds: Collection[str], among: Collection[str]) -> None:
    """Reminders of these kinds about the meeting that are not out yet."""
    which = (
        _reminder.c.kind.in_(kinds) & (_reminder.c.state == "planned")
        & _reminder.c.subject_id.in_([subject_of(meeting, one) for one in among])
    )  # fmt: skip
    unit.connection.execute(update(_reminder).where(which).values(state="dropped"))


def _read(unit: Unit, query: Any) -> list[Meeting]:
    return [Meeting(*row) for row in unit.connection.execute(query)]
