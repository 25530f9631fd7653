"""What is to be said, each once: planned -> claimed -> started -> sent | unknown -> reconciled,
or dropped. Claims are conditional UPDATEs with a lease on the database's clock.

`kind`: `reply` answers somebody's own action and may go at any hour; `contact` is the first
message of a reminder and passes the gate; `part` follows a contact that has opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.people import Profile
from storage.prepared import Prepared
from storage.tables import OUTBOX_LEASED, OUTBOX_PLANNED, OUTBOX_UNKNOWN, table
from storage.tables import Outbox as OutboxRow

TRIED_FOR = timedelta(days=7)
"""Longer than anything is tried again, so that a turn does not read through months of replies."""

_outbox = table(OutboxRow)
_COLUMNS = (
    _outbox.c.id, _outbox.c.slot_key, _outbox.c.person_id, _outbox.c.conversation_id,
    _outbox.c.kind, _outbox.c.body_sealed, _outbox.c.attempt, _outbox.c.not_before,
    _outbox.c.planned_at, _outbox.c.expires_at, _outbox.c.state, _outbox.c.address_id,
)  # fmt: skip
_VALUES: dict[str, Any] = {
    name: bindparam(name)
    for name in (
        "slot_key",
        "person_id",
        "kind",
        "body_sealed",
        "planned_at",
        "not_before",
        "expires_at",
    )
}
_reply = Prepared(
    insert(_outbox).values(
        **_VALUES, conversation_id=bindparam("conversation_id"), address_id=bindparam("address_id")
    )
)
_contact = Prepared(
    sqlite.insert(_outbox).values(**_VALUES).on_conflict_do_nothing(),
    postgresql.insert(_outbox).values(**_VALUES).on_conflict_do_nothing(),
)
# Or two workers could not see whom the other one has just begun to serve.
_one_claims_at_a_time = select(func.pg_advisory_xact_lock(0x7111D5))
_other = _outbox.alias("other")
_served = select(_other.c.person_id).where(OUTBOX_LEASED)
_unsure = select(_other.c.person_id).where(OUTBOX_UNKNOWN, _other.c.kind == "contact")
_due = (
    select(*_COLUMNS)
    .where(OUTBOX_PLANNED, _outbox.c.not_before <= bindparam("now"))
    # One worker at a time serves a person, so that theirs come in order.
    .where(_outbox.c.person_id.not_in(_served))
    # Nothing follows a contact of which nobody knows whether it came.
    .where((_outbox.c.kind != "part") | _outbox.c.person_id.not_in(_unsure))
    .order_by(_outbox.c.not_before, _outbox.c.id)
    .limit(bindparam("most"))
)
_claimable = Prepared(_due, _due.with_for_update(skip_locked=True))
_claim = Prepared(
    update(_outbox)
    .where(_outbox.c.id == bindparam("row"))
    .values(
        state="claimed", claimed_by=bindparam("worker"), lease_until=bindparam("lease"),
        attempt=_outbox.c.attempt + 1,
    )
)  # fmt: skip
_start = Prepared(
    update(_outbox)
    .where(
        _outbox.c.id == bindparam("row"), _outbox.c.state == "claimed",
        _outbox.c.claimed_by == bindparam("worker"), _outbox.c.lease_until > bindparam("fence"),
    )
    .values(state="started")
)  # fmt: skip
_lapsed = (
    select(_outbox.c.id, _outbox.c.state)
    .where(OUTBOX_LEASED, _outbox.c.lease_until <= bindparam("now"))
    .limit(500)
)
_unknown = (
    select(*_COLUMNS)
    .where(OUTBOX_UNKNOWN, _outbox.c.not_before <= bindparam("now"))
    .order_by(_outbox.c.planned_at)
    .limit(200)
)
_put_back_later = Prepared(
    update(_outbox)
    .where(
        _outbox.c.person_id == bindparam("person"), _outbox.c.state == "planned",
        _outbox.c.id > bindparam("row"), _outbox.c.kind == bindparam("of_kind"),
        _outbox.c.not_before < bindparam("until"),
    )
    .values(not_before=bindparam("until"))
)  # fmt: skip
_next_due = Prepared(
    select(_outbox.c.not_before).where(OUTBOX_PLANNED).order_by(_outbox.c.not_before).limit(1)
)
_waiting = Prepared(
    select(_outbox.c.not_before)
    .where(OUTBOX_PLANNED, _outbox.c.person_id == bindparam("person"), _outbox.c.kind == "reply")
    .where(_outbox.c.planned_at >= bindparam("since"))
    .order_by(_outbox.c.not_before.desc())
    .limit(1)
)
_latest_sent = Prepared(
    select(
        _outbox.c.slot_key, _outbox.c.address_id, _outbox.c.external_ref, _outbox.c.body_sealed
    )
    .where(
        _outbox.c.person_id == bindparam("person"), _outbox.c.external_ref.is_not(None),
        _outbox.c.conversation_id.is_not(None),
    )
    .order_by(_outbox.c.planned_at.desc(), _outbox.c.id.desc())
    .limit(bindparam("most"))
)  # fmt: skip
_at_reference = Prepared(
    select(_outbox.c.conversation_id)
    .where(
        _outbox.c.person_id == bindparam("person"),
        _outbox.c.external_ref == bindparam("reference"),
    )
    .order_by(_outbox.c.planned_at.desc())
    .limit(1)
)
_said = Prepared(
    select(_outbox.c.conversation_id)
    .where(
        _outbox.c.person_id == bindparam("person"),  # few rows, by an index
        func.substr(_outbox.c.slot_key, 1, func.length(bindparam("prefix", type_=String)))
        == bindparam("prefix"),
        _outbox.c.sent_at.is_not(None),
    )
    .order_by(_outbox.c.id.desc())
    .limit(1)
)
_contacts_of = Prepared(
    select(
        func.coalesce(_outbox.c.sent_at, _outbox.c.not_before).label("at"), _outbox.c.slot_key
    ).where(
        _outbox.c.person_id == bindparam("person"),
        _outbox.c.planned_at >= bindparam("since"),
        _outbox.c.kind == "contact",
        _outbox.c.id != bindparam("other_than"),
        _outbox.c.sent_at.is_not(None) | (_outbox.c.state == "started"),
    )
)


class Made(NamedTuple):
    """A contact that was made, as far as is known."""

    at: datetime
    slot_key: str


class Outgoing(NamedTuple):
    id: int
    slot_key: str
    person: str
    conversation: str | None
    kind: str
    body_sealed: bytes
    attempt: int
    not_before: datetime
    planned_at: datetime
    expires_at: datetime | None
    state: str
    address: str | None = None
    """Where it goes; None: to the address that the person prefers by then."""

    def body(self, profile: Profile) -> str:
        return profile.key.open("outbox", "body_sealed", self.slot_key, self.body_sealed)


def queue(
    unit: Unit, now: datetime, profile: Profile, said: Sequence[tuple[str | None, str]], slot: str,
    *, first: int = 0, kind: str = "reply", address: str | None = None,
) -> None:  # fmt: skip
    """Queues (conversation, body) in order, behind the replies that wait to be tried again;
    `slot` names what caused them, so that it cannot do so twice. `address`: where it goes, if
    not to the one that the person prefers."""
    recent = {"person": profile.id, "since": now - TRIED_FOR}
    behind = _waiting.first(unit, recent) if kind == "reply" else None
    not_before = max(now, behind.not_before) if behind else now
    rows = []
    for at, (conversation, body) in enumerate(said, start=first):
        key = f"{slot}:{at}"
        sealed = profile.key.seal("outbox", "body_sealed", key, body)
        rows.append({
            "slot_key": key, "person_id": profile.id, "conversation_id": conversation,
            "kind": kind, "body_sealed": sealed, "planned_at": now, "not_before": not_before,
            "expires_at": None, "address_id": address,
        })  # fmt: skip
    _reply.change_each(unit, rows)


def plan_contacts(
    unit: Unit, now: datetime, contacts: Sequence[tuple[str, str, datetime, datetime | None]]
) -> None:
    """Plans (slot key, person, not before, expires at); what is said is decided when it opens."""
    rows = [
        {
            "slot_key": key, "person_id": person, "kind": "contact", "body_sealed": b"",
            "planned_at": now, "not_before": not_before, "expires_at": expires,
        }
        for key, person, not_before, expires in contacts
    ]  # fmt: skip
    _contact.change_each(unit, rows)


def claim(unit: Unit, worker: str, now: datetime, lease: timedelta, most: int) -> list[Outgoing]:
    """Takes what is due at `now`, for `lease` by the database's clock."""
    if not unit.database.is_sqlite:
        unit.connection.execute(_one_claims_at_a_time)
    rows = _claimable.all(unit, {"now": now, "most": most})
    if rows:
        until = unit.now_database() + lease
        taken = [{"row": row.id, "worker": worker, "lease": until} for row in rows]
        _claim.change_each(unit, taken)
    return [_read(row) for row in rows]


