"""parse_mode HTML, after the grammar in the Bot API's «HTML style»."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.utf16 import Entity, units

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "tg-emoji": "custom_emoji",
    "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_TAG = re.compile(
    r"<(/?)([A-Za-z0-9-]*)((?:\s+[^\s=>]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>"
)
_ATTRIBUTE = re.compile(r"([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


class Unparsable(Exception):
    """What is wrong with the markup, in Telegram's words."""


@dataclass
class _Open:
    tag: str
    at: int
    attributes: dict[str, str]


@dataclass
class _Reading:
    source: str
    text: str = ""
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def byte(self, index: int) -> int:
        return len(self.source[:index].encode())


def parse(source: str) -> tuple[str, list[Entity]]:
    """Raises Unparsable."""
    reading, index = _Reading(source), 0
    while index < len(source):
        if source[index] == "<":
            index = _tag(reading, index)
        elif reference := _REFERENCE.match(source, index):
            reading.text += html.unescape(reference[0])
            index = reference.end()
        else:
            reading.text += source[index]
            index += 1
    if reading.open:
        raise Unparsable(f'Can\'t find end tag corresponding to start tag "{reading.open[-1].tag}"')
    return reading.text, sorted(reading.entities, key=lambda e: (e["offset"], -e["length"]))


def _tag(reading: _Reading, index: int) -> int:
    found = _TAG.match(reading.source, index)
    if found is None:
        kind = "end" if reading.source.startswith("</", index) else "start"
        raise Unparsable(f"Unclosed {kind} tag at byte offset {reading.byte(index)}")
    if found[1]:
        _close(reading, found[2].lower(), index)
    else:
        _begin(reading, found[2].lower(), found[3], index)
    return found.end()


def _begin(reading: _Reading, tag: str, attributes: str, index: int) -> None:
    at = reading.byte(index)
    if tag not in _KINDS:
        raise Unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
    given = {m[1].lower(): m[2] or m[3] or m[4] or "" for m in _ATTRIBUTE.finditer(attributes)}
    if tag == "span" and given.get("class") != "tg-spoiler":
        raise Unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
    reading.open.append(_Open(tag, units(reading.text), given))


def _close(reading: _Reading, tag: str, index: int) -> None:
    at = reading.byte(index)
    if not reading.open:
        raise Unparsable(f"Unexpected end tag at byte offset {at}")
    opened = reading.open.pop()
    if tag not in ("", opened.tag):
        raise Unparsable(
            f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{tag}>"'
        )
    length = units(reading.text) - opened.at
    extra = _extra(reading, opened, length)
    if length and extra is not None:
        entity = {"type": _KINDS[opened.tag], "offset": opened.at, "length": length}
        reading.entities.append(entity | extra)


def _extra(reading: _Reading, opened: _Open, length: int) -> dict[str, Any] | None:
    """None: a link to nowhere is no entity."""
    if opened.tag == "a":
        url = html.unescape(opened.attributes.get("href", ""))
        return {"url": url} if url else None
    if opened.tag == "tg-emoji":
        return {"custom_emoji_id": opened.attributes.get("emoji-id", "")}
    return {}
