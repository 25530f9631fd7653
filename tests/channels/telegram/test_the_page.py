"""docs/telegram.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.channels.telegram.edge import NOT_CONNECTED, WHAT_IS_WRONG
from bot.channels.telegram.hook import LARGEST_BODY, PATH
from bot.channels.telegram.keyboard import DONE_LABELS
from bot.channels.telegram.menu import MENU
from bot.channels.telegram.send import ALL_PER_SECOND, CHAT_PER_SECOND
from bot.settings import PREFIX, Settings

PAGE = (Path(__file__).parents[3] / "docs/telegram.md").read_text("utf-8")


def test_every_setting_that_is_named_exists_and_every_one_of_telegrams_is_named() -> None:
    named = {one.removesuffix("_FILE") for one in re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", PAGE)}
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert named <= known
    assert {name for name in known if "TELEGRAM" in name} <= named


def test_the_menu_is_listed_as_it_is() -> None:
    rows = re.findall(r"^\| `/(\w+)` \| `/(\w+)` \|", PAGE, flags=re.MULTILINE)
    pairs = zip(MENU["da"], MENU["en"], strict=True)
    assert rows == [(danish.command, english.command) for danish, english in pairs]


@pytest.mark.parametrize("words", [NOT_CONNECTED, WHAT_IS_WRONG[401], WHAT_IS_WRONG[409]])
def test_what_health_says_is_explained(words: str) -> None:
    assert f"| {words} |" in PAGE


def test_the_numbers_and_names_are_those_of_the_code() -> None:
    assert f"`POST {PATH}`" in PAGE
    assert f"up to {LARGEST_BODY // 1024} KB" in PAGE
    assert f"One message a second in a chat and {ALL_PER_SECOND} a second in all" in PAGE
    assert CHAT_PER_SECOND == 1
    assert all(f"*{label}*" in PAGE for label in DONE_LABELS.values())
