"""What an organisation does with a cohort: start it, move a module, pause, resume and end it, and
let people and groups come and go. Each is one transaction; nothing that was sent is sent again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.course import plans, programmes
from bot.course.moved import tell_moved
from bot.course.plans import Entry
from bot.course.refusals import CourseRefused
from bot.course.roster import Course, Roster, course_of
from bot.parts import Parts
from flows.calendar import PersonCalendar, local_date
from flows.course_days import DayFault, faults_of
from flows.programme import Module, Programme
from storage import audit, cohorts, nudges, rosters
from storage import programmes as imported
from storage.cohorts import Cohort
from storage.database import Unit
from storage.rosters import Sitting

LONGEST_NAME = 80
TAKES_IT = {"trio": ("leader",), "network": ("member",), "leadership": ("leader", "member")}
"""By kind of group: whoever takes the course as a leader."""


class Draft(NamedTuple):
    """A cohort that is to be started. `people`: participants besides those of the groups."""

    programme: Programme
    name: str
    days: Mapping[str, date]
    people: Sequence[str] = ()
    groups: Sequence[str] = ()
    pilot: bool = False


class Moved(NamedTuple):
    """How many reminders were planned anew, and how many people hear of the move."""

    planned: int
    told: int


def programme_called(unit: Unit, programme: str) -> Programme:
    found = programmes.find(unit, programme)
    if found is None:
        raise CourseRefused("no-programme", programme)
    return found


def today_in(zone: str, parts: Parts) -> date:
    """The day that it is where the organisation is."""
    return local_date(PersonCalendar(zone=zone), parts.clock())


# --- starting


def check(unit: Unit, parts: Parts, draft: Draft, today: date) -> Roster:
    """Who would take it. Raises CourseRefused with all that is wrong with it."""
    name = draft.name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise CourseRefused("no-name")
    if cohorts.cohort_named(unit, name) is not None:
        raise CourseRefused("name-taken", name)
    faults = faults_of(draft.programme, draft.days, today, parts.holidays)
    if faults:
        raise CourseRefused("days", faults=faults)
    roster = _roster(unit, draft)
    if not roster.leaders:
        raise CourseRefused("nobody")
    return roster


def preview(unit: Unit, parts: Parts, draft: Draft, today: date) -> list[Entry]:
    """The whole calendar, for everybody, as it would be; nothing is written."""
    roster = check(unit, parts, draft, today)
    course = Course(draft.programme, draft.days, draft.pilot, roster)
    return plans.calendar(unit, parts, course)


def start(
    unit: Unit, parts: Parts, draft: Draft, today: date, *, by: str | None = None
) -> tuple[Cohort, int]:
    """The cohort, and how many nudges were planned."""
    roster = check(unit, parts, draft, today)
    now, programme = parts.clock(), draft.programme.id
    cohort = cohorts.begin_cohort(
        unit, parts.ids, now, programme, draft.name.strip(), draft.days, pilot=draft.pilot
    )
    cohorts.join(unit, now, cohort.id, roster.leaders)
    cohorts.add_groups(unit, cohort.id, draft.groups)
    planned = plans.plan(unit, parts, cohort)
    audit.note(unit, now, f"course started: {len(roster.leaders)} participants", None, by=by)
    return cohort, planned


def _roster(unit: Unit, draft: Draft) -> Roster:
    sittings = rosters.sittings_in(unit, draft.groups)
    leaders = list(dict.fromkeys((*draft.people, *takers(sittings))))
    return Roster(leaders, sittings, rosters.nearest_of(unit, leaders))


def takers(sittings: Iterable[Sitting]) -> list[str]:
    """Of these seats, who takes the course as a leader."""
    return [one.person for one in sittings if one.role in TAKES_IT.get(one.kind, ())]


# --- while it goes on


def entries_of(unit: Unit, parts: Parts, cohort: Cohort) -> list[Entry]:
    """What is still to come in a cohort, the soonest first; none when it is paused."""
    course = course_of(unit, cohort) if cohort.state == "running" else None
    if course is None:
        return []
    known = plans.known_of(unit, cohort, course.roster)
    return plans.calendar(unit, parts, course, known=known)


def check_move(
    unit: Unit, parts: Parts, cohort: Cohort, module: str, day: date, today: date
) -> Module:
    """Raises CourseRefused."""
    _still(cohort)
    programme = programme_called(unit, cohort.programme)
    found = programme.module(module)
    before = cohort.days.get(module)
    if before is not None and before < today:
        raise CourseRefused("days", faults=[DayFault(module, "been", before)])
    faults = faults_of(programme, {**cohort.days, module: day}, today, parts.holidays, module)
    if found is None or faults:
        raise CourseRefused("days", faults=faults)
    return found


def move(
    unit: Unit, parts: Parts, cohort: Cohort, module: str, day: date, today: date, *,
    by: str | None = None,
) -> Moved:  # fmt: skip
    """Moves one module: what is planned around it moves along, and whoever was told of its date
    hears of the new one, once."""
    found = check_move(unit, parts, cohort, module, day, today)
    before = cohort.days[module]
    if day == before:
        return Moved(0, 0)
    cohorts.set_day(unit, cohort.id, module, day)
    moved = cohort._replace(days={**cohort.days, module: day})
    planned = plans.plan(unit, parts, moved)
    told = tell_moved(unit, parts, moved, found, before)
    audit.note(unit, parts.clock(), f"module moved: {module}", None, by=by)
    return Moved(planned, told)


def pause(unit: Unit, parts: Parts, cohort: Cohort, *, by: str | None = None) -> None:
    """Nothing comes until it is resumed."""
    _still(cohort)
    if cohort.state == "paused":
        raise CourseRefused("paused", cohort.name)
    cohorts.set_state(unit, cohort.id, "paused")
    nudges.drop_all(unit, cohort.id)
    audit.note(unit, parts.clock(), "course paused", None, by=by)


def resume(unit: Unit, parts: Parts, cohort: Cohort, *, by: str | None = None) -> int:
    """What is still of use is planned again; what the pause has swallowed is gone."""
    _still(cohort)
    if cohort.state != "paused":
        raise CourseRefused("not-paused", cohort.name)
    cohorts.set_state(unit, cohort.id, "running")
    audit.note(unit, parts.clock(), "course resumed", None, by=by)
    return plans.plan(unit, parts, cohort._replace(state="running"))


def end(unit: Unit, parts: Parts, cohort: Cohort, *, by: str | None = None) -> None:
    """For good: an evaluation that was still to come does not come either."""
    _still(cohort)
    cohorts.set_state(unit, cohort.id, "ended")
    nudges.drop_all(unit, cohort.id)
    audit.note(unit, parts.clock(), "course ended", None, by=by)


def _still(cohort: Cohort) -> None:
    if cohort.state == "ended":
        raise CourseRefused("ended", cohort.name)


# --- who comes and goes


def join(
    unit: Unit, parts: Parts, cohort: Cohort, people: Collection[str], *, by: str | None = None
) -> int:
    """People who come later: they get what is still to come, and what prepares the next module."""
    _still(cohort)
    cohorts.join(unit, parts.clock(), cohort.id, people)
    for person in people:
        audit.note(unit, parts.clock(), "joined a course", person, by=by)
    return plans.plan(unit, parts, cohort, _and_nearest(unit, people))


def leave(unit: Unit, parts: Parts, cohort: Cohort, person: str, *, by: str | None = None) -> None:
    if not rosters.participants(unit, cohort.id, [person]):
        raise CourseRefused("not-in-it")
    cohorts.leave(unit, parts.clock(), cohort.id, [person])
    audit.note(unit, parts.clock(), "left a course", person, by=by)
    plans.plan(unit, parts, cohort, _and_nearest(unit, [person]))


def add_groups(
    unit: Unit, parts: Parts, cohort: Cohort, groups: Collection[str], *, by: str | None = None
) -> int:
    """More groups, with those of them who take it as leaders."""
    _still(cohort)
    cohorts.add_groups(unit, cohort.id, groups)
    sittings = rosters.sittings_in(unit, groups)
    cohorts.join(unit, parts.clock(), cohort.id, takers(sittings))
    audit.note(unit, parts.clock(), f"groups joined a course: {len(groups)}", None, by=by)
    people = {one.person for one in sittings}
    return plans.plan(unit, parts, cohort, _and_nearest(unit, people))


def groups_changed(unit: Unit, parts: Parts, groups: Collection[str]) -> None:
    """After somebody came into these groups, or left them."""
    plans.plan_groups(unit, parts, groups)


def leave_all(unit: Unit, parts: Parts, person: str) -> None:
    """All courses of somebody who leaves the organisation, while it is still known who their
    nearest leader is."""
    concerned = _and_nearest(unit, [person])
    theirs = cohorts.cohorts_around(unit, person)
    cohorts.leave_all(unit, parts.clock(), person)
    for cohort in theirs:
        plans.plan(unit, parts, cohort, concerned)
    nudges.drop_of(unit, person)


def _and_nearest(unit: Unit, people: Collection[str]) -> set[str]:
    return {*people, *rosters.nearest_of(unit, people).values()}


# --- programmes of one's own


def take_in_programme(
    unit: Unit, parts: Parts, programme: Programme, text: str, *, by: str | None = None
) -> int:
    """Keeps it, in the place of one with that id; how many reminders of its cohorts changed."""
    under_way = cohorts.cohorts_by(unit, programme.id)
    gone = {module for one in under_way for module in one.days if not programme.module(module)}
    if gone:
        raise CourseRefused("modules-gone", ", ".join(sorted(gone)))
    imported.put(unit, parts.clock(), programme.id, text)
    audit.note(unit, parts.clock(), f"programme imported: {programme.id}", None, by=by)
    return sum(plans.plan(unit, parts, one) for one in under_way)
