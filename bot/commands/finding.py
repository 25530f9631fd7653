"""One thing that `doctor` looked at."""

from __future__ import annotations

from typing import NamedTuple

from bot.commands.doctor_texts import FOUND, NAMES
from bot.commands.language import terminal_language
from bot.commands.texts import say

LONGEST = 120


class Finding(NamedTuple):
    """`name` is the same in both languages; `text` says what is wrong and the mend."""

    name: str
    ok: bool
    text: str

    def __str__(self) -> str:
        mark = say("fine") if self.ok else say("problem")
        return f"{mark:<8}{NAMES[self.name][terminal_language()]}: {self.text}"


def found(name: str, text: str, *, ok: bool = True, **slots: object) -> Finding:
    return Finding(name, ok, FOUND[text][terminal_language()].format(**slots))


def plain(words: object) -> str:
    """What somebody else said, fit for a terminal: short, in one line, and nothing that moves the
    cursor."""
    shown = "".join(one if one.isprintable() else " " for one in str(words or ""))
    return " ".join(shown.split())[:LONGEST]
