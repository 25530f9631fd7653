"""What the windows about rhythm hold has room there, and comes back whole."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from bot.channels.slack.hook import LARGEST_BODY
from bot.channels.slack.rhythm import Kept, filling_window, seen_window
from bot.channels.slack.rhythm_texts import WORDS
from bot.rhythm_desk import ME, Entered, Offer, Option, Seen
from bot.rhythm_filled import Filled
from bot.rhythm_told import Told
from flows.model import Language
from tests.fakes.slack.blocks import check_view
from tests.fakes.slack.limits import Limits

LANGUAGES: tuple[Language, ...] = ("da", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_however_many_groups_there_are_the_window_fits(language: Language) -> None:
    many = tuple(Option(f"group:{number:011}", "ø" * 120) for number in range(3000))
    kinds = (Option("dialogue", "Dialogen"),)
    offer = Offer(language, kinds, sets_for_all=True, courses=many[:150], groups=many[150:])
    view = filling_window(offer, Kept(language))
    checked = check_view(view, Limits(), "modal")
    [whom] = [block for block in checked["blocks"] if block["block_id"] == "whom"]
    assert whom["hint"]["text"] == WORDS[language]["whom-more"]
    posted = quote(json.dumps(checked, separators=(",", ":")))
    assert len(posted) + 3 * 3000 < LARGEST_BODY


def test_a_few_hundred_groups_of_the_usual_length_are_all_offered() -> None:
    many = tuple(Option(f"group:{number:011}", f"TRIO Afdeling {number}") for number in range(110))
    offer = Offer("da", (Option("dialogue", "Dialogen"),), sets_for_all=True, groups=many)
    checked = check_view(filling_window(offer, Kept("da")), Limits(), "modal")
    [whom] = [block for block in checked["blocks"] if block["block_id"] == "whom"]
    assert "hint" not in whom
    assert [len(one["options"]) for one in whom["element"]["option_groups"]] == [2, 100, 10]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_second_window_carries_along_has_room(language: Language) -> None:
    weeks = " ".join(f"{year}-W{week:02}" for year in (2026, 2027) for week in range(1, 53))
    filled = Filled("nudge", "group:" + "x" * 100, "26", "7", "23:59", "-10", weeks, "yes")
    told = Told("Sådan " * 60, tuple("onsdag den 30. december 2026, 10.00" for _ in range(10)), "x")
    seen = Seen(language, told, filled, others=True)
    check_view(seen_window(seen, Kept(language), "n" * 254), Limits(), "modal")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_filled_in_stands_there_again(language: Language) -> None:
    offer = Offer(language, (Option("dialogue", "D"), Option("nudge", "N")), sets_for_all=True)
    filled = Filled("nudge", ME, "", "5", "13:30", "-2", "uge 7", "yes")
    view = filling_window(offer, Kept(language, None, Entered(filled, "Mette")))
    elements = {b["block_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    assert elements["kind"]["initial_option"]["value"] == "nudge"
    assert elements["person"]["initial_value"] == "Mette"
    assert elements["weekday"]["initial_option"]["value"] == "5"
    assert elements["at"]["initial_time"] == "13:30"
    assert elements["off"]["initial_options"] == elements["off"]["options"]
    check_view(view, Limits(), "modal")
