"""What an app's manifest asks for: Slack gives it that and nothing else. It is simple YAML: maps and
lists of plain words, with comments; this reads no more than that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


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


@dataclass(frozen=True)
class Manifest:
    """None: whatever is asked for. `shortcuts`: by callback id, global or message. `home`,
    `messages`: the tabs of the app; `interactive`: buttons, windows and shortcuts."""

    scopes: frozenset[str] | None = None
    events: frozenset[str] | None = None
    commands: frozenset[str] | None = None
    shortcuts: Mapping[str, str] | None = field(default=None)
    home: bool = True
    messages: bool = True
    interactive: bool = True


def manifest_of(text: str) -> Manifest:
    """Of an app that was made from it."""
    said = read_manifest(text)
    features, settings = said["features"], said["settings"]
    tabs = features.get("app_home", {})
    return Manifest(
        scopes=frozenset(said["oauth_config"]["scopes"]["bot"]),
        events=frozenset(settings["event_subscriptions"]["bot_events"]),
        commands=frozenset(one["command"] for one in features.get("slash_commands", ())),
        shortcuts={one["callback_id"]: one["type"] for one in features.get("shortcuts", ())},
        home=tabs.get("home_tab_enabled", False),
        messages=_open_tab(tabs),
        interactive=settings.get("interactivity", {}).get("is_enabled", False),
    )


def _open_tab(tabs: Mapping[str, Any]) -> bool:
    shown = tabs.get("messages_tab_enabled", False)
    return bool(shown and not tabs.get("messages_tab_read_only_enabled", False))
