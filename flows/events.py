"""What can happen to a conversation. `today` is the person's own local date."""

from __future__ import annotations

from datetime import date
from typing import Literal

from flows.model import Frozen, Language

Control = Literal["back", "edit", "skip", "rest", "where", "again", "choices"]


class Begin(Frozen):
    today: date


class Press(Frozen):
    """A button: the turn that it was shown in, and its choice (`also`: more of a many)."""

    today: date
    turn: int
    choice: str
    also: tuple[str, ...] = ()


class Write(Frozen):
    today: date
    text: str


class Say(Frozen):
    """A control word, from `flows.controls`."""

    today: date
    control: Control
    number: int | None = None
    """edit: which of the answers that are listed."""


class Speak(Frozen):
    """Another language from here on."""

    today: date
    language: Language


Event = Begin | Press | Write | Say | Speak
