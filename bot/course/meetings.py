"""The life of a group's meeting: called, proposed, voted on, set, moved or called off, and asked
about afterwards. Each of these is done once, however often it comes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.parts import Parts
from bot.planning import next_morning
from flows.calendar import at_local, local_date, next_opening, next_working_day
from flows.meetings import (
    MORNING,
    Proposed,
    Seat,
    asked_after,
    callers,
    decided_by,
    everybody_answered,
    members,
    ranked,
    stand_ins,
    whose_turn,
)
from storage import calendars, groups, meetings, people, reminders
from storage.database import Unit
from storage.meetings import INVITATION, TURN, Meeting, State
from storage.reminders import Reminder

VOTE, CHOICE, AFTER = "meeting-vote", "meeting-choice", "meeting"
PATIENCE = timedelta(days=4)
"""Whoever cannot be asked for longer than that is away."""
DAYS_ON = 2
"""Working days until whoever has found no time yet is asked once more."""
AGAIN_AFTER = 5
"""Working days until a meeting that has not been yet is asked about once more."""
ROUNDS = 2
"""A first reminder and a second one."""


class Circle(NamedTuple):
    """A group as its meeting needs it."""

    seats: list[Seat]

    @property
    def members(self) -> list[str]:
        return members(self.seats)

    @property
    def everybody(self) -> list[str]:
        return list(dict.fromkeys(seat.person for seat in self.seats))

    def others(self, than: str | None) -> list[str]:
        return [person for person in self.members if person != than]


def dialogue_of(unit: Unit, group: str) -> str:
    """In which its time is found."""
    found = groups.get_group(unit, group)
    return "trio-meeting" if found is None or found.kind == "trio" else "network-meeting"


def circle_of(unit: Unit, group: str) -> Circle:
    found = groups.members_of(unit, group)
    return Circle([Seat(one.person, one.role, one.substitute) for one in found])


# --- whose turn it is


def next_convener(
    unit: Unit, parts: Parts, meeting: Meeting, not_now: Collection[str]
) -> str | None:
    """The next of the group who can call it: whoever has called none for the longest time, is at
    work soon and has not passed this one on."""
    able = callers(circle_of(unit, meeting.group).seats)
    earlier = meetings.meetings_of(unit, meeting.group)
    held = [one.convener for one in earlier if one.convener and one.id != meeting.id]
    asked = meetings.said_to(unit, meeting.id, TURN, able)
    return whose_turn(able, held, {*not_now, *asked, *_away(unit, parts, able)})


def _away(unit: Unit, parts: Parts, among: Collection[str]) -> set[str]:
    now = parts.clock()
    theirs = calendars.calendars_of(unit, among, parts.holidays, now.date())
    opens = {person: next_opening(own, now) for person, own in theirs.items()}
    there = {person for person, at in opens.items() if at is not None and at - now <= PATIENCE}
    return set(among) - there


def hand_on(unit: Unit, parts: Parts, meeting: Meeting, by: str) -> str | None:
    """Somebody else is asked to find the time; None when there is nobody else."""
    following = next_convener(unit, parts, meeting, {by})
    if following is not None:
        theirs = _begin_anew(unit, meeting, convener=following)
        _note_passed_on(unit, parts, theirs, by)
        ask_to_find(unit, parts, theirs, following)
    return following


def ask_to_find(unit: Unit, parts: Parts, meeting: Meeting, person: str) -> None:
    _plan_now(unit, parts, meeting, TURN, person, ROUNDS * meeting.revision)


def _note_passed_on(unit: Unit, parts: Parts, meeting: Meeting, by: str) -> None:
    """So that it does not come round to them again, however they were asked."""
    _plan(unit, parts, meeting, TURN, by, ROUNDS * meeting.revision, parts.clock())
    subject = meetings.subject_of(meeting.id, by)
    reminders.set_state(unit, subject, None, "done", kinds=(TURN,))


def take_over(unit: Unit, meeting: Meeting, by: str) -> Meeting:
    """They find the time themselves after all."""
    if meeting.state != "finding":
        return meeting
    everybody = circle_of(unit, meeting.group).everybody
    meetings.take_back(unit, meeting.id, (TURN,), everybody)
    meetings.change_meeting(unit, meeting.id, convener_ref=by)
    return meeting._replace(convener=by)


def ask_again(unit: Unit, parts: Parts, meeting: Meeting, person: str) -> None:
    """Whoever has found no time yet is asked once more, two working days on."""
    at = _in_working_days(unit, parts, person, DAYS_ON)
    if at is not None and meeting.state == "finding" and meeting.convener == person:
        _plan(unit, parts, meeting, TURN, person, ROUNDS * meeting.revision + 1, at)


def _in_working_days(unit: Unit, parts: Parts, person: str, days: int) -> datetime | None:
    """The morning so many working days from now."""
    now = parts.clock()
    calendar = parts.calendar(unit, people.get_person(unit, person), now)
    day = local_date(calendar, now)
    for _ in range(days):
        following = next_working_day(calendar, day)
        if following is None:
            return None
        day = following
    return next_opening(calendar, at_local(calendar, day, MORNING))


# --- proposing and voting


def propose(
    unit: Unit, parts: Parts, meeting: Meeting, by: str, times: Collection[datetime]
) -> None:
    """Asks the others which of the times fit them. The same times again change nothing."""
    coming = {at for at in times if at > parts.clock()}
    there = {one.starts_at for one in meetings.times_of(unit, meeting.id)}
    if not coming or (coming == there and meeting.state == "finding" and meeting.convener == by):
        return
    meetings.put_times(unit, parts.ids, meeting.id, by, coming)
    renewed = _begin_anew(unit, meeting, convener=by, state="finding")
    _ask_for_votes(unit, parts, renewed)
    if meeting.state == "set":
        _tell_it_is_off(unit, parts, renewed, {by, *circle_of(unit, meeting.group).members})


def take_back_times(unit: Unit, parts: Parts, meeting: Meeting) -> None:
    if meeting.state == "finding":
        meetings.put_times(unit, parts.ids, meeting.id, None, ())
        _begin_anew(unit, meeting)


def _ask_for_votes(unit: Unit, parts: Parts, meeting: Meeting) -> None:
    """Each of the others in their hours; and the convener, when it is to be settled."""
    circle = circle_of(unit, meeting.group)
    for person in circle.others(meeting.convener):
        _plan_now(unit, parts, meeting, VOTE, person, meeting.revision)
    plan_choice(unit, parts, meeting)


def plan_choice(unit: Unit, parts: Parts, meeting: Meeting) -> None:
    """When it is to be settled, though not all have answered."""
    times = meetings.times_of(unit, meeting.id)
    if not times or meeting.convener is None:
        return
    convener = people.get_person(unit, meeting.convener)
    calendar = parts.calendar(unit, convener, parts.clock())
    at = decided_by(calendar, times[0].starts_at, parts.clock())
    if at is not None:
        _plan(unit, parts, meeting, CHOICE, convener.id, ROUNDS * meeting.revision, at)


def vote(
    unit: Unit, parts: Parts, meeting: Meeting, person: str, times: Collection[str],
    fits: Collection[str] | None,
) -> bool:  # fmt: skip
    """Of these times, which fit; None: not answered. The convener settles it as soon as everybody
    has answered. False: it is settled already."""
    if meeting.state != "finding":
        return False
    said = {} if fits is None else {one: one in fits for one in times}
    meetings.vote(unit, meeting.id, person, said)
    circle = circle_of(unit, meeting.group)
    answered = meetings.votes_on(unit, meeting.id)
    if everybody_answered(circle.others(meeting.convener), answered):
        have_it_settled(unit, parts, meeting, circle)
    return True


def have_it_settled(unit: Unit, parts: Parts, meeting: Meeting, circle: Circle) -> None:
    """By whoever called it; when they are gone, by the next."""
    convener = meeting.convener
    if convener not in circle.members:
        convener = next_convener(unit, parts, meeting, set())
        meetings.change_meeting(unit, meeting.id, convener_ref=convener)
    if convener is not None:
        _plan_now(unit, parts, meeting, CHOICE, convener, ROUNDS * meeting.revision)


def proposed(unit: Unit, parts: Parts, meeting: Meeting) -> list[Proposed]:
    """What may still be chosen, the best first."""
    votes = meetings.votes_on(unit, meeting.id)
    return ranked(
        (
            Proposed(
                one.id,
                one.starts_at,
                frozenset(who for who, said in votes.items() if said.get(one.id)),
            )
            for one in meetings.times_of(unit, meeting.id)
        ),
        parts.clock(),
    )


# --- set, moved, called off


def set_time(unit: Unit, parts: Parts, meeting: Meeting, by: str, at: datetime) -> None:
    """Everybody else is invited in their hours. The same time again changes nothing."""
    if meeting.state == "set" and meeting.starts_at == at:
        return
    changed = _begin_anew(unit, meeting, convener=by, state="set", starts_at=at)
    for person in invited(unit, changed):
        if person != by and at > parts.clock():
            _plan_now(unit, parts, changed, INVITATION, person, changed.revision)
    plan_afterwards(unit, parts, changed)


def invited(unit: Unit, meeting: Meeting) -> list[str]:
    """The members, who stands in for those whom none of the times fits, and whoever was told of
    another time."""
    circle = circle_of(unit, meeting.group)
    told = meetings.said_to(unit, meeting.id, INVITATION, circle.everybody)
    wanted = {*circle.members, *stand_ins(circle.seats, _cannot(unit, meeting)), *told}
    return [person for person in circle.everybody if person in wanted]


def _cannot(unit: Unit, meeting: Meeting) -> set[str]:
    """Whom none of the proposed times fits; nobody, when it is another time after all."""
    times = {one.starts_at for one in meetings.times_of(unit, meeting.id)}
    if meeting.starts_at not in times:
        return set()
    votes = meetings.votes_on(unit, meeting.id)
    return {person for person, said in votes.items() if not any(said.values())}


def call_off(unit: Unit, parts: Parts, meeting: Meeting, by: str) -> None:
    """Those who were told of it are told that it is off."""
    _end(unit, parts, meeting, by, "nothing")


def restore(unit: Unit, parts: Parts, meeting: Meeting, by: str) -> None:
    """It is not called off after all."""
    if meeting.state != "nothing":
        return
    if meeting.starts_at is not None:
        set_time(unit, parts, meeting, by, meeting.starts_at)
    elif meetings.times_of(unit, meeting.id):
        _ask_for_votes(unit, parts, _begin_anew(unit, meeting, convener=by, state="finding"))


def unset(unit: Unit, parts: Parts, meeting: Meeting, by: str) -> None:
    """It is not set after all: a time is to be found."""
    if meeting.state == "set":
        _end(unit, parts, meeting, by, "finding")


def _end(unit: Unit, parts: Parts, meeting: Meeting, by: str, state: State) -> None:
    if meeting.state in meetings.OPEN:
        changed = _begin_anew(unit, meeting, convener=by, state=state)
        _tell_it_is_off(unit, parts, changed, {by})


def _tell_it_is_off(unit: Unit, parts: Parts, meeting: Meeting, but: Collection[str]) -> None:
    """Whoever was told of a time, or has said which fit."""
    everybody = circle_of(unit, meeting.group).everybody
    known = meetings.said_to(unit, meeting.id, INVITATION, everybody)
    if meeting.state == "nothing":
        known |= set(meetings.votes_on(unit, meeting.id)) & set(everybody)
    for person in sorted(known - set(but)):
        _plan_now(unit, parts, meeting, INVITATION, person, meeting.revision)


def _begin_anew(
    unit: Unit, meeting: Meeting, convener: str | None = None, **columns: object
) -> Meeting:
    """What was said of it holds no more: what waits to be said is taken back."""
    everybody = circle_of(unit, meeting.group).everybody
    kinds = (TURN, VOTE, CHOICE, INVITATION, AFTER)
    meetings.take_back(unit, meeting.id, kinds, everybody)
    revision = meeting.revision + 1
    columns |= {"convener_ref": convener or meeting.convener, "revision": revision}
    meetings.change_meeting(unit, meeting.id, **columns)
    found = meetings.get_meeting(unit, meeting.id)
    if found is None:
        raise LookupError("the meeting is gone while it is changed")
    return found


# --- afterwards


def plan_afterwards(unit: Unit, parts: Parts, meeting: Meeting) -> None:
    if meeting.convener is None or meeting.starts_at is None:
        return
    calendar = parts.calendar(unit, people.get_person(unit, meeting.convener), parts.clock())
    at = asked_after(calendar, max(meeting.starts_at, parts.clock()))
    if at is not None:
        _plan_after(unit, parts, meeting, meeting.convener, 1, at)


def record(unit: Unit, parts: Parts, meeting: Meeting, by: str, outcome: State) -> None:
    """What became of it. Not yet: it is asked about once more."""
    meetings.change_meeting(unit, meeting.id, state=outcome)
    everybody = circle_of(unit, meeting.group).everybody
    meetings.take_back(unit, meeting.id, (AFTER, INVITATION), everybody)
    if outcome == "not-yet":
        at = _in_working_days(unit, parts, by, AGAIN_AFTER)
        if at is not None:
            _plan_after(unit, parts, meeting, by, 2, at)


def take_back_record(unit: Unit, meeting: Meeting) -> None:
    if meeting.state not in ("finding", "set") and meeting.starts_at is not None:
        meetings.change_meeting(unit, meeting.id, state="set")


def ask_once_more(unit: Unit, parts: Parts, meeting: Meeting, person: str) -> None:
    """Silence: once more, the next working morning, and then no more."""
    profile = people.get_person(unit, person)
    at = next_morning(parts.calendar(unit, profile, parts.clock()), parts.clock())
    if at is not None:
        _plan_after(unit, parts, meeting, person, 2, at)


def _plan_after(
    unit: Unit, parts: Parts, meeting: Meeting, person: str, ordinal: int, at: datetime
) -> None:
    """By the day of the meeting, so that a time found anew is asked about anew."""
    if meeting.starts_at is None:
        return
    day, subject = meeting.starts_at.date(), meetings.subject_of(meeting.id, person)
    reminders.plan(unit, parts.ids, [(person, AFTER, subject, day, ordinal, at)])


# --- contacts about it


def is_second(reminder: Reminder) -> bool:
    """After which nobody is asked any more."""
    if reminder.kind == AFTER:
        return reminder.ordinal == ROUNDS
    return reminder.kind in (TURN, CHOICE) and reminder.ordinal % ROUNDS == 1


def _plan_now(
    unit: Unit, parts: Parts, meeting: Meeting, kind: str, person: str, ordinal: int
) -> None:
    profile = people.get_person(unit, person)
    now = parts.clock()
    opens = next_opening(parts.calendar(unit, profile, now), now)
    if profile.status == "active" and opens is not None:
        _plan(unit, parts, meeting, kind, person, ordinal, opens)


def _plan(
    unit: Unit, parts: Parts, meeting: Meeting, kind: str, person: str, ordinal: int, at: datetime
) -> None:
    """Once for each revision of the meeting."""
    subject = meetings.subject_of(meeting.id, person)
    row = (person, kind, subject, meeting.created_at.date(), ordinal, at)
    reminders.plan(unit, parts.ids, [row])
