"""What came in, once each: durable before it is acknowledged, kept a day to know it again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.prepared import Prepared
from storage.tables import Inbox, table

KEPT = timedelta(hours=48)

_inbox = table(Inbox)
_ROW: dict[str, Any] = {
    name: bindparam(name)
    for name in ("channel", "event_key", "sender_index", "received_at", "done_at")
}
_into = Prepared(
    sqlite.insert(_inbox).values(**_ROW, attempts=1).on_conflict_do_nothing(),
    postgresql.insert(_inbox).values(**_ROW, attempts=1).on_conflict_do_nothing(),
)
_forget = delete(_inbox).where(_inbox.c.received_at < bindparam("before"))


def receive(unit: Unit, channel: str, event_key: str, now: datetime) -> bool:
    """Notes an event as dealt with in this unit; False when it came before."""
    row = {
        "channel": channel, "event_key": event_key, "sender_index": None,
        "received_at": now, "done_at": now,
    }  # fmt: skip
    return _into.change(unit, row) == 1


def forget_old(unit: Unit, now: datetime) -> int:
    """Deletes what came longer ago than any platform delivers again."""
    return unit.connection.execute(_forget, {"before": now - KEPT}).rowcount
