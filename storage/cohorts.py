"""Cohorts: a programme with its dates, and who comes and goes. Who takes it: `rosters.py`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, bindparam, delete, insert, select, update

from storage.chunks import by_many
from storage.database import Unit
from storage.ids import Ids
from storage.prepared import Prepared
from storage.rosters import participants
from storage.tables import Pair, table
from storage.tables_course import Cohort as CohortRow
from storage.tables_course import CohortGroup, CohortModule, Membership, Participant
from storage.upsert import insert_many

State = Literal["planned", "running", "paused", "ended"]

_cohort, _module, _of_group = table(CohortRow), table(CohortModule), table(CohortGroup)
_participant, _membership, _pair = table(Participant), table(Membership), table(Pair)
_COLUMNS = (
    _cohort.c.id, _cohort.c.programme, _cohort.c.name, _cohort.c.pilot, _cohort.c.state,
    _cohort.c.created_at,
)  # fmt: skip
_all = select(*_COLUMNS).order_by(_cohort.c.created_at, _cohort.c.id)
_by_id = Prepared(select(*_COLUMNS).where(_cohort.c.id == bindparam("cohort")))
_days_of = Prepared(
    select(_module.c.module, _module.c.day)
    .where(_module.c.cohort_id == bindparam("cohort"))
    .order_by(_module.c.day)
)
_goes_on = _cohort.c.state != "ended"
_here = _participant.c.left_at.is_(None)
_taking = select(_participant.c.cohort_id).where(
    _participant.c.person_id == bindparam("person"), _here
)
_sitting = (
    select(_of_group.c.cohort_id)
    .join(_membership, _membership.c.group_id == _of_group.c.group_id)
    .where(_membership.c.person_id == bindparam("person"), _membership.c.left_at.is_(None))
)
_leading = (
    select(_participant.c.cohort_id)
    .join(_pair, _pair.c.leader_id == _participant.c.person_id)
    .where(_pair.c.nearest_leader_id == bindparam("person"), _pair.c.ended_at.is_(None), _here)
)
_theirs = _cohort.c.id.in_(_taking) | _cohort.c.id.in_(_sitting)
_of = Prepared(_all.where(_theirs, _goes_on))
_around = Prepared(_all.where(_theirs | _cohort.c.id.in_(_leading), _goes_on))


class Cohort(NamedTuple):
    """`programme`: its id. `days`: when each module takes place, by the module's id."""

    id: str
    programme: str
    name: str
    pilot: bool
    state: State
    created_at: datetime
    days: Mapping[str, date]


# --- finding them


def cohorts(unit: Unit, *states: State) -> list[Cohort]:
    """The oldest first; of these states, or all."""
    return _read(unit, _all.where(_cohort.c.state.in_(states)) if states else _all)


def get_cohort(unit: Unit, cohort: str) -> Cohort | None:
    row = _by_id.first(unit, {"cohort": cohort})
    return next(iter(_with_days(unit, [row] if row else [])), None)


def cohort_named(unit: Unit, name: str) -> Cohort | None:
    return next(iter(_read(unit, _all.where(_cohort.c.name == name))), None)


def cohorts_by(unit: Unit, programme: str) -> list[Cohort]:
    """Those of a programme that have not ended."""
    return _read(unit, _all.where(_cohort.c.programme == programme, _goes_on))


def cohorts_of(unit: Unit, person: str) -> list[Cohort]:
    """Those that somebody takes, as a participant or by way of a group, and that have not ended."""
    return _with_days(unit, _of.all(unit, {"person": person}))


def cohorts_around(unit: Unit, person: str) -> list[Cohort]:
    """These, and those that somebody takes whose nearest leader they are."""
    return _with_days(unit, _around.all(unit, {"person": person}))


def cohorts_with(unit: Unit, groups: Collection[str]) -> list[Cohort]:
    """Those that have one of these groups and have not ended."""
    found: dict[str, Cohort] = {}
    for some in by_many(groups):
        having = select(_of_group.c.cohort_id).where(_of_group.c.group_id.in_(some))
        found |= {
            one.id: one for one in _read(unit, _all.where(_cohort.c.id.in_(having), _goes_on))
        }
    return list(found.values())


