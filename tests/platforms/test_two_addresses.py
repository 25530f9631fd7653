"""One person in Slack and in Telegram: linked by the code, contacted where they prefer, answered
where they write, and in the same conversation wherever they go on with it."""

from __future__ import annotations

import re

import pytest

from tests.platforms.evidence import everything_came_once, no_mistakes, nobody_was_disturbed
from tests.platforms.house import House, Resident
from tests.platforms.screens import Screen, TelegramScreen

OPENS = re.compile(r"https://t\.me/\w+\?start=([A-Za-z0-9_-]+)")
CODE = re.compile(r"\b\d{6}\b")
POINT = "TOSTEDER vagtplanen"
ASKED_FOR_THE_CODE = 1
"""Messages to an address that was nobody's yet, of which nothing is kept."""


@pytest.fixture
async def mette(house: House) -> Resident:
    """In Slack; her nearest leader Karin is in Telegram."""
    mette, karin = house.moves_in("mette", "slack", "en"), house.moves_in("karin", "telegram")
    house.pairs_up(mette, karin)
    return mette


async def links_telegram(house: House, mette: Resident) -> tuple[Screen, Screen]:
    """Asks for the link in Slack, opens it on the phone, and writes the code that Slack shows."""
    slack, phone = mette.screen, house.screen("mette", "telegram", 201)
    assert isinstance(phone, TelegramScreen)
    await mette.writes("link telegram")
    link = OPENS.search(mette.said_to)
    assert link is not None
    phone.person.started = False
    phone.person.start(link[1])
    await house.settle()
    code = CODE.search(slack.shown[-1].text)
    assert code is not None
    await phone.writes(code[0])
    mette.screens.append(phone)
    return slack, phone


def seen_on(*screens: Screen) -> tuple[int, ...]:
    return tuple(len(screen.shown) for screen in screens)


async def test_one_conversation_goes_on_wherever_one_is(house: House, mette: Resident) -> None:
    slack, phone = await links_telegram(house, mette)
    assert {"[link-done]", "[link-told]"} <= set(mette.heard)
    before = seen_on(slack, phone)

    await house.until("mon 09:05")
    assert mette.heard == ["invite"]
    assert seen_on(slack, phone) == (before[0], before[1] + 1)
    mette.screen = phone
    await mette.presses("now", "3", "4")
    assert mette.heard == ["support"]

    mette.screen = slack
    before = seen_on(slack, phone)
    await mette.writes("continue")
    assert mette.heard[-1] == "support"
    assert seen_on(slack, phone)[1] == before[1]
    await mette.presses("2", "5", "1")
    assert mette.heard == ["curve", "point"]

    mette.screen = phone
    await mette.writes(POINT)
    assert mette.heard == ["point-share"]
    mette.screen = slack
    await mette.writes("use slack")
    await mette.writes("continue")
    await mette.presses("share")
    assert mette.heard == ["[shared]", "another"]
    await mette.presses("no")

    before = seen_on(slack, phone)
    await house.until("wed 11:00")
    assert mette.heard == ["talked"]
    assert seen_on(slack, phone) == (before[0] + 1, before[1])
    karin = house.residents[1]
    assert karin.ever_saw(POINT)
    everything_came_once(house, mette, ASKED_FOR_THE_CODE)
    everything_came_once(house, karin)
    assert house.rows("SELECT count(*) FROM share") == [(1,)]
    nobody_was_disturbed(house)
    no_mistakes(house)


async def test_a_press_on_the_screen_that_was_left_changes_nothing_by_itself(
    house: House, mette: Resident
) -> None:
    """The same question stands on both; it is answered on one, and then pressed on the other."""
    slack, phone = await links_telegram(house, mette)
    await house.until("mon 09:05")
    mette.screen = phone
    await mette.presses("now")
    mette.screen = slack
    await mette.writes("continue")
    await mette.presses("3")
    mette.screen = phone
    await mette.presses("5")
    assert mette.heard[0] == "[further-on]"
    assert house.rows("SELECT count(*) FROM pulse") == [(1,)]
    everything_came_once(house, mette, ASKED_FOR_THE_CODE)
    no_mistakes(house)
