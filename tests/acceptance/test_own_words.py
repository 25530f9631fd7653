"""Whoever wants their own words only on their page never sees one of them in the chat, whatever they
do: every free text there is gets a mark, and the chat is looked through for it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pydantic import JsonValue

from bot.facts import FACTS, gather
from bot.parts import About
from flows.private import INSTEAD, PRIVATE
from flows.wording import OWN_PAPERS, OWN_WORDS
from storage import pairs, people, preferences
from storage.database import Unit
from tests.acceptance.at_page import AtPage
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.curious import Curious, mark
from tests.acceptance.house import House, Resident
from tests.acceptance.test_consent import CANARY, every_log
from tests.acceptance.verbs import looks, makes_agreements, prepares

__all__ = ["every_log"]
ENDS = ("delete",)
"""Words after which there is nobody left to ask."""


def chooses_the_page(house: House, who: Resident) -> None:
    house.reads(
        lambda unit: preferences.put(unit, who.id, preferences.OWN_WORDS, preferences.ON_PAGE)
    )


async def writes_everything(house: House, who: Resident, *, shares: bool = False) -> Curious:
    """Mette answers every free text that there is."""
    curious = Curious(house, who, shares=shares)
    for dialogue in sorted(curious.catalogue.dialogues):
        for _ in range(8):
            if not curious.left(dialogue):
                break
            await curious.goes_through(dialogue)
    return curious


def in_chat(house: House, who: Resident) -> str:
    """All that the chat has ever been told, its labels and what waits to be sent as well."""
    shown = [f"{one.text} {' '.join(one.labels)}" for one in who.messages]

    def queued(unit: Unit) -> list[str]:
        rows = unit.connection.exec_driver_sql(
            f"SELECT slot_key, body_sealed FROM outbox WHERE person_id = '{who.id}'"
        ).all()
        key = people.get_person(unit, who.id).key
        return [key.open("outbox", "body_sealed", *row) for row in rows if row[1]]

    return "\n".join([*shown, *house.reads(queued)])


async def asks_for_everything(who: Resident, ways: dict[str, tuple[str, ...]]) -> None:
    """Every word that works anywhere, and the first answer to what it asks."""
    for name, written in ways.items():
        if name in ENDS:
            continue
        await who.writes(written[0])
        for choice in list(who.last.choices)[:1]:
            await who.presses(choice)


@pytest.fixture
def open_house(make_house: MakeHouse) -> House:
    """Its pages can be opened from where people are."""
    house = make_house(public_url="https://tillidsrum.example.org")
    house.pairs_up()
    return house


@pytest.mark.parametrize("shares", [False, True])
async def test_no_word_of_ones_own_is_ever_said_in_the_chat(
    open_house: House, shares: bool, every_log: pytest.LogCaptureFixture
) -> None:
    house = open_house
    house.pairs_up("karin", "henrik")
    chooses_the_page(house, house.mette)
    curious = await writes_everything(house, AtPage(house, house.mette), shares=shares)
    assert sum(map(len, curious.wrote.values())) > 40
    await house.travel(weeks=3)
    await asks_for_everything(house.mette, house.wired.parts.catalogue.common["da"].words)
    assert CANARY not in in_chat(house, house.mette)
    assert not {one.shows for one in house.mette.messages} & OWN_PAPERS
    assert len([one for one in house.mette.messages if PRIVATE in one.choices]) > 15
    assert CANARY not in every_log.text
    assert house.karin.ever_saw(CANARY) is shares


async def test_the_marks_would_be_seen_by_whoever_has_not_chosen_so(house: House) -> None:
    """Or the test above would prove nothing."""
    at_page = AtPage(house, house.mette)
    await writes_everything(house, at_page)
    await house.mette.writes("mine aftaler")
    assert mark("contract", "agreement-text") in in_chat(house, house.mette)


async def test_every_fact_that_tells_ones_own_words_is_known(house: House) -> None:
    """Of what a dialogue may know at its start; what one has shared with those one leads is never
    filled into a sentence."""
    house.pairs_up("karin", "henrik")
    await writes_everything(house, AtPage(house, house.mette), shares=True)

    def gathered(unit: Unit) -> dict[str, JsonValue]:
        pair = pairs.pair_of(unit, house.mette.id)
        found = unit.connection.exec_driver_sql("SELECT id FROM agreement LIMIT 1").scalar()
        about = About(pair=pair.id if pair else None, agreement=found)
        return gather(
            unit, house.wired.parts, people.get_person(unit, house.mette.id), FACTS, about
        )

    facts = house.reads(gathered)
    holding = {name for name, value in facts.items() if CANARY in json.dumps(value)}
    assert len(holding) > 5
    assert holding <= OWN_WORDS | {"my_leaders"}
    assert set(OWN_WORDS) <= set(FACTS)


async def test_what_is_shared_was_seen_by_whoever_shares_it(open_house: House) -> None:
    """In a chat that has not shown what would be shared, "del" shares nothing."""
    house, at_page = open_house, AtPage(open_house, open_house.mette)
    chooses_the_page(house, house.mette)
    await house.mette.writes("forbered")
    await house.mette.presses_all(*["skip"] * 5)
    await at_page.writes("Vagtplanen")
    assert at_page.last.name == "point-share"
    for said in ("Del med Karin", "del", "share", "ja"):
        await house.mette.writes(said)
        assert house.mette.heard == ["point-share"]
        assert list(house.mette.last.choices) == [PRIVATE]
    assert house.rows("SELECT count(*) FROM share") == [(0,)]
    await at_page.presses("share")
    assert house.rows("SELECT count(*) FROM share") == [(1,)]


async def test_nothing_else_is_decided_unseen_either(open_house: House) -> None:
    house = open_house
    await makes_agreements(house.mette, "Ingen mails efter 18")
    chooses_the_page(house, house.mette)
    await house.on(date(2026, 12, 1), "09:05")
    assert house.mette.heard[-1] == "how"
    await house.mette.writes("Den holder")
    assert (house.mette.heard, list(house.mette.last.choices)) == (["how"], [PRIVATE])
    await AtPage(house, house.mette).presses("holds")
    assert house.rows("SELECT count(*) FROM agreement_check") == [(1,)]


async def test_what_is_tapped_is_still_tapped_in_the_chat(open_house: House) -> None:
    house = open_house
    chooses_the_page(house, house.mette)
    await house.mette.writes("forbered")
    await house.mette.presses_all("3", "4", "2", "5", "1")
    assert list(house.mette.last.choices) == [PRIVATE, "skip"]
    assert house.mette.last.sight
    await house.mette.presses("skip")
    assert house.mette.heard[0] == "closing"


async def test_what_is_written_in_the_chat_all_the_same_is_an_answer(open_house: House) -> None:
    house = open_house
    chooses_the_page(house, house.mette)
    await house.mette.writes("forbered")
    await house.mette.presses_all(*["skip"] * 5)
    await house.mette.writes("Vagtplanen")
    assert AtPage(house, house.mette).last.text.count("Vagtplanen") == 1
    assert "Vagtplanen" not in house.mette.said_to


async def test_what_others_have_shared_stays_in_the_chat(open_house: House) -> None:
    house = open_house
    chooses_the_page(house, house.karin)
    await prepares(house.mette, "Vagtplanen")
    assert "Vagtplanen" in await looks(house.karin)


async def test_it_is_chosen_and_taken_back_in_the_chat(open_house: House) -> None:
    house = open_house
    instead = house.wired.parts.catalogue.common["da"].notes[INSTEAD]
    for chosen, said_instead in (("page", True), ("chat", False)):
        await house.mette.writes("skriv privat")
        await house.mette.presses(chosen)
        await house.mette.writes("tag op")
        assert house.mette.heard == ["point"]
        assert (house.mette.said_to == instead) is said_instead
        assert set(house.mette.last.choices) == {PRIVATE}


async def test_where_no_page_can_be_opened_none_is_offered(house: House) -> None:
    await house.mette.writes("skriv privat")
    assert house.mette.heard == ["no-page"]
    await house.mette.writes("tag op")
    assert house.mette.last.choices == {}
