"""Points to raise with the nearest leader: private until shared, carried over until solved."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from flows.conversation import Place
from storage.database import Unit
from storage.ids import Ids
from storage.people import Profile
from storage.prepared import Prepared
from storage.tables import Point as PointRow
from storage.tables import table
from storage.upsert import at_place, change_where, id_at, put

_point = table(PointRow)
_open = Prepared(
    select(_point.c.id, _point.c.body_sealed, _point.c.created_at)
    .where(
        _point.c.person_id == bindparam("person"),
        (_point.c.state == "open") | (_point.c.state == "raised"),
    )
    .order_by(_point.c.created_at, _point.c.conversation_id, _point.c.item)
)


class Point(NamedTuple):
    id: str
    text: str
    created_at: datetime


def open_points(unit: Unit, profile: Profile) -> list[Point]:
    """Not yet talked through, oldest first."""
    return [
        Point(
            row.id,
            profile.key.open("point", "body_sealed", row.id, row.body_sealed),
            row.created_at,
        )
        for row in _open.all(unit, {"person": profile.id})
    ]


def keep_point(
    unit: Unit,
    ids: Ids,
    now: datetime,
    profile: Profile,
    conversation: str,
    place: Place,
    text: str,
) -> None:
    """The point written at a place of a conversation, made or reworded."""
    found = id_at(unit, _point, conversation, place)
    row = found or ids()
    columns = {
        "person_id": profile.id, "body_sealed": profile.key.seal("point", "body_sealed", row, text),
        "state": "open", "created_at": now, "conversation_id": conversation,
        "step": place.step, "item": place.item,
    }  # fmt: skip
    put(unit, _point, found, row, **columns)


def drop_point(unit: Unit, conversation: str, place: Place) -> None:
    here = at_place(_point, conversation, place)
    unit.connection.execute(update(_point).where(here).values(state="dropped"))


def reword_point(unit: Unit, profile: Profile, point: str, text: str) -> None:
    sealed = profile.key.seal("point", "body_sealed", point, text)
    _change(unit, profile, point, body_sealed=sealed)


def set_point_state(unit: Unit, profile: Profile, point: str, state: str) -> None:
    _change(unit, profile, point, state=state)


def _change(unit: Unit, profile: Profile, point: str, **columns: object) -> None:
    change_where(unit, _point, {"id": point, "person_id": profile.id}, **columns)


def point_at(unit: Unit, conversation: str, place: Place) -> str | None:
    return id_at(unit, _point, conversation, place)
