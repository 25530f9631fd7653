"""Cadences (the rules of series) and their occurrences that were moved, skipped or held."""

from __future__ import annotations

from datetime import date, time
from typing import Any, NamedTuple

from sqlalchemy import Row as SqlRow
from sqlalchemy import bindparam, delete, func, insert, select, update

from flows.cadence import Cadence as Rule
from flows.cadence import Override
from flows.calendar import PersonCalendar, at_local
from storage.database import Unit
from storage.ids import Ids
from storage.prepared import Prepared
from storage.tables import REMINDER_PLANNED, Occurrence, Pair, Reminder, table
from storage.tables import Cadence as CadenceRow
from storage.upsert import change_where, insert_many

_cadence, _occurrence, _reminder = table(CadenceRow), table(Occurrence), table(Reminder)
_pair = table(Pair)
_COLUMNS = (
    _cadence.c.id, _cadence.c.person_id, _cadence.c.kind, _cadence.c.pair_id,
    _cadence.c.agreement_id, _cadence.c.anchor, _cadence.c.every_weeks, _cadence.c.at_time,
    _cadence.c.by_rule,
)  # fmt: skip
_active = select(*_COLUMNS).where(_cadence.c.active.is_(True))
_by_id = Prepared(_active.where(_cadence.c.id == bindparam("cadence")))
_of_pair = Prepared(_active.where(_cadence.c.pair_id == bindparam("pair")))
_of_agreement = Prepared(_active.where(_cadence.c.agreement_id == bindparam("agreement")))
_own = Prepared(
    _active.where(_cadence.c.person_id == bindparam("person"), _cadence.c.kind == bindparam("kind"))
)
_led = select(_pair.c.id).where(
    _pair.c.nearest_leader_id == bindparam("person"), _pair.c.ended_at.is_(None)
)
_around = Prepared(
    _active.where((_cadence.c.person_id == bindparam("person")) | _cadence.c.pair_id.in_(_led))
    .order_by(_cadence.c.id)
)  # fmt: skip
_unplanned = _active.where(
    _cadence.c.id.not_in(select(_reminder.c.subject_id).where(REMINDER_PLANNED))
).order_by(_cadence.c.id)
_insert = insert(_cadence)
_overrides = Prepared(
    select(_occurrence.c.nominal, _occurrence.c.moved_to, _occurrence.c.skipped).where(
        _occurrence.c.cadence_id == bindparam("cadence")
    )
)
_outcome = Prepared(
    select(_occurrence.c.outcome).where(
        _occurrence.c.cadence_id == bindparam("cadence"),
        _occurrence.c.nominal == bindparam("nominal"),
    )
)


class Cadence(NamedTuple):
    id: str
    person: str
    kind: str
    pair: str | None
    agreement: str | None
    rule: Rule
    by_rule: bool = False


def cadence_by_id(unit: Unit, cadence: str) -> Cadence | None:
    """The active cadence with that id."""
    return _first(_by_id.first(unit, {"cadence": cadence}))


def cadence_of_pair(unit: Unit, pair: str) -> Cadence | None:
    return _first(_of_pair.first(unit, {"pair": pair}))


def cadence_of_agreement(unit: Unit, agreement: str) -> Cadence | None:
    return _first(_of_agreement.first(unit, {"agreement": agreement}))


def cadences_around(unit: Unit, person: str) -> list[Cadence]:
    """The active series of the person, and those of whoever has them as nearest leader."""
    return [_read(row) for row in _around.all(unit, {"person": person})]


def unplanned_cadences(unit: Unit) -> list[Cadence]:
    """The active series of which no reminder is planned."""
    return [_read(row) for row in unit.connection.execute(_unplanned)]


def begin_cadence(
    unit: Unit, ids: Ids, person: str, rule: Rule, *, pair: str | None = None,
    agreement: str | None = None, by_rule: bool = False,
) -> Cadence:  # fmt: skip
    """Begins a series for a pair's dialogue or an agreement; one that was there ends."""
    end_cadence(unit, pair=pair, agreement=agreement)
    kind = "dialogue" if pair else "agreement"
    cadence = Cadence(ids(), person, kind, pair, agreement, rule, by_rule)
    return _begin(unit, cadence)


