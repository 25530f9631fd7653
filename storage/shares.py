"""Shares: the one way by which a text reaches somebody else than its author.

A share is one item, to one named recipient, in the exact words that its author was shown.
`Shared` can be made from nothing but a row in state `shared` whose recipient is the reader.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from flows.conversation import Place
from storage.database import Unit
from storage.errors import Unreadable
from storage.ids import Ids
from storage.pairs import Pair
from storage.people import Profile, get_person, vault_of
from storage.prepared import Prepared
from storage.quotes import Shown, take_out
from storage.tables import Conversation, Outbox, table
from storage.tables import Share as ShareRow
from storage.upsert import at_place, id_at, put

_share, _conversation, _outbox = table(ShareRow), table(Conversation), table(Outbox)
SHOWN_IN = ("nearest-leader", "shared-with-me", "digest")
"""The dialogues in which somebody else's words are shown."""
_shared = (
    select(_share)
    .where(_share.c.author_id == bindparam("author"), _share.c.state == "shared")
    .order_by(_share.c.shared_at, _share.c.conversation_id, _share.c.item)
)
_shared_by = Prepared(_shared)
_shared_with = Prepared(_shared.where(_share.c.recipient_id == bindparam("recipient")))
_seen = Prepared(
    update(_share)
    .where(
        _share.c.id == bindparam("which"),
        _share.c.recipient_id == bindparam("recipient"),
        _share.c.seen_at.is_(None),
    )
    .values(seen_at=bindparam("now"))
)


class Shared(NamedTuple):
    """`subject`: the point or agreement that the text was taken from, if any."""

    id: str
    kind: str
    text: str
    subject: str | None
    author: str
    recipient: str
    shared_at: datetime


class Content(NamedTuple):
    text: str
    subject: str | None = None


def share(
    unit: Unit, ids: Ids, now: datetime, author: Profile, recipient: str, pair: Pair, kind: str,
    conversation: str, place: Place, content: Content,
) -> None:  # fmt: skip
    """Shares the item of a place; an earlier share of the same subject gives way to it."""
    if recipient not in (pair.leader, pair.nearest_leader) or recipient == author.id:
        raise ValueError("a share goes to the other half of the pair and to nobody else")
    if content.subject:
        _withdraw_subject(unit, now, author, content.subject, content.text)
    found = id_at(unit, _share, conversation, place)
    if found:
        _take_out(unit, _share.c.id == found, content.text)
    row = found or ids()
    written = json.dumps(content._asdict(), ensure_ascii=False)
    put(
        unit, _share, found, row,
        author_id=author.id, recipient_id=recipient, pair_id=pair.id, kind=kind,
        body_sealed=author.key.seal("share", "body_sealed", row, written), state="shared",
        conversation_id=conversation, step=place.step, item=place.item,
        shared_at=now, seen_at=None, withdrawn_at=None,
    )  # fmt: skip


def withdraw_at(
    unit: Unit, now: datetime, author: Profile, conversation: str, place: Place,
    subject: str | None = None,
) -> bool:  # fmt: skip
    """Takes back what was shared at a place, and of the same subject anywhere else: whoever takes
    a point back means the point. False when nothing of it was shared."""
    here = at_place(_share, conversation, place) & (_share.c.author_id == author.id)
    taken_back = _withdraw(unit, now, here)
    elsewhere = _withdraw_subject(unit, now, author, subject) if subject else 0
    return taken_back + elsewhere > 0


def withdraw_share(unit: Unit, now: datetime, author: Profile, shared: str) -> None:
    _withdraw(unit, now, (_share.c.id == shared) & (_share.c.author_id == author.id))


def withdraw_pair(unit: Unit, now: datetime, pair: str) -> None:
    """When a pair is closed, nothing of it stays open to either."""
    _withdraw(unit, now, _share.c.pair_id == pair)


def settle(unit: Unit, author: Profile, subject: str) -> None:
    """What was talked through is no longer shown as something to talk about."""
    for one in shared_by(unit, author):
        if one.subject == subject:
            which = _share.c.id == one.id
            unit.connection.execute(update(_share).where(which).values(state="settled"))


