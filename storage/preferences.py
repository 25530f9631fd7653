"""What somebody has chosen about what reaches them, or has been told once: a key and a short value,
nothing they wrote."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, delete, insert, select

from storage.database import Unit
from storage.prepared import Prepared
from storage.tables import table
from storage.tables_course import Preference

INSIGHTS = "insights"
"""`OFF`: no insights between the modules."""
OFF = "off"
OWN_MESSAGES = "own-messages"
"""`REMOVED`: what they write is deleted from the chat once it is kept, where a bot may do so."""
REMOVED = "removed"
NO_FIGURES = "no-figures"
"""`TOLD`: they know that there will be no figures of those whose nearest leader they are."""
TOLD = "told"
EVALUATION = "evaluation-"
"""And the step that has asked for one, once: `ASKED`."""
ASKED = "asked"

OWN_WORDS = "own-words"
"""`ON_PAGE`: what they write themselves is shown to them on their own page, and not in the chat."""
ON_PAGE = "page"

_preference = table(Preference)
_here = (_preference.c.person_id == bindparam("person")) & (_preference.c.key == bindparam("key"))
_get = Prepared(select(_preference.c.value).where(_here))
_who = select(_preference.c.person_id).where(
    _preference.c.key == bindparam("key"), _preference.c.value == bindparam("value")
)


def get(unit: Unit, person: str, key: str) -> str | None:
    row = _get.first(unit, {"person": person, "key": key})
    return row.value if row else None


def keeps_words_away(unit: Unit, person: str) -> bool:
    return get(unit, person, OWN_WORDS) == ON_PAGE


def put(unit: Unit, person: str, key: str, value: str | None) -> None:
    """None takes it away: then what holds for everybody holds for them too."""
    which = (_preference.c.person_id == person) & (_preference.c.key == key)
    unit.connection.execute(delete(_preference).where(which))
    if value is not None:
        row = {"person_id": person, "key": key, "value": value}
        unit.connection.execute(insert(_preference), row)


def who_chose(unit: Unit, key: str, value: str, among: Collection[str]) -> set[str]:
    """In one query, however many."""
    found = unit.connection.execute(_who, {"key": key, "value": value}).scalars()
    return {person for person in found if person in among}
