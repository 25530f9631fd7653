"""Effects on what is kept about one: export, erasure; and the way from one dialogue to another."""

from __future__ import annotations

from bot.course.meeting_leaving import go_on_without
from bot.effects.doing import Doing
from flows.turn import Effect
from storage import audit, erase


def open_dialogue(doing: Doing, effect: Effect) -> None:
    """An option that is a dialogue's id begins it; any other option is just an answer."""
    if not effect.undone and effect.value in doing.parts.catalogue.dialogues:
        doing.opens = str(effect.value)


def export_data(doing: Doing, effect: Effect) -> None:
    """The export itself is made when its link is opened; that it was asked for is noted."""
    if effect.value == "export" and not effect.undone:
        audit.note(doing.unit, doing.now, "export asked for", doing.profile.id)


def erase_me(doing: Doing, effect: Effect) -> None:
    if effect.value == "delete" and not effect.undone:
        audit.note(doing.unit, doing.now, "erased on own request", None)
        doing.parts.erase_log.append(doing.profile.id, doing.now.date())
        go_on_without(doing.unit, doing.parts, doing.profile.id)
        erase.delete_rows(doing.unit, doing.profile.id)
        doing.erased = True