def start(unit: Unit, row: Outgoing, worker: str, needed: timedelta) -> bool:
    """Marks that the first byte is about to go; False when too little of the lease is left."""
    fence = unit.now_database() + needed
    return _start.change(unit, {"row": row.id, "worker": worker, "fence": fence}) == 1


def fill(unit: Unit, row: Outgoing, profile: Profile, conversation: str, body: str) -> Outgoing:
    """Gives a contact its words, now that it may be said."""
    sealed = profile.key.seal("outbox", "body_sealed", row.slot_key, body)
    _change(unit, row.id, body_sealed=sealed, conversation_id=conversation)
    return row._replace(body_sealed=sealed, conversation=conversation)


def mark_sent(
    unit: Unit, row: int, sent_at: datetime, external_ref: str | None, state: str = "sent"
) -> None:
    _change(unit, row, state=state, sent_at=sent_at, external_ref=external_ref, lease_until=None)


def mark_unknown(unit: Unit, row: int, reason: str, at: datetime, ask_at: datetime) -> None:
    """The first byte went out at `at` and no answer came: it may have been delivered, and counts
    as a contact until it is known that it was not. The platform is asked at `ask_at`."""
    _change(
        unit, row, state="unknown", reason=reason, sent_at=at, not_before=ask_at, lease_until=None
    )


