"""Text as Telegram counts it: UTF-16 units, entities by offset, at most 4096 a message. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flows.wording import Span

LONGEST = 4096
JOINER = "\u2060"
_LIVE = re.compile(r"(?<!\w)([@/#$])(?=\w)|(?<=\w)([.:])(?=[/\w])")
_BORDERS = ("\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " ")


class Entity(NamedTuple):
    """`offset` and `length` in UTF-16 units; `kind`: bold or italic."""

    kind: str
    offset: int
    length: int


class Piece(NamedTuple):
    text: str
    entities: tuple[Entity, ...]


def units(text: str) -> int:
    return len(text) + sum(1 for one in text if ord(one) > 0xFFFF)


def defused(text: str) -> str:
    """A person's words, in which Telegram's clients find no command, mention, tag or link.

    They make those of plain text by themselves; a word joiner, which is not seen, keeps the
    mark and the word apart.
    """
    return _LIVE.sub(lambda found: f"{found[0]}{JOINER}", text)


def pieces(spans: Iterable[Span]) -> list[Piece]:
    """The spans as one message, or as several that are cut where a sentence ends."""
    cut: list[list[Span]] = [[]]
    room = LONGEST
    for span in spans:
        rest = span.model_copy(update={"text": defused(span.text) if span.theirs else span.text})
        while units(rest.text) > room:
            at = _border(rest.text, room)
            cut[-1].append(rest.model_copy(update={"text": rest.text[:at].rstrip()}))
            cut.append([])
            rest, room = rest.model_copy(update={"text": rest.text[at:].lstrip()}), LONGEST
        cut[-1].append(rest)
        room -= units(rest.text)
    return [_piece(part) for part in cut if any(span.text.strip() for span in part)]


def _border(text: str, room: int) -> int:
    """Where to cut so that at most `room` units stand before it: at the best border there is."""
    head = _head(text, room)
    for border in _BORDERS:
        found = head.rfind(border)
        if found > len(head) // 3:
            return found + len(border)
    return len(head)


def _head(text: str, room: int) -> str:
    head = text[:room]
    while units(head) > room:
        head = head[: len(head) - max(1, (units(head) - room) // 2)]
    return head


def _piece(spans: Sequence[Span]) -> Piece:
    text, entities = "", list[Entity]()
    for span in spans:
        kind = "bold" if span.bold else "italic" if span.italic else None
        if kind and span.text.strip():
            entities.append(Entity(kind, units(text), units(span.text)))
        text += span.text
    return Piece(text, tuple(entities))
