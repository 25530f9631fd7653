"""What was done, when, and by whom, never with what words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from storage.database import Unit
from storage.tables import Audit, table

PAGE = 50

_audit = table(Audit)
_lines = select(
    _audit.c.seq, _audit.c.at, _audit.c.what, _audit.c.person_ref, _audit.c.by_ref
).order_by(_audit.c.seq.desc())


class Line(NamedTuple):
    """`person`: whom it is about; `by`: who did it, if that was somebody else."""

    seq: int
    at: datetime
    what: str
    person: str | None
    by: str | None


def note(
    unit: Unit, now: datetime, what: str, person: str | None, *, by: str | None = None
) -> None:
    row = {"at": now, "what": what, "person_ref": person, "by_ref": by}
    unit.connection.execute(insert(_audit).values(row))


def latest(unit: Unit, *, before: int | None = None, size: int = PAGE) -> tuple[list[Line], bool]:
    """The newest first, those before the line `before`; and whether there are older ones."""
    query = _lines.where(_audit.c.seq < before) if before else _lines
    rows = unit.connection.execute(query.limit(size + 1)).all()
    return [Line(*row) for row in rows[:size]], len(rows) > size


def about(unit: Unit, person: str, size: int = 20) -> list[Line]:
    """What others have done about somebody, the newest first."""
    query = _lines.where(_audit.c.person_ref == person, _audit.c.by_ref.is_not(None))
    return [Line(*row) for row in unit.connection.execute(query.limit(size))]