def close_again(unit: Unit, row: Outgoing) -> None:
    """Takes a contact's words away, and the parts that were to follow it."""
    _change(unit, row.id, body_sealed=b"", conversation_id=None)
    theirs = _outbox.c.person_id == row.person  # few rows, by an index
    parts = theirs & _outbox.c.slot_key.startswith(f"{row.slot_key}:", autoescape=True)
    unsaid = parts & (_outbox.c.kind == "part") & (_outbox.c.state == "planned")
    unit.connection.execute(delete(_outbox).where(unsaid))


def said_in(unit: Unit, person: str, prefix: str) -> str | None:
    """The conversation of the latest message sent to the person whose slot key begins like that."""
    row = _said.first(unit, {"person": person, "prefix": prefix})
    return row.conversation_id if row else None


def conversation_at(unit: Unit, person: str, reference: str) -> str | None:
    """The conversation of the person's message that the platform knows by that reference."""
    row = _at_reference.first(unit, {"person": person, "reference": reference})
    return row.conversation_id if row else None


class Sent(NamedTuple):
    """A message of a conversation that arrived. `address`: None for the preferred one;
    `reference`: the platform's own."""

    address: str | None
    reference: str
    body: str


def latest_sent(unit: Unit, profile: Profile, most: int) -> list[Sent]:
    """The latest first."""
    rows = _latest_sent.all(unit, {"person": profile.id, "most": most})
    return [
        Sent(address, reference, profile.key.open("outbox", "body_sealed", key, sealed))
        for key, address, reference, sealed in rows
    ]


def put_back(
    unit: Unit, row: Outgoing, not_before: datetime, reason: str, *, tried: bool = True
) -> None:
    """Not sent for certain: planned again. What was queued after a reply or a part waits too;
    nothing waits for a contact. `tried`: whether its claim counts as an attempt."""
    attempt = {} if tried else {"attempt": row.attempt}
    _change(
        unit, row.id, state="planned", not_before=not_before, reason=reason, sent_at=None,
        lease_until=None, claimed_by=None, **attempt,
    )  # fmt: skip
    if row.kind == "contact":
        return
    values = {"person": row.person, "row": row.id, "of_kind": row.kind, "until": not_before}
    _put_back_later.change(unit, values)


def drop(unit: Unit, row: int, reason: str) -> None:
    _change(unit, row, state="dropped", reason=reason, lease_until=None)


def release_lapsed(unit: Unit, at: datetime) -> None:
    """Rows whose worker died: never begun goes back, begun is unknown since `at`. The lease runs by
    the database's clock, all else by the one that `at` comes from."""
    for row, state in unit.connection.execute(_lapsed, {"now": unit.now_database()}).all():
        if state == "claimed":
            _change(unit, row, state="planned", claimed_by=None, lease_until=None)
        else:
            mark_unknown(unit, row, "the worker stopped while sending", at, at)


def unknown(unit: Unit, now: datetime) -> list[Outgoing]:
    """What the platform may be asked about at `now`."""
    return [_read(row) for row in unit.connection.execute(_unknown, {"now": now})]


def next_due(unit: Unit) -> datetime | None:
    row = _next_due.first(unit, {})
    return row.not_before if row else None


def contacts_since(unit: Unit, person: str, since: datetime, other_than: int = 0) -> list[Made]:
    """When the person was contacted, of the contacts planned at `since` or later, but for the one
    that is being decided about. One that was started may have arrived, whoever did not live to
    note it."""
    values = {"person": person, "since": since, "other_than": other_than}
    return [Made(*row) for row in _contacts_of.all(unit, values)]


def drop_planned(unit: Unit, person: str, reason: str) -> None:
    """Contacts and what is left of them, when the person pauses or leaves."""
    which = (
        (_outbox.c.person_id == person) & (_outbox.c.kind != "reply")
        & or_(_outbox.c.state == "planned", _outbox.c.state == "claimed")
    )  # fmt: skip
    unit.connection.execute(update(_outbox).where(which).values(state="dropped", reason=reason))


def _change(unit: Unit, row: int, **columns: Any) -> None:
    _changing(tuple(columns)).change(unit, {"row": row, **columns})


@lru_cache(maxsize=64)
def _changing(names: tuple[str, ...]) -> Prepared:
    one = update(_outbox).where(_outbox.c.id == bindparam("row"))
    return Prepared(one.values(**{name: bindparam(name) for name in names}))


def _read(row: Any) -> Outgoing:
    return Outgoing(*row)


def counts(unit: Unit) -> list[tuple[str, int]]:
    """How many rows there are in each state."""
    query = (
        select(_outbox.c.state, func.count()).group_by(_outbox.c.state).order_by(_outbox.c.state)
    )
    return [(state, count) for state, count in unit.connection.execute(query)]
