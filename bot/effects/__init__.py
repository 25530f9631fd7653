"""What a dialogue may change in the world, by the name that its definition uses.

Each is done in the transaction of the turn, is safe to do again, and takes back what it did
when it comes `undone`.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.course import leader_effects, meeting_effects
from bot.effects import agreements, dialogue, points, privacy, profile, rhythm
from bot.effects.doing import Doing
from flows.turn import Effect

EFFECTS: dict[str, Callable[[Doing, Effect], None]] = {
    "set-language": profile.set_language,
    "set-zone": profile.set_zone,
    "set-working-days": profile.set_working_days,
    "set-hours": profile.set_hours,
    "add-leave": profile.add_leave,
    "set-own-messages": profile.set_own_messages,
    "set-own-words": profile.set_own_words,
    "confirm-nearest-leader": profile.confirm_nearest_leader,
    "correct-nearest-leader": profile.correct_nearest_leader,
    "set-pause": profile.set_pause,
    "set-dialogue-cadence": dialogue.set_dialogue_cadence,
    "snooze": dialogue.put_off,
    "finish-preparation": dialogue.finish_preparation,
    "record-talk": dialogue.record_talk,
    "move-dialogue": dialogue.move_dialogue,
    "move-next": dialogue.move_next,
    "record-pulse": points.record_pulse,
    "save-note": points.save_note,
    "keep-point": points.keep_point,
    "carry-point": points.carry_point,
    "close-point": points.close_point,
    "share": points.share,
    "share-own-point": points.share_own_point,
    "withdraw-share": points.withdraw_share,
    "save-agreements": agreements.save_agreements,
    "change-agreement": agreements.change_agreement,
    "adjust-agreement": agreements.adjust_agreement,
    "record-check": agreements.record_check,
    "save-our-agreement": agreements.save_our_agreement,
    "offer-whom": rhythm.offer_whom,
    "find-whom": rhythm.find_whom,
    "foresee-rhythm": rhythm.foresee,
    "set-rhythm": rhythm.set_rhythm,
    "open-dialogue": privacy.open_dialogue,
    "export-data": privacy.export_data,
    "erase-me": privacy.erase_me,
    **leader_effects.EFFECTS,
    **meeting_effects.EFFECTS,
}


def carry_out(doing: Doing, effect: Effect) -> None:
    """Does one effect. After an erasure there is nobody left to do the rest for, and what does not
    fit has nothing follow from it."""
    if not doing.erased and doing.misfit is None:
        EFFECTS[effect.name](doing, effect)


__all__ = ["EFFECTS", "Doing", "carry_out"]
