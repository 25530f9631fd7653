"""Who gets which nudge of a course, and when: worked out for all at once, and kept as reminders.

A nudge's subject is "cohort:group:nudge:person", the group only where it is about a group's
meeting. Its date and number never change, so a nudge that was fired is never planned again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.course import programmes
from bot.course.roster import GROUP_KIND, Course, Roster, concerned, course_of
from bot.parts import Parts
from bot.rhythm import quietly, rhythms
from flows.calendar import (
    PersonCalendar,
    at_local,
    is_working_day,
    local_date,
    next_working_day,
)
from flows.nudges import HEAVIEST_FIRST, MORNING, Days, Due, Pace, is_over, thinned, when
from flows.programme import Nudge, Programme
from flows.rhythm import Kind, Rhythm
from storage import calendars, cohorts, nudges, reminders, rosters
from storage.cohorts import Cohort
from storage.database import Unit
from storage.ids import Ids
from storage.nudges import NUDGE, Planned

BACK = timedelta(days=60)
"""How far back leave still counts: a nudge may be planned late."""

FIRED = ("fired", "done")

Subject = tuple[str, str]
"""A nudge's id, and the group that it is about or ""."""


class Entry(NamedTuple):
    """One line of the calendar: at that moment, that person is written to."""

    person: str
    due: Due


class Known(NamedTuple):
    """What was planned or fired before, by person; and which groups have been asked about which
    meetings, whoever was asked."""

    by_person: Mapping[str, Mapping[Subject, Planned]]
    asked: frozenset[Subject] = frozenset()

    @classmethod
    def of(cls, found: Iterable[Planned]) -> Known:
        by_person: dict[str, dict[Subject, Planned]] = defaultdict(dict)
        asked = set()
        for one in found:
            written = written_in(one.subject)
            by_person[one.person][written.nudge, written.group] = one
            if written.group and one.state in FIRED:
                asked.add((written.nudge, written.group))
        return cls(by_person, frozenset(asked))


NOTHING_KNOWN = Known({})


class Written(NamedTuple):
    """A nudge's subject, taken apart."""

    cohort: str
    group: str
    nudge: str
    person: str


def subject_of(cohort: str, due: Due, person: str) -> str:
    return f"{cohort}:{due.group}:{due.nudge.id}:{person}"


def written_in(subject: str) -> Written:
    return Written(*subject.split(":"))


def kind_of(nudge: Nudge) -> Kind:
    """The rules that it comes by."""
    return "insight" if nudge.opens == "insight" else "nudge"


def pace_of(rhythm: Rhythm, nudge: Nudge) -> Pace:
    weekday = rhythm.weekday if nudge.opens == "insight" else None
    return Pace(rhythm.at, rhythm.offset, weekday, rhythm.every_weeks)


# --- when


def calendar(
    unit: Unit,
    parts: Parts,
    course: Course,
    only: Collection[str] | None = None,
    known: Known = NOTHING_KNOWN,
) -> list[Entry]:
    """What is still to come, the soonest first: of everybody, or of `only` these."""
    wanted = _wanted(course, only)
    now = parts.clock()
    theirs = calendars.calendars_of(unit, wanted, parts.holidays, (now - BACK).date())
    by_kind = {kind: rhythms(unit, list(theirs), kind) for kind in ("nudge", "insight")}
    times = _Times(course)
    found: list[Entry] = []
    for person, own in theirs.items():
        mine = {kind: by_kind[kind][person] for kind in by_kind}
        dues = times.of(own, mine, wanted[person])
        before = known.by_person.get(person, {})
        dues = [due for due in dues if (due.nudge.id, due.group) not in known.asked]
        left = _left(course, own, dues, before, now, mine)
        found += [Entry(person, due) for due in left]
    return sorted(found, key=lambda one: (one.due.at, one.person, one.due.nudge.id, one.due.group))


