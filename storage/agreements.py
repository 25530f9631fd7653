"""Agreements: with oneself (no pair), or of a pair; how each goes is one's own."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, insert, select, update

from flows.conversation import Place
from storage.database import Unit
from storage.ids import Ids
from storage.people import Profile
from storage.prepared import Prepared
from storage.tables import Agreement as AgreementRow
from storage.tables import AgreementCheck, table
from storage.upsert import id_at, id_where

_agreement, _check = table(AgreementRow), table(AgreementCheck)
_mine = Prepared(
    select(_agreement).where(
        _agreement.c.id == bindparam("agreement"), _agreement.c.person_id == bindparam("person")
    )
)


class Agreement(NamedTuple):
    """`follow_up`: how and when, in the leader's words; `follow_up_on`: ISO date or None;
    `rhythm`: weekly, every-2-weeks, every-4-weeks or never."""

    id: str
    kind: str
    state: str
    text: str
    follow_up: str
    follow_up_on: str | None
    rhythm: str
    pair: str | None
    created_at: datetime


class Body(NamedTuple):
    text: str
    follow_up: str = ""
    follow_up_on: str | None = None
    rhythm: str = "never"


def own_agreements(unit: Unit, profile: Profile, *states: str) -> list[Agreement]:
    """With oneself, oldest first; of these states, or of all but the ended."""
    return _list(unit, profile, _agreement.c.pair_id.is_(None), states)


def pair_agreements(unit: Unit, profile: Profile, pair: str, *states: str) -> list[Agreement]:
    """What this person noted as agreed in the pair's dialogue."""
    return _list(unit, profile, _agreement.c.pair_id == pair, states)


def _list(unit: Unit, profile: Profile, of: Any, states: tuple[str, ...]) -> list[Agreement]:
    query = (
        select(_agreement)
        .where(_agreement.c.person_id == profile.id, of)
        .where(_agreement.c.state.in_(states or ("active", "resting")))
        .order_by(_agreement.c.created_at, _agreement.c.conversation_id, _agreement.c.item)
    )
    return [_read(profile, row) for row in unit.connection.execute(query)]


def get_agreement(unit: Unit, profile: Profile, agreement: str) -> Agreement | None:
    row = _mine.first(unit, {"agreement": agreement, "person": profile.id})
    return _read(profile, row) if row else None


def agreement_at(unit: Unit, conversation: str, place: Place) -> str | None:
    return id_at(unit, _agreement, conversation, place)


def make_agreement(
    unit: Unit, ids: Ids, now: datetime, profile: Profile, conversation: str, place: Place,
    kind: str, body: Body, pair: str | None = None,
) -> str:  # fmt: skip
    """Makes the agreement of a place, or rewords it; gives its id."""
    found = agreement_at(unit, conversation, place)
    if found:
        change_agreement(unit, now, profile, found, body=body, state="active", kind=kind)
        return found
    made = ids()
    row = {
        "id": made, "person_id": profile.id, "pair_id": pair, "kind": kind,
        "body_sealed": _seal(profile, made, body), "state": "active", "created_at": now,
        "changed_at": now, "conversation_id": conversation, "step": place.step, "item": place.item,
    }  # fmt: skip
    unit.connection.execute(insert(_agreement), row)
    return made


def change_agreement(
    unit: Unit, now: datetime, profile: Profile, agreement: str, *, body: Body | None = None,
    **columns: Any,
) -> None:  # fmt: skip
    if body is not None:
        columns["body_sealed"] = _seal(profile, agreement, body)
    mine = (_agreement.c.id == agreement) & (_agreement.c.person_id == profile.id)
    unit.connection.execute(update(_agreement).where(mine).values(changed_at=now, **columns))


def body_of(agreement: Agreement) -> Body:
    return Body(agreement.text, agreement.follow_up, agreement.follow_up_on, agreement.rhythm)


def record_check(
    unit: Unit, ids: Ids, profile: Profile, agreement: str, on: date, how: str
) -> None:
    """How the agreement goes, one a day: holds, partly, not-now or change."""
    found = id_where(unit, _check, agreement_id=agreement, on_date=on)
    row = found or ids()
    sealed = profile.key.seal("agreement_check", "how_sealed", row, how)
    if found:
        unit.connection.execute(update(_check).where(_check.c.id == row).values(how_sealed=sealed))
        return
    columns = {"agreement_id": agreement, "person_id": profile.id, "on_date": on}
    unit.connection.execute(insert(_check), {"id": row, "how_sealed": sealed, **columns})


def checks_of(unit: Unit, profile: Profile) -> list[tuple[str, date, str]]:
    """(agreement id, day, how) of all checks, oldest first."""
    query = select(_check).where(_check.c.person_id == profile.id).order_by(_check.c.on_date)
    return [
        (
            row.agreement_id,
            row.on_date,
            profile.key.open("agreement_check", "how_sealed", row.id, row.how_sealed),
        )
        for row in unit.connection.execute(query)
    ]


def _seal(profile: Profile, agreement: str, body: Body) -> bytes:
    written = json.dumps(body._asdict(), ensure_ascii=False)
    return profile.key.seal("agreement", "body_sealed", agreement, written)


def _read(profile: Profile, row: Row[*tuple[Any, ...]]) -> Agreement:
    body = json.loads(profile.key.open("agreement", "body_sealed", row.id, row.body_sealed))
    return Agreement(
        id=row.id,
        kind=row.kind,
        state=row.state,
        pair=row.pair_id,
        created_at=row.created_at,
        **body,
    )
