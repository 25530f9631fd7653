"""The people file into the database: first what it would change, then all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bot.pairing import close_pair
from bot.parts import Parts
from bot.people_file import Fault, PeopleFile, Row
from bot.planning import replan_person
from bot.talk import note_message
from flows.calendar import next_opening
from flows.model import Language
from storage import audit, outbox, pairs, people
from storage.database import Unit
from storage.people import Profile

ROLES_UNLESS_GIVEN = "leader"
Watch = Callable[[list[Row]], Iterable[Row]]
"""Gives the rows one by one, and shows somebody how far it is."""


class Default(NamedTuple):
    language: Language
    zone: str


class Counts(NamedTuple):
    """How many people were added, changed and left as they were, and how many of those who were
    known got another nearest leader."""

    added: int = 0
    changed: int = 0
    same: int = 0
    moved: int = 0


class Known(NamedTuple):
    """Who is there already. `nearest`: leader -> nearest leader, by e-mail."""

    people: Mapping[str, Profile]
    nearest: Mapping[str, str]


def known_people(unit: Unit) -> Known:
    profiles = people.everybody(unit)
    emails = {one.id: people.email_of(unit, one) for one in profiles}
    found = {email: one for one in profiles if (email := emails[one.id])}
    nearest: dict[str, str] = {}
    for email, profile in found.items():
        pair = pairs.pair_of(unit, profile.id)
        theirs = emails.get(pair.nearest_leader) if pair else None
        if theirs:
            nearest[email] = theirs
    return Known(found, nearest)


# --- who leads whom, after the import


def check_leaders(file: PeopleFile, known: Known) -> None:
    """Takes out the rows whose nearest leader nobody knows, or who lead each other in a circle;
    again and again, for a row may rest on another one that went out."""
    while faults := [*_unknown_leaders(file.rows, known), *_cycles(file.rows, known)]:
        file.faults.extend(faults)
        bad = {fault.line for fault in faults}
        file.rows = [row for row in file.rows if row.line not in bad]
    file.faults.sort()


def _unknown_leaders(rows: Iterable[Row], known: Known) -> Iterator[Fault]:
    rows = list(rows)
    there = {*known.people, *(row.email for row in rows)}
    for row in rows:
        if row.nearest is not None and row.nearest not in there:
            yield Fault(row.line, "nearest_leader_email", "unknown-leader")


def _cycles(rows: Iterable[Row], known: Known) -> Iterator[Fault]:
    rows = list(rows)
    nearest = {**known.nearest, **{row.email: row.nearest for row in rows if row.nearest}}
    in_a_circle = _circling(nearest)
    for row in rows:
        if row.nearest is not None and row.email in in_a_circle:
            yield Fault(row.line, "nearest_leader_email", "cycle")


def _circling(nearest: Mapping[str, str]) -> set[str]:
    """Everybody who is, by way of others, their own nearest leader."""
    circling: set[str] = set()
    done: set[str] = set()
    for start in nearest:
        way: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in way:
            way[at] = len(way)
            at = nearest.get(at)
        if at in way:
            circling |= {one for one, step in way.items() if step >= way[at]}
        done |= set(way)
    return circling


# --- the change itself


def take_in(
    unit: Unit, parts: Parts, rows: list[Row], default: Default, known: Known, watch: Watch = iter
) -> Counts:
    """Adds and changes the people of the rows, then who leads whom. Loses nothing: what a row
    leaves empty stays, and whoever is not in the file stays too."""
    there = dict(known.people)
    changed = 0
    for row in watch(rows):
        profile = there.get(row.email)
        if profile is None:
            there[row.email] = _add(unit, parts, row, default)
        elif _change(unit, parts, profile, row):
            there[row.email] = people.get_person(unit, profile.id)
            changed += 1
    moved = sum(_lead(unit, parts, row, there) for row in rows)
    added = len(there) - len(known.people)
    audit.note(unit, parts.clock(), f"people imported: {added} added, {changed} changed", None)
    return Counts(added, changed, len(rows) - added - changed, moved)


def counts_of(rows: Iterable[Row], known: Known) -> Counts:
    """What `take_in` would do."""
    counts = Counts()
    for row in rows:
        profile = known.people.get(row.email)
        if profile is None:
            counts = counts._replace(added=counts.added + 1)
        elif _differs(profile, row):
            counts = counts._replace(changed=counts.changed + 1)
        else:
            counts = counts._replace(same=counts.same + 1)
        before = known.nearest.get(row.email)
        if before and row.nearest and before != row.nearest:
            counts = counts._replace(moved=counts.moved + 1)
    return counts


def _columns(row: Row) -> dict[str, Any]:
    """What the row says besides the name, by the name it has with us."""
    hours = row.hours or (None, None)
    said = {
        "language": row.language, "zone": row.zone, "working_days": row.days,
        "hours_from": hours[0], "hours_to": hours[1], "roles": row.roles,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def _add(unit: Unit, parts: Parts, row: Row, default: Default) -> Profile:
    columns = {**default._asdict(), "roles": ROLES_UNLESS_GIVEN, **_columns(row)}
    return people.add_person(
        unit, parts.ids, parts.clock(), name=row.name, email=row.email, **columns
    )


def _differs(profile: Profile, row: Row) -> dict[str, Any]:
    columns = {name: new for name, new in _columns(row).items() if getattr(profile, name) != new}
    return columns if profile.name == row.name else {**columns, "name": row.name}


def _change(unit: Unit, parts: Parts, profile: Profile, row: Row) -> bool:
    columns = _differs(profile, row)
    if not columns:
        return False
    if columns.pop("name", None):
        people.rename(unit, profile, row.name)
    if columns:
        people.change_person(unit, profile.id, **columns)
    if columns.keys() & {"zone", "working_days", "hours_from", "hours_to"}:
        replan_person(unit, parts, profile.id)
    return True


def _lead(unit: Unit, parts: Parts, row: Row, there: Mapping[str, Profile]) -> bool:
    """Pairs the leader with the nearest leader of the row; whether they had another before."""
    if row.nearest is None:
        return False
    leader, nearest = there[row.email], there[row.nearest]
    pair = pairs.pair_of(unit, leader.id)
    if pair is not None and pair.nearest_leader == nearest.id:
        return False
    moved = close_pair(unit, parts.clock(), leader.id)
    pairs.begin_pair(unit, parts.ids, parts.clock(), leader.id, nearest.id)
    if moved:
        _tell(unit, parts, leader, nearest)
    return moved


def _tell(unit: Unit, parts: Parts, leader: Profile, nearest: Profile) -> None:
    """A reply passes no gate, so this one, which nobody asked for, waits for working hours here."""
    now = parts.clock()
    at = next_opening(parts.calendar(unit, leader, now), now) or now
    slots = {"name": nearest.name}
    message = note_message(parts.catalogue, leader.language, "nearest-leader-moved", slots)
    body = message.model_dump_json(exclude_defaults=True)
    outbox.queue(unit, at, leader, [(None, body)], f"moved:{parts.ids()}")
