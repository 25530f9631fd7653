"""What decides about one contact, and what a kind of reminder has to say of itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.parts import About, Parts
from flows.calendar import PersonCalendar, at_local, local_date, next_opening, within_budget
from flows.conversation import Conversation
from flows.meetings import MORNING
from storage import outbox, reminders
from storage.database import Unit
from storage.outbox import Outgoing
from storage.people import Profile
from storage.reminders import Reminder

PREFIX = reminders.PREFIX
STALE = timedelta(days=4)
"""A contact that could not be made for so long is let go: the next one comes soon enough."""
RESERVED = 2
"""Contacts of the weekly budget that only the dialogue itself may use."""


class Case(NamedTuple):
    """A fired reminder with all that decides about it."""

    unit: Unit
    parts: Parts
    row: Outgoing
    reminder: Reminder
    profile: Profile
    calendar: PersonCalendar
    now: datetime


class Opens(NamedTuple):
    """The dialogue that the contact begins, and what it is about."""

    dialogue: str
    about: About


class Dropped(NamedTuple):
    reason: str


def _yes(case: Case) -> bool:
    return True


def _no(case: Case) -> bool:
    return False


def _nothing(case: Case) -> None:
    return None


class Contact(NamedTuple):
    """One kind of reminder. `alive`: whether what it is about is still there; `asked_for`: by the
    person, so that the weekly budget does not count; `gentle`: leaves room in the budget for the
    dialogue's own contacts; `resumes`: a conversation to go on with instead of beginning one;
    `follows`: plans what comes after it, whether it was said or dropped."""

    opens: Callable[[Case], Opens | Dropped]
    alive: Callable[[Case], bool] = _yes
    asked_for: Callable[[Case], bool] = _no
    gentle: Callable[[Case], bool] = _yes
    resumes: Callable[[Case], Conversation | None] = _nothing
    follows: Callable[[Case], None] = _nothing


def has_room(case: Case, *, gentle: bool) -> bool:
    """Whether the week's budget allows one more contact; a gentle one leaves room for the
    dialogue's own."""
    budget = case.profile.budget_per_week - (RESERVED if gentle else 0)
    since = case.now - timedelta(days=15)
    made = outbox.contacts_since(case.unit, case.profile.id, since, case.row.id)
    return within_budget(made, case.now, budget, case.calendar)


def next_week(case: Case, until: datetime | None) -> Dropped:
    """The week's budget is used: on the next Monday's first morning, if that is before `until`."""
    today = local_date(case.calendar, case.now)
    monday = today + timedelta(days=8 - today.isoweekday())
    opens = next_opening(case.calendar, at_local(case.calendar, monday, MORNING))
    if opens is None or (until is not None and opens >= until):
        return Dropped("weekly budget")
    reminders.move(case.unit, case.reminder.id, opens)
    return Dropped("next week")
