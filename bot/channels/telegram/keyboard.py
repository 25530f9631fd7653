"""The buttons under a question. What is chosen of several stands in the keyboard itself, so a
restart forgets nothing. Pure.

A button carries the token of its choice; in a choice of several with a mark before it, which no
token begins with.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.channels.telegram.text import within
from flows.model import LANGUAGES, Language
from flows.wording import Choice, Message

Button = dict[str, str]
Rows = list[list[Button]]

LABEL = 60
SIDE_BY_SIDE = 18
"""Labels up to this length stand two in a row."""
STEPS = 5
FREE, CHOSEN, DONE = "~", "+", "="
TICK = "✓ "
DONE_LABELS: dict[Language, str] = {"da": "Vælg disse", "en": "Choose these"}
CHOOSE_SOME: dict[Language, str] = {
    "da": "Vælg gerne mindst én først.",
    "en": "Please choose at least one first.",
}


class Toggled(NamedTuple):
    """One more, or one less, of several is chosen."""

    rows: Rows


class Chosen(NamedTuple):
    """What was chosen. `label`: its words, "" when they are no longer known."""

    token: str
    also: tuple[str, ...]
    label: str


class NoneChosen(NamedTuple):
    """Done was pressed with nothing chosen. `words`: to say so."""

    words: str


Meaning = Toggled | Chosen | NoneChosen


def keyboard(message: Message, language: Language) -> Rows:
    if message.layout == "many":
        several = [_free(choice) for choice in message.choices if choice.style != "quiet"]
        others = [_button(choice) for choice in message.choices if choice.style == "quiet"]
        done = {"text": DONE_LABELS[language], "callback_data": f"{DONE}{language}"}
        return [*_pairs(several), [done], *_pairs(others)]
    buttons = [_button(choice) for choice in message.choices]
    if message.layout == "scale":
        return [buttons[:STEPS], *_pairs(buttons[STEPS:])]
    return _pairs(buttons)


def read_press(pressed: str, rows: Rows) -> Meaning:
    """What a press on a button means. `rows`: as they stand, [] when they are not known."""
    mark, token = pressed[:1], pressed[1:]
    if mark in (FREE, CHOSEN):
        return Toggled([[_pressed(one, mark, token) for one in row] for row in rows])
    if mark == DONE:
        return _done(token, rows)
    label = next((one["text"] for one in _all(rows) if one["callback_data"] == pressed), "")
    return Chosen(pressed, (), label)


def _done(language: str, rows: Rows) -> Meaning:
    chosen = [one for one in _all(rows) if one["callback_data"].startswith(CHOSEN)]
    if not chosen:
        spoken: Language = next((one for one in LANGUAGES if one == language), "da")
        return NoneChosen(CHOOSE_SOME[spoken])
    first, *also = (one["callback_data"].removeprefix(CHOSEN) for one in chosen)
    label = ", ".join(one["text"].removeprefix(TICK) for one in chosen)
    return Chosen(first, tuple(also), label)


def _pressed(button: Button, mark: str, token: str) -> Button:
    """A press says what is wanted, not "the other way": delivered twice, it means the same."""
    if button["callback_data"] not in (f"{FREE}{token}", f"{CHOSEN}{token}"):
        return button
    label = button["text"].removeprefix(TICK)
    if mark == FREE:
        return {"text": f"{TICK}{label}", "callback_data": f"{CHOSEN}{token}"}
    return {"text": label, "callback_data": f"{FREE}{token}"}


def _all(rows: Rows) -> Iterator[Button]:
    return (button for row in rows for button in row)


def _pairs(buttons: list[Button]) -> Rows:
    rows: Rows = []
    for button in buttons:
        beside = rows[-1] if rows and len(rows[-1]) == 1 else None
        if beside and max(len(button["text"]), len(beside[0]["text"])) <= SIDE_BY_SIDE:
            beside.append(button)
        else:
            rows.append([button])
    return rows


def _free(choice: Choice) -> Button:
    return {"text": _label(choice), "callback_data": f"{FREE}{choice.token}"}


def _button(choice: Choice) -> Button:
    return {"text": _label(choice), "callback_data": choice.token}


def _label(choice: Choice) -> str:
    """One line; a button without words would be refused."""
    label = " ".join(choice.label.split()) or "…"
    short = within(label, LABEL)
    return label if short == label else f"{short[:-1]}…"
