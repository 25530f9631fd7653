"""The people file into the database: first what it would change, then all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bot.course import planning
from bot.pairing import close_pair
from bot.parts import Parts
from bot.people_file import Fault, PeopleFile, Place, Row
from bot.planning import replan_person
from bot.telling import tell
from flows.model import Language
from storage import audit, groups, pairs, people
from storage.database import Unit
from storage.groups import Member
from storage.people import Profile

ROLES_UNLESS_GIVEN = "leader"
NOWHERE: frozenset[Place] = frozenset()
Watch = Callable[[list[Row]], Iterable[Row]]
"""Gives the rows one by one, and shows somebody how far it is."""


class Default(NamedTuple):
    language: Language
    zone: str


class Counts(NamedTuple):
    """How many people were added, changed and left as they were, how many of those who were known
    got another nearest leader, and how many places in groups were taken or given up."""

    added: int = 0
    changed: int = 0
    same: int = 0
    moved: int = 0
    placed: int = 0


class Known(NamedTuple):
    """Who is there already, by e-mail. `nearest`: leader -> nearest leader; `places`: where
    somebody is in groups."""

    people: Mapping[str, Profile]
    nearest: Mapping[str, str]
    places: Mapping[str, frozenset[Place]] = {}


def known_people(unit: Unit) -> Known:
    found = people.by_email(unit)
    emails = {profile.id: email for email, profile in found.items()}
    nearest = {
        emails[pair.leader]: emails[pair.nearest_leader]
        for pair in pairs.open_pairs(unit)
        if pair.leader in emails and pair.nearest_leader in emails
    }
    return Known(found, nearest, _known_places(unit, emails))


def _known_places(unit: Unit, emails: Mapping[str, str]) -> dict[str, frozenset[Place]]:
    named = {one.id: one for one in groups.groups(unit)}
    found: dict[str, set[Place]] = {}
    for member in groups.all_members(unit):
        group = named.get(member.group)
        if group is not None and member.person in emails:
            place = Place(group.kind, group.name, member.role, member.substitute)
            found.setdefault(emails[member.person], set()).add(place)
    return {email: frozenset(places) for email, places in found.items()}


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
    unit: Unit, parts: Parts, rows: list[Row], default: Default, known: Known, watch: Watch = iter,
    *, by: str | None = None,
) -> Counts:  # fmt: skip
    """Adds and changes the people of the rows, then who leads whom and who is in which group.
    Loses nothing: what a row leaves empty stays, and whoever is not in the file stays too.
    `by`: who imports them, if that is known."""
    counts = counts_of(rows, known)
    there = {email: profile.id for email, profile in known.people.items()}
    fresh: list[Row] = []
    for row in watch(rows):
        profile = known.people.get(row.email)
        if profile is None:
            fresh.append(row)
        else:
            _change(unit, parts, profile, row)
    added = people.add_people(
        unit, parts.ids, parts.clock(), [_new_columns(row, default) for row in fresh]
    )
    there |= zip((row.email for row in fresh), added, strict=True)
    _lead(unit, parts, rows, known, there)
    _place(unit, parts, rows, known, there)
    what = f"people imported: {counts.added} added, {counts.changed} changed"
    audit.note(unit, parts.clock(), what, None, by=by)
    return counts


def counts_of(rows: Iterable[Row], known: Known) -> Counts:
    """What `take_in` would do."""
    added = changed = same = moved = placed = 0
    for row in rows:
        profile = known.people.get(row.email)
        before = known.nearest.get(row.email)
        if profile is None:
            added += 1
        elif _differs(profile, row):
            changed += 1
        else:
            same += 1
        moved += bool(before and row.nearest and before != row.nearest)
        placed += sum(len(some) for some in _places(row, known))
    return Counts(added, changed, same, moved, placed)


def _columns(row: Row) -> dict[str, Any]:
    """What the row says besides the name, by the name it has with us."""
    hours = row.hours or (None, None)
    said = {
        "language": row.language, "zone": row.zone, "working_days": row.days,
        "hours_from": hours[0], "hours_to": hours[1], "roles": row.roles,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def _new_columns(row: Row, default: Default) -> dict[str, Any]:
    usual = {
        **default._asdict(), "roles": ROLES_UNLESS_GIVEN, "working_days": "12345",
        "hours_from": "08:00", "hours_to": "16:00", "budget_per_week": 4, "status": "active",
    }  # fmt: skip
    return {**usual, **_columns(row), "name": row.name, "email": row.email}


def _differs(profile: Profile, row: Row) -> dict[str, Any]:
    """Whoever is in the file is here again, should they have left."""
    said = {**_columns(row), "status": "active"}
    columns = {name: new for name, new in said.items() if getattr(profile, name) != new}
    return columns if profile.name == row.name else {**columns, "name": row.name}


def _change(unit: Unit, parts: Parts, profile: Profile, row: Row) -> None:
    columns = _differs(profile, row)
    if columns.pop("name", None):
        people.rename(unit, profile, row.name)
    if columns:
        people.change_person(unit, profile.id, **columns)
    if columns.keys() & {"zone", "working_days", "hours_from", "hours_to"}:
        replan_person(unit, parts, profile.id)


def _lead(
    unit: Unit, parts: Parts, rows: Iterable[Row], known: Known, there: Mapping[str, str]
) -> None:
    """Pairs the leaders with the nearest leaders of the rows."""
    led = []
    for row in rows:
        before = known.nearest.get(row.email)
        if row.nearest is None or before == row.nearest:
            continue
        if before is not None:
            close_pair(unit, parts.clock(), there[row.email])
            _tell_moved(unit, parts, there[row.email], there[row.nearest])
        led.append((there[row.email], there[row.nearest]))
    pairs.begin_pairs(unit, parts.ids, parts.clock(), led)


def _places(row: Row, known: Known) -> tuple[list[Place], list[Place]]:
    """What the row takes and gives up. A row that says nothing of groups changes none."""
    if row.places is None:
        return [], []
    before, after = known.places.get(row.email, NOWHERE), frozenset(row.places)
    return sorted(after - before), sorted(before - after)


def _place(
    unit: Unit, parts: Parts, rows: Iterable[Row], known: Known, there: Mapping[str, str]
) -> None:
    taken, given_up = [], []
    for row in rows:
        new, old = _places(row, known)
        taken += [(there[row.email], place) for place in new]
        given_up += [(there[row.email], place) for place in old]
    found = groups.make_groups(
        unit, parts.ids, parts.clock(), ((place.kind, place.name) for _, place in taken + given_up)
    )

    def members(some: list[tuple[str, Place]]) -> list[Member]:
        return [
            Member(found[place.kind, place.name].id, person, place.role, place.substitute)
            for person, place in some
        ]

    # A substitute who becomes a member gives up a place and takes one of the same role.
    groups.leave(unit, parts.clock(), members(given_up))
    groups.join(unit, parts.ids, parts.clock(), members(taken))
    planning.groups_changed(unit, parts, [one.id for one in found.values()])


def _tell_moved(unit: Unit, parts: Parts, leader: str, nearest: str) -> None:
    name = people.get_person(unit, nearest).name
    tell(unit, parts, people.get_person(unit, leader), "nearest-leader-moved", name=name)
