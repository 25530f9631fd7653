"""Text as Slack counts it, and a person's words out of its escapes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flows.wording import Span

LONGEST = 3000
"""Of one block, in UTF-16 units."""
_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_BORDERS = ("\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " ")
_ESCAPED = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


def units(text: str) -> int:
    return len(text) + sum(1 for one in text if ord(one) > 0xFFFF)


def clean(text: str) -> str:
    """Without halves of letters, control characters, and what would turn our own words around."""
    return _UNSHOWN.sub("", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def within(text: str, room: int) -> str:
    """As much of the text as has room."""
    if units(text) <= room:
        return text
    head = text[:room]
    while units(head) > room:
        head = head[: len(head) - max(1, (units(head) - room) // 2)]
    return head


def in_one_line(text: str, room: int) -> str:
    """For a label: it has to have something in it."""
    line = " ".join(clean(text).split()) or "…"
    return line if units(line) <= room else f"{within(line, room - 1)}…"


def written(text: str) -> str:
    """What somebody wrote, of the text that Slack tells: links by their words, & < > as such."""
    plain = _ESCAPED.sub(lambda found: found[2] or found[1].removeprefix("mailto:"), text)
    return clean(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


def pieces(spans: Iterable[Span]) -> list[list[Span]]:
    """The spans cut where a sentence ends, so that each piece has room in a block."""
    cut: list[list[Span]] = [[]]
    room = LONGEST
    for span in spans:
        text = clean(span.text)
        while units(text) > room:
            at = _border(text, room)
            cut[-1].append(_with(span, text[:at]))
            cut.append([])
            text, room = text[at:].lstrip(), LONGEST
        cut[-1].append(_with(span, text))
        room -= units(text)
    return [kept for piece in cut if (kept := _trimmed(piece))]


def _with(span: Span, text: str) -> Span:
    return span.model_copy(update={"text": text})


def _border(text: str, room: int) -> int:
    """0 when the text had better begin in a block of its own."""
    head = within(text, room)
    for border in _BORDERS:
        found = head.rfind(border)
        if found > len(head) // 3:
            return found + len(border)
    return len(head) if room == LONGEST else 0


def _trimmed(spans: Sequence[Span]) -> list[Span]:
    """Without what is empty, and without white space at the ends."""
    kept = [span for span in spans if span.text]
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = _with(kept[0], kept[0].text.lstrip())
        kept[-1] = _with(kept[-1], kept[-1].text.rstrip())
    return kept
