"""The buttons under a question, and what a press on them means. Pure.

What is ticked of several is with Slack, in the state that comes with every press.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.channels.slack import blocks
from bot.channels.slack.blocks import Json
from bot.channels.slack.rhythm_texts import WORDS
from bot.channels.slack.text import in_one_line
from bot.channels.slack.texts import SAYS, language_of
from flows.model import Language
from flows.wording import Choice, Entry, Message

CHOOSE, SEVERAL, DONE, WRITE, SAY = "choose", "several", "done", "write", "say"
OPEN, AGAIN = "rhythm", "rhythm-again"
"""What an action_id begins with."""
TICKS = 10
PLACEHOLDER = 150
STEPS = 5


class Chosen(NamedTuple):
    """`label`: in the words of the buttons."""

    token: str
    also: tuple[str, ...]
    label: str


class NoneChosen(NamedTuple):
    """Done was pressed with nothing ticked."""

    language: str


class Wanted(NamedTuple):
    """A window to write in: `kind` text or date, for at most `longest` characters."""

    language: str
    kind: str
    longest: int
    placeholder: str


class Words(NamedTuple):
    """The button is the same as writing this."""

    text: str


class Window(NamedTuple):
    """The window about rhythm is wanted. `again`: with what was filled in before."""

    language: Language
    again: bool


Meaning = Chosen | NoneChosen | Wanted | Words | Window


def rows(message: Message, language: Language) -> list[Json]:
    """The action blocks."""
    style = {} if message.choices else {"style": "primary"}
    if message.layout == "many":
        elements = list(_several(message, language))
    else:
        elements = [_button(message, n, one, language) for n, one in enumerate(message.choices)]
    write = [_write(message.entry, language, style)] if message.entry else []
    window = [open_button(WORDS[language]["all-at-once"], language)] if message.window else []
    return blocks.actions([*write, *elements, *window])


def open_button(words: str, language: Language) -> Json:
    return blocks.button(OPEN, words, language)


def read_press(action: Json, state: Json) -> Meaning | None:
    """What a press means; None for a tick, which only Slack has to know."""
    kind, value = str(action.get("action_id", "")).partition(":")[0], str(action.get("value", ""))
    if kind == CHOOSE:
        return Chosen(value, (), str(action.get("text", {}).get("text", "")))
    if kind == DONE:
        return _ticked(state) or NoneChosen(value)
    if kind == WRITE:
        return Wanted(*json.loads(value))
    if kind in (OPEN, AGAIN):
        return Window(language_of(value), kind == AGAIN)
    return Words(value) if kind == SAY else None


def _ticked(state: Json) -> Chosen | None:
    options: list[Any] = [
        option
        for block in state.get("values", {}).values()
        for action_id, answer in block.items()
        if action_id.startswith(SEVERAL)
        for option in answer.get("selected_options", [])
    ]
    if not options:
        return None
    first, *also = (str(option["value"]) for option in options)
    return Chosen(first, tuple(also), ", ".join(str(one["text"]["text"]) for one in options))


def _several(message: Message, language: Language) -> Iterator[Json]:
    free = [choice for choice in message.choices if choice.style != "quiet"]
    for at in range(0, len(free), TICKS):
        options = [
            {"text": blocks.label(one.label), "value": one.token} for one in free[at : at + TICKS]
        ]
        yield {"type": "checkboxes", "action_id": f"{SEVERAL}:{at}", "options": options}
    yield blocks.button(DONE, SAYS[language]["done"], language, style="primary")
    quiet = [choice for choice in message.choices if choice.style == "quiet"]
    for number, choice in enumerate(quiet):
        yield _button(message, number, choice, language)


def _button(message: Message, number: int, choice: Choice, language: Language) -> Json:
    more = {"style": "primary"} if choice.style == "main" else {}
    if message.layout == "scale" and number < STEPS and choice.style != "quiet":
        more["accessibility_label"] = _step(message, number, language)
    return blocks.button(f"{CHOOSE}:{number}", choice.label, choice.token, **more)


def _step(message: Message, number: int, language: Language) -> str:
    """For who hears the scale: where on it, and what its ends mean."""
    step = SAYS[language]["step"].format(number=number + 1, all=STEPS)
    end = {0: 0, STEPS - 1: 1}.get(number)
    words = f"{step}: {message.ends[end]}" if message.ends and end is not None else step
    return in_one_line(words, blocks.LABEL)


def _write(entry: Entry, language: Language, style: dict[str, str]) -> Json:
    placeholder = in_one_line(entry.placeholder or "", PLACEHOLDER)
    wanted = Wanted(language, entry.kind, entry.longest, placeholder)
    words = SAYS[language]["write"]
    return blocks.button(WRITE, words, json.dumps(wanted, ensure_ascii=False), **style)
