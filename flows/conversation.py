"""One person in one dialogue. The state is the answers; where it stands is worked out."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from pydantic import JsonValue

from flows.model import Frozen, Language

NO_ITEM = -1
SKIPPED = None


class Place(NamedTuple):
    """A step and, inside a repeat, which round of it (from 0; NO_ITEM outside)."""

    step: str
    item: int = NO_ITEM


class Answer(Frozen):
    """What was answered at a place, and the turn in which it was asked for.

    `value` by kind: text str; choice, confirm str; many list of option ids; scale int 1-5;
    date "YYYY-MM-DD"; share {"decision": "share" | "keep" | "lapsed", "text": exactly what was
    previewed}, lapsed when the path left it, so that it is asked for again;
    repeat "more" | "enough"; skipped None.
    """

    step: str
    item: int = NO_ITEM
    value: JsonValue
    turn: int

    @property
    def place(self) -> Place:
        return Place(self.step, self.item)


class Conversation(Frozen):
    id: str
    dialogue: str
    version: int
    language: Language = "da"
    turn: int = 0
    """Counts what was accepted; a button carries the turn that it was shown in."""
    status: Literal["open", "done", "left"] = "open"
    answers: tuple[Answer, ...] = ()
    facts: dict[str, JsonValue] = {}
    """What was known at the start, so that walking gives the same path on every day."""
    revising: Place | None = None
    """An answered place that is being asked again; its answer stands until the new one."""

    def answered(self) -> dict[Place, Answer]:
        return {answer.place: answer for answer in self.answers}

    def having(self, **changes: Any) -> Conversation:
        return self.model_copy(update=changes)
