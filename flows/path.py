"""Where the answers have led: walks a dialogue from its first step over what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple

from pydantic import JsonValue

from flows.answers import fits
from flows.conversation import NO_ITEM, Answer, Conversation, Place
from flows.model import END, NEXT_ITEM, Condition, Dialogue, Step
from flows.predicates import PREDICATES


class Visit(NamedTuple):
    """A place that has been passed: said, or answered with `value` when turn `turn` asked."""

    place: Place
    step: Step
    value: JsonValue = None
    turn: int | None = None


class Path(NamedTuple):
    visits: tuple[Visit, ...]
    position: Place | None
    """What is to be asked now; None at the end."""

    def places(self) -> frozenset[Place]:
        return frozenset(visit.place for visit in self.visits)

    def answered(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.turn is not None]


def walk(dialogue: Dialogue, conversation: Conversation) -> Path:
    walker = _Walker(dialogue, conversation)
    position = walker.through(dialogue.steps, dialogue.order, NO_ITEM)
    return Path(tuple(walker.visits), position)


def foreseen(dialogue: Dialogue, conversation: Conversation) -> tuple[Visit, ...]:
    """The answers that are on the path if what is still to be asked leads straight on.

    So that changing an early answer takes nothing back that comes later and still belongs.
    """
    walker = _Walker(dialogue, conversation, waits=False)
    walker.through(dialogue.steps, dialogue.order, NO_ITEM)
    return tuple(visit for visit in walker.visits if visit.turn is not None)


class Walks:
    """Where one conversation stands: each way of walking is gone at most once."""

    def __init__(self, dialogue: Dialogue, conversation: Conversation) -> None:
        self.dialogue = dialogue
        self.conversation = conversation

    @cached_property
    def path(self) -> Path:
        return walk(self.dialogue, self.conversation)

    @cached_property
    def foreseen(self) -> tuple[Visit, ...]:
        answered = tuple(self.path.answered())
        # Nothing is left to be found further on: the path has come by every answer.
        if self.path.position is None or len(answered) == len(self.conversation.answers):
            return answered
        return foreseen(self.dialogue, self.conversation)


def _holds(
    condition: Condition,
    conversation: Conversation,
    passed: Mapping[Place, Visit],
    own: Place | None,
    item: int,
    group: Step | None,
) -> bool:
    """Looks at what the path has passed, so that an answer which a changed branch left behind
    leads nowhere."""
    if condition.when is not None:
        return bool(PREDICATES[condition.when](conversation, item) == condition.is_)
    if condition.fact is not None:
        return _equals(_fact(conversation, condition.fact, group, item), condition.is_)
    if condition.answer is not None:
        found = nearest(passed, condition.answer, item)
    else:
        found = passed.get(own) if own else None
    return found is not None and _equals(_plain(found.value), condition.is_)


def _fact(conversation: Conversation, name: str, group: Step | None, item: int) -> JsonValue:
    if name.startswith("item."):
        return _item_value(conversation, group, name.removeprefix("item."), item)
    return conversation.facts.get(name)


def nearest(passed: Mapping[Place, Visit], step: str, item: int) -> Visit | None:
    """What was answered at a step in the same round, else outside of the rounds."""
    found = passed.get(Place(step, item)) or passed.get(Place(step))
    return found if found and found.turn is not None else None


def _plain(value: JsonValue) -> JsonValue:
    return value["decision"] if isinstance(value, dict) else value


def _equals(value: JsonValue, wanted: object) -> bool:
    if isinstance(wanted, list):
        return any(_equals(value, one) for one in wanted)
    return value is None if wanted == "skipped" else bool(value == wanted)


class _Walker:
    def __init__(
        self, dialogue: Dialogue, conversation: Conversation, *, waits: bool = True
    ) -> None:
        self.waits = waits
        self.dialogue = dialogue
        self.conversation = conversation
        self.answered = conversation.answered()
        self.visits: list[Visit] = []
        self.passed: dict[Place, Visit] = {}
        self.group: Step | None = None

    def through(self, steps: tuple[Step, ...], order: Mapping[str, int], item: int) -> Place | None:
        at: int | None = 0
        while at is not None and at < len(steps):
            step = steps[at]
            if not self.applies(step, item):
                at += 1
                continue
            waits = self.rounds(step) if step.kind == "repeat" else self.visit(step, item)
            if waits is not None:
                return waits
            at = self.onward(step, item, order, at)
        return None

    def applies(self, step: Step, item: int) -> bool:
        if step.kind == "share" and self.shareable_text(step, item) is None:
            return False
        return not step.only or all(self.holds(condition, None, item) for condition in step.only)

    def holds(self, condition: Condition, own: Place | None, item: int) -> bool:
        return _holds(condition, self.conversation, self.passed, own, item, self.group)

    def shareable_text(self, step: Step, item: int) -> str | None:
        group = self.dialogue.groups.get(step.id)
        inside = self.dialogue.every_step[group] if group else None
        return shareable_text(self.conversation, self.passed, inside, step, item)

    def pass_by(self, visit: Visit) -> None:
        self.visits.append(visit)
        self.passed[visit.place] = visit

    def visit(self, step: Step, item: int) -> Place | None:
        place = Place(step.id, item)
        if not step.asks:
            self.pass_by(Visit(place, step))
            return None
        answer = self.answered.get(place)
        shareable = self.shareable_text(step, item) if step.kind == "share" else None
        if answer is None or not fits(step, answer.value, shareable) or self.is_dated(step, answer):
            return place if self.waits else None
        self.pass_by(Visit(place, step, answer.value, answer.turn))
        return None

    def is_dated(self, step: Step, answer: Answer) -> bool:
        """Whether something that it was to be asked anew after has been answered since."""
        return step.anew and any((one.turn or 0) > answer.turn for one in self.visits)

    def rounds(self, step: Step) -> Place | None:
        count = self.round_count(step)
        for item in range(count):
            self.group = step
            waits = self.through(step.steps, step.inner, item)
            self.group = None
            if waits is not None:
                return waits
            if step.over is not None or item == count - 1:
                continue
            more = self.answered.get(Place(step.id, item))
            if more is None or more.value not in ("more", "enough"):
                return Place(step.id, item) if self.waits else None
            self.pass_by(Visit(more.place, step, more.value, more.turn))
            if more.value == "enough":
                break
        return None

    def round_count(self, step: Step) -> int:
        if step.over:
            return min(step.most, len(rounds_of(self.conversation, step)))
        limit = self.conversation.facts.get(step.limit or "")
        return min(step.most, limit) if isinstance(limit, int) else step.most

    def onward(self, step: Step, item: int, order: Mapping[str, int], at: int) -> int | None:
        for rule in step.rules:
            if self.holds(rule, Place(step.id, item), item):
                return self.index(rule.go, order)
        return self.index(step.then, order) if step.then else at + 1

    def index(self, go: str, order: Mapping[str, int]) -> int | None:
        return None if go in (END, NEXT_ITEM) else order[go]


def rounds_of(conversation: Conversation, step: Step) -> list[JsonValue]:
    """The items that a repeat goes over, empty when the fact is missing or no list."""
    items = conversation.facts.get(step.over or "")
    return items if isinstance(items, list) else []


def shareable_text(
    conversation: Conversation,
    passed: Mapping[Place, Visit],
    group: Step | None,
    step: Step,
    item: int,
) -> str | None:
    """The exact text that a share step would send, None if there is none on the path.

    An item's text that was edited at the share itself counts although no step led there.

    `group`: the repeat that holds the step, if any; its item may be the source.
    """
    over_items = any(source.startswith("item.") for source in step.of)
    rewritten = conversation.answered() if over_items else {}
    for source in step.of:
        if source.startswith("item."):
            text = _item_value(conversation, group, source.removeprefix("item."), item)
        else:
            found = nearest(passed, source, item) or rewritten.get(Place(source, item))
            text = found.value if found else None
        if isinstance(text, str) and text:
            return f"{text}{_day_beside(passed, step, item)}"
    return None


def _day_beside(passed: Mapping[Place, Visit], step: Step, item: int) -> str:
    """In figures, so that it reads the same in both languages."""
    found = nearest(passed, step.beside, item) if step.beside else None
    if found is None or not isinstance(found.value, str):
        return ""
    return f" ({date.fromisoformat(found.value):%d.%m.%Y})"


def _item_value(conversation: Conversation, group: Step | None, key: str, item: int) -> JsonValue:
    rounds = rounds_of(conversation, group) if group else []
    one = rounds[item] if 0 <= item < len(rounds) else None
    return one.get(key) if isinstance(one, dict) else None


def preview_at(dialogue: Dialogue, conversation: Conversation, place: Place) -> str | None:
    """`shareable_text` of the share step at a place."""
    step = dialogue.every_step[place.step]
    walker = _Walker(dialogue, conversation)
    walker.through(dialogue.steps, dialogue.order, NO_ITEM)
    return walker.shareable_text(step, place.item)
