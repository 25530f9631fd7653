"""One digest for all whom a nearest leader is about to talk with, however many are due."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.parts import about_from
from storage import cadences, conversations, outbox, reminders
from storage.database import Unit
from storage.people import Profile
from storage.reminders import Reminder

BACK = timedelta(days=4)


def other_pairs(
    unit: Unit, profile: Profile, reminder: Reminder, now: datetime, prefix: str
) -> tuple[str, ...]:
    """The pairs of the other digests that are due by now and were not made yet."""
    due = reminders.due_of(unit, profile.id, reminder.kind, now - BACK, now)
    others = (one for one in due if one.id != reminder.id and not _said(unit, profile, one, prefix))
    found = (cadences.cadence_by_id(unit, one.subject) for one in others if _wanted(unit, one))
    return tuple(cadence.pair for cadence in found if cadence and cadence.pair)


def in_another(
    unit: Unit, profile: Profile, reminder: Reminder, now: datetime, pair: str | None, prefix: str
) -> bool:
    """Whether this digest's pair was in one that was made for another pair."""
    due = reminders.due_of(unit, profile.id, reminder.kind, now - BACK, now)
    said = (_said(unit, profile, one, prefix) for one in due if one.id != reminder.id)
    kept = (conversations.load(unit, profile, one) for one in said if one)
    return any(pair in about_from(one.about).others for one in kept if one)


def _said(unit: Unit, profile: Profile, reminder: Reminder, prefix: str) -> str | None:
    return outbox.said_in(unit, profile.id, f"{prefix}{reminder.id}@")


def _wanted(unit: Unit, reminder: Reminder) -> bool:
    return cadences.outcome_of(unit, reminder.subject, reminder.slot) in (None, "not-yet")
