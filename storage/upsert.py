"""Rows that a conversation's place writes: made the first time, changed ever after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Table, insert, select, update

from flows.conversation import Place
from storage.database import Unit


def at_place(rows: Table, conversation: str, place: Place) -> ColumnElement[bool]:
    return (
        (rows.c.conversation_id == conversation)
        & (rows.c.step == place.step)
        & (rows.c.item == place.item)
    )


def id_at(unit: Unit, rows: Table, where: ColumnElement[bool]) -> str | None:
    found: str | None = unit.connection.execute(select(rows.c.id).where(where)).scalar()
    return found


def put(unit: Unit, rows: Table, row: str | None, new: str, **columns: Any) -> None:
    """Changes the row with id `row`, or makes one with id `new` when there is none."""
    if row is None:
        unit.connection.execute(insert(rows).values(id=new, **columns))
    else:
        unit.connection.execute(update(rows).where(rows.c.id == row).values(**columns))