def _wanted(course: Course, only: Collection[str] | None) -> dict[str, list[tuple[Nudge, str]]]:
    found: dict[str, list[tuple[Nudge, str]]] = defaultdict(list)
    for nudge in course.programme.nudges:
        if nudge.pilot and not course.pilot:
            continue
        for person, group in concerned(course.programme, course.roster, nudge):
            if only is None or person in only:
                found[person].append((nudge, group))
    return found


def wanted_by(course: Course, person: str) -> list[tuple[Nudge, str]]:
    """Which nudges are for them, each with its group."""
    return _wanted(course, [person]).get(person, [])


class _Times:
    """When the nudges come, worked out once for all who have the same hours and rhythm."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._known: dict[tuple[int, Rhythm, str], datetime | None] = {}
        self._kept: dict[int, PersonCalendar] = {}

    def of(
        self, own: PersonCalendar, mine: Mapping[str, Rhythm], wanted: list[tuple[Nudge, str]]
    ) -> list[Due]:
        self._kept[id(own)] = own  # so that no other calendar gets its id
        course, dues = self._course, []
        for nudge, group in wanted:
            rhythm = mine[kind_of(nudge)]
            key = (id(own), rhythm, nudge.id)
            if key not in self._known:
                self._known[key] = time_of(course.programme, course.days, nudge, own, rhythm)
            at = self._known[key]
            if at is not None:
                dues.append(Due(at, nudge, group))
        return dues


def time_of(
    programme: Programme, days: Days, nudge: Nudge, own: PersonCalendar, rhythm: Rhythm
) -> datetime | None:
    """When one nudge comes to somebody with these hours and this rhythm."""
    if rhythm.off:
        return None
    return when(programme, days, nudge, quietly(own, rhythm), pace_of(rhythm, nudge))


def _left(
    course: Course, own: PersonCalendar, dues: list[Due], before: Mapping[Subject, Planned],
    now: datetime, mine: Mapping[str, Rhythm],
) -> list[Due]:  # fmt: skip
    """What of it is to be planned: not what was fired, nor what is too late to be of use."""
    fired = {key for key, one in before.items() if one.state in FIRED}
    open_ones = [due for due in dues if (due.nudge.id, due.group) not in fired]
    coming = [due for due in open_ones if due.at >= now]
    late = [due for due in open_ones if due.at < now and not is_past(course.days, due, own, now)]
    caught_up = _caught_up(course.days, late, before, quietly(own, mine["nudge"]), now)
    said = [before[key].due_at for key in fired]
    kept = thinned([*coming, *caught_up], own, said, mine["insight"].every_weeks)
    return [due for due in kept if due.at >= now]


def is_past(days: Days, due: Due, own: PersonCalendar, now: datetime) -> bool:
    """Whether it is of no use any more: only what prepares a module can come late."""
    prepares = due.nudge.before is not None and due.nudge.opens != "insight"
    return not prepares or is_over(days, due.nudge, local_date(own, now))


def _caught_up(
    days: Days, late: list[Due], before: Mapping[Subject, Planned], own: PersonCalendar,
    now: datetime,
) -> Iterator[Due]:  # fmt: skip
    """What somebody who came late still gets: one each working morning, before its module. `own`:
    without the weeks in which nothing of the kind comes."""
    day = local_date(own, now)
    for due in sorted(late, key=lambda one: (HEAVIEST_FIRST.index(one.nudge.opens), one.at)):
        there = before.get((due.nudge.id, due.group))
        kept = there is not None and there.state == "planned" and there.due_at >= now
        if there is not None and kept and is_working_day(own, local_date(own, there.due_at)):
            yield due._replace(at=there.due_at)
            continue
        following = next_working_day(own, day)
        if following is None:
            return
        if following <= days[due.nudge.module]:
            day = following
            yield due._replace(at=_morning(own, day))


def _morning(own: PersonCalendar, day: date) -> datetime:
    within = own.hours_from <= MORNING < own.hours_to
    return at_local(own, day, MORNING if within else own.hours_from)


# --- kept


def plan(unit: Unit, parts: Parts, cohort: Cohort, only: Collection[str] | None = None) -> int:
    """Plans anew what is still to come, of everybody or of `only` these; how many reminders were
    planned, moved or taken back. What was fired stays as it was."""
    course = course_of(unit, cohort, only) if cohort.state == "running" else None
    if course is None:
        return 0
    people = set(only) if only is not None else None
    known = known_of(unit, cohort, course.roster, people)
    entries = calendar(unit, parts, course, people, known)
    wanted = {subject_of(cohort.id, due, person): (person, due.at) for person, due in entries}
    there = {
        one.subject: one.due_at
        for mine in known.by_person.values()
        for one in mine.values()
        if one.state == "planned"
    }
    changed = [
        (person, NUDGE, subject, cohort.created_at.date(), 1, at)
        for subject, (person, at) in sorted(wanted.items())
        if there.get(subject) != at
    ]
    reminders.plan(unit, _in_order(parts.ids, len(changed)), changed)
    gone = [one for one in there if one not in wanted and _may_go(one, people, known)]
    nudges.drop_nudges(unit, gone)
    return len(changed) + len(gone)


def _in_order(ids: Ids, count: int) -> Ids:
    """So many ids, the smallest first: rows that go in in the order of their index go in faster."""
    made = iter(sorted(ids() for _ in range(count)))
    return lambda: next(made)


def _may_go(subject: str, people: Collection[str] | None, known: Known) -> bool:
    """Not what is somebody else's, nor what was handed on to them by somebody who was asked."""
    written = written_in(subject)
    theirs = people is None or written.person in people
    return theirs and (written.nudge, written.group) not in known.asked


