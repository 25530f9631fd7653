"""A note to somebody who did not ask for it: a change that concerns them, told in their hours."""

from __future__ import annotations

from bot.note import note_message
from bot.parts import Parts
from flows.calendar import next_opening
from storage import outbox
from storage.database import Unit
from storage.people import Profile


def tell(unit: Unit, parts: Parts, profile: Profile, note: str, **slots: str) -> None:
    """Queues a note of the words common to all for the person's next opening. It is a part of
    nothing, but as a part it passes the gate again when it is sent."""
    now = parts.clock()
    at = next_opening(parts.calendar(unit, profile, now), now) or now
    message = note_message(parts.catalogue, profile.language, note, slots)
    body = message.model_dump_json(exclude_defaults=True)
    slot = f"told:{note}:{parts.ids()}"
    outbox.queue(unit, at, profile, [(None, body)], slot, kind="part")
