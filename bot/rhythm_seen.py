"""What a change of rhythm would bring, for one person whom it concerns: their name and the times,
and no more of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.course import plans
from bot.course.coming import OF_COURSES
from bot.parts import Parts
from bot.rhythm import Change, rhythm_of
from bot.rhythm_change import agreed_by, comes_to, concerned, occasions, rhythm_now
from flows.rhythm import Rhythm
from storage import cohorts, people
from storage.database import Unit
from storage.people import Profile

LOOKED_AT = 200
"""Of those whom it concerns, for one of whom it is not agreed already."""
COMPARED = 12
"""Of those whom a course concerns, for the one who has the most of it to come: a representative may
have one occasion where a leader has ten."""


class Foreseen(NamedTuple):
    """`times`: in the person's own time. `agreed`: it stays as they and their nearest leader have
    agreed."""

    name: str
    rhythm: Rhythm
    times: list[datetime]
    agreed: bool


def foresee(
    unit: Unit, parts: Parts, change: Change, count: int, person: str | None = None
) -> Foreseen | None:
    """For this person, else for somebody whom it concerns; None where it concerns nobody."""
    profile = people.get_person(unit, person) if person else _somebody(unit, parts, change, count)
    if profile is None:
        return None
    found = occasions(unit, parts, profile, change.kind, count, change)
    there = [at.astimezone(ZoneInfo(profile.zone)) for at in found]
    rhythm, agreed = (
        rhythm_of(unit, profile.id, change.kind, change),
        _agreed(unit, profile, change),
    )
    if agreed:
        quiet = {"quiet": rhythm.quiet}
        rhythm = rhythm_now(unit, profile, change.kind).model_copy(update=quiet)
    return Foreseen(profile.name, rhythm, there, agreed)


def _somebody(unit: Unit, parts: Parts, change: Change, count: int) -> Profile | None:
    """Rather one for whom it becomes another, or who has much of it to come."""
    found = _whom(unit, change)
    if change.kind in OF_COURSES:
        return max(
            islice(found, COMPARED),
            key=lambda one: len(occasions(unit, parts, one, change.kind, count, change)),
            default=None,
        )
    first = next(found, None)
    if first is None or not _agreed(unit, first, change):
        return first
    others = islice(found, LOOKED_AT)
    return next((one for one in others if not _agreed(unit, one, change)), first)


def _whom(unit: Unit, change: Change) -> Iterator[Profile]:
    """Those whom it concerns and to whom such a thing comes."""
    ids = concerned(unit, change)
    if change.kind in OF_COURSES:
        going_on = cohorts.cohorts(unit, "planned", "running", "paused")
        around = {person for one in going_on for person in plans.everybody(unit, one)}
        ids = [one for one in ids if one in around]
    everybody = (people.get_person(unit, one) for one in ids)
    return (one for one in everybody if comes_to(unit, one, change.kind))


def _agreed(unit: Unit, profile: Profile, change: Change) -> bool:
    return change.kind == "dialogue" and agreed_by(unit, profile.id) is not None
