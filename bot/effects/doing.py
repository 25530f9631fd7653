"""One effect being carried out: in which transaction, for whom, and what it answers back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic import JsonValue

from bot.parts import About, Parts, today_of
from flows.conversation import NO_ITEM, Conversation, Place
from flows.model import Language
from flows.path import rounds_of
from flows.turn import Effect
from storage import pairs
from storage.database import Unit
from storage.pairs import Pair
from storage.people import Profile


class Misfit(NamedTuple):
    """What was answered does not fit the world, so the step `at` is asked anew. `note`: of the
    words common to all."""

    note: str
    at: str
    slots: Mapping[str, str] = {}


@dataclass
class Doing:
    """`notes`, `opens` (a dialogue, and what it is about), `language`, `facts`, `misfit` and
    `erased` are what an effect says back to the turn. `facts`: what it has found out, for the words
    of this very turn and after it. `misfit`: the turn is not taken; an effect says so before it has
    changed anything."""

    unit: Unit
    parts: Parts
    profile: Profile
    now: datetime
    about: About
    conversation: Conversation
    notes: list[str] = field(default_factory=list)
    opens: str | None = None
    opens_about: About | None = None
    language: Language | None = None
    facts: dict[str, JsonValue] = field(default_factory=dict)
    misfit: Misfit | None = None
    erased: bool = False

    @property
    def today(self) -> date:
        return today_of(self.profile, self.now)

    def answer(self, step: str, item: int = NO_ITEM) -> JsonValue:
        """What was answered at a step of the same round, or outside of it."""
        answered = self.conversation.answered()
        found = answered.get(Place(step, item)) or answered.get(Place(step))
        return found.value if found else None

    def words(self, step: str, item: int = NO_ITEM) -> str:
        value = self.answer(step, item)
        return value if isinstance(value, str) else ""

    def item(self, effect: Effect) -> dict[str, Any]:
        """The entry of the fact that the effect's repeat goes over; empty if there is none."""
        dialogue = self.parts.catalogue[self.conversation.dialogue]
        group = dialogue.groups.get(effect.place.step)
        rounds = rounds_of(self.conversation, dialogue.every_step[group]) if group else []
        one = rounds[effect.place.item] if 0 <= effect.place.item < len(rounds) else None
        return one if isinstance(one, dict) else {}

    def listed(self, fact: str) -> list[dict[str, Any]]:
        """The entries of a fact that is a list."""
        found = self.conversation.facts.get(fact)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def pair(self) -> Pair | None:
        """The pair that the conversation began in, if it is still open: never a later one."""
        return pairs.open_pair(self.unit, self.about.pair) if self.about.pair else None
