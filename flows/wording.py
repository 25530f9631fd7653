"""What is told, in a language: a channel-neutral Message in which nobody's words become markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal, NamedTuple

from pydantic import JsonValue

from flows import answers
from flows.conversation import Conversation, Place
from flows.dates import describe_date
from flows.labels import AS_IT_WAS, labels_of, offered
from flows.model import Common, Dialogue, Frozen, Shows, Step, StepWording
from flows.path import Path, Visit, nearest, preview_at, rounds_of, walk
from flows.turn import Choosing, Told

MARKUP = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<italic>[^*\n]+)\*")
SLOT = re.compile(r"\{([a-z][a-z0-9_.-]*)\}")
ADDRESS = re.compile(r"https://[^\s<>]+")
ABOUT_LENGTH = 40
PRESSED = frozenset(("articles",))
"""Facts whose addresses come from the programme: those may be pressed, and nobody else's."""
OWN_WORDS = frozenset((
    "carried", "agreements", "agreement_text", "our_agreements", "my_shares", "actions",
    "actions_to_study", "development_plan",
))  # fmt: skip
"""Facts in which somebody's own words are told back to them."""
OWN_PAPERS = frozenset(("sheet", "plan", "export"))


class Span(Frozen):
    """Some text in one style. `theirs`: a person wrote it, so no channel may read it as markup."""

    text: str
    bold: bool = False
    italic: bool = False
    theirs: bool = False
    own: bool = False
    """It was written by the very person whom it is said to."""


class Choice(Frozen):
    token: str
    """conversation:turn:choice, at most 64 bytes (Telegram's limit for a button)."""
    label: str
    style: Literal["main", "plain", "quiet"] = "plain"


class Entry(Frozen):
    """What may be typed, and how much of it."""

    kind: Literal["text", "date"]
    placeholder: str | None = None
    longest: int
    own: bool = False
    """Free text: one's own words."""


class Message(Frozen):
    name: str
    """Of the step or note, for tests and metrics; never shown."""
    spans: tuple[Span, ...]
    sight: str | None = None
    """Who will see the answer, in words."""
    choices: tuple[Choice, ...] = ()
    layout: Literal["buttons", "scale", "many"] = "buttons"
    ends: tuple[str, str] | None = None
    entry: Entry | None = None
    shows: Shows | None = None
    window: Literal["rhythm"] | None = None
    """Where a channel has windows: what can be filled in at once instead."""
    notice: str = ""
    """For a locked screen: neutral."""

    @property
    def tells_own(self) -> bool:
        """Whether words of the person whom it is said to stand in it, or in its paper."""
        return self.shows in OWN_PAPERS or any(span.own for span in self.spans)

    def plain_text(self) -> str:
        return "".join(span.text for span in self.spans)


class Token(NamedTuple):
    conversation: str
    turn: int
    choice: str

    def __str__(self) -> str:
        return f"{self.conversation}:{self.turn}:{self.choice}"


_TOKEN = re.compile(r"([A-Za-z0-9_-]{1,22}):(\d{1,6}):([a-z0-9-]{1,32})")


def read_token(text: str) -> Token | None:
    """None for whatever our own buttons do not carry."""
    found = _TOKEN.fullmatch(text)
    return Token(found[1], int(found[2]), found[3]) if found else None


def word(dialogue: Dialogue, conversation: Conversation, told: Told, today: date) -> Message:
    """The message for what the engine tells."""
    return _Speaker(dialogue, conversation, today).message(told)


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[tuple[str, bool, bool], ...]:
    """A template cut at its markup: (text, bold, italic)."""
    parts: list[tuple[str, bool, bool]] = []
    at = 0
    for found in MARKUP.finditer(template):
        parts.append((template[at : found.start()], False, False))
        parts.append(
            (
                found["bold"] or found["italic"],
                found["bold"] is not None,
                found["italic"] is not None,
            )
        )
        at = found.end()
    parts.append((template[at:], False, False))
    return tuple(part for part in parts if part[0])


def _nobodys(slot: str) -> bool:
    return False


def spans_of(
    template: str,
    value_of: Callable[[str], str],
    *,
    ours: bool = False,
    is_own: Callable[[str], bool] = _nobodys,
) -> tuple[Span, ...]:
    """Our own text with its **bold**, *italic* and {slots}; what fills a slot is never markup.

    `ours`: what fills the slots is our own too, such as an address that may be pressed.
    `is_own`: whether a slot holds words of whoever it is said to.
    """
    spans: list[Span] = []
    for text, bold, italic in _parts(template):
        for at, piece in enumerate(SLOT.split(text)):
            is_slot = at % 2 == 1
            filled = value_of(piece) if is_slot else piece
            theirs = is_slot and not ours
            if is_slot and piece in PRESSED:
                spans.extend(_pressed(filled))
            elif filled:
                own = is_slot and is_own(piece)
                spans.append(Span(text=filled, bold=bold, italic=italic, theirs=theirs, own=own))
    return tuple(spans)


