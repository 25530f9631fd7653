"""The page where one writes for oneself: from question to question, to the end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.pairing import close_pair
from flows.private import PRIVATE
from storage import preferences, shares
from tests.acceptance.test_consent import every_log
from tests.web.house import House, faults_of, words
from tests.web.me.desk import (
    CANARY,
    POINT,
    WRITE,
    Desk,
    at_the_point,
    choices,
    field,
    offered,
    queued,
)

__all__ = ["every_log"]
AGREED = "Karin spørger Jens\nog vi taler om det igen"


# --- a whole preparation


async def test_a_preparation_with_its_text_on_the_page_alone(
    house: House, desk: Desk, every_log: pytest.LogCaptureFixture
) -> None:
    await desk.says("forbered")
    for tap in "34251":
        await desk.taps(tap)
    await desk.taps(PRIVATE)
    said = desk.phone[-1]
    assert said.name == "[page-write]"
    [link] = [one for one in said.text.split() if one.startswith(house.wired.parts.address)]
    at = desk.phone[-2].choices[PRIVATE].split(":")[0]
    desk.browser = house.browser()
    came = await desk.browser.sends(await desk.opens(link), "/me/enter")
    assert came.headers["location"] == f"{WRITE}/{at}"
    desk.shown = await desk.browser.follows(came)
    before = queued(desk)
    await desk.writes(POINT)
    assert choices(desk.shown)[:3] == ["share", "keep", "edit"]
    assert POINT in words(desk.shown)
    await desk.presses("share")
    await desk.presses("yes")
    await desk.writes(f"{CANARY} nummer to")
    await desk.presses("keep")
    await desk.presses("enough")
    assert desk.conversation(at).status == "done"
    await house.wired.beat.beat()
    assert queued(desk) == before
    assert CANARY not in "".join(before)
    assert not any(CANARY in f"{one.text}{one.labels}" for one in desk.phone)
    assert CANARY not in every_log.text
    given = house.does(lambda unit: shares.shared_by(unit, desk.who))
    assert [one.text for one in given] == [POINT]
    kept = house.wired.database.path
    assert kept is not None
    assert CANARY.encode() not in kept.read_bytes()


async def test_what_was_shared_there_is_taken_back_there(house: House, desk: Desk) -> None:
    await at_the_point(desk)
    await desk.writes(POINT)
    await desk.presses("share")
    [withdraw] = [one for one in choices(desk.shown) if one.startswith("withdraw")]
    await desk.presses(withdraw)
    assert house.does(lambda unit: shares.shared_by(unit, desk.who)) == []


async def test_nothing_says_that_it_was_shared_when_it_was_not(house: House, desk: Desk) -> None:
    await at_the_point(desk)
    await desk.writes(POINT)
    house.does(lambda unit: close_pair(unit, house.clock(), desk.who.id))
    await desk.presses("share")
    assert house.does(lambda unit: shares.shared_by(unit, desk.who)) == []
    assert not [one for one in choices(desk.shown) if one.startswith("withdraw")]


async def test_the_chat_goes_on_where_the_page_has_left_it(desk: Desk) -> None:
    at = await at_the_point(desk)
    await desk.writes(POINT)
    await desk.says("fortsæt")
    assert desk.phone[-1].name == "point-share"
    await desk.taps("keep")
    assert desk.answers(at)["point-share"] == {"decision": "keep", "text": POINT}


# --- from one to the next


async def test_what_one_opens_from_another_goes_on_here(desk: Desk) -> None:
    first = desk.begins("help")
    await desk.opens()
    await desk.presses("contract")
    assert "yes" in choices(desk.shown)
    assert str(desk.shown.url).endswith(f"?after={first}")


async def test_several_that_wait_are_offered_the_latest_first(house: House, desk: Desk) -> None:
    begun = []
    for dialogue in ("contract", "welcome", "fortnight"):
        house.clock.move_to(house.clock() + timedelta(minutes=1))
        begun.append(desk.begins(dialogue))
    shown = await desk.opens()
    assert choices(shown) == []
    places = [shown.text.index(f'href="{WRITE}/{one}"') for one in reversed(begun)]
    assert places == sorted(places)
    await desk.opens(f"{WRITE}/{begun[1]}")
    assert "da" in choices(desk.shown)


async def test_with_nothing_waiting_the_page_says_so(desk: Desk) -> None:
    assert choices(await desk.opens()) == []
    assert desk.shown.status_code == 200


async def test_an_answer_is_changed_from_a_list_and_from_the_way_back(desk: Desk) -> None:
    at = await at_the_point(desk)
    await desk.writes(POINT)
    await desk.opens(f"{WRITE}/{at}?change=1")
    assert POINT[:20] in words(desk.shown)
    await desk.presses(choices(desk.shown)[-1])
    await desk.writes("Skrevet om")
    [back] = [one for one in choices(desk.shown) if one.startswith("revise")]
    await desk.presses(back)
    assert "as-it-was" in choices(desk.shown)
    await desk.presses("as-it-was")
    assert desk.answers(at)["point"] == "Skrevet om"


async def test_a_review_leads_to_what_it_shows(desk: Desk) -> None:
    at = desk.begins("contract")
    await desk.opens()
    for choice in ("yes", "boundary"):
        await desk.presses(choice)
    await desk.writes("Ingen mails efter 18")
    for choice in ("skip", "weekly", "enough", "change"):
        await desk.presses(choice)
    assert str(desk.shown.url).endswith("?change=1")
    await desk.presses(choices(desk.shown)[1])
    await desk.writes("Ingen mails efter 17")
    await desk.presses("save")
    assert desk.conversation(at).status == "done"
    assert desk.answers(at)["agreement-text"] == "Ingen mails efter 17"


async def test_what_is_said_at_the_end_is_there_after_a_reload(desk: Desk) -> None:
    at = await at_the_point(desk)
    await desk.presses("skip")
    assert desk.conversation(at).status == "done"
    for shown in (desk.shown, await desk.opens(f"{WRITE}/{at}")):
        assert "/me/papers/file/calendar" in shown.text
        assert field(shown) is None


async def test_a_note_is_told_once_and_only_if_it_is_ours(desk: Desk) -> None:
    at = await at_the_point(desk)
    for forged in ("<b>", "too-long", "shared.withdrawn.x", "page-me"):
        desk.browser.client.cookies.set("tillidsrum-said-me", forged, path="/me")
        shown = await desk.opens(f"{WRITE}/{at}")
        assert shown.status_code == 200
        assert "{" not in words(shown)
        assert not [one for one in choices(shown) if one.startswith("withdraw")]


async def test_erasing_oneself_there_ends_the_visit(house: House, desk: Desk) -> None:
    desk.begins("delete-my-data")
    await desk.opens()
    done = await desk.posts(choice=offered(desk.shown)[choices(desk.shown).index("delete")].token)
    assert done.headers["location"] == "/me/goodbye"
    assert (await desk.browser.opens("/me")).status_code == 403
    assert [one.person_id for one in house.wired.parts.erase_log.read()] == [desk.who.id]


@pytest.mark.parametrize("language", ["da", "en"])
async def test_it_asks_in_the_language_of_the_page(desk: Desk, language: str) -> None:
    at = await at_the_point(desk)
    asked = desk.house.wired.parts.catalogue["fortnight"].says(language, "point")  # type: ignore[arg-type]
    shown = await desk.opens(f"{WRITE}/{at}?lang={language}")
    assert asked.text.partition("{")[0].strip() in words(shown)
    await desk.writes("")
    assert faults_of(desk.shown) == ["answer"]
    assert desk.conversation(at).language == "da"


async def test_what_is_written_with_several_lines_is_shown_so(desk: Desk) -> None:
    await at_the_point(desk)
    await desk.writes(AGREED)
    assert AGREED in desk.shown.text


# --- where one's own words stand


async def test_it_is_chosen_here_where_ones_own_words_stand(house: House, desk: Desk) -> None:
    def chosen() -> bool:
        return house.does(lambda unit: preferences.keeps_words_away(unit, desk.who.id))

    for where in ("page", "chat"):
        await desk.opens()
        done = await desk.browser.sends(desk.shown, f"{WRITE}/own-words", where=where)
        await desk.browser.follows(done)
        assert chosen() is (where == "page")


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "write/../../admin", "write/x?y", "data", ""]
)
async def test_a_link_leads_nowhere_but_to_a_conversation(house: House, to: str) -> None:
    browser = house.browser()
    shown = await browser.opens(house.link(house.mette, "me"))
    came = await browser.sends(shown, "/me/enter", to=to)
    assert came.headers["location"] == "/me"
