"""A group finds a time to meet and is asked how it went: everybody in their own hours, nobody
blamed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.course import planning
from bot.course.planning import Draft
from storage.database import Unit
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import House, Resident
from tests.acceptance.trio import (
    FRIDAY,
    THURSDAY,
    calendar_of,
    is_asked_to_call,
    meetings_there_are,
    proposes,
    sets,
    sits_down,
    the_meeting,
    trio,
    votes,
)


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    """Nobody has a dialogue with anybody: what comes is about the meeting."""
    return make_house()


# --- the whole life


@pytest.mark.parametrize(("language", "restless"), [("da", True), ("en", False)])
async def test_a_trio_finds_a_time_meets_and_is_asked_how_it_went(
    make_house: MakeHouse, language: str, restless: bool
) -> None:
    house = make_house(language=language, restless=restless)
    group = trio(house)
    mette, karin, henrik = house.mette, house.karin, house.henrik
    await is_asked_to_call(house, mette, group)
    assert mette.heard == ["find"]
    await proposes(mette, ("3/12", "10"), ("4/12", "13"))
    assert mette.heard == ["asked"]
    assert (karin.heard, henrik.heard) == (["two"], ["two"])
    await votes(karin, "first", "second")
    await votes(henrik, "second")
    assert henrik.heard == ["thanks"]
    assert mette.heard == ["tally", "two"]
    await mette.presses("first")  # the best one stands first
    assert mette.heard == ["settled"]
    assert mette.last.shows == "calendar"
    assert the_meeting(house, group).starts_at == FRIDAY
    assert (karin.heard, henrik.heard) == (["set"], ["set"])
    assert karin.last.shows == "calendar"
    await house.on(FRIDAY.date(), "18:00")
    assert mette.heard == []
    await house.until("mon 09:10")
    assert mette.heard == ["how"]
    await mette.presses("all")
    assert mette.heard == ["met"]
    assert the_meeting(house, group).state == "all-met"
    await house.travel(weeks=2)
    assert [who.heard for who in (mette, karin, henrik)] == [[], [], []]
    assert meetings_there_are(house, group) == 1


async def test_a_time_that_is_agreed_already_goes_out_as_an_invitation(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await sets(house.mette)
    assert house.mette.heard == ["confirmed"]
    assert (house.karin.heard, house.henrik.heard) == (["set"], ["set"])
    assert the_meeting(house, group).starts_at == THURSDAY


async def test_a_network_is_called_by_its_facilitator(house: House) -> None:
    seats = (("mette", "member"), ("karin", "facilitator"), ("henrik", "member"))
    group = sits_down(house, *seats, kind="network", name="Ledere i ældreplejen")
    await is_asked_to_call(house, house.karin, group, "network-meeting")
    await proposes(house.karin, ("3/12", "10"))
    assert (house.mette.heard, house.henrik.heard) == (["one"], ["one"])
    await votes(house.mette, "first")
    await votes(house.henrik, "none")
    assert house.karin.heard == ["tally", "one"]
    await house.karin.presses("first")
    assert the_meeting(house, group).state == "set"


async def test_a_course_asks_another_of_the_trio_before_each_module(house: House) -> None:
    group = trio(house)
    days = {
        "start": date(2026, 12, 1), "module-1": date(2026, 12, 16),
        "module-2": date(2027, 1, 20), "module-3": date(2027, 2, 24),
    }  # fmt: skip

    def start(unit: Unit) -> None:
        programme = planning.programme_called(unit, "municipal-course")
        draft = Draft(programme, "Nyborg 2027", days, groups=[group])
        planning.start(unit, house.wired.parts, draft, date(2026, 11, 23))

    house.reads(start)
    asked: list[str] = []
    for module, day in (("module-1", "10/12"), ("module-2", "12/1"), ("module-3", "10/2")):
        who = await whoever_is_asked(house, days[module])
        await sets(who, day)
        assert the_meeting(house, group).module == module
        asked.append(who.name)
    assert sorted(asked) == ["henrik", "karin", "mette"]
    assert meetings_there_are(house, group) == 3


async def whoever_is_asked(house: House, before: date) -> Resident:
    """The one who is asked whether there is a time before that day."""
    while house.now.date() < before:
        await house.travel(days=1)
        for who in house.residents.values():
            if "find" in who.heard:
                return who
    raise AssertionError("nobody was asked")


# --- who is asked, and when


async def test_nobody_is_asked_to_vote_outside_of_their_own_hours(house: House) -> None:
    house.moves_in("aviaja", working_days="345", hours_from="12:00", hours_to="15:00")
    group = sits_down(house, ("mette", "leader"), ("aviaja", "tr"))
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"))
    await house.until("wed 11:59")
    assert house.residents["aviaja"].messages == []
    await house.until("wed 12:01")
    assert house.residents["aviaja"].heard == ["one"]


async def test_the_convener_settles_it_two_working_days_before_though_not_all_have_answered(
    house: House,
) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"), ("4/12", "13"))
    await votes(house.karin, "first")
    await house.on(THURSDAY.date().replace(day=1), "09:00")
    assert house.mette.heard == []
    await house.on(THURSDAY.date().replace(day=1), "09:10")
    assert house.mette.heard == ["tally", "two"]
    await house.travel(days=1)
    assert house.mette.heard == ["tally", "two"]  # once more, and then no more
    await house.travel(days=7)
    assert house.mette.heard == []


async def test_it_can_be_handed_on_to_another_of_the_group(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await house.mette.presses("hand-on")
    assert house.mette.heard == ["handed"]
    assert (house.karin.heard, house.henrik.heard) == (["find"], [])
    await house.karin.presses("hand-on")
    assert house.henrik.heard == ["find"]
    await house.henrik.presses("hand-on")  # and no further round
    await house.travel(days=7)
    assert [who.heard for who in house.residents.values()] == [[], [], []]


async def test_whoever_is_away_is_passed_over(house: House) -> None:
    group = trio(house)
    house.does(f"UPDATE person SET paused_until = '2027-02-01' WHERE id = '{house.karin.id}'")
    await is_asked_to_call(house, house.mette, group)
    await house.mette.presses("hand-on")
    assert (house.karin.heard, house.henrik.heard) == ([], ["find"])


async def test_not_yet_is_asked_once_more_and_then_no_more(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await house.mette.presses("not-yet")
    await house.until("wed 09:10")
    assert house.mette.heard == ["find"]
    await house.travel(weeks=2)
    assert house.mette.heard == []


async def test_somebody_alone_in_a_trio_has_nothing_to_find(house: House) -> None:
    group = sits_down(house, ("mette", "leader"))
    await is_asked_to_call(house, house.mette, group)
    assert house.mette.heard == ["alone"]
    assert house.mette.last.choices == {}
    assert meetings_there_are(house, group) == 0


async def test_two_tr_and_two_amr_all_have_a_say(house: House) -> None:
    for name in ("lis", "ole"):
        house.moves_in(name)
    group = trio(house, ("lis", "tr"), ("ole", "amr"))
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"))
    for name in ("karin", "henrik", "lis"):
        await votes(house.residents[name], "first")
    assert house.mette.heard == []
    await votes(house.residents["ole"], "first")
    assert house.mette.heard == ["tally", "one"]


async def test_a_substitute_comes_when_the_member_can_at_none_of_the_times(house: House) -> None:
    for name in ("lis", "ole"):
        house.moves_in(name)
    group = trio(house, ("lis", "tr*"), ("ole", "amr*"))
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"))
    assert house.residents["lis"].heard == []
    await votes(house.karin, "none")
    await votes(house.henrik, "first")
    await house.mette.presses("first")
    assert house.residents["lis"].heard == ["set"]
    assert house.residents["ole"].messages == []
    assert "TRIO-møde" in calendar_of(house, house.residents["lis"])
    assert "TRIO-møde" not in calendar_of(house, house.residents["ole"])


async def test_somebody_in_several_trios_finds_the_times_apart(house: House) -> None:
    first = trio(house)
    second = sits_down(house, ("mette", "leader"), ("henrik", "amr"), name="Skovhuset")
    await is_asked_to_call(house, house.mette, first)
    await sets(house.mette)
    await is_asked_to_call(house, house.mette, second)
    await sets(house.mette, "4/12", "13")
    assert the_meeting(house, first).starts_at == THURSDAY
    assert the_meeting(house, second).starts_at == FRIDAY
    await house.mette.writes("møder")
    assert house.mette.heard == ["list", "two"]
    await house.mette.presses("second")
    assert house.mette.heard == ["now"]
    await house.mette.presses("called-off")
    states = {the_meeting(house, one).state for one in (first, second)}
    assert states == {"set", "nothing"}
