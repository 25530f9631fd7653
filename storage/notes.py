"""Private notes: what was written in the interview guide and the like."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, select

from flows.conversation import Place
from storage.database import Unit
from storage.ids import Ids
from storage.people import Profile, blind
from storage.tables import Note as NoteRow
from storage.tables import table
from storage.upsert import at_place, id_at, put

_note = table(NoteRow)


class Note(NamedTuple):
    """Which dialogue and step it was written at is sealed too: that alone can tell something."""

    dialogue: str
    step: str
    text: str
    created_at: datetime


def save_note(
    unit: Unit, ids: Ids, now: datetime, profile: Profile, conversation: str, dialogue: str,
    place: Place, text: str | None,
) -> None:  # fmt: skip
    """The note of a place; None deletes it."""
    unseen = Place(blind(unit, place.step), place.item)
    here = at_place(_note, conversation, unseen)
    if text is None:
        unit.connection.execute(delete(_note).where(here))
        return
    found = id_at(unit, _note, conversation, unseen)
    row = found or ids()
    body = json.dumps({"dialogue": dialogue, "step": place.step, "text": text}, ensure_ascii=False)
    put(
        unit, _note, found, row,
        person_id=profile.id, conversation_id=conversation, dialogue=blind(unit, dialogue),
        step=unseen.step, item=place.item, created_at=now,
        body_sealed=profile.key.seal("note", "body_sealed", row, body),
    )  # fmt: skip


def notes_of(unit: Unit, profile: Profile, dialogue: str | None = None) -> list[Note]:
    """Oldest first; of one dialogue, or of all."""
    query = select(_note).where(_note.c.person_id == profile.id).order_by(_note.c.created_at)
    if dialogue is not None:
        query = query.where(_note.c.dialogue == blind(unit, dialogue))
    return [_read(profile, row) for row in unit.connection.execute(query)]


def _read(profile: Profile, row: Row[*tuple[Any, ...]]) -> Note:
    body = json.loads(profile.key.open("note", "body_sealed", row.id, row.body_sealed))
    return Note(**body, created_at=row.created_at)
