"""Who takes a course, and which of its nudges are for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from bot.course import programmes
from flows.nudges import Days
from flows.programme import Nudge, Programme
from storage import rosters
from storage.cohorts import Cohort
from storage.database import Unit
from storage.rosters import Sitting

GROUP_KIND = {"trio-meeting": "trio", "network-meeting": "network"}


class Roster(NamedTuple):
    """Who takes a course. `nearest`: leader -> nearest leader."""

    leaders: list[str]
    sittings: list[Sitting]
    nearest: Mapping[str, str]


class Course(NamedTuple):
    """What a calendar is worked out from, whether there is a cohort yet or not."""

    programme: Programme
    days: Days
    pilot: bool
    roster: Roster


def roster_of(unit: Unit, cohort: Cohort, only: Collection[str] | None = None) -> Roster:
    """`only`: as far as it decides about these people."""
    return Roster(
        rosters.participants(unit, cohort.id, only),
        rosters.sittings(unit, cohort.id, only),
        rosters.nearest_leaders(unit, cohort.id, only),
    )


def course_of(unit: Unit, cohort: Cohort, only: Collection[str] | None = None) -> Course | None:
    """None when its programme is not there any more."""
    programme = programmes.find(unit, cohort.programme)
    if programme is None:
        return None
    return Course(programme, cohort.days, cohort.pilot, roster_of(unit, cohort, only))


def conveners(programme: Programme, roster: Roster, nudge: Nudge) -> Iterator[tuple[str, str]]:
    """(person, group): who is to call each group together this time. They take turns in the order
    in which they came; a network's facilitator always does."""
    turn = [one.id for one in programme.nudges if one.is_meeting].index(nudge.id)
    seats: dict[str, list[Sitting]] = defaultdict(list)
    for one in roster.sittings:
        if one.kind == GROUP_KIND[nudge.opens]:
            seats[one.group].append(one)
    for group, taken in sorted(seats.items()):
        able = [one.person for one in taken if one.role == "facilitator"]
        able = able or list(dict.fromkeys(one.person for one in taken))
        yield able[turn % len(able)], group


def concerned(programme: Programme, roster: Roster, nudge: Nudge) -> Iterable[tuple[str, str]]:
    """(person, group) of everybody whom the nudge is for, each once."""
    if nudge.for_ == "convener":
        return conveners(programme, roster, nudge)
    return _each(roster, nudge)


def _each(roster: Roster, nudge: Nudge) -> list[tuple[str, str]]:
    people: dict[str, Iterable[str]] = {
        "leader": roster.leaders,
        "trio": [*roster.leaders, *_seated(roster, "trio")],
        "network": _seated(roster, "network"),
        "nearest-leader": roster.nearest.values(),
    }
    return [(person, "") for person in dict.fromkeys(people[nudge.for_])]


def _seated(roster: Roster, kind: str) -> list[str]:
    return [one.person for one in roster.sittings if one.kind == kind]


def is_concerned(unit: Unit, cohort: Cohort, nudge: Nudge, person: str, group: str) -> bool:
    """The same for one person, when the moment has come."""
    roster = roster_of(unit, cohort, [person])
    if nudge.for_ == "convener":
        return any((one.group, one.person) == (group, person) for one in roster.sittings)
    return (person, "") in _each(roster, nudge)
