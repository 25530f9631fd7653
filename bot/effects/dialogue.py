"""Effects on the fortnightly dialogue: when it is, what became of it, what is reminded of."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.effects.doing import Doing
from bot.planning import (
    DIALOGUE_KINDS,
    next_morning,
    next_occasion,
    plan_cadence,
    replan_cadence,
    slot_after,
    slot_at,
)
from flows.cadence import Cadence as Rule
from flows.calendar import Snooze, snooze
from flows.turn import Effect
from storage import cadences, pairs, reminders, shares
from storage.cadences import Cadence

SNOOZES: dict[str, Snooze] = {"later-today": "later-today", "tomorrow-morning": "tomorrow-morning"}


def set_dialogue_cadence(doing: Doing, effect: Effect) -> None:
    pair = pairs.pair_of(doing.unit, doing.profile.id)
    first, weeks = doing.words("talk-first"), doing.words("talk-weeks")
    if effect.undone or pair is None or not (first and effect.value):
        return
    rule = Rule(
        anchor=date.fromisoformat(first),
        every_weeks=int(weeks.removeprefix("weeks-") or 2),
        at=time.fromisoformat(str(effect.value)),
    )
    old = cadences.cadence_of_pair(doing.unit, pair.id)
    if old:
        reminders.set_state(doing.unit, old.id, None, "dropped")
    cadence = cadences.begin_cadence(
        doing.unit, doing.parts.ids, doing.profile.id, rule, pair=pair.id
    )
    plan_cadence(doing.unit, doing.parts, cadence, doing.now)


def put_off(doing: Doing, effect: Effect) -> None:
    """Moves the reminder that brought the conversation, this once."""
    reminder = doing.about.reminder
    if effect.undone or reminder is None:
        return
    if effect.value == "not-this-time":
        finish_preparation(doing, effect)
    elif effect.value in SNOOZES:
        calendar = doing.parts.calendar(doing.unit, doing.profile, doing.now)
        again = snooze(calendar, SNOOZES[str(effect.value)], doing.now)
        if again is not None:
            _stop_second(doing)
            reminders.move(doing.unit, reminder, again)


def _stop_second(doing: Doing) -> None:
    """Whoever said when is asked then, and not by the second reminder as well."""
    if doing.about.cadence and doing.about.slot:
        reminders.set_state(
            doing.unit, doing.about.cadence, doing.about.slot, "done", kinds=("prepare",)
        )


def finish_preparation(doing: Doing, effect: Effect) -> None:
    """No more reminders to prepare this dialogue, also when nobody was reminded."""
    if effect.undone:
        return
    cadence, slot = _this_dialogue(doing)
    if cadence and slot:
        reminders.set_state(
            doing.unit, cadence.id, slot, "done", kinds=("prepare",), among=("planned", "fired")
        )


def _this_dialogue(doing: Doing) -> tuple[Cadence | None, date | None]:
    """The dialogue that the conversation is about: by its reminder, or the next there is."""
    about = doing.about
    if about.cadence:
        return cadences.cadence_by_id(doing.unit, about.cadence), about.slot
    occasion = next_occasion(doing.unit, doing.parts, doing.profile, doing.now)
    return (occasion.cadence, occasion.slot.nominal) if occasion else (None, None)


def record_talk(doing: Doing, effect: Effect) -> None:
    """What became of the dialogue; `not-yet` is asked about once more, the next working morning.

    The series goes on after the dialogue's own time, also when the two have talked before it.
    """
    if effect.undone or effect.value is None:
        return
    cadence, slot = _that_dialogue(doing)
    if cadence is None or slot is None:
        return
    cadences.note_occurrence(doing.unit, cadence.id, slot, outcome=str(effect.value))
    takes_place = slot_at(doing.unit, doing.parts, doing.profile, cadence, slot)
    ends = max(doing.now, takes_place.at) if takes_place else doing.now
    if effect.value != "not-yet":
        reminders.set_state(doing.unit, cadence.id, slot, "done", kinds=DIALOGUE_KINDS)
    elif ends == doing.now:
        _ask_tomorrow(doing, cadence, slot)
    if effect.value == "yes" and cadence.pair:
        shares.settle_own_points(doing.unit, cadence.pair)
    plan_cadence(doing.unit, doing.parts, cadence, ends)


def _ask_tomorrow(doing: Doing, cadence: Cadence, slot: date) -> None:
    calendar = doing.parts.calendar(doing.unit, doing.profile, doing.now)
    morning = next_morning(calendar, doing.now)
    if morning:
        row = (doing.profile.id, "after", cadence.id, slot, 2, morning)
        reminders.plan(doing.unit, doing.parts.ids, [row])


def _that_dialogue(doing: Doing) -> tuple[Cadence | None, date | None]:
    """The dialogue that was: by its reminder, or the one that is nearest to now.

    Somebody who talks earlier than planned has had the next one.
    """
    if doing.about.cadence:
        return _this_dialogue(doing)
    pair = pairs.pair_of(doing.unit, doing.profile.id)
    cadence = cadences.cadence_of_pair(doing.unit, pair.id) if pair else None
    if cadence is None:
        return None, None
    begun = doing.now - timedelta(weeks=cadence.rule.every_weeks) / 2
    slot = slot_after(doing.unit, doing.parts, doing.profile, cadence, begun)
    return cadence, slot.nominal if slot else None


def move_dialogue(doing: Doing, effect: Effect) -> None:
    """Moves the dialogue that the conversation is about; the series stays."""
    cadence, slot = _that_dialogue(doing)
    if cadence and slot:
        _move(doing, cadence, slot, effect)


def move_next(doing: Doing, effect: Effect) -> None:
    """Moves the dialogue after this one."""
    occasion = next_occasion(doing.unit, doing.parts, doing.profile, doing.now)
    cadence, slot = _that_dialogue(doing)
    if occasion and occasion.slot.nominal == slot:
        occasion = next_occasion(doing.unit, doing.parts, doing.profile, occasion.slot.at)
    if occasion and cadence:
        _move(doing, occasion.cadence, occasion.slot.nominal, effect)


def _move(doing: Doing, cadence: Cadence, slot: date, effect: Effect) -> None:
    if effect.undone or not effect.value:
        cadences.note_occurrence(doing.unit, cadence.id, slot, moved_to=None)
    else:
        day = date.fromisoformat(str(effect.value))
        cadences.note_occurrence(
            doing.unit, cadence.id, slot, moved_to=day, skipped=False, outcome=None
        )
        _remind_again(doing, cadence, slot)
    replan_cadence(doing.unit, doing.parts, cadence)


def _remind_again(doing: Doing, cadence: Cadence, slot: date) -> None:
    """A dialogue that was moved is to be prepared and followed up on its new day."""
    reminders.set_state(
        doing.unit, cadence.id, slot, "dropped", kinds=DIALOGUE_KINDS,
        among=("planned", "fired", "done"),
    )  # fmt: skip
