"""The kinds of reminders, and what each becomes when its time has come."""

from bot.contacts import agreement, dialogues, digest, meeting, nudge
from bot.contacts.case import Contact

CONTACTS: dict[str, Contact] = {
    **dialogues.CONTACTS,
    **agreement.CONTACTS,
    **digest.CONTACTS,
    **nudge.CONTACTS,
    **meeting.CONTACTS,
}

__all__ = ["CONTACTS", "Contact"]
