"""Who can see what of whom, as the page lists it: the kind of each thing, and words only of what is
shared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.course.leader_facts import PLAN
from bot.course.meetings import circle_of
from bot.demo.cast import PHONES, Phone
from bot.demo.labels import Labels
from storage import (
    actions,
    agreements,
    digests,
    groups,
    meetings,
    notes,
    pairs,
    people,
    points,
    pulses,
    ratings,
    shares,
)
from storage.database import Unit
from storage.people import Profile
from storage.shares import Shared

EVER = datetime(2000, 1, 1, tzinfo=UTC)
KINDS: Mapping[str, Labels] = {
    "point": {"da": "Punkt til dialogen", "en": "Point for the dialogue"},
    "own": {"da": "Aftale med sig selv", "en": "Agreement with oneself"},
    "pair": {"da": "Noteret aftale", "en": "Agreement noted"},
    "note": {"da": "Note til sig selv", "en": "Note to oneself"},
    "pulse": {"da": "Svar i egen kurve", "en": "Answers in one's own curve"},
    "plan": {"da": "Svar i udviklingsplanen", "en": "Answer in the development plan"},
    "action": {"da": "Handling i handleplanen", "en": "Action in the action plan"},
    "rating": {"da": "Tryk om kurset", "en": "Taps about the course"},
    "shared-point": {"da": "Delt punkt", "en": "Shared point"},
    "shared-agreement": {"da": "Fælles aftale", "en": "Agreement of the two"},
    "shared-own-point": {"da": "Punkt fra nærmeste leder", "en": "Point from the nearest leader"},
}

OURS: Mapping[str, Labels] = {
    "set": {"da": "Mødets dag og klokkeslæt", "en": "The day and time of the meeting"},
    "met": {"da": "At de har mødtes", "en": "That they have met"},
}
"""Of a group's meeting: its members see that, and no more is kept."""
SAYS = {"set": "set", "all-met": "met", "some-met": "met"}


def who_sees_what(unit: Unit) -> list[dict[str, Any]]:
    found = [(phone, people.find_by_address(unit, "web", phone.id)) for phone in PHONES]
    here = [(phone, profile) for phone, profile in found if profile]
    ids = {profile.id for _, profile in here}
    own = [item for phone, profile in here for item in _of(unit, phone, profile)]
    shown = [item for _, profile in here for item in _from_colleagues(unit, profile, ids)]
    return [*own, *shown, *_of_groups(unit, ids)]


def _of(unit: Unit, phone: Phone, profile: Profile) -> list[dict[str, Any]]:
    given = shares.shared_by(unit, profile)
    own = _own_kinds(unit, profile, {one.subject for one in given})
    kept = [_kept(phone, KINDS[kind]) for kind in own]
    return kept + [_given(unit, phone.name, one) for one in given]


def _from_colleagues(unit: Unit, nearest: Profile, here: set[str]) -> Iterator[dict[str, Any]]:
    """What those who have no phone here have shared with somebody who has."""
    led = [one for one in digests.led_by(unit, nearest.id) if one.profile.id not in here]
    shared = digests.shared_since(unit, nearest.id, led, EVER)
    for one in led:
        for share in shared.get(one.profile.id, []):
            yield _given(unit, one.profile.first_name, share)


def _own_kinds(unit: Unit, profile: Profile, out: set[str | None]) -> Iterator[str]:
    """What only the person can see; `out`: the ids of what they have shared."""
    pair = pairs.pair_of(unit, profile.id)
    noted = agreements.pair_agreements(unit, profile, pair.id) if pair else []
    yield from ["pulse"] if pulses.pulses_of(unit, profile) else []
    yield from ("point" for one in points.open_points(unit, profile) if one.id not in out)
    yield from ("pair" for one in noted if one.id not in out)
    yield from ("own" for _ in agreements.own_agreements(unit, profile))
    written = notes.notes_of(unit, profile)
    yield from ("plan" if one.dialogue == PLAN else "note" for one in written)
    yield from ("action" for _ in actions.actions_of(unit, profile))
    yield from ["rating"] if ratings.has_rated(unit, profile.id) else []


def _kept(phone: Phone, kind: Labels) -> dict[str, Any]:
    seen_by = [phone.name]
    return {"owner": phone.name, "kind": kind, "seen_by": seen_by, "text": None, "shared": False}


def _given(unit: Unit, author: str, share: Shared) -> dict[str, Any]:
    return {
        "owner": author,
        "kind": KINDS[f"shared-{share.kind}"],
        "seen_by": [author, people.get_person(unit, share.recipient).first_name],
        "text": share.text,
        "shared": True,
    }


def _of_groups(unit: Unit, here: set[str]) -> Iterator[dict[str, Any]]:
    """What a group of theirs knows together: when it meets, and that it has met."""
    for group in groups.groups(unit):
        circle = circle_of(unit, group.id).members
        states = (one.state for one in meetings.meetings_of(unit, group.id))
        said = {SAYS[state] for state in states if state in SAYS}
        if said and not here.isdisjoint(circle):
            names = [people.get_person(unit, one).first_name for one in circle]
            for kind in sorted(said, reverse=True):
                yield {
                    "owner": group.name,
                    "kind": OURS[kind],
                    "seen_by": names,
                    "text": None,
                    "shared": True,
                }
