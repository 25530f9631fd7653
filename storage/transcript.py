"""The web channel's chat as it was shown: each message once, sealed under its person's key."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.people import Profile
from storage.prepared import Prepared
from storage.tables import Transcript, table

_transcript = table(Transcript)
_VALUES: dict[str, Any] = {
    name: bindparam(name) for name in ("person_id", "message_key", "direction", "body_sealed", "at")
}
_into = Prepared(
    sqlite.insert(_transcript).values(**_VALUES).on_conflict_do_nothing(),
    postgresql.insert(_transcript).values(**_VALUES).on_conflict_do_nothing(),
)
_since = (
    select(_transcript)
    .where(_transcript.c.person_id == bindparam("person"), _transcript.c.seq > bindparam("seq"))
    .order_by(_transcript.c.seq)
)
_key = select(_transcript.c.seq).where(_transcript.c.message_key == bindparam("key"))


class Line(NamedTuple):
    seq: int
    key: str
    direction: str
    body: str
    at: datetime


def append(unit: Unit, profile: Profile, key: str, direction: str, body: str, at: datetime) -> bool:
    """False when it was there already, which is what makes sending to the web safe to repeat."""
    row = {
        "person_id": profile.id, "message_key": key, "direction": direction, "at": at,
        "body_sealed": profile.key.seal("transcript", "body_sealed", key, body),
    }  # fmt: skip
    return _into.change(unit, row) == 1


def holds(unit: Unit, key: str) -> bool:
    return unit.connection.execute(_key, {"key": key}).scalar() is not None


def lines_after(unit: Unit, profile: Profile, seq: int) -> list[Line]:
    rows = unit.connection.execute(_since, {"person": profile.id, "seq": seq})
    return [_read(profile, row) for row in rows]


def _read(profile: Profile, row: Row[*tuple[Any, ...]]) -> Line:
    body = profile.key.open("transcript", "body_sealed", row.message_key, row.body_sealed)
    return Line(row.seq, row.message_key, row.direction, body, row.at)
