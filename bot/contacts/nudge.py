"""What a course's nudge becomes: the dialogue that its programme names, or nothing.

Silence is better than what is of no use any more: about a module that has been, a meeting that is
set, a plan that is made, articles that nobody has named.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from bot.contacts.case import Case, Contact, Dropped, Opens, has_room, next_week
from bot.course import convening, plans, programmes
from bot.course.facts import rating_subject
from bot.course.leader_facts import PARTS_OF_PLAN, PLAN
from bot.course.plans import Written
from bot.course.roster import is_concerned
from bot.parts import About
from bot.rhythm import quietly, rhythm_of
from flows.calendar import PersonCalendar, at_local, local_date, may_contact, next_opening
from flows.nudges import Due, is_over
from flows.programme import Module, Nudge, Programme
from flows.programme import Opens as Dialogue
from storage import actions, cohorts, notes, preferences, ratings, reminders
from storage.cohorts import Cohort
from storage.nudges import NUDGE

THE_DAY = (0, 1)
"""Working days before a module on which what is to be brought along cannot wait."""
SOON = timedelta(days=1)
"""By how much a module must have moved for its nudge to wait for the new date."""


class Told(NamedTuple):
    """A nudge with all that it is about."""

    written: Written
    cohort: Cohort
    programme: Programme
    module: Module
    nudge: Nudge


def _told(case: Case) -> Told | None:
    """None when the programme does not foresee it any more."""
    written = plans.written_in(case.reminder.subject)
    cohort = cohorts.get_cohort(case.unit, written.cohort)
    programme = programmes.find(case.unit, cohort.programme) if cohort else None
    nudge = programme.nudge(written.nudge) if programme else None
    module = programme.module(nudge.module) if programme and nudge else None
    if cohort is None or programme is None or nudge is None or module is None:
        return None
    return Told(written, cohort, programme, module, nudge)


def _alive(case: Case) -> bool:
    told = _told(case)
    return told is not None and told.cohort.state == "running"


def _opens(case: Case) -> Opens | Dropped:
    told = _told(case)
    if told is None:
        raise LookupError("the nudge is not foreseen any more: `alive` is asked first")
    why = _why_not(case, told) or _waits_for_a_quiet_week(case, told) or _waits_for_room(case, told)
    if why is not None:
        return Dropped(why)
    return Opens(told.nudge.opens, _about(case, told), today=told.nudge.before in THE_DAY)


def _why_not(case: Case, told: Told) -> str | None:
    """The reason why it is not said; None when it is."""
    written, nudge = told.written, told.nudge
    if nudge.opens not in case.parts.catalogue.dialogues:
        return "no such dialogue"
    if not is_concerned(case.unit, told.cohort, nudge, case.profile.id, written.group):
        return "not in the course"
    if _waits_for_a_later_day(case, told):
        return "moved"
    if _is_over(case, told):
        return "the module has been"
    unwanted = UNWANTED.get(nudge.opens)
    return unwanted(case, told) if unwanted else None


def _is_over(case: Case, told: Told) -> bool:
    return is_over(told.cohort.days, told.nudge, local_date(case.calendar, case.now))


def _waits_for_a_later_day(case: Case, told: Told) -> bool:
    """Its module was moved between the firing and now: it is planned again for its new day."""
    rhythm = rhythm_of(case.unit, case.profile.id, plans.kind_of(told.nudge))
    days = told.cohort.days
    due = plans.time_of(told.programme, days, told.nudge, case.calendar, rhythm)
    if due is None or due < case.now + SOON:
        return False
    reminders.move(case.unit, case.reminder.id, due)
    return True


def _waits_for_a_quiet_week(case: Case, told: Told) -> str | None:
    """It may come into one by waiting, or by a rule that was set meanwhile: then after it, while it
    is of use. No insight waits."""
    quiet = _quietly(case, told)
    if _asked_for(case) or may_contact(quiet, case.now):
        return None
    opens, until = next_opening(quiet, case.now), _of_use_until(case, told)
    late = opens is None or (until is not None and opens >= until)
    if opens is not None and not late and told.nudge.opens != "insight":
        reminders.move(case.unit, case.reminder.id, opens)
    return "a quiet week"


def _quietly(case: Case, told: Told) -> PersonCalendar:
    return quietly(case.calendar, rhythm_of(case.unit, case.profile.id, plans.kind_of(told.nudge)))


def _waits_for_room(case: Case, told: Told) -> str | None:
    """In a full week: until the next one, while it is of use then. No insight waits."""
    if _asked_for(case) or told.nudge.opens == "insight" or has_room(case):
        return None
    return next_week(case, _of_use_until(case, told), _quietly(case, told)).reason


def _of_use_until(case: Case, told: Told) -> datetime | None:
    """Until its module has been, or the next begins; None: always."""
    days, nudge = told.cohort.days, told.nudge
    following = told.programme.following(nudge.module)
    if nudge.before is not None:
        return at_local(case.calendar, days[nudge.module] + timedelta(days=1), time.min)
    end = days.get(following.id) if following else None
    return at_local(case.calendar, end, time.min) if end else None


def _about(case: Case, told: Told) -> About:
    """A meeting after the last module belongs to the course, not to that module."""
    nudge = told.nudge
    late = nudge.is_meeting and nudge.before is None and not _followed(told)
    return About(
        reminder=case.reminder.id,
        cohort=told.cohort.id,
        module="" if late else nudge.module,
        nudge=nudge.id,
        group=told.written.group or None,
    )


def _followed(told: Told) -> bool:
    return told.programme.following(told.nudge.module) is not None


# --- by what it opens


def _no_articles(case: Case, told: Told) -> str | None:
    return None if told.module.articles else "no articles"


def _nothing_to_bring(case: Case, told: Told) -> str | None:
    """Before a module the action plan is brought along, if there is one."""
    if not told.nudge.before or actions.actions_of(case.unit, case.profile, actions.OPEN):
        return None
    return "nothing to bring"


def _plan_is_made(case: Case, told: Told) -> str | None:
    """Every part of it, since this course was planned."""
    written = notes.notes_of(case.unit, case.profile, PLAN)
    fresh = {one.step for one in written if one.created_at >= told.cohort.created_at}
    whole = all(fresh & set(steps) for steps in PARTS_OF_PLAN.values())
    return "the plan is made" if whole else None


def _is_evaluated(case: Case, told: Told) -> str | None:
    evaluation = told.nudge.evaluation
    if evaluation is None:
        return "nothing to evaluate"
    subject = rating_subject(told.cohort, told.nudge, evaluation)
    rated = ratings.ratings_of(case.unit, case.profile, subject)
    return "evaluated already" if any(one.phase == evaluation.phase for one in rated) else None


def _opted_out(case: Case, told: Told) -> str | None:
    chosen = preferences.get(case.unit, case.profile.id, preferences.INSIGHTS)
    return "opted out" if chosen == preferences.OFF else None


def _meeting_is_found(case: Case, told: Told) -> str | None:
    module = _about(case, told).module or ""
    if convening.is_found(case.unit, told.cohort.id, told.written.group, module):
        return "the meeting is found"
    if convening.asked_before(case.unit, told.written):
        return None  # handed on by somebody: it goes no further
    turn = convening.turn_of(case.unit, case.parts, told.written, module)
    if turn is None or turn == case.profile.id:
        return None
    _plan_for(case, told, turn)
    return "it is another's turn"


UNWANTED: dict[Dialogue, Callable[[Case, Told], str | None]] = {
    "action-plan": _nothing_to_bring,
    "articles": _no_articles,
    "development-plan": _plan_is_made,
    "evaluation": _is_evaluated,
    "insight": _opted_out,
    "trio-meeting": _meeting_is_found,
    "network-meeting": _meeting_is_found,
}


def _asked_for(case: Case) -> bool:
    """Articles that somebody wanted to see later: the one thing that comes a second time."""
    return case.reminder.ordinal > 1


def _hand_on(case: Case) -> None:
    """A group does not wait for somebody who is away: the next of its members is asked."""
    told = _told(case)
    if told is None or told.cohort.state != "running" or not told.nudge.is_meeting:
        return
    if may_contact(case.calendar, case.now) or _is_over(case, told):
        return
    module = _about(case, told).module or ""
    if convening.is_found(case.unit, told.cohort.id, told.written.group, module):
        return
    turn = convening.turn_of(case.unit, case.parts, told.written, module, [case.profile.id])
    if turn is not None:
        _plan_for(case, told, turn)


def _plan_for(case: Case, told: Told, person: str) -> None:
    due = Due(case.now, told.nudge, told.written.group)
    subject = plans.subject_of(told.cohort.id, due, person)
    row = (person, NUDGE, subject, case.reminder.slot, 1, case.now)
    reminders.plan(case.unit, case.parts.ids, [row])


CONTACTS = {"nudge": Contact(_opens, _alive, _asked_for, follows=_hand_on)}
