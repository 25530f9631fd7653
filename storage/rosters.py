"""Who takes a cohort's course: its participants, the seats in its groups, their nearest leaders.

`among`: of these people alone, so that what changes for one person costs what one person does.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from storage.chunks import by_many
from storage.database import Unit
from storage.tables import Pair, table
from storage.tables_course import CohortGroup, Group, Membership, Participant

_of_group, _participant = table(CohortGroup), table(Participant)
_membership, _group, _pair = table(Membership), table(Group), table(Pair)
_here = _participant.c.left_at.is_(None)
_seats = (
    select(_membership.c.group_id, _group.c.kind, _membership.c.person_id, _membership.c.role)
    .join_from(_membership, _group, _group.c.id == _membership.c.group_id)
    .where(_membership.c.left_at.is_(None), _membership.c.substitute.is_(False))
    .where(_group.c.ended_at.is_(None))
    .order_by(_membership.c.joined_at, _membership.c.id)
)
_seats_in_cohort = _seats.join(_of_group, _of_group.c.group_id == _group.c.id).where(
    _of_group.c.cohort_id == bindparam("cohort")
)
_led = (
    select(_pair.c.leader_id, _pair.c.nearest_leader_id)
    .join(_participant, _participant.c.person_id == _pair.c.leader_id)
    .where(_pair.c.ended_at.is_(None), _participant.c.cohort_id == bindparam("cohort"), _here)
)


class Sitting(NamedTuple):
    """Somebody's seat in a group; substitutes have none."""

    group: str
    kind: str
    person: str
    role: str


def participants(
    unit: Unit, cohort: str, among: Collection[str] | None = None, *, also_left: bool = False
) -> list[str]:
    """In the order in which they came."""
    query = select(_participant.c.person_id).where(_participant.c.cohort_id == cohort)
    query = query if also_left else query.where(_here)
    if among is not None:
        some = (query.where(_participant.c.person_id.in_(few)) for few in by_many(among))
        return [person for one in some for person in unit.connection.execute(one).scalars()]
    in_order = query.order_by(_participant.c.joined_at, _participant.c.person_id)
    return list(unit.connection.execute(in_order).scalars())


def sittings(unit: Unit, cohort: str, among: Collection[str] | None = None) -> list[Sitting]:
    """Who sits in the cohort's groups, in the order in which they came; of those groups in which
    one of `among` sits, everybody."""
    if among is None:
        return _read(unit, _seats_in_cohort, cohort)
    found: dict[Sitting, None] = {}
    for few in by_many(among):
        theirs = select(_membership.c.group_id).where(
            _membership.c.person_id.in_(few), _membership.c.left_at.is_(None)
        )
        rows = _read(unit, _seats_in_cohort.where(_membership.c.group_id.in_(theirs)), cohort)
        found |= dict.fromkeys(rows)
    return list(found)


def sittings_in(unit: Unit, groups: Collection[str]) -> list[Sitting]:
    """The seats of these groups, of whatever cohort."""
    return [
        Sitting(*row)
        for some in by_many(groups)
        for row in unit.connection.execute(_seats.where(_membership.c.group_id.in_(some)))
    ]


def nearest_leaders(
    unit: Unit, cohort: str, among: Collection[str] | None = None
) -> dict[str, str]:
    """participant -> nearest leader, of those who have one; where that one is in `among`."""
    if among is None:
        return _pairs(unit, _led, cohort)
    found: dict[str, str] = {}
    for few in by_many(among):
        found |= _pairs(unit, _led.where(_pair.c.nearest_leader_id.in_(few)), cohort)
    return found


def nearest_of(unit: Unit, people: Collection[str]) -> dict[str, str]:
    """person -> nearest leader, of those who have one."""
    query = select(_pair.c.leader_id, _pair.c.nearest_leader_id).where(_pair.c.ended_at.is_(None))
    some = (query.where(_pair.c.leader_id.in_(few)) for few in by_many(people))
    return {row[0]: row[1] for one in some for row in unit.connection.execute(one)}


def ever_in(unit: Unit, cohort: str) -> set[str]:
    """Whoever is or was in it or in one of its groups."""
    sitting = (
        select(_membership.c.person_id)
        .join(_of_group, _of_group.c.group_id == _membership.c.group_id)
        .where(_of_group.c.cohort_id == cohort)
    )
    found = set(participants(unit, cohort, also_left=True))
    return found | set(unit.connection.execute(sitting).scalars())


def ever_seated(unit: Unit, groups: Collection[str]) -> set[str]:
    """Whoever is or was in one of these groups."""
    query = select(_membership.c.person_id)
    return {
        person
        for some in by_many(groups)
        for person in unit.connection.execute(
            query.where(_membership.c.group_id.in_(some))
        ).scalars()
    }


def sizes(unit: Unit) -> dict[str, tuple[int, int]]:
    """How many participants and groups each cohort has, by its id."""
    people = select(_participant.c.cohort_id, func.count()).where(_here)
    grouped = select(_of_group.c.cohort_id, func.count())
    leaders = _counted(unit, people.group_by(_participant.c.cohort_id))
    groups = _counted(unit, grouped.group_by(_of_group.c.cohort_id))
    return {one: (leaders.get(one, 0), groups.get(one, 0)) for one in {*leaders, *groups}}


def _counted(unit: Unit, query: Select[*tuple[Any, ...]]) -> dict[str, int]:
    return {row[0]: row[1] for row in unit.connection.execute(query)}


def _read(unit: Unit, query: Select[*tuple[Any, ...]], cohort: str) -> list[Sitting]:
    return [Sitting(*row) for row in unit.connection.execute(query, {"cohort": cohort})]


def _pairs(unit: Unit, query: Select[*tuple[Any, ...]], cohort: str) -> dict[str, str]:
    return {row[0]: row[1] for row in unit.connection.execute(query, {"cohort": cohort})}
