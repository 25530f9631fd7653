"""The main story once more, on PostgreSQL; and what only several processes at once can do."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.inbound import FurtherOn, Incoming, take_in
from storage.database import Unit
from storage.encryption import new_secret_key
from tests.acceptance.at_page import AtPage
from tests.acceptance.house import House
from tests.acceptance.trio import is_asked_to_call, proposes, the_meeting, trio
from tests.acceptance.verbs import (
    SKIPPED_PULSE,
    looks,
    opens_what_is_shared,
    prepares,
    takes_back,
    talked,
    taps_the_pulse,
)
from tests.storage.servers import postgresql_server, run_alone, url_of

pytestmark = pytest.mark.postgresql

ROSTER = "Hvad er mit at beslutte, når **vagtplanen** ændrer sig?"
_numbers = itertools.count()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture
def house(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.chdir(tmp_path)  # the erase log lies in var/ when the database is a server
    name = f"house_{next(_numbers)}"
    run_alone(server, f"CREATE DATABASE {name}")
    house = House(url_of(server, name), new_secret_key(), restless=True)
    house.pairs_up()
    yield house
    house.close()


async def test_the_fortnight_goes_as_it_does_on_sqlite(house: House) -> None:
    mette, karin = house.mette, house.karin
    await house.until("mon 09:05")
    await mette.presses("now")
    await taps_the_pulse(mette)
    await mette.writes(ROSTER)
    await mette.presses_all("share", "no")
    assert mette.heard[0] == "closing"
    await house.until("tue 09:05")
    assert karin.heard == ["what-you-see", "leader#0", "own#0"]
    assert ROSTER in karin.said_to
    await house.until("wed 11:00")
    assert mette.heard == ["talked"]
    await talked(mette, "no")
    await house.until("mon 09:05")
    await house.until("mon 09:05")
    await mette.presses_all("now", *SKIPPED_PULSE)
    assert mette.heard == ["carry#0"]
    await mette.presses_all("take", "share")
    assert ROSTER in await looks(karin)
    await takes_back(mette)
    assert ROSTER not in await looks(karin)


async def test_an_erasure_leaves_nothing_behind(house: House) -> None:
    await prepares(house.mette, ROSTER)
    await opens_what_is_shared(house.karin)
    await house.karin.presses("add-own")
    await house.karin.writes("Mit eget")
    await house.mette.writes("slet mine data")
    delete = house.mette.last.choices["delete"]
    assert await house.takes_in(house.mette, token=delete) == "erased"
    assert house.mette.heard == ["[erased]"]
    await house.karin.presses("keep")
    assert house.karin.heard == ["closing"]
    assert ROSTER not in await looks(house.karin)
    keys = house.rows("SELECT person_id FROM person_key")
    assert {person for (person,) in keys} == {house.karin.id, house.henrik.id}


async def test_two_processes_that_hear_one_person_at_once_take_turns(house: House) -> None:
    """The second device waits until the first one's turn is done, and then comes too late."""
    house.restless = False
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)
    await house.mette.writes(ROSTER)
    shown = house.mette.last
    first_done, second_asked = threading.Event(), threading.Event()

    def first(unit: Unit) -> str:
        incoming = Incoming("web", "mette", "first-device", token=shown.choices["share"])
        outcome = take_in(unit, house.wired.parts, incoming)
        first_done.set()
        second_asked.wait(0.3)  # holds its turn: the second one can only wait meanwhile
        return outcome

    other = house.another()
    try:
        one = asyncio.create_task(house.wired.write(first))
        await asyncio.to_thread(first_done.wait)
        incoming = Incoming("web", "mette", "second-device", token=shown.choices["keep"])
        outcome = await other.intake.hear(incoming)
        assert (await one, outcome) == ("taken", "taken")
    finally:
        other.close()
    await house.wired.beat.beat()
    names = [one.name for one in house.mette.messages]
    assert names.count("another") == 1
    assert names[-1] == "[further-on]"
    assert house.rows("SELECT state FROM share") == [("shared",)]


async def test_the_page_waits_for_the_chat_and_then_knows_that_it_comes_too_late(
    house: House,
) -> None:
    house.restless = False
    at_page = AtPage(house, house.mette)
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)
    at, first_done, second_asked = at_page.at, threading.Event(), threading.Event()

    def first(unit: Unit) -> str:
        outcome = take_in(unit, house.wired.parts, Incoming("web", "mette", "chat", text=ROSTER))
        first_done.set()
        second_asked.wait(0.3)  # holds its turn: the page can only wait meanwhile
        return outcome

    other = house.another()
    try:
        one = asyncio.create_task(house.wired.write(first))
        await asyncio.to_thread(first_done.wait)
        late = Incoming("page", house.mette.id, "a-form", text="Andet", token=at, here="da")
        with pytest.raises(FurtherOn):
            await other.intake.take(late)
        assert await one == "taken"
    finally:
        other.close()
    assert at_page.last.name == "point-share"
    assert ROSTER in at_page.last.text
    await at_page.presses("keep")
    assert at_page.last.name == "another"


async def test_two_workers_deliver_each_message_once(house: House) -> None:
    house.restless = False
    for number in range(20):
        who = house.moves_in(f"leader{number}")
        for text in ("hjælp", "pause"):
            await house.takes_in_from(who.name, text=text, deliver=False)
    other = house.another()
    try:
        await asyncio.gather(house.wired.outbound.deliver(), other.outbound.deliver())
        await asyncio.gather(house.wired.outbound.deliver(), other.outbound.deliver())
    finally:
        other.close()
    for number in range(20):
        who = house.residents[f"leader{number}"]
        assert [one.name for one in who.messages] == ["words", "menu", "about", "how-long"]


async def test_of_two_who_vote_at_the_same_moment_the_last_has_it_settled(house: House) -> None:
    house.restless = False
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "14"))
    karins, henriks = house.karin.last, house.henrik.last
    first_done, second_asked = threading.Event(), threading.Event()

    def first(unit: Unit) -> str:
        incoming = Incoming("web", "karin", "a-vote", token=karins.choices["first"])
        outcome = take_in(unit, house.wired.parts, incoming)
        first_done.set()
        second_asked.wait(0.3)  # neither sees the other's vote, unless the second one waits
        return outcome

    other = house.another()
    try:
        one = asyncio.create_task(house.wired.write(first))
        await asyncio.to_thread(first_done.wait)
        incoming = Incoming("web", "henrik", "another-vote", token=henriks.choices["first"])
        outcome = await other.intake.hear(incoming)
        assert (await one, outcome) == ("taken", "taken")
    finally:
        other.close()
    await house.wired.beat.beat()
    assert [one.name for one in house.mette.messages][-2:] == ["tally", "one"]
    await house.mette.presses("first")
    assert the_meeting(house, group).state == "set"
    assert (house.karin.heard, house.henrik.heard) == (["set"], ["set"])
