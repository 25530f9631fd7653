"""A Message as Telegram takes it: sendMessage, or a paper with a caption. Pure and total:
whatever a dialogue says fits the limits of the Bot API.
"""

from __future__ import annotations

from typing import Any

from bot.channels.base import Rendered
from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.text import Piece, pieces, units, within
from flows.model import Language
from flows.wording import Message, Span

CAPTION = 1024
PLACEHOLDER = 64
SENT_AS_TEXT = "sendMessage"
SENT_AS_PAPER = "paper"


def render(message: Message, language: Language) -> list[Rendered]:
    """The calls, in order; the last one carries the buttons. `paper`: curve, sheet, calendar or
    export, with its caption."""
    markup = _markup(message, language)
    calls = _calls(message, pieces((*message.spans, *_asides(message))))
    if markup:
        calls = calls or [_text_call(Piece("…", ()))]
        calls[-1]["reply_markup"] = markup
    return calls


def _asides(message: Message) -> list[Span]:
    """What stands under the words: what the ends of a scale mean, and who sees the answer."""
    asides: list[Span] = []
    if message.ends:
        asides.append(Span(text=f"\n\n1 = {message.ends[0]}\n5 = {message.ends[1]}"))
    if message.sight:
        asides.append(Span(text=f"\n\n{message.sight}", italic=True))
    return asides


def _calls(message: Message, texts: list[Piece]) -> list[Rendered]:
    said = [_text_call(piece) for piece in texts]
    if message.shows is None:
        return said
    if len(texts) == 1 and units(texts[0].text) <= CAPTION:
        return [_paper_call(message.shows, texts[0])]
    paper = _paper_call(message.shows, Piece("", ()))
    return [paper, *said] if message.choices else [*said, paper]


def _paper_call(paper: str, caption: Piece) -> Rendered:
    entities = [one.as_json() for one in caption.entities]
    return {
        "method": SENT_AS_PAPER,
        "paper": paper,
        "caption": caption.text,
        "caption_entities": entities,
    }


def _text_call(piece: Piece) -> Rendered:
    return {
        "method": SENT_AS_TEXT,
        "text": piece.text,
        "entities": [one.as_json() for one in piece.entities],
    }


def _markup(message: Message, language: Language) -> dict[str, Any] | None:
    if message.choices:
        return {"inline_keyboard": keyboard(message, language)}
    if message.entry and message.entry.kind == "text":
        words = within(message.entry.placeholder or "", PLACEHOLDER)
        return {"force_reply": True} | ({"input_field_placeholder": words} if words else {})
    return None
