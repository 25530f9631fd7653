"""Telegram counts in UTF-16 units: an emoji outside of the basic plane is two."""

from __future__ import annotations

from typing import Any

Entity = dict[str, Any]


def units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def boundaries(text: str) -> set[int]:
    """Every offset at which a letter may begin or the text may end."""
    found, at = {0}, 0
    for letter in text:
        at += units(letter)
        found.add(at)
    return found
