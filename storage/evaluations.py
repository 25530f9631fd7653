"""The answers to an evaluation, opened for a group figure and for nothing else."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from storage.database import Unit
from storage.people import vault_of
from storage.tables import PersonKey, table
from storage.tables_course import Rating

_rating, _key = table(Rating), table(PersonKey)


def answers_to(unit: Unit, subject: str, phase: str, item: str, before: date) -> dict[str, int]:
    """person -> 1-5, of those who answered before that day."""
    query = (
        select(
            _rating.c.id, _rating.c.person_id, _rating.c.value_sealed, _key.c.wrapped
        )
        .join(_key, _key.c.person_id == _rating.c.person_id)
        .where(
            _rating.c.subject == subject, _rating.c.phase == phase, _rating.c.item == item,
            _rating.c.on_date < before,
        )
    )  # fmt: skip
    found = {}
    for row in unit.connection.execute(query):
        key = vault_of(unit).unwrap(row.person_id, row.wrapped)
        found[row.person_id] = int(key.open("rating", "value_sealed", row.id, row.value_sealed))
    return found
