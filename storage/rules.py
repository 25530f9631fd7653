"""The rules of rhythm as each level has them, and for whom each of them counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, insert, select
from sqlalchemy import Row as SqlRow

from flows.rhythm import Kind, Level, Rule
from storage.database import Unit
from storage.ids import Ids
from storage.prepared import Prepared
from storage.tables import table
from storage.tables_course import Cohort, Membership, Participant
from storage.tables_course import Rule as RuleRow

_rule = table(RuleRow)
_membership, _participant, _cohort = table(Membership), table(Participant), table(Cohort)
_COLUMNS = (_rule.c.level, _rule.c.scope, _rule.c.kind, _rule.c.body)
_all = select(*_COLUMNS).order_by(_rule.c.level, _rule.c.scope, _rule.c.kind)

_programmes = (
    select(_cohort.c.programme)
    .join(_participant, _participant.c.cohort_id == _cohort.c.id)
    .where(_participant.c.left_at.is_(None), _cohort.c.state != "ended")
)
_groups = select(_membership.c.group_id).where(_membership.c.left_at.is_(None))
_in_programmes = _rule.c.scope.in_(
    _programmes.where(_participant.c.person_id == bindparam("person"))
)
_in_groups = _rule.c.scope.in_(_groups.where(_membership.c.person_id == bindparam("person")))
_of_person = Prepared(
    _all.where(
        (_rule.c.level == "organisation")
        | ((_rule.c.level == "programme") & _in_programmes)
        | ((_rule.c.level == "group") & _in_groups)
        | ((_rule.c.level == "person") & (_rule.c.scope == bindparam("person")))
    )
)
_any = Prepared(select(_rule.c.id).where(_rule.c.kind == bindparam("kind")).limit(1))


class Stored(NamedTuple):
    """`scope`: the programme's, group's or person's id; "" for the organisation."""

    level: Level
    scope: str
    kind: Kind
    rule: Rule


def all_rules(unit: Unit) -> list[Stored]:
    return [_read(row) for row in unit.connection.execute(_all)]


def are_there(unit: Unit, kind: str) -> bool:
    """Whether anybody has said anything of the kind: mostly nobody has."""
    return _any.first(unit, {"kind": kind}) is not None


def rule_at(unit: Unit, level: Level, scope: str, kind: Kind) -> Rule | None:
    row = unit.connection.execute(_all.where(_at(level, scope, kind))).first()
    return _read(row).rule if row else None


def rules_of(unit: Unit, person: str) -> list[Stored]:
    """Those that count for one person."""
    return [_read(row) for row in _of_person.all(unit, {"person": person})]


def put_rule(
    unit: Unit, ids: Ids, now: datetime, level: Level, scope: str, kind: Kind, rule: Rule
) -> None:
    """In the place of what that level said of that kind; a rule that says nothing is taken away."""
    unit.connection.execute(delete(_rule).where(_at(level, scope, kind)))
    body = rule.model_dump_json(exclude_defaults=True)
    if body == "{}":
        return
    row = {
        "id": ids(), "level": level, "scope": scope, "kind": kind, "body": body,
        "person_id": scope if level == "person" else None, "changed_at": now,
    }  # fmt: skip
    unit.connection.execute(insert(_rule), row)


def scopes_of(unit: Unit, people: Iterable[str]) -> dict[str, list[tuple[Level, str]]]:
    """person -> where they are in programmes and groups, in two queries for however many."""
    found: dict[str, list[tuple[Level, str]]] = {person: [] for person in people}
    everywhere = (
        ("programme", _programmes.add_columns(_participant.c.person_id)),
        ("group", _groups.add_columns(_membership.c.person_id)),
    )
    for level, query in everywhere:
        for scope, person in unit.connection.execute(query):
            if person in found:
                found[person].append((level, scope))  # type: ignore[arg-type]
    return found


def _at(level: Level, scope: str, kind: Kind) -> ColumnElement[bool]:
    return (_rule.c.level == level) & (_rule.c.scope == scope) & (_rule.c.kind == kind)


def _read(row: SqlRow[*tuple[Any, ...]]) -> Stored:
    return Stored(row.level, row.scope, row.kind, Rule.model_validate_json(row.body))
