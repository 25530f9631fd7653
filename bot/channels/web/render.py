"""A Message as the page takes it: text in styled pieces, never markup. Pure."""

from __future__ import annotations

import re

from bot.channels.base import Rendered
from flows.model import Language
from flows.wording import ADDRESS, Message, Span

HERE = re.compile(r"http://127\.0\.0\.1(:\d+)?/[^\s<>]*")
"""The try-out's own pages: they are on this machine, without https."""


def render(message: Message, language: Language) -> list[Rendered]:
    """One page message. `spans`: [text, style] with style "", "bold", "italic" or "link"."""
    entry = message.entry
    return [
        {
            "name": message.name,
            "language": language,
            "spans": [[span.text, _style(span)] for span in message.spans],
            "sight": message.sight,
            "choices": [choice.model_dump() for choice in message.choices],
            "scale": message.layout == "scale",
            "scale_ends": list(message.ends) if message.ends else None,
            "many": message.layout == "many",
            "input": {"kind": entry.kind, "placeholder": entry.placeholder, "max": entry.longest}
            if entry
            else None,
            "shows": message.shows,
        }
    ]


def _style(span: Span) -> str:
    if not span.theirs and (ADDRESS.fullmatch(span.text) or HERE.fullmatch(span.text)):
        return "link"
    return "bold" if span.bold else "italic" if span.italic else ""
