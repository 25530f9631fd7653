"""Due reminders become contacts to be made: a few statements, however many people there are."""

from __future__ import annotations

from bot.contacts.case import PREFIX, rank
from bot.parts import Parts
from storage import outbox, reminders
from storage.database import Unit

AT_ONCE = 500


def fire_due(unit: Unit, parts: Parts) -> int:
    """Fires what is due, at most `AT_ONCE`; the number fired. What each says is decided later,
    when it may be said: the dialogue's own first, so that the gentle ones can make way."""
    now = parts.clock()
    fired = sorted(reminders.fire_due(unit, now, AT_ONCE), key=rank)
    contacts = [
        (f"{PREFIX}{one.id}@{one.due_at:%Y%m%d%H%M}", one.person, now, None) for one in fired
    ]
    outbox.plan_contacts(unit, now, contacts)
    return len(fired)
