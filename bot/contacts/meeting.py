"""The contacts of a group's meeting: to find a time, to vote, to settle it, the invitation, and the
question how it went. One in a week that is full waits for the next, while it is still of use."""

from __future__ import annotations

from collections.abc import Callable

from bot.contacts.case import Case, Contact, Dropped, Opens, has_room, next_week
from bot.course import meetings as life
from bot.course.meetings import AFTER, CHOICE, ROUNDS, VOTE
from bot.parts import About
from bot.planning import next_morning
from storage import cohorts, groups, meetings, reminders
from storage.meetings import INVITATION, TURN, Meeting

Decide = Callable[[Case, Meeting], Opens | Dropped]


def _meeting(case: Case) -> Meeting | None:
    return meetings.get_meeting(case.unit, case.reminder.subject.partition(":")[0])


def _alive(case: Case) -> bool:
    """While there is the meeting, and the person sits in its group."""
    meeting = _meeting(case)
    if meeting is None or groups.get_group(case.unit, meeting.group) is None:
        return False
    return case.profile.id in life.circle_of(case.unit, meeting.group).everybody


def _of(decide: Decide) -> Callable[[Case], Opens | Dropped]:
    def opens(case: Case) -> Opens | Dropped:
        meeting = _meeting(case)
        return decide(case, meeting) if meeting else Dropped("no longer wanted")

    return opens


def _about(case: Case, meeting: Meeting) -> About:
    return About(
        cohort=meeting.cohort, module=meeting.module, group=meeting.group, meeting=meeting.id,
        reminder=case.reminder.id, slot=case.reminder.slot,
    )  # fmt: skip


def _turn(case: Case, meeting: Meeting) -> Opens | Dropped:
    if _course_rests(case, meeting):
        return Dropped("no longer wanted")
    if meeting.state not in ("finding", "not-yet") or not _is_theirs(case, meeting):
        return Dropped("settled")
    return Opens(life.dialogue_of(case.unit, meeting.group), _about(case, meeting), today=True)


def _vote(case: Case, meeting: Meeting) -> Opens | Dropped:
    coming = life.proposed(case.unit, case.parts, meeting)
    asked = case.profile.id in life.circle_of(case.unit, meeting.group).others(meeting.convener)
    if not asked or not _is_current(case, meeting) or meeting.state != "finding" or not coming:
        return Dropped("settled")
    if not has_room(case):
        return next_week(case, min(one.at for one in coming))
    return Opens("meeting-vote", _about(case, meeting), today=True)


def _choice(case: Case, meeting: Meeting) -> Opens | Dropped:
    coming = life.proposed(case.unit, case.parts, meeting)
    if meeting.state != "finding" or not coming or not _is_theirs(case, meeting):
        return Dropped("settled")
    if not has_room(case):
        return next_week(case, max(one.at for one in coming))
    return Opens("meeting-choice", _about(case, meeting), today=True)


def _invitation(case: Case, meeting: Meeting) -> Opens | Dropped:
    over = meeting.starts_at is not None and meeting.starts_at <= case.now
    if over or not _is_current(case, meeting):
        return Dropped("settled")
    if meeting.starts_at is not None and not has_room(case):
        return next_week(case, meeting.starts_at)
    return Opens("meeting-invitation", _about(case, meeting), today=True)


def _after(case: Case, meeting: Meeting) -> Opens | Dropped:
    if _course_rests(case, meeting):
        return Dropped("no longer wanted")
    of_then = meeting.starts_at is not None and meeting.starts_at.date() == case.reminder.slot
    if not of_then or meeting.state not in ("set", "not-yet") or not _is_convener(case, meeting):
        return Dropped("settled")
    return Opens("meeting-held", _about(case, meeting), today=True)


def _course_rests(case: Case, meeting: Meeting) -> bool:
    """A course that is paused or has ended asks for nothing; what people called stays theirs."""
    cohort = cohorts.get_cohort(case.unit, meeting.cohort) if meeting.cohort else None
    return cohort is not None and cohort.state != "running"


def _is_current(case: Case, meeting: Meeting) -> bool:
    return case.reminder.ordinal == meeting.revision


def _is_theirs(case: Case, meeting: Meeting) -> bool:
    """The convener's, of what is the case now."""
    return case.reminder.ordinal // ROUNDS == meeting.revision and _is_convener(case, meeting)


def _is_convener(case: Case, meeting: Meeting) -> bool:
    return meeting.convener == case.profile.id


def _said_not_yet(case: Case) -> bool:
    """Whoever said that it has not been yet is asked again, as promised."""
    meeting = _meeting(case)
    return life.is_second(case.reminder) and meeting is not None and meeting.state == "not-yet"


def _settle_once_more(case: Case) -> None:
    """A choice that nobody makes is asked for once more, the next working morning."""
    reminder = case.reminder
    if _meeting(case) is None or life.is_second(reminder) or not _is_out(case):
        return
    morning = next_morning(case.calendar, case.now)
    if morning is not None:
        row = (reminder.person, CHOICE, reminder.subject, reminder.slot, reminder.ordinal + 1)
        reminders.plan(case.unit, case.parts.ids, [(*row, morning)])


def _ask_once_more(case: Case) -> None:
    meeting = _meeting(case)
    if meeting is not None and meeting.state == "set" and not life.is_second(case.reminder):
        life.ask_once_more(case.unit, case.parts, meeting, case.profile.id)


def _is_out(case: Case) -> bool:
    """Not put off until next week."""
    found = reminders.get_reminder(case.unit, case.reminder.id)
    return found is not None and found[1] == "fired"


CONTACTS = {
    TURN: Contact(_of(_turn), _alive),
    VOTE: Contact(_of(_vote), _alive),
    CHOICE: Contact(_of(_choice), _alive, follows=_settle_once_more),
    INVITATION: Contact(_of(_invitation), _alive),
    AFTER: Contact(_of(_after), _alive, asked_for=_said_not_yet, follows=_ask_once_more),
}
