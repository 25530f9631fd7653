"""A reminder whose time has come becomes words: the gate, the budget, and the dialogue's start.

The working-hours gate is asked here, in the transaction that starts the sending, so that no
outage or wait can carry a contact into somebody's evening.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from bot.contacts import CONTACTS, Contact
from bot.contacts.case import STALE, Case, Dropped, Opens, has_room, is_second_today, reminder_in
from bot.parts import Parts
from bot.planning import next_morning
from bot.talk import Talk
from flows.calendar import may_contact, next_opening
from storage import conversations, outbox, people, reminders
from storage.database import Unit
from storage.outbox import Outgoing

CLOSED_THERE = "closed by the person"


class Opened(NamedTuple):
    row: Outgoing


class Later(NamedTuple):
    at: datetime
    reason: str = "outside working hours"


Opening = Opened | Later | Dropped


def open_contact(unit: Unit, parts: Parts, row: Outgoing) -> Opening:
    """Decides about a claimed contact, and gives it its words if it may be said now."""
    now = parts.clock()
    found = reminders.get_reminder(unit, reminder_in(row.slot_key))
    if found is None or found[1] != "fired":
        return Dropped("taken back")
    profile = people.get_person(unit, row.person)
    calendar = parts.calendar(unit, profile, now)
    case = Case(unit, parts, row, found[0], profile, calendar, now)
    contact = CONTACTS[case.reminder.kind]
    if profile.status != "active" or not contact.alive(case):
        return Dropped("no longer wanted")
    decided = _decide(case, contact)
    if not isinstance(decided, Later):
        contact.follows(case)
    return decided


def try_again(unit: Unit, row: Outgoing, at: datetime, reason: str) -> None:
    """A row that did not arrive. A contact has then not been said: its words are decided anew, so
    that the gate, what was answered and what was taken back in the meantime all count."""
    if row.kind == "contact":
        outbox.close_again(unit, row)
        conversations.leave_unsaid(unit, row.conversation)
    outbox.put_back(unit, row, at, reason)


def part_waits(unit: Unit, parts: Parts, row: Outgoing) -> datetime | None:
    """Until when the rest of a contact waits that was held up into somebody's time off."""
    if row.kind != "part":
        return None
    now = parts.clock()
    calendar = parts.calendar(unit, people.get_person(unit, row.person), now)
    opens = next_opening(calendar, now)
    return opens if opens and opens > now else None


def _decide(case: Case, contact: Contact) -> Opening:
    if case.now - case.row.planned_at > STALE:
        return Dropped("too late")
    reached = people.reached_at(case.unit, case.profile.id)
    if reached is not None and reached.is_closed:
        return Dropped(CLOSED_THERE)
    if not may_contact(case.calendar, case.now):
        return _wait(case)
    opens = contact.opens(case)
    if isinstance(opens, Dropped):
        return opens
    if not contact.asked_for(case):
        if not has_room(case):
            return Dropped("weekly budget")
        morning = None if opens.today else next_morning(case.calendar, case.now)
        in_time = morning is not None and morning - case.row.planned_at <= STALE
        if morning is not None and in_time and is_second_today(case):
            return Later(morning, "one contact a day is enough")
    return _open(case, contact, opens)


def _wait(case: Case) -> Opening:
    opens = next_opening(case.calendar, case.now)
    if opens is None or opens - case.row.planned_at > STALE:
        return Dropped("away")
    return Later(opens)


def _open(case: Case, contact: Contact, opens: Opens) -> Opening:
    talk = Talk(case.unit, case.parts, case.profile)
    begun = contact.resumes(case)
    if begun is None:
        talk.begin(opens.dialogue, opens.about)
    else:
        talk.offer(begun)
    conversation, message = talk.said.pop(0)
    body = message.model_dump_json(exclude_defaults=True)
    row = outbox.fill(case.unit, case.row, case.profile, conversation or "", body)
    # Opened anew it has other parts: some of the first ones may be on their way.
    talk.flush(f"{case.row.slot_key}:{case.row.attempt}", first=1, kind="part")
    return Opened(row)
