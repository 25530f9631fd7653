"""All tables there are, for whatever goes through every one of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table

from storage import tables, tables_course
from storage.columns import Row

metadata = Row.metadata

SEALED = "_sealed"
NAMED_BY = {"outbox": "slot_key", "transcript": "message_key"}
"""What a sealed row is named by where the database numbers the rows; elsewhere its id."""

_person = tables.table(tables.Person)


def owner_columns(of: Table) -> list[Column[str]]:
    """The columns that say whose row it is; for `person` the id itself."""
    if of is _person:
        return [_person.c.id]
    return [column for column in of.columns if column.references(_person.c.id)]


def sealed_columns(of: Table) -> list[Column[Any]]:
    return [column for column in of.columns if column.name.endswith(SEALED)]


def sealer_column(of: Table) -> Column[str]:
    """Under whose key the table's texts are sealed: the author's where it has also a reader."""
    return of.c.author_id if "author_id" in of.c else owner_columns(of)[0]


def named_by(of: Table) -> str:
    return NAMED_BY.get(of.name, "id")


__all__ = ["metadata", "tables", "tables_course"]
