"""What is written on one's own page is kept once, or comes back: twice posted, in two tabs, too long, or
by somebody who is not let in any more."""

from __future__ import annotations

import asyncio

import pytest

from bot.web.door import LASTS
from flows.model import TEXT_LIMIT
from flows.private import PRIVATE
from storage import erase, people
from tests.web.house import House, faults_of
from tests.web.me.desk import (
    CANARY,
    POINT,
    WRITE,
    Desk,
    at_the_point,
    choices,
    field,
    given_back,
    offered,
    queued,
    sits_down,
)


async def test_a_form_that_is_posted_twice_is_one_answer(desk: Desk) -> None:
    at = await at_the_point(desk)
    first, second = await desk.posts(text=POINT), await desk.posts(text=POINT)
    assert first.headers["location"] == second.headers["location"] == f"{WRITE}/{at}"
    turn = desk.conversation(at).turn
    assert desk.answers(at)["point"] == POINT
    assert (await desk.posts(text=POINT)).status_code == 303
    assert desk.conversation(at).turn == turn


async def test_other_words_in_the_same_form_are_not_lost(desk: Desk) -> None:
    """Whoever goes back in the browser and writes something else."""
    at = await at_the_point(desk)
    await desk.posts(text=POINT)
    again = await desk.posts(text="Noget helt andet")
    assert again.status_code == 409
    assert given_back(again) == "Noget helt andet"
    assert desk.answers(at)["point"] == POINT


async def test_the_second_of_two_tabs_keeps_what_is_in_it(desk: Desk) -> None:
    at = await at_the_point(desk)
    other = await desk.browser.opens(f"{WRITE}/{at}")
    await desk.writes(POINT)
    await desk.presses("keep")
    await desk.presses("yes")
    late = await desk.posts(other, text="Skrevet i den anden fane")
    assert late.status_code == 409
    assert field(late) == "Skrevet i den anden fane"
    desk.shown = late
    await desk.writes("Skrevet i den anden fane")
    assert desk.answers(at)["further-point"] == "Skrevet i den anden fane"
    assert desk.answers(at)["point"] == POINT


async def test_what_was_answered_in_the_chat_meanwhile_stands(desk: Desk) -> None:
    at = await at_the_point(desk)
    await desk.says("Skrevet i chatten")
    late = await desk.posts(text=POINT)
    assert (late.status_code, given_back(late)) == (409, POINT)
    assert desk.answers(at)["point"] == "Skrevet i chatten"


async def test_what_comes_after_the_end_is_given_back(desk: Desk) -> None:
    at = await at_the_point(desk)
    other = desk.shown
    await desk.presses("skip")
    late = await desk.posts(other, text=POINT)
    assert (late.status_code, given_back(late)) == (409, POINT)
    assert "point" not in desk.answers(at) or desk.answers(at)["point"] is None


async def test_of_two_who_write_at_the_same_time_both_keep_their_words(desk: Desk) -> None:
    at = await at_the_point(desk)
    texts = [f"{POINT} {number}" for number in range(4)]
    pages = [await desk.browser.opens(f"{WRITE}/{at}") for _ in texts]
    done = await asyncio.gather(
        *(desk.posts(page, text=text) for page, text in zip(pages, texts, strict=True))
    )
    assert sorted(one.status_code for one in done) == [303, 409, 409, 409]
    back = [given_back(one) for one in done if one.status_code == 409]
    assert sorted([*back, desk.answers(at)["point"]]) == texts  # type: ignore[type-var, list-item]


async def test_a_button_of_an_older_turn_changes_nothing(desk: Desk) -> None:
    at = desk.begins("fortnight")
    older = await desk.opens()
    await desk.presses("3")
    [two] = [one.token for one in offered(older) if one.choice == "2"]
    answers = desk.answers(at)
    desk.shown = await desk.browser.follows(await desk.posts(older, choice=two))
    assert desk.answers(at) == answers
    assert 'role="status"' in desk.shown.text
    assert "2" in choices(desk.shown)


async def test_a_restart_between_two_answers_is_not_noticed(house: House, desk: Desk) -> None:
    at = await at_the_point(desk)
    house.restarts(desk.browser)
    await desk.writes(POINT)
    house.restarts(desk.browser)
    await desk.opens(f"{WRITE}/{at}")
    await desk.presses("share")
    assert desk.answers(at)["point-share"] == {"decision": "share", "text": POINT}


async def test_a_page_that_is_reloaded_asks_the_same_and_saves_nothing(desk: Desk) -> None:
    at = await at_the_point(desk)
    before = desk.conversation(at)
    for _ in range(3):
        shown = await desk.opens(f"{WRITE}/{at}")
        assert field(shown) == ""
        assert shown.headers["cache-control"] == "no-store"
    assert desk.conversation(at) == before


async def test_what_the_chat_has_not_heard_cannot_be_a_command_here(desk: Desk) -> None:
    at = await at_the_point(desk)
    await desk.writes("stop")
    assert desk.answers(at)["point"] == "stop"


# --- what does not fit


async def test_what_is_too_long_comes_back_to_be_made_shorter(desk: Desk) -> None:
    at = await at_the_point(desk)
    long = "Æ" * TEXT_LIMIT + " og lidt til"
    wrong = await desk.posts(text=long)
    assert (wrong.status_code, faults_of(wrong)) == (422, ["answer"])
    assert field(wrong) == long
    assert "point" not in desk.answers(at)
    desk.shown = wrong
    await desk.writes(long[:TEXT_LIMIT])
    assert desk.answers(at)["point"] == long[:TEXT_LIMIT]


