"""For whom a rhythm may be set in the chat: by their names, and whether they are still there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.course import programmes
from bot.course.meeting_facts import named
from bot.rhythm_change import sets_for_all
from bot.rhythm_filled import Where
from bot.rhythm_words import LEVELS_SAID
from flows.answers import plain_words
from flows.model import Language
from flows.rhythm import Level
from storage import cohorts, directory, groups
from storage.database import Unit
from storage.people import Profile

BUTTONS = ("first_whom", "second_whom", "third_whom", "fourth_whom", "fifth_whom", "sixth_whom")
"""The facts that hold the names of those who are offered to choose from."""
OFFERED = len(BUTTONS)
_EMAIL = re.compile(r"[^\s()<>]+@[^\s()<>]+")


class Called(NamedTuple):
    where: Where
    name: str


def may_set(profile: Profile, where: Where) -> bool:
    return sets_for_all(profile) or where == Where("person", profile.id)


def is_there(unit: Unit, where: Where) -> bool:
    """A course counts as long as one of its cohorts goes on."""
    match where.level:
        case "programme":
            return bool(cohorts.cohorts_by(unit, where.scope))
        case "group":
            return any(one.id == where.scope for one in groups.groups(unit))
        case "person":
            found = directory.find(unit, where.scope)
            return found is not None and found.status == "active"
    return True


def all_called(unit: Unit, level: Level, language: Language) -> list[Called]:
    """The courses, or the groups, that go on; people are too many."""
    match level:
        case "programme":
            return _courses(unit, language)
        case "group":
            return [
                Called(Where("group", one.id), named(one, language)) for one in groups.groups(unit)
            ]
    return []


def find(unit: Unit, level: Level, written: str, language: Language) -> list[Called]:
    """Those with that very name, else those with these words in it; people by e-mail too. A few
    more than are offered, at most."""
    wanted = plain_words(written)
    if level == "person":
        known = _people(unit, written)
    else:
        words = wanted.split()
        called = all_called(unit, level, language)
        known = [one for one in called if words and _has(one, words)]
    return [one for one in known if plain_words(one.name) == wanted] or known


def called(unit: Unit, where: Where, language: Language) -> str:
    """As it is told to whoever has set it; "" when it is not there any more."""
    if where.level == "organisation":
        return LEVELS_SAID["organisation"][language]
    if where.level == "person":
        found = directory.find(unit, where.scope)
        return found.name if found else ""
    known = all_called(unit, where.level, language)
    return next((one.name for one in known if one.where == where), "")


def listed(called: Sequence[Called]) -> str:
    names = ", ".join(one.name for one in called[:OFFERED])
    return f"{names} …" if len(called) > OFFERED else names


def _has(one: Called, words: Sequence[str]) -> bool:
    name = plain_words(one.name)
    return all(word in name for word in words)


def _courses(unit: Unit, language: Language) -> list[Called]:
    going_on = {one.programme for one in cohorts.cohorts(unit, "planned", "running", "paused")}
    known = [one.programme for one in programmes.all_known(unit) if one.programme.id in going_on]
    titles = [(one.id, one.title.within(language)) for one in known]
    return _told_apart("programme", titles)


def _people(unit: Unit, written: str) -> list[Called]:
    email = _EMAIL.search(written)
    if email is None:
        known = directory.search_people(unit, written, "here", size=OFFERED + 1).people
    else:
        found = directory.find_by_email(unit, email[0])
        known = [found] if found and found.status == "active" else []
    emails = {one.id: one.email for one in known}
    return _told_apart("person", [(one.id, one.name) for one in known], emails)


def _told_apart(
    level: Level, names: Sequence[tuple[str, str]], besides: Mapping[str, str] | None = None
) -> list[Called]:
    """By name; where several have the same, with what is their own alone (the id, if not
    `besides`)."""
    often = Counter(name for _, name in names)
    own = besides or {}
    return [
        Called(Where(level, one), name if often[name] == 1 else f"{name} ({own.get(one, one)})")
        for one, name in names
    ]