def settle_own_points(unit: Unit, pair: str) -> None:
    """After the dialogue, what the nearest leader wanted to raise in it."""
    which = (
        (_share.c.pair_id == pair) & (_share.c.kind == "own-point") & (_share.c.state == "shared")
    )
    unit.connection.execute(update(_share).where(which).values(state="settled"))


def _withdraw_subject(
    unit: Unit, now: datetime, author: Profile, subject: str, again: str | None = None
) -> int:
    about = [one.id for one in shared_by(unit, author) if one.subject == subject]
    return _withdraw(unit, now, _share.c.id.in_(about), again) if about else 0


def _withdraw(unit: Unit, now: datetime, which: Any, again: str | None = None) -> int:
    """`again`: a text that is being shared anew, so what was shown of it may stay."""
    still = which & (_share.c.state == "shared")
    unsay(unit, select(_share.c.recipient_id).where(still))
    _take_out(unit, still, again)
    withdrawn = update(_share).where(still).values(state="withdrawn", withdrawn_at=now)
    return unit.connection.execute(withdrawn).rowcount


def unsay(unit: Unit, readers: Any) -> None:
    """What was on its way to them when it was taken back is not sent: they may ask again.
    `readers`: their ids, or a query for them."""
    blind = [vault_of(unit).blind(name) for name in SHOWN_IN]
    shown = select(_conversation.c.id).where(
        _conversation.c.person_id.in_(readers), _conversation.c.dialogue.in_(blind)
    )
    unsent = _outbox.c.state.in_(("planned", "claimed", "unknown"))
    which = unsent & _outbox.c.person_id.in_(readers) & _outbox.c.conversation_id.in_(shown)
    dropped = update(_outbox).where(which).values(state="dropped", reason="taken back")
    unit.connection.execute(dropped)


def shown_to_others(unit: Unit, author: str) -> dict[str, list[Shown]]:
    """By reader, all that the author ever shared with them, as far as it is kept."""
    return _shown(unit, _share.c.author_id == author)


def forget_shown(unit: Unit, before: datetime) -> None:
    """What was shared before then is not kept as shown either."""
    _take_out(unit, (_share.c.shared_at < before) & (_share.c.state != "withdrawn"))


def _take_out(unit: Unit, which: Any, again: str | None = None) -> None:
    for reader, shown in _shown(unit, which).items():
        gone = [one for one in shown if one.text != again]
        take_out(unit, get_person(unit, reader), gone)


def _shown(unit: Unit, which: Any) -> dict[str, list[Shown]]:
    shown: dict[str, list[Shown]] = {}
    for row in unit.connection.execute(select(_share).where(which)).all():
        text = _text_of(get_person(unit, row.author_id), row)
        if text:
            shown.setdefault(row.recipient_id, []).append(Shown(row.pair_id, text))
    return shown


def _text_of(author: Profile, row: Any) -> str | None:
    """None for one that cannot be read: an erasure goes on without it."""
    try:
        return read_share(author, row).text
    except (Unreadable, ValueError):
        return None


def shared_by(unit: Unit, author: Profile) -> list[Shared]:
    """What the author has shared and not withdrawn, oldest first."""
    rows = _shared_by.all(unit, {"author": author.id})
    return [read_share(author, row) for row in rows]


def shared_with(unit: Unit, recipient: Profile, author: str) -> list[Shared]:
    """What this author has shared with the recipient and not withdrawn, oldest first."""
    found = {"recipient": recipient.id, "author": author}
    rows = _shared_with.all(unit, found)
    if not rows:
        return []
    writer = get_person(unit, author)
    return [read_share(writer, row) for row in rows]


def mark_seen(unit: Unit, now: datetime, recipient: Profile, shared: list[Shared]) -> None:
    rows = [{"which": one.id, "recipient": recipient.id, "now": now} for one in shared]
    _seen.change_each(unit, rows)


def read_share(author: Profile, row: Any) -> Shared:
    """A row of the table, opened with its author's key."""
    body = json.loads(author.key.open("share", "body_sealed", row.id, row.body_sealed))
    return Shared(
        id=row.id, kind=row.kind, text=body["text"], subject=body["subject"],
        author=row.author_id, recipient=row.recipient_id, shared_at=row.shared_at,
    )  # fmt: skip