def begin_own(unit: Unit, ids: Ids, person: str, kind: str, rule: Rule) -> Cadence:
    """Begins a series of the person's own, by rule; one of the kind that was there ends."""
    end_own(unit, person, kind)
    return _begin(unit, Cadence(ids(), person, kind, None, None, rule, True))


def own_cadence(unit: Unit, person: str, kind: str) -> Cadence | None:
    return _first(_own.first(unit, {"person": person, "kind": kind}))


def end_own(unit: Unit, person: str, kind: str) -> None:
    theirs = (_cadence.c.person_id == person) & (_cadence.c.kind == kind)
    unit.connection.execute(update(_cadence).where(theirs).values(active=False))


def _begin(unit: Unit, cadence: Cadence) -> Cadence:
    rule = cadence.rule
    row = {
        "id": cadence.id, "person_id": cadence.person, "kind": cadence.kind,
        "pair_id": cadence.pair, "agreement_id": cadence.agreement, "anchor": rule.anchor,
        "every_weeks": rule.every_weeks, "at_time": rule.at.strftime("%H:%M"),
        "by_rule": cadence.by_rule,
    }  # fmt: skip
    unit.connection.execute(_insert, row)
    return cadence


def end_cadence(unit: Unit, *, pair: str | None = None, agreement: str | None = None) -> None:
    whose = _cadence.c.pair_id == pair if pair else _cadence.c.agreement_id == agreement
    unit.connection.execute(update(_cadence).where(whose).values(active=False))


def resume_cadence(unit: Unit, pair: str) -> Cadence | None:
    """Takes up the series that the pair had last."""
    had = (
        select(_cadence.c.id)
        .join(_reminder, _reminder.c.subject_id == _cadence.c.id)
        .where(_cadence.c.pair_id == pair)
        .order_by(_reminder.c.due_at.desc())
        .limit(1)
    )
    last = unit.connection.execute(had).scalar()
    unit.connection.execute(update(_cadence).where(_cadence.c.id == last).values(active=True))
    return cadence_of_pair(unit, pair)


def overrides_of(unit: Unit, cadence: Cadence, calendar: PersonCalendar) -> tuple[Override, ...]:
    rows = _overrides.all(unit, {"cadence": cadence.id})
    return tuple(
        Override(
            slot=nominal,
            moved_to=at_local(calendar, moved, cadence.rule.at) if moved else None,
            skipped=skipped,
        )
        for nominal, moved, skipped in rows
        if moved or skipped
    )


def outcome_of(unit: Unit, cadence: str, nominal: date) -> str | None:
    row = _outcome.first(unit, {"cadence": cadence, "nominal": nominal})
    return row.outcome if row else None


def times_held(unit: Unit, pair: str) -> int:
    """How often the two have told that they talked."""
    theirs = select(_cadence.c.id).where(_cadence.c.pair_id == pair)
    held = (_occurrence.c.outcome == "yes") & _occurrence.c.cadence_id.in_(theirs)
    query = select(func.count()).select_from(_occurrence).where(held)
    return unit.connection.execute(query).scalar_one()


def note_occurrence(unit: Unit, cadence: str, nominal: date, **columns: Any) -> None:
    """Sets `moved_to`, `skipped` or `outcome` of one occurrence; the series stays."""
    here = {"cadence_id": cadence, "nominal": nominal}
    if change_where(unit, _occurrence, here, **columns) == 0:
        insert_many(unit, _occurrence, [{**here, "skipped": False, **columns}])


def forget_occurrence(unit: Unit, cadence: str, nominal: date) -> None:
    here = (_occurrence.c.cadence_id == cadence) & (_occurrence.c.nominal == nominal)
    unit.connection.execute(delete(_occurrence).where(here))


def _first(row: SqlRow[*tuple[Any, ...]] | None) -> Cadence | None:
    return _read(row) if row else None


def _read(row: SqlRow[*tuple[Any, ...]]) -> Cadence:
    rule = Rule(anchor=row.anchor, every_weeks=row.every_weeks, at=time.fromisoformat(row.at_time))
    return Cadence(
        row.id, row.person_id, row.kind, row.pair_id, row.agreement_id, rule, row.by_rule
    )
