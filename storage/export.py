"""Everything that is kept about one person, opened for that person: the copy of one's data.

Rows are read by the tables' own columns, so a new column comes along by itself; a new table with
a person in it fails a test until it has its section here. What somebody else wrote is told only
while it is shared with the person: for that reason the words of outgoing messages and the facts
of a conversation, which may repeat what has been taken back since, stay out.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from pydantic import JsonValue
from sqlalchemy import Column, ColumnElement, RowMapping, Table, select

from storage import tables, tables_course
from storage.columns import Row
from storage.database import Unit
from storage.encryption import PersonKey
from storage.people import Profile, get_person
from storage.schema import SEALED, named_by, owner_columns
from storage.tables import table

WITHHELD = {
    "person_key": "the key to the texts, which are told opened",
    "release_contributor": "blind indexes of others",
}

Told = dict[str, JsonValue]
Opened = Callable[[str], Told]

_person = table(tables.Person)
_share = table(tables.Share)


class Section(NamedTuple):
    """One list of the copy: the rows of a table that are the person's by the column `whose`.

    `body` reads what was sealed, where that is not just words; `only` leaves out rows; `key_of`
    names the column of whoever sealed them, if that is not the person.
    """

    name: str
    whose: Column[Any]
    by: str
    without: tuple[str, ...] = ()
    body: Opened | None = None
    only: ColumnElement[bool] | None = None
    key_of: str | None = None


def _answers(text: str) -> Told:
    written = json.loads(text)
    return {
        "dialogue": written["dialogue"],
        "language": written.get("language", "da"),
        "answers": written.get("answers", []),
    }


def _heard(text: str) -> Told:
    """What the person wrote or pressed; of what was said to them, only which step it was."""
    line = json.loads(text)
    return {"step": line["name"]} if "name" in line else {"text": line.get("text")}


def _received(text: str) -> Told:
    shared = json.loads(text)
    return {"text": shared["text"]}


def _of(model: type[Row], whose: str = "person_id") -> Column[Any]:
    return table(model).c[whose]


SECTIONS = (
    Section("person", _person.c.id, "created_at"),
    Section("addresses", _of(tables.Address), "id"),
    Section("links", _of(tables.Link), "made_at"),
    Section("leave", _of(tables.Leave), "first_day"),
    Section("pairs", _of(tables.Pair, "leader_id"), "started_at"),
    Section("pairs_led", _of(tables.Pair, "nearest_leader_id"), "started_at"),
    Section("cadences", _of(tables.Cadence), "anchor"),
    Section("occurrences", _of(tables.Occurrence, "cadence_id"), "nominal"),
    Section("conversations", _of(tables.Conversation), "started_at", body=_answers),
    Section("points", _of(tables.Point), "created_at"),
    Section("agreements", _of(tables.Agreement), "created_at", body=json.loads),
    Section("agreement_checks", _of(tables.AgreementCheck), "on_date"),
    Section("pulse", _of(tables.Pulse), "on_date", body=lambda text: {"value": int(text)}),
    Section("notes", _of(tables.Note), "created_at", body=json.loads),
    Section("shares_given", _share.c.author_id, "shared_at", body=json.loads),
    Section(
        "shares_received",
        _share.c.recipient_id,
        "shared_at",
        ("conversation_id", "step", "item", "seen_at", "withdrawn_at"),
        body=_received,
        only=_share.c.state == "shared",
        key_of="author_id",
    ),
    Section("reminders", _of(tables.Reminder), "due_at"),
    Section(
        "messages",
        _of(tables.Outbox),
        "planned_at",
        ("body_sealed", "claimed_by", "lease_until", "attempt"),
    ),
    Section("chat", _of(tables.Transcript), "seq", body=_heard),
    Section("groups", _of(tables_course.Membership), "joined_at"),
    Section("courses", _of(tables_course.Participant), "joined_at"),
    Section("meetings_convened", _of(tables_course.Meeting, "convener_ref"), "created_at"),
    Section("times_proposed", _of(tables_course.MeetingTime, "proposed_by_ref"), "starts_at"),
    Section("times_voted_on", _of(tables_course.MeetingVote), "time_id"),
    Section("actions", _of(tables_course.Action), "created_at", body=json.loads),
    Section("ratings", _of(tables_course.Rating), "on_date"),
    Section("rules", _of(tables_course.Rule), "changed_at"),
    Section("preferences", _of(tables_course.Preference), "key"),
    Section("page_links", _of(tables_course.PageLink), "expires_at"),
    Section("visits", _of(tables_course.Visit), "began_at"),
    Section("calendar_feeds", _of(tables_course.Feed), "made_at"),
    Section("figures_seen", _of(tables_course.Release, "viewer_id"), "released_at"),
    Section("log", _of(tables.Audit, "person_ref"), "at", ("by_ref",)),
    Section("done", _of(tables.Audit, "by_ref"), "at", ("person_ref",)),
)


def gather(unit: Unit, profile: Profile) -> dict[str, JsonValue]:
    """JSON-ready: `person` is one object, every other section a list of objects, oldest first.

    Days and moments are ISO texts (moments in UTC). Raises Unreadable when a sealed text was
    changed behind our back.
    """
    told: dict[str, JsonValue] = {
        section.name: [*_rows(unit, section, profile)] for section in SECTIONS
    }
    [told["person"]] = _rows(unit, SECTIONS[0], profile)
    return told


def _rows(unit: Unit, section: Section, profile: Profile) -> list[Told]:
    rows: Table = section.whose.table
    query = select(rows).where(_mine(section.whose, profile.id)).order_by(rows.c[section.by])
    if section.only is not None:
        query = query.where(section.only)
    found = unit.connection.execute(query).mappings().all()
    return [_told(unit, section, row, _key(unit, section, row, profile)) for row in found]


def _mine(whose: Column[Any], person: str) -> ColumnElement[bool]:
    """Rows of the person, or of a row that is the person's."""
    for foreign in whose.foreign_keys:
        owner = foreign.column
        if owner is not _person.c.id:
            return whose.in_(select(owner).where(owner_columns(owner.table)[0] == person))
    return whose == person


def _key(unit: Unit, section: Section, row: RowMapping, profile: Profile) -> PersonKey:
    return get_person(unit, row[section.key_of]).key if section.key_of else profile.key


def _told(unit: Unit, section: Section, row: RowMapping, key: PersonKey) -> Told:
    told: Told = {}
    for column in section.whose.table.columns:
        if column.name not in section.without and column is not section.whose:
            told |= _value(unit, section, column, row, key)
    return told


def _value(
    unit: Unit, section: Section, column: Column[Any], row: RowMapping, key: PersonKey
) -> Told:
    value = row[column.name]
    if column.name.endswith(SEALED):
        return _opened(section, column, row, key) if value else {}
    if column.references(_person.c.id):
        return {column.name.removesuffix("_id"): get_person(unit, value).name}
    if column.name == "about" and value:
        return {"about": json.loads(value)}
    if isinstance(value, bytes):
        return {}  # a blind index: it says nothing without the master key
    # A datetime is a date too.
    return {column.name: value.isoformat() if isinstance(value, date) else value}


def _opened(section: Section, column: Column[Any], row: RowMapping, key: PersonKey) -> Told:
    of = column.table.name
    named = row[named_by(column.table)]
    text = key.open(of, column.name, named, row[column.name])
    name = column.name.removesuffix(SEALED)
    if section.body is not None:
        return section.body(text)
    return {"text" if name == "body" else name: text}
