"""Conversations, sealed under their person's key; saved only over the turn they were read at."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update

from flows.conversation import Conversation
from storage.database import Unit
from storage.people import Profile, blind
from storage.prepared import Prepared
from storage.tables import Conversation as ConversationRow
from storage.tables import table
from storage.upsert import change_where

_conversation = table(ConversationRow)
_COLUMNS = (
    _conversation.c.id, _conversation.c.about, _conversation.c.status, _conversation.c.turn,
    _conversation.c.body_sealed, _conversation.c.touched_at,
)  # fmt: skip
_by_id = Prepared(
    select(*_COLUMNS).where(
        _conversation.c.id == bindparam("conversation"),
        _conversation.c.person_id == bindparam("person"),
    )
)
_open = (
    select(*_COLUMNS)
    .where(_conversation.c.person_id == bindparam("person"), _conversation.c.status == "open")
    .order_by(_conversation.c.touched_at.desc(), _conversation.c.started_at.desc())
)
_latest_open, _all_open = Prepared(_open.limit(1)), Prepared(_open)
_insert = Prepared(insert(_conversation))
_save = Prepared(
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
    row = _by_id.first(unit, found)
    return _read(profile, row) if row else None


def latest_open(unit: Unit, profile: Profile) -> Kept | None:
    row = _latest_open.first(unit, {"person": profile.id})
    return _read(profile, row) if row else None


def all_open(unit: Unit, profile: Profile) -> list[Kept]:
    """The open ones, the latest touched first."""
    return [_read(profile, row) for row in _all_open.all(unit, {"person": profile.id})]


def begin(
    unit: Unit, profile: Profile, conversation: Conversation, about: str | None, now: datetime
) -> Kept:
    row = {
        "id": conversation.id, "person_id": profile.id,
        "dialogue": blind(unit, conversation.dialogue),
        "version": conversation.version, "status": conversation.status, "turn": conversation.turn,
        "about": about, "body_sealed": _seal(profile, conversation),
        "started_at": now, "touched_at": now,
    }  # fmt: skip
    _insert.change(unit, row)
    return Kept(conversation, about, now)


def save(unit: Unit, profile: Profile, kept: Kept, after: Conversation, now: datetime) -> None:
    """Saves what `kept` has become. Raises Overtaken when it is not as it was read."""
    saved = _save.change(
        unit,
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
    if saved != 1:
        raise Overtaken(after.id)


def leave(unit: Unit, kept: Kept) -> None:
    """Sets an open conversation aside; what was answered stays."""
    change_where(unit, _conversation, {"id": kept.conversation.id}, status="left")


def leave_unsaid(unit: Unit, conversation: str | None) -> None:
    """Sets aside one that nobody has seen the beginning of: nothing typed answers it."""
    unseen = (
        (_conversation.c.id == conversation) & (_conversation.c.status == "open")
        & (_conversation.c.turn == 0)
    )  # fmt: skip
    unit.connection.execute(update(_conversation).where(unseen).values(status="left"))


def _seal(profile: Profile, conversation: Conversation) -> bytes:
    body = conversation.model_dump_json(exclude_defaults=True)
    return profile.key.seal("conversation", "body_sealed", conversation.id, body)


def _read(profile: Profile, row: Any) -> Kept:
    body = profile.key.open("conversation", "body_sealed", row.id, row.body_sealed)
    conversation = Conversation.model_validate_json(body)
    if conversation.status != row.status:
        conversation = conversation.having(status=row.status)
    return Kept(conversation, row.about, row.touched_at)


__all__ = ["Kept", "Overtaken", "all_open", "begin", "latest_open", "leave", "load", "save"]
