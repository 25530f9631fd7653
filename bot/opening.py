"""A reminder whose time has come becomes words: the gate, the budget, and the dialogue's start.

The working-hours gate is asked here, in the transaction that starts the sending, so that no
outage or wait can carry a contact into somebody's evening.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from bot import digest
from bot.effects.dialogue import SNOOZES
from bot.parts import About, Parts
from bot.planning import next_morning, plan_cadence, slot_at
from bot.talk import Talk
from flows.calendar import PersonCalendar, may_contact, next_opening, within_budget
from flows.conversation import Conversation
from storage import agreements, cadences, conversations, outbox, pairs, people, reminders, shares
from storage.cadences import Cadence
from storage.database import Unit
from storage.outbox import Outgoing
from storage.people import Profile
from storage.reminders import Reminder

PREFIX = "reminder:"
INVITATIONS = ("invite", "invite-alone")
RESERVED = 2
"""Contacts of the weekly budget that only the dialogue itself may use."""
STALE = timedelta(days=4)
"""A contact that could not be made for so long is let go: the next one comes soon enough."""


class Opened(NamedTuple):
    row: Outgoing


class Later(NamedTuple):
    at: datetime


class Dropped(NamedTuple):
    reason: str


Opening = Opened | Later | Dropped


class _Case(NamedTuple):
    """A fired reminder with all that decides about it."""

    unit: Unit
    parts: Parts
    row: Outgoing
    reminder: Reminder
    profile: Profile
    calendar: PersonCalendar
    now: datetime


def open_contact(unit: Unit, parts: Parts, row: Outgoing) -> Opening:
    """Decides about a claimed contact, and gives it its words if it may be said now."""
    now = parts.clock()
    found = reminders.get_reminder(unit, row.slot_key.removeprefix(PREFIX).partition("@")[0])
    if found is None or found[1] != "fired":
        return Dropped("taken back")
    profile = people.get_person(unit, row.person)
    calendar = parts.calendar(unit, profile, now)
    case = _Case(unit, parts, row, found[0], profile, calendar, now)
    cadence = cadences.cadence_by_id(unit, found[0].subject)
    if cadence is None or profile.status != "active" or _parted(unit, cadence):
        return Dropped("no longer wanted")
    decided = _decide(case, cadence)
    if not isinstance(decided, Later):
        _plan_what_follows(case, cadence)
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


def _parted(unit: Unit, cadence: Cadence) -> bool:
    """Whether a dialogue's pair is closed, or one of the two is erased."""
    return cadence.kind == "dialogue" and not pairs.open_pair(unit, cadence.pair or "")


def _decide(case: _Case, cadence: Cadence) -> Opening:
    if case.now - case.row.planned_at > STALE:
        return Dropped("too late")
    if not may_contact(case.calendar, case.now):
        return _wait(case)
    about = KINDS[case.reminder.kind](case, cadence)
    if isinstance(about, Dropped):
        return about
    if not _asked_for(case) and not _within_budget(case):
        return Dropped("weekly budget")
    return _open(case, about)


def _wait(case: _Case) -> Opening:
    opens = next_opening(case.calendar, case.now)
    if opens is None or opens - case.row.planned_at > STALE:
        return Dropped("away")
    return Later(opens)


def _asked_for(case: _Case) -> bool:
    """Put off to now by the person, or "not yet": what was promised is kept. A dialogue that was
    moved is reminded of again, but nobody asked for that: the budget counts."""
    reminder = case.reminder
    if reminder.kind == "after" and reminder.ordinal > 1:
        outcome = cadences.outcome_of(case.unit, reminder.subject, reminder.slot)
        return outcome == "not-yet"
    if reminder.kind != "prepare":
        return False
    before = outbox.said_in(case.unit, case.profile.id, f"{PREFIX}{reminder.id}@")
    kept = conversations.load(case.unit, case.profile, before) if before else None
    return kept is not None and any(
        answer.step in INVITATIONS and answer.value in SNOOZES
        for answer in kept.conversation.answers
    )


def _within_budget(case: _Case) -> bool:
    """The dialogue's own contacts may use the whole budget; all else leaves room for them."""
    gentle = case.reminder.kind == "agreement" or case.reminder.ordinal > 1
    budget = case.profile.budget_per_week - (RESERVED if gentle else 0)
    since = case.now - timedelta(days=15)
    made = outbox.contacts_since(case.unit, case.profile.id, since)
    return within_budget(made, case.now, budget, case.calendar)


