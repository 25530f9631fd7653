"""Whether a group has found its meeting already, and whose turn it is to call it together.

A nudge is planned for whoever it will probably be. When its moment comes, whoever has called none
for the longest time is asked in their place, and instead of somebody who is away.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from bot.course.plans import Written, written_in
from bot.parts import Parts
from flows.calendar import next_opening
from flows.meetings import Seat, callers, whose_turn
from storage import calendars, groups, meetings, nudges, rosters
from storage.database import Unit

PATIENCE = timedelta(days=4)
"""Whoever cannot be asked for longer than that is away."""


def is_found(unit: Unit, cohort: str, group: str, module: str) -> bool:
    """Set, held or called off, or being voted on: nobody need be asked to find it."""
    meeting = meetings.meeting_about(unit, group, cohort, module)
    if meeting is None:
        return False
    return meeting.state != "finding" or bool(meetings.times_of(unit, meeting.id))


def turn_of(
    unit: Unit, parts: Parts, written: Written, module: str, not_now: Collection[str] = ()
) -> str | None:
    """Who is to be asked by this nudge: nobody whom it has asked before, nobody who is away."""
    # Where several have waited for as long, it is whoever it was planned for.
    able = sorted(callers(_seats(unit, written.group)), key=lambda one: one != written.person)
    this = meetings.meeting_about(unit, written.group, written.cohort, module)
    earlier = [one for one in meetings.meetings_of(unit, written.group) if one != this]
    held = [one.convener for one in earlier if one.convener]
    asked = asked_before(unit, written)
    return whose_turn(able, held, {*not_now, *asked, *_away(unit, parts, able)})


def asked_before(unit: Unit, written: Written) -> set[str]:
    """Whom else this nudge has asked, or is about to."""
    group = rosters.ever_seated(unit, [written.group])
    everyone = nudges.nudges_of(unit, written.cohort, group)
    same = (written_in(one.subject) for one in everyone if one.state != "dropped")
    about = (written.group, written.nudge)
    return {one.person for one in same if (one.group, one.nudge) == about} - {written.person}


def _seats(unit: Unit, group: str) -> list[Seat]:
    return [Seat(one.person, one.role, one.substitute) for one in groups.members_of(unit, group)]


def _away(unit: Unit, parts: Parts, among: Collection[str]) -> set[str]:
    now = parts.clock()
    theirs = calendars.calendars_of(unit, among, parts.holidays, now.date())
    opens = {person: next_opening(own, now) for person, own in theirs.items()}
    return {one for one in among if (at := opens.get(one)) is None or at - now > PATIENCE}