@pytest.mark.parametrize("letter", ["a", "æ", "中", "🌊"])
async def test_as_much_fits_as_in_the_chat(desk: Desk, letter: str) -> None:
    at = await at_the_point(desk)
    await desk.writes(letter * TEXT_LIMIT)
    assert desk.answers(at)["point"] == letter * TEXT_LIMIT


async def test_a_whole_manuscript_comes_back_too(desk: Desk) -> None:
    await at_the_point(desk)
    wrong = await desk.posts(text="ord " * 40_000)
    assert wrong.status_code == 422
    assert field(wrong) == "ord " * 40_000


@pytest.mark.parametrize(
    "text",
    ["<b>&amp;</b> *fed* {name} <script>alert(1)</script>", "to\nlinjer\n\nog flere",
     "--x\r\nContent-Disposition: form-data; name=\"choice\"", "From: nogen\n.\n", "\nførst en linje",
     "'\"</textarea><p>"],
)  # fmt: skip
async def test_words_are_only_words(desk: Desk, text: str) -> None:
    at = await at_the_point(desk)
    await desk.writes(text)
    assert desk.answers(at)["point"] == text.replace("\r\n", "\n").strip()
    assert "<script>alert" not in desk.shown.text
    assert "</textarea><p>" not in desk.shown.text


async def test_nothing_at_all_is_told_at_the_field(desk: Desk) -> None:
    at = await at_the_point(desk)
    wrong = await desk.posts(text="  \n ")
    assert (wrong.status_code, faults_of(wrong)) == (422, ["answer"])
    assert 'aria-invalid="true"' in wrong.text
    assert "point" not in desk.answers(at)


@pytest.mark.parametrize("day", ["engang til sommer", "1/1/2020"])
async def test_a_day_that_cannot_be_is_told_at_the_field(desk: Desk, day: str) -> None:
    at = desk.begins("after-dialogue")
    await desk.opens()
    await desk.presses("moved")
    wrong = await desk.posts(text=day)
    assert (wrong.status_code, faults_of(wrong), field(wrong)) == (422, ["answer"], day)
    desk.shown = wrong
    await desk.writes("3/12")
    assert "2026-12-03" in desk.answers(at).values()


async def test_several_are_ticked_and_none_is_told(desk: Desk) -> None:
    at = desk.begins("welcome")
    await desk.opens()
    for choice in ("da", "change", "skip"):
        await desk.presses(choice)
    wrong = await desk.posts()
    assert (wrong.status_code, faults_of(wrong)) == (422, ["answer"])
    desk.shown = wrong
    await desk.presses("mon", "wed")
    assert desk.answers(at)["days"] == ["mon", "wed"]
    mette = desk.house.does(lambda unit: people.get_person(unit, desk.who.id))
    assert mette.working_days == "13"


# --- whoever is not let in any more


async def test_whoever_wrote_for_too_long_gets_it_back(house: House, desk: Desk) -> None:
    at = await at_the_point(desk)
    house.clock.move_to(house.clock() + LASTS["me"])
    away = await desk.posts(text=POINT)
    assert away.status_code == 403
    assert given_back(away) == POINT
    assert away.headers["cache-control"] == "no-store"
    assert "point" not in desk.answers(at)
    assert not any(CANARY in one for one in queued(desk))


async def test_the_form_of_another_visit_gives_back_what_is_in_it(desk: Desk) -> None:
    at = await at_the_point(desk)
    older, browser = desk.shown, desk.browser
    desk.browser = await desk.house.enters(desk.who, "me")
    away = await desk.posts(older, text=POINT)
    assert (away.status_code, given_back(away)) == (403, POINT)
    desk.browser = browser
    assert "point" not in desk.answers(at)


async def test_a_form_from_elsewhere_changes_nothing_and_is_shown_nothing(desk: Desk) -> None:
    at = await at_the_point(desk)
    forged = await desk.browser.posts(WRITE, at=f"{at}:6:private", text=POINT)
    assert forged.status_code == 403
    crossed = await desk.browser.client.post(
        WRITE, data={"text": POINT}, headers={"sec-fetch-site": "cross-site"}
    )
    assert crossed.status_code == 403
    assert POINT not in crossed.text
    assert "point" not in desk.answers(at)
    assert (await desk.house.browser().posts(WRITE)).status_code == 403


async def test_whoever_was_erased_meanwhile_gets_it_back(house: House, desk: Desk) -> None:
    await at_the_point(desk)
    erase.erase_person(house.wired.database, house.wired.parts.erase_log, desk.who.id)
    away = await desk.posts(text=POINT)
    assert (away.status_code, given_back(away)) == (403, POINT)


async def test_somebody_elses_conversation_is_not_there(house: House, desk: Desk) -> None:
    karins = await sits_down(house, house.karin)
    theirs = await at_the_point(karins)
    assert (await desk.opens(f"{WRITE}/{theirs}")).status_code == 404
    await at_the_point(desk)
    turn = karins.conversation(theirs).turn
    refused = await desk.posts(at=f"{theirs}:{turn}:{PRIVATE}", text=POINT)
    assert (refused.status_code, given_back(refused)) == (404, POINT)
    assert (await desk.posts(choice=f"{theirs}:{turn}:skip")).status_code == 404
    assert karins.conversation(theirs).turn == turn
    shown = await desk.opens(f"{WRITE}?after={theirs}")
    assert shown.status_code == 200


@pytest.mark.parametrize("at", ["", "x", "::", "a:b:c", f"{'x' * 200}:1:private"])
async def test_a_form_that_names_no_question_gives_back_what_is_in_it(desk: Desk, at: str) -> None:
    await at_the_point(desk)
    for _ in range(2):
        refused = await desk.posts(at=at, text=POINT)
        assert (refused.status_code, given_back(refused)) == (404, POINT)