def plan_person(unit: Unit, parts: Parts, person: str) -> bool:
    """After their hours, leave or rhythm have changed: in every course that concerns them; whether
    there is one."""
    theirs = cohorts.cohorts_around(unit, person)
    for cohort in theirs:
        plan(unit, parts, cohort, [person])
    return bool(theirs)


def plan_groups(unit: Unit, parts: Parts, groups: Collection[str]) -> None:
    """After somebody came into these groups or left them."""
    theirs = [one for one in cohorts.cohorts_with(unit, groups) if one.state == "running"]
    if theirs:
        people = rosters.ever_seated(unit, groups)
        for cohort in theirs:
            plan(unit, parts, cohort, people)


def ensure_planned(unit: Unit, parts: Parts) -> None:
    """Plans anew for groups of which nobody is to be asked about a meeting that is still to come:
    whoever it was is erased, or left without our noticing."""
    for cohort in cohorts.cohorts(unit, "running"):
        programme = programmes.find(unit, cohort.programme)
        if programme is not None:
            plan_groups(unit, parts, _unasked(unit, cohort, programme, parts.clock().date()))


def _unasked(unit: Unit, cohort: Cohort, programme: Programme, today: date) -> list[str]:
    coming = [
        one
        for one in programme.nudges
        if one.is_meeting and one.before and cohort.days.get(one.module, today) > today
    ]
    if not coming:
        return []
    seats = {(one.group, one.kind) for one in rosters.sittings(unit, cohort.id)}
    asked = {(one.nudge, one.group) for one in map(written_in, nudges.asked(unit, cohort.id))}
    wanted = {
        (nudge.id, group)
        for nudge in coming
        for group, kind in seats
        if kind == GROUP_KIND[nudge.opens]
    }
    return sorted({group for _, group in wanted - asked})


def everybody(unit: Unit, cohort: Cohort) -> set[str]:
    """Whoever was or is concerned by a cohort."""
    nearest = rosters.nearest_leaders(unit, cohort.id).values()
    return rosters.ever_in(unit, cohort.id) | set(nearest)


def known_of(
    unit: Unit, cohort: Cohort, roster: Roster, people: Collection[str] | None = None
) -> Known:
    """What was planned or fired, for everybody or for these people and those in their groups."""
    if people is None:
        return Known.of(nudges.nudges_of(unit, cohort.id, everybody(unit, cohort)))
    groups = {one.group for one in roster.sittings}
    around = {*people, *rosters.ever_seated(unit, groups)}
    return Known.of(nudges.nudges_of(unit, cohort.id, around))
