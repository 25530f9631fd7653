"""Every table of the store.

- A column ending in `_sealed` holds a text sealed under its owner's key (`encryption.py`).
- A column with a foreign key to `person.id` says whose row it is; erasing a person deletes it.
  `audit.person_ref` (whom it is about) and `audit.by_ref` (who did it, if somebody else) are the
  exceptions: they are emptied, the line without content stays.
- `item` is -1 where a step has one answer only, because NULLs never collide in a unique index.
- The WHERE texts below are both the partial indexes and what a query must say, word for word,
  to be answered from them however many finished rows there are.
"""

from datetime import date, datetime
from typing import cast

from sqlalchemy import Index, Table, TextClause, UniqueConstraint, false, text
from sqlmodel import Field

from storage.columns import Row, moment, part_of, perhaps, person, serial

NO_ITEM = -1

INBOX_PENDING = text("done_at IS NULL")
OUTBOX_PLANNED = text("state = 'planned'")
OUTBOX_LEASED = text("state IN ('claimed', 'started')")
OUTBOX_UNKNOWN = text("state = 'unknown'")
REMINDER_PLANNED = text("state = 'planned'")
PAIR_OPEN = text("ended_at IS NULL")

PERSON_REF = {"erase": "clear"}


def _partial(name: str, column: str, where: TextClause, *, unique: bool = False) -> Index:
    return Index(name, column, unique=unique, sqlite_where=where, postgresql_where=where)


class Person(Row, table=True):
    __table_args__ = (Index(None, "created_at", "id"),)
    id: str = Field(primary_key=True)
    email_index: bytes | None = Field(default=None, unique=True)
    email_sealed: bytes | None = None
    name_sealed: bytes | None = None
    language: str
    zone: str
    working_days: str = "12345"
    hours_from: str = "08:00"
    hours_to: str = "16:00"
    roles: str = ""
    budget_per_week: int = 4
    paused_until: date | None = None
    status: str = "active"  # active | left
    created_at: datetime = moment()


class PersonKey(Row, table=True):
    person_id: str = person(primary_key=True)
    wrapped: bytes
    created_at: datetime = moment()


class Address(Row, table=True):
    __table_args__ = (UniqueConstraint("channel", "external_id"),)
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    channel: str
    external_id: str
    preferred: bool = True
    state: str = Field(default="open", sa_column_kwargs={"server_default": "open"})
    # open | closed (the person wants nothing there for now) | replaced (gone once it is told so)


class Link(Row, table=True):
    """A way for somebody to be known on another channel: a token that opens once, for a short
    while, and is confirmed by a code shown where the person is known already."""

    __table_args__ = (UniqueConstraint("channel", "external_id"),)
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    token_index: bytes = Field(unique=True)
    code_index: bytes | None = None
    channel: str
    external_id: str | None = None
    made_at: datetime = moment()
    expires_at: datetime = moment()
    tries: int = 0


class Pace(Row, table=True):
    """When a platform may next be sent to, for each of the limits it sets: shared by replicas.

    `scope_index` is a blind index: a limit for one chat would else keep that chat's address.
    """

    scope_index: bytes = Field(primary_key=True)
    free_at: datetime = moment()


class Leave(Row, table=True):
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    first_day: date
    last_day: date


class ClosedPeriod(Row, table=True):
    id: str = Field(primary_key=True)
    first_day: date
    last_day: date


class Setting(Row, table=True):
    key: str = Field(primary_key=True)
    value: str


class Pair(Row, table=True):
    __table_args__ = (_partial("ix_pair_open", "leader_id", PAIR_OPEN, unique=True),)
    id: str = Field(primary_key=True)
    leader_id: str = person(index=True)
    nearest_leader_id: str = person(index=True)
    started_at: datetime = moment()
    ended_at: datetime | None = moment(nullable=True)


class Cadence(Row, table=True):
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    kind: str  # dialogue | agreement | digest
    pair_id: str | None = perhaps("pair.id")
    agreement_id: str | None = part_of("agreement.id", default=None, nullable=True, index=True)
    anchor: date
    every_weeks: int
    at_time: str  # "HH:MM", local
    active: bool = True
    by_rule: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    """False: agreed by those whose series it is, so no rule moves it."""


class Occurrence(Row, table=True):
    cadence_id: str = part_of("cadence.id", primary_key=True)
    nominal: date = Field(primary_key=True)
    moved_to: date | None = None
    skipped: bool = False
    outcome: str | None = None


class Conversation(Row, table=True):
    __table_args__ = (Index(None, "person_id", "status", "touched_at"),)
    id: str = Field(primary_key=True)
    person_id: str = person()
    dialogue: str
    version: int
    status: str = "open"  # open | done | left
    turn: int = 0
    about: str | None = None
    body_sealed: bytes
    started_at: datetime = moment()
    touched_at: datetime = moment()


