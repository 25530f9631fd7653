"""What a course still brings to somebody in some rhythm: seen before the rhythm is saved."""

from __future__ import annotations

from datetime import datetime

from bot.course import plans
from bot.course.roster import course_of
from bot.parts import Parts
from flows.nudges import Due, thinned
from flows.rhythm import Kind, Rhythm
from storage import cohorts
from storage.cohorts import Cohort
from storage.database import Unit
from storage.people import Profile

OF_COURSES: tuple[Kind, ...] = ("nudge", "insight")


def coming(
    unit: Unit, parts: Parts, profile: Profile, kind: Kind, rhythm: Rhythm
) -> list[datetime]:
    """The moments, in UTC, the soonest first; none when somebody takes no course."""
    theirs = [one for one in cohorts.cohorts_around(unit, profile.id) if one.state == "running"]
    return sorted(
        at for cohort in theirs for at in _of_cohort(unit, parts, profile, kind, rhythm, cohort)
    )


def _of_cohort(
    unit: Unit, parts: Parts, profile: Profile, kind: Kind, rhythm: Rhythm, cohort: Cohort
) -> list[datetime]:
    course = course_of(unit, cohort, [profile.id])
    if course is None:
        return []
    now = parts.clock()
    own = parts.calendar(unit, profile, now)
    dues = [
        Due(at, nudge, group)
        for nudge, group in plans.wanted_by(course, profile.id)
        if plans.kind_of(nudge) == kind
        and (at := plans.time_of(course.programme, course.days, nudge, own, rhythm)) is not None
        and at >= now
    ]
    return [due.at for due in thinned(dues, own, weeks=rhythm.every_weeks)]
