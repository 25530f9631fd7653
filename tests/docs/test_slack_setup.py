"""docs/slack.md says what the manifest and the settings have."""

from __future__ import annotations

import re

from bot.channels.slack.edge import WHAT_IS_WRONG
from bot.channels.slack.hook import PATH
from bot.channels.slack.texts import SAYS
from bot.commands.definitions import COMMANDS
from bot.settings import PREFIX, Settings, read_settings
from tests.channels.slack.manifest import FILE, MANIFEST, OURS, TEXT
from tests.fakes.slack.manifest import manifest_of, read_manifest

GUIDE = (FILE.parents[1] / "docs" / "slack.md").read_text("utf-8")
POSTED = 3
"""Addresses that Slack posts to: for events, for presses, for the command."""


def test_every_setting_that_is_named_is_one_of_ours() -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", GUIDE))
    ours = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert {one.removesuffix("_FILE") for one in named} <= ours
    needed = {"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"}
    assert {f"{PREFIX}{name}" for name in needed} <= named


def test_tokens_with_commas_between_are_one_for_each_workspace() -> None:
    shown = re.search(rf"`{PREFIX}SLACK_BOT_TOKEN=(xoxb-[^`]+)`", GUIDE)
    assert shown
    settings = read_settings({f"{PREFIX}SLACK_BOT_TOKEN": shown[1]}, None)
    assert len(settings.slack_bot_tokens) == 2
    assert all(token.startswith("xoxb-") for token in settings.slack_bot_tokens)
    assert read_settings({}, None).slack_bot_tokens == ()


def test_every_command_shortcut_and_label_is_named_as_it_is() -> None:
    features = MANIFEST["features"]
    assert all(f"**{one['name']}**" in GUIDE for one in features["shortcuts"])
    assert all(f"`{one['command']}`" in GUIDE for one in features["slash_commands"])
    assert f"**{SAYS['da']['write']}**" in GUIDE
    assert str(FILE.relative_to(FILE.parents[1])) in GUIDE


def test_the_manifest_is_for_socket_mode_until_it_is_changed_as_the_guide_says() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in str(MANIFEST)
    changed = re.sub(r"# (?=(?:request_)?url: )", "", TEXT)
    changed = changed.replace("socket_mode_enabled: true", "socket_mode_enabled: false")
    posted = read_manifest(changed)
    assert posted["settings"]["socket_mode_enabled"] is False
    assert str(posted).count(f"https://tillidsrum.example.org{PATH}") == POSTED
    assert manifest_of(changed) == OURS
    assert f"https://tillidsrum.example.org{PATH}" in GUIDE


def test_what_health_says_is_explained() -> None:
    explained = re.findall(r"^\| `([^`]+)` \|", GUIDE, flags=re.MULTILINE)
    starts = [said.removesuffix(" …") for said in explained]
    for said in WHAT_IS_WRONG.values():
        kind = said.partition(" (")[0]
        assert any(start.startswith(kind) or said.startswith(start) for start in starts), said


def test_the_commands_that_are_named_are_there() -> None:
    named = set(re.findall(r"^tillidsrum (\w+)", GUIDE, flags=re.MULTILINE))
    assert named
    assert named <= set(COMMANDS)
