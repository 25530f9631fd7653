"""Whatever people type, paste or forge: a kind word, nothing lost, nothing revealed."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import House
from tests.acceptance.verbs import SKIPPED_PULSE, looks, prepares, taps_the_pulse

ROSTER = "Vagtplanen og hvem der bestemmer"


async def comes_to_the_point(house: House) -> None:
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)


async def test_eight_thousand_characters_are_kept_to_the_last(house: House) -> None:
    await comes_to_the_point(house)
    long = "å" * 7_999 + "!"
    await house.mette.writes(long)
    assert house.mette.heard == ["point-share"]
    assert long in house.mette.said_to
    await house.mette.presses("share")
    assert long in await looks(house.karin)


@pytest.mark.parametrize("length", [8_001, 20_000, 200_000])
async def test_too_much_is_told_with_figures_and_nothing_is_cut(house: House, length: int) -> None:
    await comes_to_the_point(house)
    await house.mette.writes("x" * length)
    assert house.mette.heard == ["[too-long]", "point"]
    assert "8000" in house.mette.said_to
    await house.mette.writes(ROSTER)
    assert house.mette.heard == ["point-share"]


@pytest.mark.parametrize("nothing", ["", " ", "\n\t \n", "\x00\x07\x1b", "\u202e\u2066", "\ufeff"])
async def test_nothing_is_met_with_a_kind_word(house: House, nothing: str) -> None:
    await comes_to_the_point(house)
    await house.mette.writes(nothing)
    assert house.mette.heard == ["[empty]", "point"]


@pytest.mark.parametrize(
    "words",
    [
        "🙂", "👩🏽‍🚒 og 🧑‍🦽", "שלום, מתי נדבר?", "مرحبا",
        "<b>fed</b> & <script>alert(1)</script>",
        "*fed* _kursiv_ ~streg~ `kode` <@U123> <!channel> <https://x.dk|klik>",
        "{nearest_leader} **{preview}** {0} %s", "'; DROP TABLE point; --", "Z̷a̴l̶g̷o̵", "næste\nlinje",
    ],
)  # fmt: skip
async def test_karin_sees_it_character_by_character(house: House, words: str) -> None:
    await comes_to_the_point(house)
    await house.mette.writes(words)
    await house.mette.presses("share")
    seen = await looks(house.karin)
    assert words in seen
    leader = house.karin.shown("leader#0")
    assert any(words in text and style == "" for text, style in leader.styles)


async def test_control_characters_are_taken_out_and_the_words_stay(house: House) -> None:
    await comes_to_the_point(house)
    await house.mette.writes("Vagt\x00pla\x1bnen\u202e")
    assert "Vagtplanen" in house.mette.said_to


@pytest.mark.parametrize(
    "day",
    [
        "onsdag den 2. december", "2/12", "2.12.2026", "om ni dage", "onsdag i næste uge",
        "den 2. dec", "på onsdag i næste uge", "2026-12-02",
    ],
)  # fmt: skip
async def test_a_nonsense_date_is_asked_again_and_every_danish_way_is_understood(
    house: House, day: str
) -> None:
    await house.mette.writes("vi har talt sammen")
    await house.mette.presses("moved")
    await house.mette.writes("når køerne danser")
    assert house.mette.heard == ["[bad-date]", "moved-day"]
    await house.mette.writes("1/1 2020")
    assert house.mette.heard == ["[past-date]", "moved-day"]
    await house.mette.writes(day)
    assert house.mette.heard == ["moved-to"]
    assert house.rows("SELECT moved_to FROM occurrence") == [("2026-12-02",)]


async def test_text_where_a_choice_is_waited_for_is_no_error_and_no_answer(house: House) -> None:
    await house.until("mon 09:05")
    await house.mette.writes("Jeg har sgu ikke tid")
    assert house.mette.heard == ["[not-understood]", "invite"]
    await house.mette.writes("ja, nu")
    assert house.mette.heard == ["pulse", "krydspres"]
    await house.mette.writes("ret meget")
    assert house.mette.heard == ["[not-understood]", "krydspres"]
    await house.mette.writes("4")
    assert house.mette.heard == ["influence"]


async def test_an_old_button_of_a_finished_conversation_asks_before_it_changes(
    house: House,
) -> None:
    await prepares(house.mette, ROSTER)
    pulse = house.mette.shown("krydspres")
    await house.mette.presses_on(pulse, "1")
    assert house.mette.heard == ["[further-on]"]
    shares = house.rows("SELECT state FROM share")
    assert shares == [("shared",)]


async def test_forged_buttons_of_somebody_elses_conversation_reveal_nothing(house: House) -> None:
    await comes_to_the_point(house)
    await house.mette.writes(ROSTER)
    before = house.rows("SELECT id, body_sealed FROM conversation")
    for token in house.mette.last.choices.values():
        await house.karin.presses_token(token)
        assert house.karin.heard == ["[nothing-open]"]
    conversation = house.mette.last.choices["share"].split(":")[0]
    for choice in ("continue", "revise-1", "withdraw-1", "as-it-was", "share"):
        for turn in (0, 1, 6, 999_999):
            await house.karin.presses_token(f"{conversation}:{turn}:{choice}")
            assert house.karin.heard == ["[nothing-open]"]
    assert not house.karin.ever_saw(ROSTER)
    assert house.rows("SELECT id, body_sealed FROM conversation") == before
    assert house.rows("SELECT * FROM share") == []


@pytest.mark.parametrize(
    "token",
    [
        "",
        ":",
        "::",
        "x" * 64,
        "a:b:c",
        "a:1:",
        "a:-1:yes",
        "ååå:1:yes",
        "a:1:YES; DROP",
        "a:1:yes\n",
    ],
)
async def test_an_unknown_token_is_met_with_a_kind_word(house: House, token: str) -> None:
    await house.mette.presses_token(token)
    assert house.mette.heard == ["[nothing-open]"]


async def test_every_choice_of_ones_own_conversation_may_be_forged_without_harm(
    house: House,
) -> None:
    await comes_to_the_point(house)
    conversation = house.mette.last.choices["skip"].split(":")[0]
    for choice in ("share", "yes", "delete", "revise-999", "withdraw-999", "1", "more", "save"):
        for turn in (0, 3, 6, 7, 999_999):
            await house.mette.presses_token(f"{conversation}:{turn}:{choice}")
            assert house.mette.heard != []
    await house.mette.writes(ROSTER)
    assert house.mette.heard == ["point-share"]


async def test_a_stranger_learns_nothing_and_leaves_nothing(house: House) -> None:
    outcome = await house.takes_in_from("stranger", text="Hvem er Mette Holm?")
    assert outcome == "unknown-person"
    heard = house.platform.phones["stranger"]
    assert [one.name for one in heard] == ["[unknown-person]"]
    assert "Mette" not in heard[0].text
    assert house.rows("SELECT * FROM transcript") == []
    assert house.rows("SELECT * FROM outbox") == []


async def test_many_choices_are_read_from_a_list_in_words(make_house: MakeHouse) -> None:
    house = make_house()
    await house.mette.writes("indstillinger")
    await house.mette.presses_all("da", "change", "skip")
    assert house.mette.heard == ["days"]
    await house.mette.writes("mandag, onsdag og en dag til")
    assert house.mette.heard == ["[not-understood]", "days"]
    await house.mette.writes("mandag, onsdag og fredag")
    assert house.mette.heard == ["hours-now"]
    assert house.mette.profile.working_days == "135"
    await house.mette.writes("fra morgen til aften")
    assert house.mette.heard == ["[bad-form]", "hours-now"]
    await house.mette.writes("16-8")
    assert house.mette.heard == ["[bad-form]", "hours-now"]
    await house.mette.writes("8.30 til 15")
    assert (house.mette.profile.hours_from, house.mette.profile.hours_to) == ("08:30", "15:00")


async def test_a_leave_that_ends_before_it_begins_is_turned_around(house: House) -> None:
    await house.mette.writes("indstillinger")
    await house.mette.presses_all("da", "yes")
    await house.mette.writes("11/12")
    await house.mette.writes("7/12")
    assert house.rows("SELECT first_day, last_day FROM leave") == [("2026-12-07", "2026-12-11")]