# --- changing them


def begin_cohort(
    unit: Unit, ids: Ids, now: datetime, programme: str, name: str, days: Mapping[str, date], *,
    pilot: bool = False, state: State = "running",
) -> Cohort:  # fmt: skip
    cohort = Cohort(ids(), programme, name, pilot, state, now, dict(days))
    row = {key: value for key, value in cohort._asdict().items() if key != "days"}
    unit.connection.execute(insert(_cohort), row)
    rows = [{"cohort_id": cohort.id, "module": one, "day": day} for one, day in days.items()]
    insert_many(unit, _module, rows)
    return cohort


def set_state(unit: Unit, cohort: str, state: State) -> None:
    unit.connection.execute(update(_cohort).where(_cohort.c.id == cohort).values(state=state))


def set_day(unit: Unit, cohort: str, module: str, day: date) -> None:
    here = (_module.c.cohort_id == cohort) & (_module.c.module == module)
    if unit.connection.execute(update(_module).where(here).values(day=day)).rowcount == 0:
        row = {"cohort_id": cohort, "module": module, "day": day}
        unit.connection.execute(insert(_module), row)


def join(unit: Unit, now: datetime, cohort: str, people: Iterable[str]) -> None:
    """Takes them in; whoever took it before takes it again."""
    wanted = list(dict.fromkeys(people))
    before = set(participants(unit, cohort, wanted, also_left=True))
    for some in by_many(before):
        again = (_participant.c.cohort_id == cohort) & _participant.c.person_id.in_(some)
        unit.connection.execute(update(_participant).where(again).values(left_at=None))
    new = [one for one in wanted if one not in before]
    rows = [{"cohort_id": cohort, "person_id": one, "joined_at": now} for one in new]
    insert_many(unit, _participant, rows)


def leave(unit: Unit, now: datetime, cohort: str, people: Iterable[str]) -> None:
    for some in by_many(people):
        theirs = (_participant.c.cohort_id == cohort) & _participant.c.person_id.in_(some) & _here
        unit.connection.execute(update(_participant).where(theirs).values(left_at=now))


def leave_all(unit: Unit, now: datetime, person: str) -> None:
    theirs = (_participant.c.person_id == person) & _here
    unit.connection.execute(update(_participant).where(theirs).values(left_at=now))


def groups_of(unit: Unit, cohort: str) -> list[str]:
    query = select(_of_group.c.group_id).where(_of_group.c.cohort_id == cohort)
    return list(unit.connection.execute(query.order_by(_of_group.c.group_id)).scalars())


def add_groups(unit: Unit, cohort: str, groups: Iterable[str]) -> None:
    there = set(groups_of(unit, cohort))
    new = [one for one in dict.fromkeys(groups) if one not in there]
    insert_many(unit, _of_group, [{"cohort_id": cohort, "group_id": one} for one in new])


def remove_groups(unit: Unit, cohort: str, groups: Iterable[str]) -> None:
    for some in by_many(groups):
        these = (_of_group.c.cohort_id == cohort) & _of_group.c.group_id.in_(some)
        unit.connection.execute(delete(_of_group).where(these))


def _with_days(unit: Unit, rows: Sequence[Any]) -> list[Cohort]:
    """Of a few cohorts."""
    return [
        _made(row, {one.module: one.day for one in _days_of.all(unit, {"cohort": row.id})})
        for row in rows
    ]


def _read(unit: Unit, query: Select[*tuple[Any, ...]]) -> list[Cohort]:
    rows = unit.connection.execute(query).all()
    days: dict[str, dict[str, date]] = {row.id: {} for row in rows}
    for some in by_many(days):
        modules = select(_module).where(_module.c.cohort_id.in_(some)).order_by(_module.c.day)
        for row in unit.connection.execute(modules):
            days[row.cohort_id][row.module] = row.day
    return [_made(row, days[row.id]) for row in rows]


def _made(row: Any, days: Mapping[str, date]) -> Cohort:
    return Cohort(row.id, row.programme, row.name, row.pilot, row.state, row.created_at, days)
