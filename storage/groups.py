"""Groups (TRIO, leadership group, network) and who is in them, in which role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from sqlalchemy import bindparam, select, update

from storage.database import Unit
from storage.ids import Ids
from storage.tables import table
from storage.tables_course import Group as GroupRow
from storage.tables_course import Membership as MembershipRow
from storage.upsert import insert_many

Kind = Literal["trio", "leadership", "network"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Role = Literal["leader", "tr", "amr", "member", "facilitator"]
ROLES: dict[Kind, tuple[Role, ...]] = {
    "trio": ("leader", "tr", "amr"),
    "leadership": ("member", "leader"),
    "network": ("member", "facilitator"),
}
"""By kind, the first being what somebody is who has no role said."""

_group, _membership = table(GroupRow), table(MembershipRow)
_GROUP = (_group.c.id, _group.c.kind, _group.c.name)
_MEMBER = (
    _membership.c.group_id, _membership.c.person_id, _membership.c.role, _membership.c.substitute,
)  # fmt: skip
_here = _membership.c.left_at.is_(None)
_groups = select(*_GROUP).where(_group.c.ended_at.is_(None)).order_by(_group.c.kind, _group.c.name)
_named = select(*_GROUP).where(
    _group.c.kind == bindparam("kind"), _group.c.name == bindparam("name")
)
_by_id = select(*_GROUP).where(_group.c.id == bindparam("group"))
_members = select(*_MEMBER).where(_here).order_by(_membership.c.joined_at, _membership.c.id)
_left = (
    update(_membership)
    .where(
        _here, _membership.c.group_id == bindparam("group"),
        _membership.c.person_id == bindparam("person"), _membership.c.role == bindparam("as_role"),
    )
    .values(left_at=bindparam("now"))
)  # fmt: skip


class Group(NamedTuple):
    id: str
    kind: Kind
    name: str


class Member(NamedTuple):
    """Somebody's place in a group; one person may have several."""

    group: str
    person: str
    role: Role
    substitute: bool = False


def groups(unit: Unit, kind: Kind | None = None) -> list[Group]:
    """All that go on, by kind and name."""
    query = _groups.where(_group.c.kind == kind) if kind else _groups
    return [Group(*row) for row in unit.connection.execute(query)]


def get_group(unit: Unit, group: str) -> Group | None:
    row = unit.connection.execute(_by_id, {"group": group}).first()
    return Group(*row) if row else None


def group_named(unit: Unit, kind: Kind, name: str) -> Group | None:
    row = unit.connection.execute(_named, {"kind": kind, "name": name}).first()
    return Group(*row) if row else None


def make_groups(
    unit: Unit, ids: Ids, now: datetime, wanted: Iterable[tuple[Kind, str]]
) -> dict[tuple[Kind, str], Group]:
    """The groups of these kinds and names, made where they were not there; one that had ended goes
    on."""
    everyone = unit.connection.execute(select(*_GROUP)).all()
    there = {(row.kind, row.name): Group(*row) for row in everyone}
    wanted = dict.fromkeys(wanted)
    new = [Group(ids(), kind, name) for kind, name in wanted if (kind, name) not in there]
    insert_many(unit, _group, [{**one._asdict(), "created_at": now} for one in new])
    found = {**there, **{(one.kind, one.name): one for one in new}}
    kept = {key: found[key] for key in wanted}
    ended = _group.c.id.in_([one.id for one in kept.values()]) & _group.c.ended_at.is_not(None)
    unit.connection.execute(update(_group).where(ended).values(ended_at=None))
    return kept


def end_group(unit: Unit, now: datetime, group: str) -> None:
    """Ends a group; who was in it is kept, so that it can go on."""
    unit.connection.execute(update(_group).where(_group.c.id == group).values(ended_at=now))


def members_of(unit: Unit, *of: str) -> list[Member]:
    """Who is in these groups, in the order in which they came."""
    found = unit.connection.execute(_members.where(_membership.c.group_id.in_(of)))
    return [Member(*row) for row in found]


def memberships_of(unit: Unit, person: str) -> list[tuple[Group, Member]]:
    """Where somebody is a member; groups that have ended are not among them."""
    query = (
        select(*_GROUP, *_MEMBER)
        .join_from(_membership, _group, _group.c.id == _membership.c.group_id)
        .where(_here, _group.c.ended_at.is_(None), _membership.c.person_id == person)
        .order_by(_group.c.kind, _group.c.name)
    )
    return [(Group(*row[:3]), Member(*row[3:])) for row in unit.connection.execute(query)]


def all_members(unit: Unit) -> list[Member]:
    """Every place that is taken, in one query."""
    return [Member(*row) for row in unit.connection.execute(_members)]


def join(unit: Unit, ids: Ids, now: datetime, members: Sequence[Member]) -> None:
    """Takes them in. Whoever was there before in the same role is there again."""
    if not members:
        return
    again = (
        update(_membership)
        .where(
            _membership.c.group_id == bindparam("group"),
            _membership.c.person_id == bindparam("person"),
            _membership.c.role == bindparam("as_role"),
        )
        .values(left_at=None, substitute=bindparam("is_substitute"))
    )
    before = _places(unit, {one.group for one in members})
    known = [one for one in members if _place(one) in before]
    new = [one for one in members if _place(one) not in before]
    if known:
        unit.connection.execute(
            again,
            [
                {
                    "group": one.group, "person": one.person, "as_role": one.role,
                    "is_substitute": one.substitute,
                }
                for one in known
            ],
        )  # fmt: skip
    rows = [
        {
            "id": ids(), "group_id": one.group, "person_id": one.person, "role": one.role,
            "substitute": one.substitute, "joined_at": now,
        }
        for one in new
    ]  # fmt: skip
    insert_many(unit, _membership, rows)


def leave(unit: Unit, now: datetime, members: Sequence[Member]) -> None:
    rows = [
        {"group": one.group, "person": one.person, "as_role": one.role, "now": now}
        for one in members
    ]
    if rows:
        unit.connection.execute(_left, rows)


def _place(member: Member) -> tuple[str, str, str]:
    return member.group, member.person, member.role


def _places(unit: Unit, of: set[str]) -> set[tuple[str, str, str]]:
    columns = (_membership.c.group_id, _membership.c.person_id, _membership.c.role)
    found = unit.connection.execute(select(*columns).where(_membership.c.group_id.in_(of)))
    return {(row.group_id, row.person_id, row.role) for row in found}
