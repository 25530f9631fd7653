"""What need not be known any longer goes by itself: free text and scores, then delivery rows.

Active agreements with oneself stay as long as they are active, whatever their age.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, delete

from storage.database import Unit
from storage.tables import (
    Agreement,
    AgreementCheck,
    Conversation,
    Note,
    Outbox,
    Point,
    Pulse,
    Reminder,
    Share,
    Transcript,
    table,
)

DELIVERY_KEPT = timedelta(days=90)

_agreement, _check, _conversation = table(Agreement), table(AgreementCheck), table(Conversation)
_note, _point, _pulse, _share = table(Note), table(Point), table(Pulse), table(Share)
_transcript, _outbox, _reminder = table(Transcript), table(Outbox), table(Reminder)


def forget_old(unit: Unit, now: datetime, kept: timedelta) -> int:
    """Deletes what is older than `kept` (words and scores) or than 90 days (delivery rows);
    how many rows."""
    before, delivered_before = now - kept, now - min(kept, DELIVERY_KEPT)
    old: list[tuple[Table, ColumnElement[bool]]] = [
        (_conversation, _conversation.c.touched_at < before),
        (_note, _note.c.created_at < before),
        (_point, _point.c.created_at < before),
        (_pulse, _pulse.c.on_date < before.date()),
        (_share, _share.c.shared_at < before),
        (_check, _check.c.on_date < before.date()),
        (_agreement, (_agreement.c.state != "active") & (_agreement.c.changed_at < before)),
        (_agreement, _agreement.c.pair_id.is_not(None) & (_agreement.c.changed_at < before)),
        (_transcript, _transcript.c.at < before),
        (_outbox, _outbox.c.planned_at < delivered_before),
        (_reminder, (_reminder.c.state != "planned") & (_reminder.c.due_at < delivered_before)),
    ]
    return sum(unit.connection.execute(delete(rows).where(which)).rowcount for rows, which in old)
