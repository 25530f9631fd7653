"""Text as Telegram counts it: UTF-16 units, entities by offset, at most 4096 a message. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flows.wording import Span

LONGEST = 4096
JOINER = "\u2060"
_LIVE = re.compile(r"[@/#$](?=\w)|(?<=\S)\.(?=[^\s.])|:(?=/)")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BORDERS = ("\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " ")
_ZERO_WIDTH_JOINER = "\u200d"
_ATTACHED = 40
"""At most so many signs that belong to the letter before them are kept together with it."""


class Entity(NamedTuple):
    """`offset` and `length` in UTF-16 units; `kind`: bold or italic."""

    kind: str
    offset: int
    length: int

    def as_json(self) -> dict[str, str | int]:
        return {"type": self.kind, "offset": self.offset, "length": self.length}


class Piece(NamedTuple):
    text: str
    entities: tuple[Entity, ...]


def units(text: str) -> int:
    return len(text) + sum(1 for one in text if ord(one) > 0xFFFF)


def defused(text: str) -> str:
    """A person's words, in which Telegram finds no command, mention, tag or link, and which do
    not turn ours around.

    It makes those of plain text by itself; a word joiner, which is not seen, keeps the mark and
    the word apart.
    """
    return _LIVE.sub(lambda found: f"{found[0]}{JOINER}", _TURNING.sub("", text))


def within(text: str, room: int) -> str:
    """As much of the text as has room, in whole letters."""
    if units(text) <= room:
        return text
    head = text[:room]
    while units(head) > room:
        head = head[: len(head) - max(1, (units(head) - room) // 2)]
    for back in range(min(_ATTACHED, len(head))):
        if not _belongs_together(text, len(head) - back):
            return head[: len(head) - back]
    return head


def _belongs_together(text: str, at: int) -> bool:
    """Whether a cut at `at` would tear a sign from its letter, or an emoji into its parts."""
    after = text[at]
    return (
        after == _ZERO_WIDTH_JOINER
        or text[at - 1] == _ZERO_WIDTH_JOINER
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or unicodedata.category(after) in ("Mn", "Mc", "Me")
    )


def pieces(spans: Iterable[Span]) -> list[Piece]:
    """The spans as one message, or as several that are cut where a sentence ends."""
    cut: list[list[Span]] = [[]]
    room = LONGEST
    for span in spans:
        text = defused(span.text) if span.theirs else span.text
        while units(text) > room:
            at = _border(text, room)
            cut[-1].append(span.model_copy(update={"text": text[:at]}))
            cut.append([])
            text, room = text[at:].lstrip(), LONGEST
        cut[-1].append(span.model_copy(update={"text": text}))
        room -= units(text)
    return [_piece(kept) for part in cut if (kept := _trimmed(part))]


def _border(text: str, room: int) -> int:
    """Where to cut so that at most `room` units stand before it: at the best border there is.
    0 when the text had better begin in a message of its own."""
    head = within(text, room)
    for border in _BORDERS:
        found = head.rfind(border)
        if found > len(head) // 3:
            return found + len(border)
    return len(head) if room == LONGEST else 0


def _trimmed(spans: Sequence[Span]) -> list[Span]:
    """Without white space at the ends: Telegram takes it away, and the offsets would be others."""
    kept = list(spans)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = kept[0].model_copy(update={"text": kept[0].text.lstrip()})
        kept[-1] = kept[-1].model_copy(update={"text": kept[-1].text.rstrip()})
    return kept


def _piece(spans: Sequence[Span]) -> Piece:
    parts: list[str] = []
    entities: list[Entity] = []
    offset = 0
    for span in spans:
        length = units(span.text)
        kind = "bold" if span.bold else "italic" if span.italic else None
        if kind and span.text.strip():
            entities.append(Entity(kind, offset, length))
        parts.append(span.text)
        offset += length
    return Piece("".join(parts), tuple(entities))
