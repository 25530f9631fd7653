"""What follows from an event: the next conversation, what is said, what changes in the world."""

from __future__ import annotations

from typing import Literal

from pydantic import JsonValue

from flows.conversation import NO_ITEM, Conversation, Place
from flows.model import Frozen

Note = Literal[
    "further-on",
    "not-understood",
    "empty",
    "too-long",
    "bad-date",
    "past-date",
    "bad-form",
    "choose-some",
    "resting",
    "nothing-before",
    "which-answer",
    "withdrawn",
    "already-withdrawn",
    "cannot-skip",
    "changed",
    "where",
    "finished",
]


class Choosing(Frozen):
    """A button beside those of the step: what it chooses, and the words that name it."""

    choice: str
    word: str
    about: Place | None = None


class Told(Frozen):
    """Something to say: a step of the dialogue, or a note in the words common to all."""

    place: Place | None = None
    asks: bool = False
    spelled: bool = False
    """With its choices in the text, for those who see no buttons."""
    note: str | None = None
    """A key of the common notes: the engine's own are `Note`, effects add theirs."""
    slots: dict[str, str] = {}
    choices: tuple[Choosing, ...] = ()

    @property
    def name(self) -> str:
        """For transcripts: the step's id, or the note in brackets."""
        if self.place is None:
            return f"[{self.note}]"
        return (
            self.place.step
            if self.place.item == NO_ITEM
            else f"{self.place.step}#{self.place.item}"
        )


class Effect(Frozen):
    """A named change of the world, to be done in the same transaction, safe to do again.

    `undone`: the place is no longer on the path, so what it once did is taken back.
    """

    name: str
    place: Place
    value: JsonValue = None
    undone: bool = False


class Turn(Frozen):
    conversation: Conversation
    says: tuple[Told, ...] = ()
    effects: tuple[Effect, ...] = ()
