"""What was done, when, never with what words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from storage.database import Unit
from storage.tables import Audit, table

_audit = table(Audit)


def note(unit: Unit, now: datetime, what: str, person: str | None) -> None:
    unit.connection.execute(insert(_audit).values(at=now, what=what, person_ref=person))
