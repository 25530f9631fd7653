"""When whom to contact: reminders before and after each dialogue, and for each agreement."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.course import plans
from bot.parts import Parts
from bot.rhythm import calendar_for
from flows.cadence import Slot, next_slot
from flows.calendar import (
    PersonCalendar,
    at_local,
    local_date,
    next_opening,
    next_working_day,
    working_days_before,
)
from storage import cadences, outbox, pairs, people, reminders
from storage.cadences import Cadence
from storage.database import Unit
from storage.people import Profile
from storage.reminders import Reminder

MORNING = time(9, 5)
AFTERWARDS = timedelta(hours=1)
PREPARE_DAYS, NEAREST_DAYS = 2, 1
DIALOGUE_KINDS = ("prepare", "nearest", "from-nearest", "after")
PUT_OFF_AT_MOST = timedelta(days=4)
"""Longer than that nobody remembers what they have put off."""

Planned = tuple[str, str, str, date, int, datetime]


class Occasion(NamedTuple):
    """One dialogue of a pair: its cadence, and its slot in the series."""

    cadence: Cadence
    slot: Slot


def next_occasion(unit: Unit, parts: Parts, leader: Profile, after: datetime) -> Occasion | None:
    """The leader's next dialogue with their nearest leader."""
    pair = pairs.pair_of(unit, leader.id)
    cadence = cadences.cadence_of_pair(unit, pair.id) if pair else None
    if cadence is None:
        return None
    slot = slot_after(unit, parts, leader, cadence, after)
    return Occasion(cadence, slot) if slot else None


def slot_after(
    unit: Unit, parts: Parts, person: Profile, cadence: Cadence, after: datetime
) -> Slot | None:
    calendar = calendar_for(unit, parts, person, cadence.kind, after)
    overrides = cadences.overrides_of(unit, cadence, calendar)
    return next_slot(cadence.rule, calendar, after, overrides)


def slot_at(
    unit: Unit, parts: Parts, person: Profile, cadence: Cadence, nominal: date
) -> Slot | None:
    """When the slot of that nominal date takes place; None when it does not (any more)."""
    calendar = calendar_for(unit, parts, person, cadence.kind, parts.clock())
    overrides = cadences.overrides_of(unit, cadence, calendar)
    moved = next((one for one in overrides if one.slot == nominal), None)
    if moved is not None:
        return Slot(nominal=nominal, at=moved.moved_to) if moved.moved_to else None
    just_before = at_local(calendar, nominal, time(0)) - timedelta(days=1)
    slot = next_slot(cadence.rule, calendar, just_before, overrides)
    return slot if slot and slot.nominal == nominal else None


def plan_cadence(unit: Unit, parts: Parts, cadence: Cadence, after: datetime) -> None:
    """Plans the reminders of the series' next occurrence after `after`."""
    person = people.get_person(unit, cadence.person)
    slot = slot_after(unit, parts, person, cadence, after)
    if slot is None:
        return
    if cadence.kind == "dialogue":
        _plan_dialogue(unit, parts, person, cadence, slot)
    else:
        _plan_own(unit, parts, person, cadence, slot)


def _plan_own(unit: Unit, parts: Parts, person: Profile, cadence: Cadence, slot: Slot) -> None:
    """What is about one person alone: an agreement with oneself, a digest."""
    opens = next_opening(parts.calendar(unit, person, slot.at), slot.at)
    if opens:
        row = (person.id, cadence.kind, cadence.id, slot.nominal, 1, opens)
        reminders.plan(unit, parts.ids, [row])


def _plan_dialogue(unit: Unit, parts: Parts, leader: Profile, cadence: Cadence, slot: Slot) -> None:
    now = parts.clock()
    pair = pairs.open_pair(unit, cadence.pair or "")
    if pair is None:
        return
    calendar = parts.calendar(unit, leader, now)
    theirs = people.get_person(unit, pair.nearest_leader)
    their_calendar = parts.calendar(unit, theirs, now)
    due = {
        "prepare": (leader.id, before(calendar, slot.at, PREPARE_DAYS, now)),
        "nearest": (theirs.id, before(their_calendar, slot.at, NEAREST_DAYS, now)),
        "after": (leader.id, next_opening(calendar, slot.at + AFTERWARDS)),
    }
    rows: list[Planned] = [
        (person, kind, cadence.id, slot.nominal, 1, at)
        for kind, (person, at) in due.items()
        if at is not None
    ]
    reminders.plan(unit, parts.ids, rows)


