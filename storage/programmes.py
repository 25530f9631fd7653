"""The programmes that the organisation imported, as they were written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from storage.database import Unit
from storage.prepared import Prepared
from storage.tables import table
from storage.tables_course import Programme as ProgrammeRow

_programme = table(ProgrammeRow)
_body_of = Prepared(select(_programme.c.body).where(_programme.c.id == bindparam("programme")))


def bodies(unit: Unit) -> dict[str, str]:
    """The text of each file, by the programme's id."""
    query = select(_programme.c.id, _programme.c.body).order_by(_programme.c.id)
    return {row.id: row.body for row in unit.connection.execute(query)}


def body_of(unit: Unit, programme: str) -> str | None:
    row = _body_of.first(unit, {"programme": programme})
    return row.body if row else None


def put(unit: Unit, now: datetime, programme: str, body: str) -> None:
    """In the place of what was imported under that id."""
    unit.connection.execute(delete(_programme).where(_programme.c.id == programme))
    row = {"id": programme, "body": body, "imported_at": now}
    unit.connection.execute(insert(_programme), row)
