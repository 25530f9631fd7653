"""What follows when an answer is read well, but there is nothing in the world that fits it: a name
that nobody has, a group that has ended. Pure; whoever knows the world says so."""

from __future__ import annotations

from datetime import date

from flows import engine
from flows.conversation import Conversation, Place
from flows.events import Say
from flows.model import Dialogue
from flows.turn import Told, Turn


def asked_anew(dialogue: Dialogue, before: Conversation, told: Told, at: str, today: date) -> Turn:
    """The turn instead of the one that was not to be: `told` is said, and the step `at` is asked.
    Nothing is kept of the answer, and buttons that were shown before are old ones now."""
    answered = Place(at) in before.answered()
    back = before.having(turn=before.turn + 1, revising=Place(at) if answered else None)
    turn = engine.advance(dialogue, back, Say(today=today, control="again"))
    return turn.model_copy(update={"says": (told, *turn.says)})
