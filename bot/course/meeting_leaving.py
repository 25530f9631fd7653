"""Somebody leaves or is erased: the others' meeting goes on without them."""

from __future__ import annotations

from bot.course import meetings as life
from bot.course.meetings import Circle
from bot.parts import Parts
from flows.meetings import everybody_answered
from storage import groups, meetings
from storage.database import Unit
from storage.meetings import Meeting


def go_on_without(unit: Unit, parts: Parts, person: str) -> None:
    """Before they are gone: what they called is another's, and nobody waits for their vote."""
    theirs = [group.id for group, _ in groups.memberships_of(unit, person)]
    for meeting in meetings.meetings_of(unit, *theirs):
        if meetings.is_open(meeting, parts.clock()):
            _go_on(unit, parts, meeting, person)


def _go_on(unit: Unit, parts: Parts, meeting: Meeting, person: str) -> None:
    if meeting.convener == person:
        following = life.next_convener(unit, parts, meeting, {person})
        meetings.change_meeting(unit, meeting.id, convener_ref=following)
        meeting = meeting._replace(convener=following)
        if following is not None:
            _take_up(unit, parts, meeting, following)
    _settle(unit, parts, meeting, person)


def _take_up(unit: Unit, parts: Parts, meeting: Meeting, convener: str) -> None:
    """What the one before was asked, or was to be asked."""
    if meeting.state == "set":
        life.plan_afterwards(unit, parts, meeting)
    elif meetings.times_of(unit, meeting.id):
        life.plan_choice(unit, parts, meeting)
    else:
        life.ask_to_find(unit, parts, meeting, convener)


def _settle(unit: Unit, parts: Parts, meeting: Meeting, person: str) -> None:
    """Perhaps it was only their answer that was missing."""
    if meeting.state != "finding" or not meetings.times_of(unit, meeting.id):
        return
    seats = life.circle_of(unit, meeting.group).seats
    left = Circle([seat for seat in seats if seat.person != person])
    if everybody_answered(left.others(meeting.convener), meetings.votes_on(unit, meeting.id)):
        life.have_it_settled(unit, parts, meeting, left)