class Inbox(Row, table=True):
    """`sender_index` is `vault.index(f"{channel}:{external_id}")`, so that what somebody wrote
    and nobody has read yet can be erased with them, while the body says nothing of who."""

    __table_args__ = (
        UniqueConstraint("channel", "event_key"),
        _partial("ix_inbox_pending", "id", INBOX_PENDING),
        Index(None, "received_at"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = serial()
    channel: str
    event_key: str
    sender_index: bytes | None = None
    received_at: datetime = moment()
    done_at: datetime | None = moment(nullable=True)
    attempts: int = 0
    body_sealed: bytes | None = None


class Outbox(Row, table=True):
    __table_args__ = (
        _partial("ix_outbox_planned", "not_before", OUTBOX_PLANNED),
        _partial("ix_outbox_leased", "lease_until", OUTBOX_LEASED),
        _partial("ix_outbox_unknown", "planned_at", OUTBOX_UNKNOWN),
        Index(None, "person_id", "planned_at"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = serial()
    slot_key: str = Field(unique=True)
    person_id: str = person()
    address_id: str | None = None
    conversation_id: str | None = None
    kind: str  # reply | contact
    body_sealed: bytes
    planned_at: datetime = moment()
    not_before: datetime = moment()
    expires_at: datetime | None = moment(nullable=True)
    state: str = "planned"  # planned | claimed | started | sent | unknown | reconciled | dropped
    attempt: int = 0
    lease_until: datetime | None = moment(nullable=True)
    claimed_by: str | None = None
    external_ref: str | None = None
    sent_at: datetime | None = moment(nullable=True)
    reason: str | None = None


class Reminder(Row, table=True):
    __table_args__ = (
        UniqueConstraint("kind", "subject_id", "slot_date", "ordinal"),
        _partial("ix_reminder_planned", "due_at", REMINDER_PLANNED),
    )
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    kind: str
    subject_id: str = Field(index=True)
    slot_date: date
    ordinal: int
    due_at: datetime = moment()
    state: str = "planned"  # planned | fired | done | dropped


class Agreement(Row, table=True):
    __table_args__ = (UniqueConstraint("conversation_id", "step", "item"),)
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    pair_id: str | None = perhaps("pair.id")
    kind: str
    body_sealed: bytes
    state: str = "active"  # active | resting | ended | dropped
    created_at: datetime = moment()
    changed_at: datetime = moment()
    conversation_id: str
    step: str
    item: int = NO_ITEM


class AgreementCheck(Row, table=True):
    id: str = Field(primary_key=True)
    agreement_id: str = part_of("agreement.id", index=True)
    person_id: str = person(index=True)
    on_date: date
    how_sealed: bytes


class Point(Row, table=True):
    __table_args__ = (UniqueConstraint("conversation_id", "step", "item"),)
    id: str = Field(primary_key=True)
    person_id: str = person(index=True)
    body_sealed: bytes
    state: str = "open"  # open | raised | solved | dropped
    created_at: datetime = moment()
    conversation_id: str
    step: str
    item: int = NO_ITEM


class Pulse(Row, table=True):
    __table_args__ = (
        UniqueConstraint("conversation_id", "theme"),
        Index(None, "person_id", "on_date"),
    )
    id: str = Field(primary_key=True)
    person_id: str = person()
    on_date: date
    theme: str
    value_sealed: bytes
    conversation_id: str


class Note(Row, table=True):
    __table_args__ = (
        UniqueConstraint("conversation_id", "step", "item"),
        Index(None, "person_id", "dialogue", "created_at"),
    )
    id: str = Field(primary_key=True)
    person_id: str = person()
    conversation_id: str
    dialogue: str
    step: str
    item: int = NO_ITEM
    body_sealed: bytes
    created_at: datetime = moment()


class Share(Row, table=True):
    """Sealed under the author's key: erasing the author closes it for the recipient too."""

    __table_args__ = (
        UniqueConstraint("conversation_id", "step", "item"),
        Index(None, "recipient_id", "state"),
    )
    id: str = Field(primary_key=True)
    author_id: str = person(index=True)
    recipient_id: str = person()
    pair_id: str = part_of("pair.id", index=True)
    kind: str  # point | agreement | own-point
    body_sealed: bytes
    state: str = "shared"  # shared | withdrawn
    conversation_id: str
    step: str
    item: int = NO_ITEM
    shared_at: datetime = moment()
    seen_at: datetime | None = moment(nullable=True)
    withdrawn_at: datetime | None = moment(nullable=True)


class Transcript(Row, table=True):
    """The web channel's chat as it was shown."""

    __table_args__ = (Index(None, "person_id", "seq"), {"sqlite_autoincrement": True})
    seq: int | None = serial()
    person_id: str = person()
    message_key: str = Field(unique=True)
    direction: str  # in | out
    body_sealed: bytes
    at: datetime = moment()


class Audit(Row, table=True):
    """What was done, never with what words."""

    __table_args__ = (Index(None, "at"), {"sqlite_autoincrement": True})
    seq: int | None = serial()
    at: datetime = moment()
    what: str
    person_ref: str | None = Field(default=None, index=True, sa_column_kwargs={"info": PERSON_REF})
    by_ref: str | None = Field(default=None, index=True, sa_column_kwargs={"info": PERSON_REF})


def table(row: type[Row]) -> Table:
    """The Core table behind a model, for statements built once at import."""
    return cast(Table, row.__table__)  # type: ignore[attr-defined]
