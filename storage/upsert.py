"""Rows that a conversation's place writes: made the first time, changed ever after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, insert, select, update

from flows.conversation import Place
from storage.database import Unit
from storage.prepared import Prepared


def at_place(rows: Table, conversation: str, place: Place) -> ColumnElement[bool]:
    return (
        (rows.c.conversation_id == conversation)
        & (rows.c.step == place.step)
        & (rows.c.item == place.item)
    )


def id_at(unit: Unit, rows: Table, conversation: str, place: Place) -> str | None:
    return id_where(unit, rows, conversation_id=conversation, step=place.step, item=place.item)


def id_where(unit: Unit, rows: Table, **columns: Any) -> str | None:
    """The id of the row with these values."""
    row = _finding(rows, tuple(columns)).first(unit, columns)
    return row.id if row else None


@lru_cache(maxsize=64)
def _finding(rows: Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(select(rows.c.id).where(*(rows.c[name] == bindparam(name) for name in names)))


def put(unit: Unit, rows: Table, row: str | None, new: str, **columns: Any) -> None:
    """Changes the row with id `row`, or makes one with id `new` when there is none."""
    if row is None:
        _insertion(rows, ("id", *columns)).change(unit, {"id": new, **columns})
    else:
        _change(rows, tuple(columns)).change(unit, {"row": row, **columns})


def insert_many(unit: Unit, rows: Table, many: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows that all name the same columns."""
    if many:
        _insertion(rows, tuple(many[0])).change_each(unit, many)


def change_where(unit: Unit, rows: Table, where: Mapping[str, Any], **columns: Any) -> int:
    """Changes the rows that have the values of `where`; how many."""
    values = {**{f"is_{name}": one for name, one in where.items()}, **columns}
    return _changing(rows, tuple(where), tuple(columns)).change(unit, values)


@lru_cache(maxsize=64)
def _changing(rows: Table, where: tuple[str, ...], names: tuple[str, ...]) -> Prepared:
    some = update(rows).where(*(rows.c[name] == bindparam(f"is_{name}") for name in where))
    return Prepared(some.values(**{name: bindparam(name) for name in names}))


@lru_cache(maxsize=64)
def _insertion(rows: Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(insert(rows).values(**{name: bindparam(name) for name in names}))


@lru_cache(maxsize=64)
def _change(rows: Table, names: tuple[str, ...]) -> Prepared:
    one = update(rows).where(rows.c.id == bindparam("row"))
    return Prepared(one.values(**{name: bindparam(name) for name in names}))