def plan_from_nearest(unit: Unit, parts: Parts, cadence: Cadence) -> None:
    """The leader hears, before the next dialogue, that the nearest leader has shared something:
    the next working morning, so that there is time to take it back."""
    leader = people.get_person(unit, cadence.person)
    now = parts.clock()
    slot = slot_after(unit, parts, leader, cadence, now)
    calendar = parts.calendar(unit, leader, now)
    morning = next_morning(calendar, now)
    if slot and morning:
        opens = morning if morning < slot.at else next_opening(calendar, now)
        if opens and opens < slot.at:
            row = (leader.id, "from-nearest", cadence.id, slot.nominal, 1, opens)
            reminders.plan(unit, parts.ids, [row])


def before(calendar: PersonCalendar, talk: datetime, days: int, now: datetime) -> datetime | None:
    """The morning that many working days before the dialogue, or the soonest opening after it
    has passed; None when there is none before the dialogue."""
    day = working_days_before(calendar, local_date(calendar, talk), days)
    wanted = at_local(calendar, day, MORNING) if day else now
    opens = next_opening(calendar, max(wanted, now))
    return opens if opens and opens < talk else None


def next_morning(calendar: PersonCalendar, now: datetime) -> datetime | None:
    day = next_working_day(calendar, local_date(calendar, now))
    return next_opening(calendar, at_local(calendar, day, MORNING)) if day else None


def replan_person(unit: Unit, parts: Parts, person: str) -> None:
    """After hours, days, leave or a pause have changed: what is planned is planned anew."""
    for cadence in cadences.cadences_around(unit, person):
        replan_cadence(unit, parts, cadence)
    plans.plan_person(unit, parts, person)


def replan_cadence(unit: Unit, parts: Parts, cadence: Cadence) -> None:
    """Plans the series anew; what was promised beside it stays, in the hours that there are now."""
    promised = [one for one in reminders.planned_of(unit, cadence.id) if _promised(unit, one)]
    reminders.set_state(unit, cadence.id, None, "dropped")
    plan_cadence(unit, parts, cadence, parts.clock())
    rows = (_moved_into_hours(unit, parts, cadence, one) for one in promised)
    reminders.plan(unit, parts.ids, [row for row in rows if row])


def _promised(unit: Unit, one: Reminder) -> bool:
    """Whether it is no part of the series itself: a second one, one that was put off by the person,
    or what the nearest leader has shared."""
    if one.kind not in DIALOGUE_KINDS:
        return False
    said = outbox.said_in(unit, one.person, f"{reminders.PREFIX}{one.id}@")
    return one.ordinal > 1 or one.kind == "from-nearest" or said is not None


def _moved_into_hours(unit: Unit, parts: Parts, cadence: Cadence, one: Reminder) -> Planned | None:
    """None once it has lost its sense: its dialogue is off, or it would come too late."""
    now = parts.clock()
    calendar = parts.calendar(unit, people.get_person(unit, one.person), now)
    opens = next_opening(calendar, max(one.due_at, now))
    if opens is None or opens - one.due_at > PUT_OFF_AT_MOST:
        return None
    if not _of_use(unit, parts, cadence, one, opens):
        return None
    return one.person, one.kind, one.subject, one.slot, one.ordinal, opens


def _of_use(unit: Unit, parts: Parts, cadence: Cadence, one: Reminder, at: datetime) -> bool:
    outcome = cadences.outcome_of(unit, cadence.id, one.slot)
    if outcome not in (None, "not-yet"):
        return False
    leader = people.get_person(unit, cadence.person)
    slot = slot_at(unit, parts, leader, cadence, one.slot)
    if one.kind == "after":
        return slot.at < at if slot else outcome == "not-yet"
    return slot is not None and at < slot.at


def ensure_planned(unit: Unit, parts: Parts) -> None:
    """Plans every active series that has nothing planned: mends what a bug or a restore left."""
    for cadence in cadences.unplanned_cadences(unit):
        plan_cadence(unit, parts, cadence, parts.clock())
    plans.ensure_planned(unit, parts)
