"""The contacts around a pair's dialogue: before it, to both, and after it."""

from __future__ import annotations

from bot import digest
from bot.contacts.case import PREFIX, STALE, Case, Contact, Dropped, Opens
from bot.effects.dialogue import SNOOZES
from bot.parts import About
from bot.planning import next_morning, plan_cadence, slot_at
from flows.conversation import Conversation
from storage import cadences, conversations, outbox, pairs, people, reminders, shares
from storage.cadences import Cadence
from storage.pairs import Pair

INVITATIONS = ("invite", "invite-alone")


def cadence_of(case: Case) -> Cadence | None:
    return cadences.cadence_by_id(case.unit, case.reminder.subject)


def about_cadence(case: Case, cadence: Cadence) -> About:
    reminder = case.reminder
    return About(pair=cadence.pair, cadence=cadence.id, slot=reminder.slot, reminder=reminder.id)


def _series(case: Case) -> tuple[Cadence, Pair] | None:
    """None once the series or the pair has ended, or one of the two is erased."""
    cadence = cadence_of(case)
    pair = pairs.open_pair(case.unit, cadence.pair or "") if cadence else None
    return (cadence, pair) if cadence and pair else None


def _alive(case: Case) -> bool:
    return _series(case) is not None


def _has_been(case: Case, cadence: Cadence) -> bool:
    leader = people.get_person(case.unit, cadence.person)
    slot = slot_at(case.unit, case.parts, leader, cadence, case.reminder.slot)
    return slot is None or slot.at <= case.now


def _prepare(case: Case) -> Opens | Dropped:
    cadence, _ = _still(case)
    if _has_been(case, cadence):
        return Dropped("the dialogue has been")
    if _overtaken(case):
        return Dropped("the second is out")
    return Opens("fortnight", about_cadence(case, cadence))


def _nearest(case: Case) -> Opens | Dropped:
    cadence, _ = _still(case)
    unit, profile, reminder, now = case.unit, case.profile, case.reminder, case.now
    if _has_been(case, cadence):
        return Dropped("the dialogue has been")
    if digest.in_another(unit, profile, reminder, now, cadence.pair, PREFIX):
        return Dropped("in the same digest")
    others = digest.other_pairs(unit, profile, reminder, now, PREFIX)
    about = about_cadence(case, cadence).model_copy(update={"others": others})
    return Opens("nearest-leader", about)


def _from_nearest(case: Case) -> Opens | Dropped:
    cadence, pair = _still(case)
    if _has_been(case, cadence):
        return Dropped("the dialogue has been")
    found = shares.shared_with(case.unit, case.profile, pair.nearest_leader)
    if not any(one.kind == "own-point" for one in found):
        return Dropped("taken back")
    return Opens("shared-with-me", about_cadence(case, cadence))


def _after(case: Case) -> Opens | Dropped:
    cadence, _ = _still(case)
    if case.now - case.reminder.due_at > STALE:
        return Dropped("too late")
    outcome = cadences.outcome_of(case.unit, cadence.id, case.reminder.slot)
    if outcome not in (None, "not-yet"):
        return Dropped("already told")
    if _overtaken(case):
        return Dropped("the second is out")
    return Opens("after-dialogue", about_cadence(case, cadence))


def _still(case: Case) -> tuple[Cadence, Pair]:
    found = _series(case)
    if found is None:
        raise LookupError("the series has ended: `alive` is asked first")
    return found


def _second(case: Case) -> bool:
    return case.reminder.ordinal > 1


def _overtaken(case: Case) -> bool:
    """A first one that was in doubt until its second came: one of them is enough."""
    reminder, since = case.reminder, case.row.planned_at
    later = reminders.due_of(case.unit, reminder.person, reminder.kind, since, case.now)
    about = (reminder.subject, reminder.slot, reminder.ordinal + 1)
    return any((one.subject, one.slot, one.ordinal) == about for one in later)


def _put_off(case: Case) -> bool:
    """Put off to now by the person. A dialogue that was moved is reminded of again, but nobody
    asked for that, however they once put it off: the budget counts."""
    before = outbox.said_in(case.unit, case.profile.id, f"{PREFIX}{case.reminder.id}@")
    kept = conversations.load(case.unit, case.profile, before) if before else None
    if kept is None or case.now - kept.touched_at > STALE:
        return False
    return any(
        answer.step in INVITATIONS and answer.value in SNOOZES
        for answer in kept.conversation.answers
    )


def _said_not_yet(case: Case) -> bool:
    """What was promised is kept."""
    reminder = case.reminder
    outcome = cadences.outcome_of(case.unit, reminder.subject, reminder.slot)
    return _second(case) and outcome == "not-yet"


def _begun_before(case: Case) -> Conversation | None:
    """A preparation that was begun and left half-way: it is gone on with, not asked anew."""
    for kept in conversations.all_open(case.unit, case.profile):
        fresh = case.now - kept.touched_at <= STALE
        if kept.conversation.dialogue == "fortnight" and kept.conversation.answers and fresh:
            return kept.conversation
    return None


def _once_more(case: Case) -> None:
    """The one more reminder that an unanswered contact gets, on the next working morning."""
    morning = next_morning(case.calendar, case.now)
    reminder = case.reminder
    if morning and not _second(case):
        row = (reminder.person, reminder.kind, reminder.subject, reminder.slot, 2, morning)
        reminders.plan(case.unit, case.parts.ids, [row])


def _next_occasion(case: Case) -> None:
    """Never the occasion that was just dealt with."""
    _once_more(case)
    cadence = cadence_of(case)
    if cadence is not None:
        after = max(case.now, case.reminder.due_at)
        plan_cadence(case.unit, case.parts, cadence, after)


CONTACTS = {
    "prepare": Contact(
        _prepare, _alive, asked_for=_put_off, resumes=_begun_before, follows=_once_more
    ),
    "nearest": Contact(_nearest, _alive),
    "from-nearest": Contact(_from_nearest, _alive),
    "after": Contact(_after, _alive, asked_for=_said_not_yet, follows=_next_occasion),
}  # fmt: skip
