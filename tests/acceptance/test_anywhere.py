"""The words that work anywhere, in both languages, and finding one's way back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.inbound import Incoming
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import House
from tests.acceptance.verbs import SKIPPED_PULSE, prepares, taps_the_pulse

ROSTER = "Vagtplanen og hvem der bestemmer"


@pytest.mark.parametrize("words", ["pause til fredag", "Pause indtil fredag", "pause until Friday"])
async def test_pause_until_a_day_is_quiet_until_that_day(house: House, words: str) -> None:
    await house.mette.writes(words)
    assert house.mette.heard == ["[pause-set]"]
    assert "fredag den 27. november" in house.mette.said_to
    assert house.mette.profile.paused_until == date(2026, 11, 27)
    await house.until("fri 07:59")
    assert house.mette.heard == []


async def test_a_pause_that_makes_no_sense_asks_how_long(house: House) -> None:
    await house.mette.writes("pause til køerne danser")
    assert house.mette.profile.paused_until is None
    assert house.mette.heard != []
    await house.mette.writes("pause")
    assert house.mette.heard == ["about", "how-long"]


async def test_a_pause_to_a_day_one_chooses_and_back_again_before_it(house: House) -> None:
    await house.mette.writes("pause")
    await house.mette.presses("other")
    await house.mette.writes("24/12")
    assert house.mette.heard == ["quiet-until"]
    await house.travel(weeks=1)
    assert house.mette.heard == []
    await house.mette.writes("pause")
    assert house.mette.heard == ["about", "paused"]
    await house.mette.presses("resume")
    assert house.mette.heard == ["welcome-back"]
    await house.on(date(2026, 12, 7), "09:05")
    assert house.mette.heard == ["invite"]


async def test_in_a_pause_one_may_still_write_and_is_answered(house: House) -> None:
    await house.mette.writes("pause")
    await house.mette.presses("1-week")
    await house.mette.writes("forbered")
    assert house.mette.heard == ["pulse", "krydspres"]


async def test_karin_is_not_told_that_mette_pauses(house: House) -> None:
    await house.mette.writes("pause")
    await house.mette.presses("4-weeks")
    await house.travel(weeks=4)
    assert "pause" not in "".join(one.text.lower() for one in house.karin.messages)


async def test_the_language_may_change_in_the_middle_of_a_conversation(house: House) -> None:
    await house.mette.writes("forbered")
    danish = house.mette.said_to
    await house.mette.writes("english")
    assert house.mette.heard == ["[language]", "krydspres"]
    assert house.mette.last.text not in danish
    await house.mette.presses("3")
    assert house.mette.heard == ["influence"]
    await house.mette.writes("dansk")
    assert house.mette.heard == ["[language]", "influence"]
    await house.until("mon 09:05")


async def test_the_next_contact_comes_in_the_language_one_changed_to(house: House) -> None:
    await house.mette.writes("english")
    await house.until("mon 09:05")
    assert "two minutes" in house.mette.said_to


async def test_stop_and_go_on_lose_nothing(house: House) -> None:
    house.restless = True
    await house.mette.writes("forbered")
    await house.mette.presses_all("3", "4")
    await house.mette.writes("stop")
    assert house.mette.heard == ["[resting]"]
    await house.until("tue 13:00")
    assert house.mette.heard == ["[back-to]", "[back-to]"]
    await house.mette.writes("fortsæt")
    assert house.mette.heard == ["support"]


async def test_an_invitation_left_half_way_is_not_asked_from_the_beginning(house: House) -> None:
    await house.until("mon 09:05")
    await house.mette.presses_all("now", "3", "4")
    house.platform.has("refused", retry_after=60)
    await house.until("tue 09:05")
    await house.travel(minutes=2)
    assert house.mette.messages[-1].name == "[back-to]"
    await house.mette.presses("continue")
    assert house.mette.heard == ["support"]


async def test_where_am_i_says_which_conversation_and_asks_again(house: House) -> None:
    await house.mette.writes("forbered")
    await house.mette.writes("hvor er jeg?")
    assert house.mette.heard == ["[where]", "krydspres"]
    assert "Forbered dialogen" in house.mette.said_to


async def test_back_goes_back_and_edit_chooses_what_to_change(house: House) -> None:
    await house.mette.writes("forbered")
    await house.mette.writes("tilbage")
    assert house.mette.heard == ["[nothing-before]", "krydspres"]
    await house.mette.presses_all("3", "4")
    await house.mette.writes("tilbage")
    assert house.mette.heard == ["influence"]
    await house.mette.presses("5")
    assert house.mette.heard == ["[changed]", "support"]
    await house.mette.writes("ret")
    assert house.mette.heard == ["[which-answer]"]
    assert len(house.mette.last.choices) == 2
    await house.mette.presses(next(iter(house.mette.last.choices)))
    assert house.mette.heard == ["krydspres"]
    await house.mette.presses("as-it-was")
    assert house.mette.heard == ["support"]


async def test_help_opens_another_conversation_and_leads_back(house: House) -> None:
    await house.mette.writes("forbered")
    await house.mette.presses("3")
    await house.mette.writes("hjælp")
    assert house.mette.heard == ["words", "menu"]
    await house.mette.presses("who-sees-what")
    assert house.mette.heard[-1] == "[back-to]"
    await house.mette.presses("continue")
    assert house.mette.heard == ["influence"]


@pytest.mark.parametrize(("days", "offered"), [(2, True), (4, False)])
async def test_what_is_long_gone_is_not_offered_again_but_can_be_asked_for(
    make_house: MakeHouse, days: int, offered: bool
) -> None:
    house = make_house()
    await house.mette.writes("interviewguide")
    await house.mette.presses_all("short", "alone")
    await house.travel(days=days)
    await house.mette.writes("hvem kan se det")
    assert ("[back-to]" in house.mette.heard) == offered
    await house.mette.writes("fortsæt")
    assert house.mette.heard == ["goals"]


async def test_a_finished_preparation_can_be_begun_again_and_the_old_one_stays(
    house: House,
) -> None:
    await prepares(house.mette, ROSTER)
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)
    assert house.mette.heard == ["carry#0"]


async def test_control_words_inside_a_longer_text_are_only_text(house: House) -> None:
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)
    await house.mette.writes("Stop med at flytte vagter, og pause til alle om fredagen")
    assert house.mette.heard == ["point-share"]


@pytest.mark.parametrize("words", ["Hej", "hjælp!", "MENU", "/help", "/start", "hello"])
async def test_greetings_and_cries_for_help_lead_to_the_menu(house: House, words: str) -> None:
    await house.mette.writes(words)
    assert house.mette.heard == ["words", "menu"]


async def test_karins_menu_has_what_is_shared_with_her(house: House) -> None:
    await house.karin.writes("hjælp")
    assert "nearest-leader" in house.karin.last.choices
    await house.mette.writes("hjælp")
    assert "nearest-leader" not in house.mette.last.choices


async def test_every_dialogue_can_be_begun_and_left_in_both_languages(
    make_house: MakeHouse,
) -> None:
    for language in ("da", "en"):
        house = make_house(language=language, restless=True)
        house.pairs_up()
        for dialogue in house.wired.parts.catalogue.dialogues:
            await house.begins(house.mette, dialogue)
            assert house.mette.heard != []
            await house.mette.writes("stop")
            assert house.mette.heard != []


async def test_the_welcome_sets_the_hours_that_hold_from_then_on(make_house: MakeHouse) -> None:
    house = make_house()
    house.pairs_up()
    await house.begins(house.mette, "welcome")
    assert house.mette.heard == ["language"]
    await house.mette.presses_all("da", "change", "skip")
    await house.mette.presses("tue", "wed", "thu")
    await house.mette.writes("9.30-15")
    await house.mette.presses_all("skip", "yes", "yes")
    assert house.mette.heard == ["rhythm", "goes-on"]
    await house.travel(weeks=4)
    for one in house.first_words(house.mette):
        at = one.at.astimezone(house.now.tzinfo)
        assert at.isoweekday() in (2, 3, 4)
        assert "09:30" <= f"{at:%H:%M}" < "15:00"
    assert house.first_words(house.mette) != []


async def test_a_text_that_answers_a_message_goes_to_its_conversation(house: House) -> None:
    """A window that was opened, or a reply to a question, while something else began."""
    await house.mette.writes("prepare")
    await taps_the_pulse(house.mette)
    asked = house.mette.last
    await house.begins(house.mette, "pause")
    await house.mette.presses("other")
    before = house.mette.last
    incoming = Incoming(
        house.platform.name, "mette", "in-the-window", text="For få hænder", replies_to=asked.key
    )
    assert await house.wired.intake.hear(incoming) == "taken"
    await house.wired.beat.beat()
    assert house.mette.last.name == "point-share"
    assert before.name == "until"


async def test_a_text_that_answers_what_is_over_goes_to_what_is_open(house: House) -> None:
    await house.mette.writes("pause")
    over = house.mette.last
    await house.mette.presses("1-week")
    await house.mette.writes("prepare")
    await taps_the_pulse(house.mette)
    incoming = Incoming(
        house.platform.name, "mette", "in-the-window", text="For få hænder", replies_to=over.key
    )
    assert await house.wired.intake.hear(incoming) == "taken"
    await house.wired.beat.beat()
    assert house.mette.last.name == "point-share"
