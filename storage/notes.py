"""Private notes: what was written in the interview guide and the like."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select

from flows.conversation import Place
from storage.database import Unit
from storage.ids import Ids
from storage.people import Profile
from storage.tables import Note as NoteRow
from storage.tables import table
from storage.upsert import at_place, id_at, put

_note = table(NoteRow)


class Note(NamedTuple):
    dialogue: str
    step: str
    text: str
    created_at: datetime


def save_note(
    unit: Unit, ids: Ids, now: datetime, profile: Profile, conversation: str, dialogue: str,
    place: Place, text: str | None,
) -> None:  # fmt: skip
    """The note of a place; None deletes it."""
    here = at_place(_note, conversation, place)
    if text is None:
        unit.connection.execute(delete(_note).where(here))
        return
    found = id_at(unit, _note, here)
    row = found or ids()
    put(
        unit, _note, found, row,
        person_id=profile.id, conversation_id=conversation, dialogue=dialogue, step=place.step,
        item=place.item, body_sealed=profile.key.seal("note", "body_sealed", row, text),
        created_at=now,
    )  # fmt: skip


def notes_of(unit: Unit, profile: Profile, dialogue: str | None = None) -> list[Note]:
    """Oldest first; of one dialogue, or of all."""
    query = select(_note).where(_note.c.person_id == profile.id).order_by(_note.c.created_at)
    if dialogue is not None:
        query = query.where(_note.c.dialogue == dialogue)
    return [
        Note(
            row.dialogue,
            row.step,
            profile.key.open("note", "body_sealed", row.id, row.body_sealed),
            row.created_at,
        )
        for row in unit.connection.execute(query)
    ]
