"""The app's manifest, as the tests compare it with the code. It is simple YAML: maps and lists of
plain words, with comments; this reads no more than that."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).parents[3] / "deploy" / "slack-manifest.yaml"


class Line(NamedTuple):
    depth: int
    words: str
    comment: str


def lines(text: str) -> list[Line]:
    found: list[Line] = []
    for raw in text.splitlines():
        words, _, comment = (
            raw.partition(" #") if not raw.lstrip().startswith("#") else ("", "", "")
        )
        if words.strip():
            found.append(Line(len(raw) - len(raw.lstrip()), words.strip(), comment.strip()))
    return found


def read_manifest(text: str) -> Any:
    value, rest = _block(lines(text), 0)
    assert rest == [], f"not read: {rest[0].words}"
    return value


def _block(left: list[Line], depth: int) -> tuple[Any, list[Line]]:
    return (_list if left[0].words.startswith("- ") else _map)(left, depth)


def _list(left: list[Line], depth: int) -> tuple[list[Any], list[Line]]:
    found: list[Any] = []
    while left and left[0].depth == depth and left[0].words.startswith("- "):
        first, words = left[0], left[0].words[2:].strip()
        if ": " in words or words.endswith(":"):
            value, left = _map([Line(depth + 2, words, first.comment), *left[1:]], depth + 2)
        else:
            value, left = _plain(words), left[1:]
        found.append(value)
    return found, left


def _map(left: list[Line], depth: int) -> tuple[dict[str, Any], list[Line]]:
    found: dict[str, Any] = {}
    while left and left[0].depth == depth and not left[0].words.startswith("- "):
        name, _, words = left[0].words.partition(":")
        left = left[1:]
        if words.strip():
            found[name] = _plain(words.strip())
        else:
            found[name], left = _block(left, left[0].depth)
    return found, left


def _plain(words: str) -> Any:
    known = {"true": True, "false": False}
    return known.get(words, words.strip('"'))


MANIFEST = read_manifest(FILE.read_text("utf-8"))
SCOPES = frozenset(MANIFEST["oauth_config"]["scopes"]["bot"])
EVENTS = frozenset(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
COMMANDS = frozenset(one["command"] for one in MANIFEST["features"]["slash_commands"])
SHORTCUTS = frozenset(one["callback_id"] for one in MANIFEST["features"]["shortcuts"])
