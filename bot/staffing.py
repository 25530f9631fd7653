"""What those who run it do about people, by id: each change is noted with who made it, and told to
whom it concerns. Nothing that anybody wrote comes back from here."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from bot import linking
from bot.leaving import leave
from bot.linking import Invitation
from bot.pairing import close_pair
from bot.parts import Parts
from bot.people_file import ROLES, as_email
from bot.roles import TRUSTED
from bot.telling import tell
from storage import audit, directory, pages, pairs, people
from storage.database import Unit
from storage.directory import Listed

Wrong = Literal[
    "no-email", "unknown", "left", "self", "circle", "last-admin", "only-admin", "oneself", "role",
]  # fmt: skip


def set_roles(
    unit: Unit, parts: Parts, by: str, person: str, wanted: Collection[str]
) -> Wrong | None:
    """The reason why it was not done; None once it is."""
    one = directory.find(unit, person)
    if one is None:
        return "unknown"
    if not set(wanted) <= set(ROLES):
        return "role"
    changed = set(one.role_names) ^ set(wanted)
    if not changed:
        return None
    doer = directory.find(unit, by)
    if changed & TRUSTED and (doer is None or "admin" not in doer.role_names):
        return "only-admin"
    if "admin" in changed and "admin" not in wanted and _is_last_admin(unit, one):
        return "last-admin"
    people.change_person(unit, person, roles=",".join(role for role in ROLES if role in wanted))
    audit.note(unit, parts.clock(), _roles_changed(set(wanted), changed), person, by=by)
    if TRUSTED.isdisjoint(wanted):
        pages.end_visits(unit, person)
    return None


def _roles_changed(wanted: set[str], changed: set[str]) -> str:
    signs = (f"{'+' if role in wanted else '-'}{role}" for role in ROLES if role in changed)
    return f"roles changed: {' '.join(signs)}"


def _is_last_admin(unit: Unit, one: Listed) -> bool:
    running = directory.those_who_run_it(unit)
    return [other.id for other in running if "admin" in other.role_names] == [one.id]


def set_nearest(unit: Unit, parts: Parts, by: str, person: str, email: str) -> Wrong | None:
    """Pairs the leader with whoever has the address; with nobody when it is empty. What was shared
    with the one before is closed, and the leader is told."""
    before = pairs.pair_of(unit, person)
    if not email.strip():
        _change_nearest(unit, parts, by, person, None)
        return None
    nearest = _found(unit, email)
    if not isinstance(nearest, Listed):
        return nearest
    fault = _cannot_lead(unit, person, nearest.id)
    if fault is None and (before is None or before.nearest_leader != nearest.id):
        _change_nearest(unit, parts, by, person, nearest)
    return fault


def _found(unit: Unit, email: str) -> Listed | Wrong:
    address = as_email(email)
    if address is None:
        return "no-email"
    found = directory.find_by_email(unit, address)
    if found is None:
        return "unknown"
    return found if found.status == "active" else "left"


def _cannot_lead(unit: Unit, person: str, nearest: str) -> Wrong | None:
    if person == nearest:
        return "self"
    seen, at = {person}, nearest
    while (above := pairs.pair_of(unit, at)) is not None:
        at = above.nearest_leader
        if at in seen:
            return "circle"
        seen.add(at)
    return None


def _change_nearest(unit: Unit, parts: Parts, by: str, person: str, nearest: Listed | None) -> None:
    now = parts.clock()
    had_one = close_pair(unit, now, person)
    if nearest is not None:
        pairs.begin_pair(unit, parts.ids, now, person, nearest.id)
    if had_one:
        leader = people.get_person(unit, person)
        if nearest is None:
            tell(unit, parts, leader, "nearest-leader-none")
        else:
            tell(unit, parts, leader, "nearest-leader-moved", name=nearest.name)
    if had_one or nearest is not None:
        audit.note(unit, now, "nearest leader changed", person, by=by)


def mark_left(unit: Unit, parts: Parts, by: str, person: str) -> Wrong | None:
    one = directory.find(unit, person)
    if one is None:
        return "unknown"
    if one.id == by:
        return "oneself"
    if "admin" in one.role_names and _is_last_admin(unit, one):
        return "last-admin"
    if one.status == "active":
        leave(unit, parts, people.get_person(unit, person), by=by)
        pages.end_visits(unit, person)
    return None


def mark_here(unit: Unit, parts: Parts, by: str, person: str) -> Wrong | None:
    """Somebody who had left is here again; who their nearest leader is starts afresh."""
    one = directory.find(unit, person)
    if one is None:
        return "unknown"
    if one.status != "active":
        people.change_person(unit, person, status="active")
        audit.note(unit, parts.clock(), "is here again", person, by=by)
    return None


def invite(unit: Unit, parts: Parts, by: str, person: str, channel: str) -> Invitation | None:
    """A link to pass on, and its code; None for somebody who is not here."""
    one = directory.find(unit, person)
    if one is None or one.status != "active":
        return None
    audit.note(unit, parts.clock(), f"invited to {channel}", person, by=by)
    return linking.invite(unit, parts, people.get_person(unit, person), channel)
