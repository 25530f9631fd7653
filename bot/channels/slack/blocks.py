"""The pieces of Block Kit that we use. Pure.

Whatever can hold a person's words is a rich text's plain element or a plain_text: Slack finds no
mention, link or markup in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.channels.slack.text import in_one_line, within
from flows.wording import ADDRESS, Span

Json = dict[str, Any]
LABEL = 75
IN_A_ROW = 25
CONTEXT = 2000


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": False}


def label(text: str, room: int = LABEL) -> Json:
    return plain(in_one_line(text, room))


def rich(spans: Iterable[Span]) -> Json:
    """One block; every span has some text."""
    section = {"type": "rich_text_section", "elements": [_element(span) for span in spans]}
    return {"type": "rich_text", "elements": [section]}


def said(text: str, *, bold: bool = False, italic: bool = False) -> Json:
    return rich([Span(text=text, bold=bold, italic=italic)])


def context(text: str) -> Json:
    return {"type": "context", "elements": [plain(within(text, CONTEXT))]}


def button(action_id: str, words: str, value: str, **more: str) -> Json:
    """`more`: style, accessibility_label."""
    shown = {"type": "button", "action_id": action_id, "text": label(words), "value": value}
    return {**shown, **more}


def actions(elements: Sequence[Json]) -> list[Json]:
    """As many blocks as it takes."""
    return [
        {"type": "actions", "elements": list(elements[at : at + IN_A_ROW])}
        for at in range(0, len(elements), IN_A_ROW)
    ]


def plain_words(blocks: Iterable[Json]) -> str:
    """What our own blocks say, without their buttons: for a window, and for who cannot see."""
    lines = (_rich_words(block) for block in blocks if block.get("type") == "rich_text")
    return "\n".join(line for line in lines if line)


def aside(blocks: Iterable[Json]) -> str:
    """The last thing that stands small under the words."""
    found = [block for block in blocks if block.get("type") == "context"]
    elements = found[-1].get("elements", []) if found else []
    return str(elements[0].get("text", "")) if elements else ""


def without_buttons(blocks: Iterable[Json]) -> list[Json]:
    return [block for block in blocks if block.get("type") != "actions"]


def has_buttons(blocks: Iterable[Json]) -> bool:
    return any(block.get("type") == "actions" for block in blocks)


def _element(span: Span) -> Json:
    style = {name: True for name in ("bold", "italic") if getattr(span, name)}
    if not span.theirs and ADDRESS.fullmatch(span.text):
        return {"type": "link", "url": span.text, "text": span.text}
    return {"type": "text", "text": span.text} | ({"style": style} if style else {})


def _rich_words(block: Json) -> str:
    parts = (part for section in block.get("elements", []) for part in section.get("elements", []))
    return "".join(str(part.get("text", "")) for part in parts)
