"""Effects on agreements: with oneself, with their reminders; and of the two."""

from __future__ import annotations

from datetime import timedelta

from bot.effects.doing import Doing
from bot.planning import MORNING, plan_cadence
from flows.cadence import Cadence as Rule
from flows.calendar import next_working_day
from flows.conversation import Place
from flows.path import walk
from flows.turn import Effect
from storage import agreements, cadences, reminders
from storage.agreements import Agreement, Body

A_WHILE = timedelta(days=5)
WEEKS = {"weekly": 1, "every-2-weeks": 2, "every-4-weeks": 4}
TEXT, KIND, HOW, RHYTHM = "agreement-text", "agreement-kind", "agreement-how", "agreement-rhythm"


def save_agreements(doing: Doing, effect: Effect) -> None:
    """All that the review showed; what is no longer on the path is taken back."""
    dialogue = doing.parts.catalogue[doing.conversation.dialogue]
    kept = walk(dialogue, doing.conversation).places()
    for answer in doing.conversation.answers:
        if answer.step != TEXT or not isinstance(answer.value, str):
            continue
        if effect.undone or answer.place not in kept:
            _end_at(doing, answer.place)
        else:
            _save(doing, answer.place, answer.value)


def _save(doing: Doing, place: Place, text: str) -> None:
    rhythm = doing.words(RHYTHM, place.item) or "never"
    body = Body(text, doing.words(HOW, place.item), None, rhythm)
    kind = doing.words(KIND, place.item) or "other"
    if _stands(doing, place, kind, body):
        return
    made = agreements.make_agreement(
        doing.unit,
        doing.parts.ids,
        doing.now,
        doing.profile,
        doing.conversation.id,
        place,
        kind,
        body,
    )
    set_rhythm(doing, made, rhythm)


def _stands(doing: Doing, place: Place, kind: str, body: Body) -> bool:
    """Whether it was saved in these very words: then it rests, or is let go, as it was since."""
    found = agreements.agreement_at(doing.unit, doing.conversation.id, place)
    kept = _get(doing, found) if found else None
    if kept is None or kept.state == "dropped":
        return False
    return kept.kind == kind and agreements.body_of(kept) == body


def _end_at(doing: Doing, place: Place) -> None:
    found = agreements.agreement_at(doing.unit, doing.conversation.id, place)
    if found:
        _set_state(doing, found, "dropped")


def set_rhythm(doing: Doing, agreement: str, rhythm: str) -> None:
    """Reminders of the agreement in its rhythm, the first not before it has had some days."""
    old = cadences.cadence_of_agreement(doing.unit, agreement)
    if old:
        reminders.set_state(doing.unit, old.id, None, "dropped")
    cadences.end_cadence(doing.unit, agreement=agreement)
    if rhythm not in WEEKS:
        return
    calendar = doing.parts.calendar(doing.unit, doing.profile, doing.now)
    first = next_working_day(calendar, doing.today)
    if first is None:
        return
    rule = Rule(anchor=first, every_weeks=WEEKS[rhythm], at=MORNING)
    cadence = cadences.begin_cadence(
        doing.unit, doing.parts.ids, doing.profile.id, rule, agreement=agreement
    )
    plan_cadence(doing.unit, doing.parts, cadence, doing.now + A_WHILE)


def change_agreement(doing: Doing, effect: Effect) -> None:
    """What was chosen for one agreement in the contract."""
    found = _get(doing, str(doing.item(effect).get("id", "")))
    if found and not effect.undone:
        _adjust(doing, found, str(effect.value), effect.place.item)


def adjust_agreement(doing: Doing, effect: Effect) -> None:
    """What was chosen for the agreement that the check is about."""
    found = _get(doing, doing.about.agreement or "")
    if found and not effect.undone:
        _adjust(doing, found, str(effect.value), effect.place.item)


def _adjust(doing: Doing, agreement: Agreement, choice: str, item: int) -> None:
    if choice == "change":
        _reword(doing, agreement, item)
    elif choice == "rest":
        _set_state(doing, agreement.id, "resting")
    elif choice == "end":
        _set_state(doing, agreement.id, "ended")
    elif choice == "wake" or (choice == "keep" and _was_active(doing, agreement)):
        _set_state(doing, agreement.id, "active")
        set_rhythm(doing, agreement.id, agreement.rhythm)


def _was_active(doing: Doing, agreement: Agreement) -> bool:
    """Whether somebody who now says "keep" had first let it rest, or go, in this conversation."""
    return agreement.state != "active" and not any(
        one.get("resting") for one in doing.listed("agreements") if one.get("id") == agreement.id
    )


def _reword(doing: Doing, agreement: Agreement, item: int) -> None:
    text = doing.words("new-text", item) or agreement.text
    rhythm = doing.words("new-rhythm", item) or agreement.rhythm
    body = agreements.body_of(agreement)._replace(text=text, rhythm=rhythm)
    agreements.change_agreement(
        doing.unit, doing.now, doing.profile, agreement.id, body=body, state="active"
    )
    if rhythm != agreement.rhythm or agreement.state != "active":
        set_rhythm(doing, agreement.id, rhythm)


def _set_state(doing: Doing, agreement: str, state: str) -> None:
    agreements.change_agreement(doing.unit, doing.now, doing.profile, agreement, state=state)
    if state != "active":
        set_rhythm(doing, agreement, "never")


def _get(doing: Doing, agreement: str) -> Agreement | None:
    return agreements.get_agreement(doing.unit, doing.profile, agreement)


def record_check(doing: Doing, effect: Effect) -> None:
    if effect.value and not effect.undone and doing.about.agreement:
        agreements.record_check(
            doing.unit, doing.parts.ids, doing.profile, doing.about.agreement, doing.today,
            str(effect.value),
        )  # fmt: skip


def save_our_agreement(doing: Doing, effect: Effect) -> None:
    """What the two agreed, as this person noted it; theirs alone until they share it."""
    place = Place("agreed-text", effect.place.item)
    text = doing.words("agreed-text", effect.place.item)
    pair = doing.pair()
    if effect.undone or not text:
        _end_at(doing, place)
        return
    if pair is None:
        return
    body = Body(text, "", doing.words("agreed-day", effect.place.item) or None)
    agreements.make_agreement(
        doing.unit, doing.parts.ids, doing.now, doing.profile, doing.conversation.id, place,
        "shared-work", body, pair.id,
    )  # fmt: skip
