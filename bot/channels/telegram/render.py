"""A Message as Telegram takes it: sendMessage, sendPhoto or sendDocument with their arguments.
Pure and total: whatever a dialogue says fits the limits of the Bot API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.base import Rendered
from bot.channels.telegram.text import Piece, pieces
from flows.model import Language
from flows.wording import Choice, Message, Span

BUTTON = 60
PLACEHOLDER = 64
SIDE_BY_SIDE = 18
"""Labels up to this length stand two in a row."""
CHOSEN = "✓ "
DONE = {"da": "Færdig", "en": "Done"}
DONE_MARK = "done|"
"""Before the first token of a choice of several: its button sends what is chosen."""


def render(message: Message, language: Language) -> list[Rendered]:
    """The Bot API calls, in order; the last carries the buttons."""
    texts = pieces((*message.spans, *_sight(message)))
    calls: list[Rendered] = [_text_call(piece) for piece in texts]
    if message.shows:
        calls.append({"method": "paper", "paper": message.shows})
    markup = _markup(message, language)
    if markup and calls:
        last_text = max(at for at, call in enumerate(calls) if call["method"] == "sendMessage")
        calls[last_text]["reply_markup"] = markup
    return calls


def _sight(message: Message) -> Sequence[Span]:
    return (Span(text=f"\n\n{message.sight}", italic=True),) if message.sight else ()


def _text_call(piece: Piece) -> Rendered:
    entities = [
        {"type": one.kind, "offset": one.offset, "length": one.length} for one in piece.entities
    ]
    return {
        "method": "sendMessage",
        "text": piece.text,
        "entities": entities,
        "link_preview_options": {"is_disabled": True},
    }


def _markup(message: Message, language: Language) -> dict[str, Any] | None:
    if message.choices:
        return {"inline_keyboard": _rows(message, language)}
    if message.entry and message.entry.kind == "text":
        placeholder = (message.entry.placeholder or "")[:PLACEHOLDER]
        return {"force_reply": True, "input_field_placeholder": placeholder or None}
    return None


def _rows(message: Message, language: Language) -> list[list[dict[str, str]]]:
    buttons = [_button(choice) for choice in message.choices]
    if message.layout == "scale":
        return [buttons[:5], *([one] for one in buttons[5:])]
    if message.layout == "many":
        done = {"text": DONE[language], "callback_data": f"{DONE_MARK}{message.choices[0].token}"}
        return [*_pairs(buttons), [done]]
    return _pairs(buttons)


def _pairs(buttons: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    rows: list[list[dict[str, str]]] = []
    for button in buttons:
        narrow = len(button["text"]) <= SIDE_BY_SIDE
        if narrow and rows and len(rows[-1]) == 1 and len(rows[-1][0]["text"]) <= SIDE_BY_SIDE:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def _button(choice: Choice) -> dict[str, str]:
    label = choice.label if len(choice.label) <= BUTTON else f"{choice.label[: BUTTON - 1]}…"
    return {"text": label, "callback_data": choice.token}


def toggled(keyboard: list[list[dict[str, str]]], token: str) -> list[list[dict[str, str]]]:
    """The keyboard of a choice of several with one more, or one less, chosen."""
    return [[_toggle(button) if button["callback_data"] == token else button for button in row] for row in keyboard]


def _toggle(button: dict[str, str]) -> dict[str, str]:
    text = button["text"]
    other = text.removeprefix(CHOSEN) if text.startswith(CHOSEN) else f"{CHOSEN}{text}"
    return {**button, "text": other}


def chosen(keyboard: list[list[dict[str, str]]]) -> list[str]:
    """The tokens that stand chosen."""
    return [
        button["callback_data"] for row in keyboard for button in row if button["text"].startswith(CHOSEN)
    ]


def is_several(keyboard: list[list[dict[str, str]]]) -> bool:
    return any(button["callback_data"].startswith(DONE_MARK) for row in keyboard for button in row)
