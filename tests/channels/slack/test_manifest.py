"""The manifest asks for what the code uses, and for nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from bot.channels.slack import receive
from tests.channels.slack.manifest import COMMANDS, EVENTS, FILE, MANIFEST, SCOPES, SHORTCUTS, lines
from tests.fakes.slack import spec

CODE = "".join(
    file.read_text("utf-8") for file in sorted(Path(receive.__file__).parent.glob("*.py"))
)
METHODS = {name for name in spec.METHODS if name in CODE or f"{name.replace('.', '_')}(" in CODE}
NEEDED = {
    "app_mention": "app_mentions:read",
    "message": "im:history",
    "user_change": "users:read",
    "/tillidsrum": "commands",
    "email": "users:read.email",
    "files_upload_v2": "files:write",
}
"""What is wanted by something else than one method."""


def test_the_scopes_are_those_of_the_methods_and_events_and_no_others() -> None:
    assert {"chat.postMessage", "chat.update", "conversations.open", "dnd.info"} <= METHODS
    by_method = {spec.needed_scope(name) for name in METHODS - {"apps.connections.open"}}
    assert all(what in CODE or what in COMMANDS for what in NEEDED)
    assert (by_method | set(NEEDED.values())) - {""} | {"im:write"} == SCOPES


def test_the_events_are_those_that_are_read() -> None:
    read = set(re.findall(r'kind == "(\w+)"', Path(receive.__file__).read_text("utf-8")))
    assert {event.removesuffix(".im") for event in EVENTS} == read


def test_the_shortcuts_and_the_command_are_answered() -> None:
    wanted = {**dict.fromkeys(receive.SHORTCUTS, "global"), receive.TAKE_UP: "message"}
    assert wanted == SHORTCUTS
    assert {"/tillidsrum"} == COMMANDS


def test_every_scope_has_its_reason() -> None:
    reasons = {line.words[2:]: line.comment for line in lines(FILE.read_text("utf-8"))}
    assert all(len(reasons[scope]) > 15 for scope in SCOPES)


def test_it_keeps_to_slacks_lengths() -> None:
    assert len(MANIFEST["display_information"]["name"]) <= 35
    assert len(MANIFEST["display_information"]["description"]) <= 140
    for command in MANIFEST["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
    for shortcut in MANIFEST["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
