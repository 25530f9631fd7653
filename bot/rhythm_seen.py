"""What a change of rhythm would bring, for one person whom it concerns: their name and the times,
and no more of them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.parts import Parts
from bot.rhythm import Change, rhythm_of
from bot.rhythm_change import comes_to, concerned, occasions
from flows.rhythm import Rhythm
from storage import people
from storage.database import Unit
from storage.people import Profile


class Foreseen(NamedTuple):
    """`times`: in the person's own time."""

    name: str
    rhythm: Rhythm
    times: list[datetime]


def foresee(
    unit: Unit, parts: Parts, change: Change, count: int, person: str | None = None
) -> Foreseen | None:
    """For this person, else for the first whom it concerns; None where it concerns nobody."""
    profile = people.get_person(unit, person) if person else _somebody(unit, change)
    if profile is None:
        return None
    found = occasions(unit, parts, profile, change.kind, count, change)
    there = [at.astimezone(ZoneInfo(profile.zone)) for at in found]
    return Foreseen(profile.name, rhythm_of(unit, profile.id, change.kind, change), there)


def _somebody(unit: Unit, change: Change) -> Profile | None:
    found = (people.get_person(unit, one) for one in concerned(unit, change))
    return next((one for one in found if comes_to(unit, one, change.kind)), None)
