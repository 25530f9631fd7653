"""Groups as pages of a list, with how many are in each."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from storage.database import Unit
from storage.groups import Group, Kind
from storage.tables import table
from storage.tables_course import Group as GroupRow
from storage.tables_course import Membership as MembershipRow

PAGE = 50

_group, _membership = table(GroupRow), table(MembershipRow)
_COLUMNS = (_group.c.id, _group.c.kind, _group.c.name)
_goes_on = _group.c.ended_at.is_(None)


class Listed(NamedTuple):
    """`members`: how many; `roles`: which roles are taken by somebody who is no substitute."""

    group: Group
    members: int
    roles: frozenset[str]


class Page(NamedTuple):
    groups: list[Listed]
    more: bool


def list_groups(
    unit: Unit, kind: Kind, *, words: str = "", after: str | None = None, size: int = PAGE
) -> Page:
    """The groups of a kind by name, from the one after `after` on, whose names have the words."""
    query = select(*_COLUMNS).where(_goes_on, _group.c.kind == kind)
    for word in words.split():
        query = query.where(_group.c.name.icontains(word, autoescape=True))
    if after is not None:
        query = query.where(_group.c.name > after)
    rows = unit.connection.execute(query.order_by(_group.c.name).limit(size + 1)).all()
    groups = [Group(*row) for row in rows[:size]]
    return Page(_with_members(unit, groups), len(rows) > size)


def counts(unit: Unit) -> dict[str, int]:
    """How many go on, by kind."""
    query = select(_group.c.kind, func.count()).where(_goes_on).group_by(_group.c.kind)
    return {row[0]: row[1] for row in unit.connection.execute(query)}


def incomplete_trios(unit: Unit) -> int:
    """TRIOs without a leader, a TR or an AMR."""
    full = [
        _group.c.id.in_(
            select(_membership.c.group_id).where(
                _membership.c.role == role,
                _membership.c.left_at.is_(None),
                _membership.c.substitute.is_(False),
            )
        )
        for role in ("leader", "tr", "amr")
    ]
    query = select(func.count()).select_from(_group)
    lacking = or_(*(~one for one in full))
    found: int = unit.connection.execute(
        query.where(and_(_goes_on, _group.c.kind == "trio", lacking))
    ).scalar_one()
    return found


def _with_members(unit: Unit, groups: list[Group]) -> list[Listed]:
    query = select(
        _membership.c.group_id, _membership.c.person_id, _membership.c.role,
        _membership.c.substitute,
    ).where(
        _membership.c.group_id.in_([one.id for one in groups]), _membership.c.left_at.is_(None)
    )  # fmt: skip
    people: dict[str, set[str]] = {}
    roles: dict[str, set[str]] = {}
    for group, person, role, substitute in unit.connection.execute(query):
        people.setdefault(group, set()).add(person)
        if not substitute:
            roles.setdefault(group, set()).add(role)
    return [
        Listed(one, len(people.get(one.id, ())), frozenset(roles.get(one.id, ()))) for one in groups
    ]
