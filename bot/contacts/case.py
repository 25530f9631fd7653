"""What decides about one contact, and what a kind of reminder has to say of itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.parts import About, Parts
from flows.calendar import PersonCalendar, at_local, local_date, next_opening, within_budget
from flows.conversation import Conversation
from flows.meetings import MORNING
from storage import outbox, reminders
from storage.database import Unit
from storage.meetings import INVITATION
from storage.outbox import Made, Outgoing
from storage.people import Profile
from storage.reminders import Reminder

PREFIX = reminders.PREFIX
STALE = timedelta(days=4)
"""A contact that could not be made for so long is let go: the next one comes soon enough."""
RESERVED = 2
"""Contacts of the weekly budget that only the dialogue itself may use."""
OF_THE_DIALOGUE = frozenset(("prepare", "nearest", "from-nearest", "after"))


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
    """The dialogue that the contact begins, and what it is about. `today`: tomorrow it would be of
    less use."""

    dialogue: str
    about: About
    today: bool = False


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
    person, so that the weekly budget does not count; `resumes`: a conversation to go on with
    instead of beginning one; `follows`: plans what comes after it, whether it was said or
    dropped."""

    opens: Callable[[Case], Opens | Dropped]
    alive: Callable[[Case], bool] = _yes
    asked_for: Callable[[Case], bool] = _no
    resumes: Callable[[Case], Conversation | None] = _nothing
    follows: Callable[[Case], None] = _nothing


def is_gentle(reminder: Reminder) -> bool:
    """Whether it leaves room in the budget for the dialogue's own contacts: all but the first of
    each kind about the dialogue, and the time of a meeting that one is to come to."""
    first_of_dialogue = reminder.kind in OF_THE_DIALOGUE and reminder.ordinal == 1
    return not first_of_dialogue and reminder.kind != INVITATION


def rank(reminder: Reminder) -> int:
    """Who goes first of those that are due at the same time: the dialogue, its second reminders,
    and then what may wait for another day."""
    if not is_gentle(reminder):
        return 0
    return 1 if reminder.kind in OF_THE_DIALOGUE else 2


def is_second_today(case: Case) -> bool:
    """Whether another contact has been made today, so that a gentle one had better wait."""
    if not is_gentle(case.reminder) or case.reminder.kind in OF_THE_DIALOGUE:
        return False
    today = local_date(case.calendar, case.now)
    return any(local_date(case.calendar, one.at) == today for one in _made(case))


def _made(case: Case) -> list[Made]:
    since = case.now - timedelta(days=15)
    return outbox.contacts_since(case.unit, case.profile.id, since, case.row.id)


def has_room(case: Case) -> bool:
    """Whether the week's budget allows one more contact. The gentle ones are counted by themselves:
    they take no place of the dialogue's, and a dialogue takes none of theirs. Only its second
    reminders make do with what nothing else has used: silence is an answer."""
    made = _made(case)
    budget = case.profile.budget_per_week
    if not _fits(case, made, budget):
        return False
    if not is_gentle(case.reminder):
        return True
    counted = made
    if case.reminder.kind not in OF_THE_DIALOGUE:
        counted = [one for one in made if _was_gentle(case.unit, one.slot_key)]
    return _fits(case, counted, budget - RESERVED)


def _fits(case: Case, made: Sequence[Made], most: int) -> bool:
    return within_budget([one.at for one in made], case.now, most, case.calendar)


def reminder_in(slot_key: str) -> str:
    """The id of the reminder that a contact's row says."""
    return slot_key.removeprefix(PREFIX).partition("@")[0]


def _was_gentle(unit: Unit, slot_key: str) -> bool:
    found = reminders.get_reminder(unit, reminder_in(slot_key))
    return found is None or is_gentle(found[0])


def next_week(
    case: Case, until: datetime | None, calendar: PersonCalendar | None = None
) -> Dropped:
    """The week's budget is used: on the next Monday's first morning, if that is before `until`.
    `calendar`: the person's, unless fewer days will do."""
    calendar = calendar or case.calendar
    today = local_date(calendar, case.now)
    monday = today + timedelta(days=8 - today.isoweekday())
    opens = next_opening(calendar, at_local(calendar, monday, MORNING))
    if opens is None or (until is not None and opens >= until):
        return Dropped("weekly budget")
    reminders.move(case.unit, case.reminder.id, opens)
    return Dropped("next week")