def _open(case: _Case, about: About) -> Opening:
    talk = Talk(case.unit, case.parts, case.profile)
    begun = _begun_before(case)
    if begun is None:
        talk.begin(DIALOGUES[case.reminder.kind], about)
    else:
        talk.offer(begun)
    conversation, message = talk.said.pop(0)
    body = message.model_dump_json(exclude_defaults=True)
    row = outbox.fill(case.unit, case.row, case.profile, conversation or "", body)
    # Opened anew it has other parts: some of the first ones may be on their way.
    talk.flush(f"{case.row.slot_key}:{case.row.attempt}", first=1, kind="part")
    return Opened(row)


def _begun_before(case: _Case) -> Conversation | None:
    """A preparation that was begun and left half-way: it is gone on with, not asked anew."""
    if case.reminder.kind != "prepare":
        return None
    for kept in conversations.all_open(case.unit, case.profile):
        fresh = case.now - kept.touched_at <= STALE
        if kept.conversation.dialogue == "fortnight" and kept.conversation.answers and fresh:
            return kept.conversation
    return None


def _prepare(case: _Case, cadence: Cadence) -> About | Dropped:
    slot = slot_at(case.unit, case.parts, case.profile, cadence, case.reminder.slot)
    if slot is None or slot.at <= case.now:
        return Dropped("the dialogue has been")
    return _about(case, cadence)


def _nearest(case: _Case, cadence: Cadence) -> About | Dropped:
    unit, profile, reminder, now = case.unit, case.profile, case.reminder, case.now
    leader = people.get_person(unit, cadence.person)
    slot = slot_at(unit, case.parts, leader, cadence, reminder.slot)
    if slot is None or slot.at <= now:
        return Dropped("the dialogue has been")
    if digest.in_another(unit, profile, reminder, now, cadence.pair, PREFIX):
        return Dropped("in the same digest")
    others = digest.other_pairs(unit, profile, reminder, now, PREFIX)
    return _about(case, cadence).model_copy(update={"others": others})


def _after(case: _Case, cadence: Cadence) -> About | Dropped:
    if case.now - case.reminder.due_at > STALE:
        return Dropped("too late")
    outcome = cadences.outcome_of(case.unit, cadence.id, case.reminder.slot)
    if outcome not in (None, "not-yet"):
        return Dropped("already told")
    return _about(case, cadence)


def _agreement(case: _Case, cadence: Cadence) -> About | Dropped:
    found = agreements.get_agreement(case.unit, case.profile, cadence.agreement or "")
    if found is None or found.state != "active":
        return Dropped("at rest")
    return _about(case, cadence).model_copy(update={"agreement": found.id})


def _about(case: _Case, cadence: Cadence) -> About:
    reminder = case.reminder
    return About(pair=cadence.pair, cadence=cadence.id, slot=reminder.slot, reminder=reminder.id)


def _from_nearest(case: _Case, cadence: Cadence) -> About | Dropped:
    about = _prepare(case, cadence)
    pair = pairs.open_pair(case.unit, cadence.pair or "")
    if isinstance(about, Dropped) or pair is None:
        return about if pair else Dropped("no longer wanted")
    found = shares.shared_with(case.unit, case.profile, pair.nearest_leader)
    return about if any(one.kind == "own-point" for one in found) else Dropped("taken back")


KINDS: dict[str, Callable[[_Case, Cadence], About | Dropped]] = {
    "prepare": _prepare,
    "nearest": _nearest,
    "from-nearest": _from_nearest,
    "after": _after,
    "agreement": _agreement,
}
DIALOGUES = {
    "prepare": "fortnight",
    "nearest": "nearest-leader",
    "from-nearest": "shared-with-me",
    "after": "after-dialogue",
    "agreement": "contract-check",
}


def _plan_what_follows(case: _Case, cadence: Cadence) -> None:
    """The one more reminder that an unanswered contact gets, and the series' next occasion."""
    reminder = case.reminder
    if reminder.kind in ("prepare", "after") and reminder.ordinal == 1:
        _plan_second(case)
    if reminder.kind in ("after", "agreement"):
        plan_cadence(case.unit, case.parts, cadence, _end_of(case))


def _plan_second(case: _Case) -> None:
    morning = next_morning(case.calendar, case.now)
    if morning:
        reminder = case.reminder
        row = (reminder.person, reminder.kind, reminder.subject, reminder.slot, 2, morning)
        reminders.plan(case.unit, case.parts.ids, [row])


def _end_of(case: _Case) -> datetime:
    """From when on the series goes on: never the occasion that was just dealt with."""
    tomorrow = timedelta(days=1)
    if case.reminder.kind == "agreement":
        return case.now + tomorrow
    return max(case.now, case.reminder.due_at)
