"""The shortcut on a message: a private point of one's own, seen before it is kept."""

from __future__ import annotations

import logging
from unittest.mock import ANY

import pytest

from bot.facts import gather
from bot.parts import About
from storage import points
from tests.channels.slack.house import House
from tests.fakes.slack import Channel, Person
from tests.fakes.slack.messages import Message

THEIRS = "Kan I holde igen med <overtid> & vikarer?"
OWN = "AFTALEN om overtid"


@pytest.fixture
def berit(house: House) -> Person:
    return house.fake.person("U103", "Berit Dahl")


@pytest.fixture
def hall(house: House, berit: Person) -> Channel:
    """A channel that the app is not in."""
    return house.fake.channel("C1", "alle", house.mette, house.karin, berit, bot=False)


async def window_on(house: House, who: Person, message: Message) -> None:
    who.message_shortcut("take-up", message)
    await house.fake.until(lambda: who.view)


def prefilled(who: Person) -> str:
    assert who.view
    return str(who.view.blocks[0]["element"].get("initial_value", ""))


def kept_points(house: House) -> list[str]:
    mette = house.profile("Mette")
    return [one.text for one in house.does(lambda unit: points.open_points(unit, mette))]


async def test_it_becomes_a_point_of_ones_own_and_comes_up_when_one_prepares(
    house: House, hall: Channel
) -> None:
    house.pairs_up()
    message = house.karin.writes(THEIRS, hall.id)
    async with house.running():
        await window_on(house, house.mette, message)
        assert prefilled(house.mette) == THEIRS
        house.mette.submits({"words": OWN})
        await house.fake.until(lambda: house.mette.sees)
    assert house.mette.view is None
    assert kept_points(house) == [OWN]
    assert house.rows("SELECT count(*) FROM share") == [(0,)]
    parts, mette = house.wired.parts, house.profile("Mette")
    facts = house.does(lambda unit: gather(unit, parts, mette, ["carried"], About()))
    assert facts["carried"] == [{"id": ANY, "text": OWN}]
    assert house.fake.mistakes == []


async def test_nobody_else_sees_anything_of_it(house: House, hall: Channel) -> None:
    message = house.karin.writes(THEIRS, hall.id)
    async with house.running():
        await window_on(house, house.mette, message)
        house.mette.submits({"words": OWN})
        await house.fake.until(lambda: house.mette.sees)
    assert [sight.text for sight in house.karin.sees_in("C1")] == [THEIRS]
    assert house.karin.sees == []
    assert len(house.mette.sees) == 1
    assert OWN not in house.mette.sees[0].text


async def test_what_the_other_wrote_is_not_kept_before_it_was_shown_and_saved(
    house: House, hall: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    message = house.karin.writes("NEJTAK", hall.id)
    async with house.running():
        await window_on(house, house.mette, message)
        house.mette.closes()
        await house.fake.deliver()
    assert house.outcomes == []
    assert house.rows("SELECT count(*) FROM inbox") == [(0,)]
    assert house.rows("SELECT count(*) FROM conversation") == [(0,)]
    assert "NEJTAK" not in caplog.text


async def test_nothing_but_spaces_is_told_under_the_field_and_may_be_mended(
    house: House, hall: Channel
) -> None:
    message = house.karin.writes(THEIRS, hall.id)
    async with house.running():
        await window_on(house, house.mette, message)
        house.mette.submits({"words": "   "})
        await house.fake.until(lambda: house.mette.view and house.mette.view.errors)
        assert kept_points(house) == []
        house.mette.submits({"words": OWN})
        await house.fake.until(lambda: house.mette.view is None)
        await house.fake.until(lambda: house.mette.sees)
    assert kept_points(house) == [OWN]
    assert len(house.mette.sees) == 1
    assert house.fake.mistakes == []


async def test_a_very_long_message_and_one_without_words_can_be_taken_up(
    house: House, hall: Channel
) -> None:
    long, empty = house.karin.writes("ord " * 2000, hall.id), house.karin.writes("", hall.id)
    async with house.running():
        for message in (long, empty):
            await window_on(house, house.mette, message)
            assert len(prefilled(house.mette)) == (3000 if message is long else 0)
            house.mette.closes()
    assert house.fake.mistakes == []


async def test_a_question_that_waits_is_not_answered_by_it(house: House, hall: Channel) -> None:
    message = house.karin.writes(THEIRS, hall.id)
    async with house.running():
        house.mette.writes("forbered")
        await house.fake.until(lambda: house.mette.buttons)
        asked = house.mette.sees[-1]
        await window_on(house, house.mette, message)
        house.mette.submits({"words": "3"})
        await house.fake.until(lambda: len(house.mette.sees) > 2)
        await house.fake.deliver()
    assert kept_points(house) == ["3"]
    assert house.rows("SELECT count(*) FROM pulse") == [(0,)]
    assert asked.labels == next(one for one in house.mette.sees if one.ts == asked.ts).labels


async def test_who_is_not_known_is_told_so_in_a_window_and_nothing_is_kept(
    house: House, hall: Channel, berit: Person
) -> None:
    message = house.karin.writes(THEIRS, hall.id)
    async with house.running():
        await window_on(house, berit, message)
        assert berit.view
        assert berit.view.inputs == []
    assert house.outcomes == []
    assert house.fake.mistakes == []


async def test_who_is_new_may_begin_with_it(house: House, hall: Channel, berit: Person) -> None:
    house.does(lambda unit: house.invite(unit, "Berit Dahl", berit.email))
    message = house.karin.writes(THEIRS, hall.id)
    async with house.running():
        await window_on(house, berit, message)
        assert berit.view
        assert len(berit.view.inputs) == 1
        await house.fake.until(lambda: berit.buttons)
        berit.submits({"words": OWN})
        await house.fake.until(lambda: len(berit.sees) > 1)
    assert house.outcomes == ["taken"]
    assert house.fake.mistakes == []
