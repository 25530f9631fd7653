"""What a value may look like: small checks that are put together into blocks (kit.py).

A check looks at a value and notes what is wrong with it, in Slack's words, with the place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]


class Findings(list[str]):
    def note(self, complaint: str, at: str) -> None:
        self.append(f"{complaint} [json-pointer:{at}]")


Check = Callable[[Any, str, Findings], None]
Shape = dict[str, Check]


def string(most: int, least: int = 1, pattern: str = "") -> Check:
    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, str):
            found.note("must provide a string", at)
        elif len(value) > most:
            found.note(f"must be less than {most + 1} characters", at)
        elif len(value) < least:
            found.note(f"must be more than {least - 1} characters", at)
        elif pattern and not re.fullmatch(pattern, value):
            found.note(f"input must match regex pattern: ^{pattern}$", at)

    return check


def number(least: int, most: int) -> Check:
    def check(value: Any, at: str, found: Findings) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            found.note("must provide a number", at)
        elif not least <= value <= most:
            found.note(f"must be between {least} and {most}", at)

    return check


def boolean(value: Any, at: str, found: Findings) -> None:
    if not isinstance(value, bool):
        found.note("must provide a boolean", at)


def choice(*allowed: str) -> Check:
    def check(value: Any, at: str, found: Findings) -> None:
        if value not in allowed:
            found.note(f"must be one of: {', '.join(allowed)}", at)

    return check


def array(of: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, list):
            found.note("must provide an array", at)
            return
        if len(value) > most:
            found.note(f"no more than {most} items allowed", at)
        if len(value) < least:
            found.note(f"must provide at least {least} items", at)
        for number, item in enumerate(value):
            of(item, f"{at}/{number}", found)

    return check


def record(needed: Shape, allowed: Shape | None = None) -> Check:
    """An object with these properties and no others."""
    properties = needed | (allowed or {})

    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.note("must provide an object", at)
            return
        for name in needed:
            if name not in value:
                found.note(f"missing required field: {name}", f"{at}/{name}")
        for name, inner in value.items():
            if name not in properties:
                found.note(f"invalid additional property: {name}", at)
            else:
                properties[name](inner, f"{at}/{name}", found)

    return check


def typed(kinds: dict[str, Check]) -> Check:
    """An object whose `type` says which properties it has."""

    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.note("must provide an object", at)
        elif "type" not in value:
            found.note("missing required field: type", f"{at}/type")
        elif value["type"] not in kinds:
            found.note(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            rest = {name: inner for name, inner in value.items() if name != "type"}
            kinds[value["type"]](rest, at, found)

    return check


def both(first: Check, then: Check) -> Check:
    """`then` is asked only when `first` found nothing."""

    def check(value: Any, at: str, found: Findings) -> None:
        before = len(found)
        first(value, at, found)
        if len(found) == before:
            then(value, at, found)

    return check


_TEXTS = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}


def text(most: int, *kinds: str) -> Check:
    """A text object; `kinds`: of plain_text and mrkdwn, which are allowed here."""
    length = string(most)

    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.note("must provide an object", at)
        elif value.get("type") not in (kinds or _TEXTS) or "text" not in value:
            found.note("failed to match all allowed schemas", at)
        elif strange := value.keys() - _TEXTS[value["type"]]:
            found.note(f"invalid additional property: {min(strange)}", at)
        else:
            length(value["text"], f"{at}/text", found)

    return check


def plain(most: int) -> Check:
    return text(most, "plain_text")
