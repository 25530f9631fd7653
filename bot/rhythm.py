"""The rhythm that holds for somebody, of all the rules there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.parts import Parts, today_of
from flows import cadence as series
from flows.calendar import PersonCalendar
from flows.rhythm import KINDS, Kind, Level, Rhythm, Rule, first_day, settle, week_span
from storage import rules
from storage.database import Unit
from storage.people import Profile
from storage.rules import Stored


class Change(NamedTuple):
    """What somebody wants to set, before or after it is saved."""

    level: Level
    scope: str
    kind: Kind
    rule: Rule


def rhythm_of(unit: Unit, person: str, kind: Kind, change: Change | None = None) -> Rhythm:
    """`change`: as if it had been saved."""
    found = [one for one in rules.rules_of(unit, person) if one.kind == kind]
    if change is not None:
        here = (change.level, change.scope)
        found = [one for one in found if (one.level, one.scope) != here]
        found.append(Stored(*change))
    return _settled(kind, found)


def rhythms(unit: Unit, persons: Sequence[str], kind: Kind) -> dict[str, Rhythm]:
    """The same for many, in three queries."""
    stored = [one for one in rules.all_rules(unit) if one.kind == kind]
    by_place: dict[tuple[str, str], Stored] = {(one.level, one.scope): one for one in stored}
    if not stored:
        return dict.fromkeys(persons, settle(kind, {}))
    places = rules.scopes_of(unit, persons)
    return {person: _settled(kind, _at(by_place, person, places[person])) for person in persons}


def _at(
    by_place: dict[tuple[str, str], Stored], person: str, places: Iterable[tuple[Level, str]]
) -> list[Stored]:
    everywhere = [("organisation", ""), *places, ("person", person)]
    return [by_place[place] for place in everywhere if place in by_place]


def _settled(kind: Kind, found: Iterable[Stored]) -> Rhythm:
    by_level: dict[Level, list[Rule]] = {}
    for one in found:
        by_level.setdefault(one.level, []).append(one.rule)
    return settle(kind, by_level)


def quietly(calendar: PersonCalendar, rhythm: Rhythm) -> PersonCalendar:
    """The person's calendar, closed in the rhythm's quiet weeks as well."""
    if not rhythm.quiet:
        return calendar
    weeks = tuple(week_span(week) for week in rhythm.quiet)
    return calendar.model_copy(update={"closed": (*calendar.closed, *weeks)})


def calendar_for(
    unit: Unit, parts: Parts, profile: Profile, kind: str, now: datetime
) -> PersonCalendar:
    """The person's calendar for a series of that kind."""
    calendar = parts.calendar(unit, profile, now)
    known = next((one for one in KINDS if one == kind), None)
    if known is None or not rules.are_there(unit, known):
        return calendar
    return quietly(calendar, rhythm_of(unit, profile.id, known))


def as_series(rhythm: Rhythm, profile: Profile, now: datetime) -> series.Cadence:
    """Begins on the next such weekday after today."""
    earliest = today_of(profile, now) + timedelta(days=1)
    return series.Cadence(
        anchor=first_day(rhythm, earliest), every_weeks=rhythm.every_weeks, at=rhythm.at
    )
