"""What somebody answered in an evaluation: three items, 1-5, before and after. One's own answers
are told to oneself alone."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, select

from storage.database import Unit
from storage.ids import Ids
from storage.people import Profile
from storage.tables import table
from storage.tables_course import Rating as RatingRow
from storage.upsert import id_where, put

_rating = table(RatingRow)


class Rated(NamedTuple):
    """What was rated when. `subject`: a tiltag, a cohort, or a cohort's module as "cohort:module";
    `phase`: before, after or later."""

    subject: str
    phase: str


class Rating(NamedTuple):
    phase: str
    item: str
    value: int
    on: date


def record(
    unit: Unit, ids: Ids, profile: Profile, conversation: str, on: date, rated: Rated, item: str,
    value: int | None,
) -> None:  # fmt: skip
    """One item's value (1-5), instead of an earlier one; None takes back this conversation's."""
    where = {"person_id": profile.id, "subject": rated.subject, "phase": rated.phase, "item": item}
    if value is None:
        which = [_rating.c[name] == one for name, one in where.items()]
        theirs = _rating.c.conversation_id == conversation
        unit.connection.execute(delete(_rating).where(*which, theirs))
        return
    found = id_where(unit, _rating, **where)
    row = found or ids()
    sealed = profile.key.seal("rating", "value_sealed", row, str(value))
    put(
        unit, _rating, found, row,
        **where, value_sealed=sealed, on_date=on, conversation_id=conversation,
    )  # fmt: skip


def ratings_of(unit: Unit, profile: Profile, subject: str) -> list[Rating]:
    """Of one subject, oldest first."""
    query = (
        select(_rating)
        .where(_rating.c.person_id == profile.id, _rating.c.subject == subject)
        .order_by(_rating.c.on_date, _rating.c.phase, _rating.c.item)
    )
    return [
        Rating(
            row.phase, row.item,
            int(profile.key.open("rating", "value_sealed", row.id, row.value_sealed)),
            row.on_date,
        )
        for row in unit.connection.execute(query)
    ]  # fmt: skip


def has_rated(unit: Unit, person: str) -> bool:
    """Anything at all."""
    any_of_theirs = select(_rating.c.id).where(_rating.c.person_id == person).limit(1)
    return unit.connection.execute(any_of_theirs).first() is not None
