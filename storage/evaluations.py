"""The answers to an evaluation, opened for a group figure and for nothing else."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select

from storage.database import Unit
from storage.people import vault_of
from storage.prepared import Prepared
from storage.tables import PersonKey, table
from storage.tables_course import Rating

_rating, _key = table(Rating), table(PersonKey)
_answers = Prepared(
    select(_rating.c.id, _rating.c.person_id, _rating.c.value_sealed, _key.c.wrapped)
    .join(_key, _key.c.person_id == _rating.c.person_id)
    .where(
        _rating.c.subject == bindparam("subject"), _rating.c.phase == bindparam("phase"),
        _rating.c.item == bindparam("item"), _rating.c.on_date < bindparam("before"),
    )
)  # fmt: skip


class Question(NamedTuple):
    """One item of an evaluation; `subject` and `phase` as in `storage.ratings`."""

    subject: str
    phase: str
    item: str


def answered(unit: Unit, before: date) -> list[Question]:
    """What somebody has answered before that day."""
    columns = (_rating.c.subject, _rating.c.phase, _rating.c.item)
    query = select(*columns).where(_rating.c.on_date < before).distinct().order_by(*columns)
    return [Question(*row) for row in unit.connection.execute(query)]


def answers_to(unit: Unit, question: Question, before: date) -> dict[str, int]:
    """person -> 1-5, of those who answered before that day."""
    values = {**question._asdict(), "before": before}
    found = {}
    for row in _answers.all(unit, values):
        key = vault_of(unit).unwrap(row.person_id, row.wrapped)
        found[row.person_id] = int(key.open("rating", "value_sealed", row.id, row.value_sealed))
    return found
