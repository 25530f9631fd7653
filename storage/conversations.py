"""Conversations, sealed under their person's key; saved only over the turn they were read at."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, insert, select, update

from flows.conversation import Conversation
from storage.database import Unit
from storage.people import Profile
from storage.tables import Conversation as ConversationRow
from storage.tables import table

_conversation = table(ConversationRow)
_COLUMNS = (
    _conversation.c.id, _conversation.c.about, _conversation.c.status, _conversation.c.turn,
    _conversation.c.body_sealed, _conversation.c.touched_at,
)  # fmt: skip
_by_id = select(*_COLUMNS).where(
    _conversation.c.id == bindparam("conversation"),
    _conversation.c.person_id == bindparam("person"),
)
_open = (
    select(*_COLUMNS)
    .where(_conversation.c.person_id == bindparam("person"), _conversation.c.status == "open")
    .order_by(_conversation.c.touched_at.desc(), _conversation.c.started_at.desc())
)
_latest_open = _open.limit(1)
_insert = insert(_conversation)
_save = (
    update(_conversation)
    .where(
        _conversation.c.id == bindparam("which"),
        _conversation.c.turn == bindparam("read_turn"),
        _conversation.c.touched_at == bindparam("read_at"),
    )
    .values(
        status=bindparam("new_status"), turn=bindparam("new_turn"),
        version=bindparam("new_version"), body_sealed=bindparam("body"),
        touched_at=bindparam("now"),
    )
)  # fmt: skip


class Overtaken(Exception):
    """Somebody else took a turn in the conversation between our reading and our saving."""


class Kept(NamedTuple):
    """A conversation as it was read, with what it is about (a pair's slot, an agreement)."""

    conversation: Conversation
    about: str | None
    touched_at: datetime


def load(unit: Unit, profile: Profile, conversation: str) -> Kept | None:
    """The person's own conversation with that id; somebody else's is not found."""
    found = {"conversation": conversation, "person": profile.id}
    row = unit.connection.execute(_by_id, found).first()
    return _read(profile, row) if row else None


def latest_open(unit: Unit, profile: Profile) -> Kept | None:
    row = unit.connection.execute(_latest_open, {"person": profile.id}).first()
    return _read(profile, row) if row else None


def all_open(unit: Unit, profile: Profile) -> list[Kept]:
    """The open ones, the latest touched first."""
    rows = unit.connection.execute(_open, {"person": profile.id})
    return [_read(profile, row) for row in rows]


def begin(
    unit: Unit, profile: Profile, conversation: Conversation, about: str | None, now: datetime
) -> Kept:
    row = {
        "id": conversation.id, "person_id": profile.id, "dialogue": conversation.dialogue,
        "version": conversation.version, "status": conversation.status, "turn": conversation.turn,
        "about": about, "body_sealed": _seal(profile, conversation),
        "started_at": now, "touched_at": now,
    }  # fmt: skip
    unit.connection.execute(_insert, row)
    return Kept(conversation, about, now)


def save(unit: Unit, profile: Profile, kept: Kept, after: Conversation, now: datetime) -> None:
    """Saves what `kept` has become. Raises Overtaken when it is not as it was read."""
    saved = unit.connection.execute(
        _save,
        {
            "which": after.id,
            "read_turn": kept.conversation.turn,
            "read_at": kept.touched_at,
            "new_status": after.status,
            "new_turn": after.turn,
            "new_version": after.version,
            "body": _seal(profile, after),
            "now": now,
        },
    )
    if saved.rowcount != 1:
        raise Overtaken(after.id)


def leave(unit: Unit, kept: Kept) -> None:
    """Sets an open conversation aside; what was answered stays."""
    which = _conversation.c.id == kept.conversation.id
    unit.connection.execute(update(_conversation).where(which).values(status="left"))


def _seal(profile: Profile, conversation: Conversation) -> bytes:
    body = conversation.model_dump_json(exclude_defaults=True)
    return profile.key.seal("conversation", "body_sealed", conversation.id, body)


def _read(profile: Profile, row: Row[*tuple[Any, ...]]) -> Kept:
    body = profile.key.open("conversation", "body_sealed", row.id, row.body_sealed)
    conversation = Conversation.model_validate_json(body)
    if conversation.status != row.status:
        conversation = conversation.having(status=row.status)
    return Kept(conversation, row.about, row.touched_at)


__all__ = ["Kept", "Overtaken", "all_open", "begin", "latest_open", "leave", "load", "save"]