def _pressed(text: str) -> Iterable[Span]:
    """A text's addresses as ours, what stands around them as theirs."""
    at = 0
    for found in ADDRESS.finditer(text):
        yield Span(text=text[at : found.start()], theirs=True)
        yield Span(text=found[0])
        at = found.end()
    if text[at:]:
        yield Span(text=text[at:], theirs=True)


def _lines(labels: Iterable[str], *, numbered: bool, own: bool = False) -> Iterable[Span]:
    for number, label in enumerate(labels, start=1):
        yield Span(text=f"\n{number}. " if numbered else "\n· ")
        yield Span(text=label, theirs=True, own=own)


class _Speaker:
    def __init__(self, dialogue: Dialogue, conversation: Conversation, today: date) -> None:
        self.dialogue = dialogue
        self.conversation = conversation
        self.today = today
        self.common: Common = dialogue.common[conversation.language]

    @cached_property
    def path(self) -> Path:
        return walk(self.dialogue, self.conversation)

    @cached_property
    def passed(self) -> dict[Place, Visit]:
        return {visit.place: visit for visit in self.path.visits}

    def message(self, told: Told) -> Message:
        if told.place is None:
            return self.note(told)
        if not told.asks:
            return self.statement(told.place)
        asked = self.question(told.place)
        spelled = self.spelled(told.place) if told.spelled else ()
        return asked.model_copy(update={"spans": (*asked.spans, *spelled)})

    def note(self, told: Told) -> Message:
        spans = self.spans(self.common.notes[str(told.note)], Place(""), told.slots)
        choices = tuple(self.button(choosing) for choosing in told.choices)
        listed = _lines(
            [one.label for one in choices] if told.note == "which-answer" else [],
            numbered=True,
            own=any(self.tells_own(choosing) for choosing in told.choices),
        )
        return Message(
            name=told.name,
            spans=(*spans, *listed),
            choices=choices,
            notice=self.common.notices["reply"],
        )

    def tells_own(self, choosing: Choosing) -> bool:
        """Whether its label is an answer in one's own words."""
        about = choosing.about if choosing.word == "answer" else None
        return about is not None and self.dialogue.every_step[about.step].in_own_words

    def button(self, choosing: Choosing) -> Choice:
        if choosing.word == "answer" and choosing.about:
            return self.choice(choosing.choice, self.summary(choosing.about), "plain")
        return self.choice(choosing.choice, self.common.choices[choosing.word], "quiet")

    def choice(self, choice: str, label: str, style: Literal["main", "plain", "quiet"]) -> Choice:
        token = Token(self.conversation.id, self.conversation.turn, choice)
        return Choice(token=str(token), label=label, style=style)

    def statement(self, place: Place) -> Message:
        step = self.dialogue.every_step[place.step]
        spans = self.spans(self.said(place).text, place)
        name = Told(place=place).name
        return Message(
            name=name, spans=spans, shows=step.shows, notice=self.common.notices["reply"]
        )

    def question(self, place: Place) -> Message:
        step = self.dialogue.every_step[place.step]
        said = self.said(place)
        return Message(
            name=Told(place=place).name,
            spans=(*self.spans(self.question_text(step, said), place), *self.reviewed(step)),
            sight=self.common.sees[step.sees] if step.sees else None,
            choices=tuple(self.choices(step, said)),
            layout="scale"
            if step.kind == "scale"
            else "many"
            if step.kind == "many"
            else "buttons",
            ends=said.ends or self.ends(step),
            entry=self.entry(step, said),
            shows=step.shows,
            window=step.window,
            notice=self.common.notices["question"],
        )

    def question_text(self, step: Step, said: StepWording) -> str:
        return (said.more or self.common.hints["more"]) if step.kind == "repeat" else said.text

    def said(self, place: Place) -> StepWording:
        return self.dialogue.says(self.conversation.language, place.step)

    def ends(self, step: Step) -> tuple[str, str] | None:
        if step.kind != "scale":
            return None
        return self.common.hints["scale-low"], self.common.hints["scale-high"]

    def entry(self, step: Step, said: StepWording) -> Entry | None:
        if step.kind not in ("text", "date"):
            return None
        placeholder = said.placeholder or self.common.hints[f"write-{step.kind}"]
        own = step.in_own_words
        return Entry(kind=step.kind, placeholder=placeholder, longest=step.longest, own=own)

    def choices(self, step: Step, said: StepWording) -> Iterable[Choice]:
        labels = offered(self.dialogue, self.conversation, step)
        first = step.main or next(iter(labels), None)
        for choice, label in labels.items():
            quiet = choice in (answers.SKIP, AS_IT_WAS, *step.rest)
            is_main = choice == first and step.kind not in ("scale", "many", "text", "date")
            yield self.choice(choice, label, "quiet" if quiet else "main" if is_main else "plain")

    def spelled(self, place: Place) -> Iterable[Span]:
        """The choices once more, in words, and how to name one. A scale tells its own."""
        step = self.dialogue.every_step[place.step]
        labels = offered(self.dialogue, self.conversation, step)
        words = [label for label in labels.values() if not label.isdigit()]
        if not words:
            return
        numbered = answers.is_numbered(step, labels)
        hint = "answer-by-number" if numbered else "answer-in-words"
        yield Span(text=f"\n\n{self.common.hints[hint]}", italic=True)
        yield from _lines(words, numbered=numbered)

    def reviewed(self, step: Step) -> Iterable[Span]:
        """The answers that a confirm step shows, one a line: those on the path, in its order."""
        for visit in self.path.answered() if step.kind == "confirm" else ():
            label = self.said(visit.place).label
            if visit.step.id in step.review and label and visit.value is not None:
                yield Span(text=f"\n{label}: ", bold=True)
                words, own = self.value_words(visit.place, visit.value), visit.step.in_own_words
                yield Span(text=words, theirs=True, own=own)

    def summary(self, place: Place) -> str:
        label = self.said(place).label or ""
        words = self.value_words(place, self.conversation.answered()[place].value)
        text = f"{label}: {words}" if words else label
        return text if len(text) <= ABOUT_LENGTH else f"{text[: ABOUT_LENGTH - 1]}…"

    def value_words(self, place: Place, value: JsonValue) -> str:
        step = self.dialogue.every_step[place.step]
        if value is None:
            return self.common.choices["skipped"]
        labels = labels_of(self.dialogue, self.conversation, step)
        if isinstance(value, dict):
            return labels[str(value["decision"])]
        if isinstance(value, list):
            return ", ".join(labels.get(str(one), str(one)) for one in value)
        if step.kind == "date":
            return self.day_words(str(value))
        return labels.get(str(value), str(value)) if step.kind != "text" else str(value)

    def day_words(self, day: str) -> str:
        return describe_date(date.fromisoformat(day), self.conversation.language, today=self.today)

    def spans(
        self, template: str, place: Place, slots: dict[str, str] | None = None
    ) -> tuple[Span, ...]:
        return spans_of(
            template,
            lambda name: self.fill(name, place, slots or {}),
            is_own=lambda name: self.is_own(name, place),
        )

    def is_own(self, slot: str, place: Place) -> bool:
        if slot.startswith("item."):
            return self.dialogue.every_step[self.dialogue.groups[place.step]].over in OWN_WORDS
        step = self.dialogue.every_step.get(slot)
        return step.in_own_words if step else slot == "preview" or slot in OWN_WORDS

    def fill(self, name: str, place: Place, slots: dict[str, str]) -> str:
        """A slot's words: given, of the share, of the round's item, of an answer, or a fact.

        Facts whose name ends in `_day` hold an ISO date and are worded as a day.
        """
        if name in slots:
            return slots[name]
        if name == "preview":
            return self.preview(place)
        if name.startswith("item."):
            return self.item_words(name.removeprefix("item."), place)
        if name in self.dialogue.every_step:
            return self.answer_words(name, place)
        return self.fact_words(name, self.conversation.facts.get(name))

    def preview(self, place: Place) -> str:
        return preview_at(self.dialogue, self.conversation, place) or ""

    def item_words(self, key: str, place: Place) -> str:
        group = self.dialogue.every_step[self.dialogue.groups[place.step]]
        rounds = rounds_of(self.conversation, group)
        item = rounds[place.item] if 0 <= place.item < len(rounds) else None
        return self.fact_words(key, item.get(key) if isinstance(item, dict) else item)

    def answer_words(self, step: str, place: Place) -> str:
        found = nearest(self.passed, step, place.item)
        return self.value_words(found.place, found.value) if found else ""

    def fact_words(self, name: str, value: JsonValue) -> str:
        if value is None:
            return ""
        if name.endswith("_day"):
            return self.day_words(str(value))
        if isinstance(value, list):
            return "\n".join(f"· {self.listed(one)}" for one in value)
        return str(value)

    def listed(self, one: JsonValue) -> str:
        """One of a list: its text, with its day when it has one."""
        if not isinstance(one, dict):
            return str(one)
        day = next(
            (self.day_words(str(v)) for k, v in one.items() if k.endswith("_day") and v), None
        )
        return f"{one.get('text', '')} ({day})" if day else str(one.get("text", ""))
