"""A meeting is moved or called off, asked about, put off and left: nothing twice, and nobody's meeting
is lost with somebody else."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.leaving import leave
from storage import erase, people
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import ZONE, House
from tests.acceptance.trio import (
    FRIDAY,
    THURSDAY,
    calendar_of,
    is_asked_to_call,
    meetings_there_are,
    proposes,
    sequence,
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


# --- moved and called off


async def test_a_moved_meeting_is_the_same_event_with_a_higher_sequence(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await sets(house.mette)
    before = calendar_of(house, house.karin)
    await house.mette.writes("møder")
    await house.mette.presses("first")
    await house.mette.presses("another-time")
    await house.mette.presses("known")
    await house.mette.writes("4/12")
    await house.mette.writes("13")
    assert house.karin.heard == ["moved"]
    after = calendar_of(house, house.karin)
    uid = f"UID:{the_meeting(house, group).id}@tillidsrum"
    assert before.count(uid) == after.count(uid) == 1
    assert sequence(before) < sequence(after)
    assert "20261203T100000" in before
    assert "20261204T130000" in after
    assert "METHOD:PUBLISH" in after


async def test_a_meeting_that_is_called_off_leaves_the_calendars(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await sets(house.mette)
    before = calendar_of(house, house.karin)
    await house.mette.writes("møder")
    await house.mette.presses("first")
    await house.mette.presses("called-off")
    assert house.karin.heard == ["off"]
    after = calendar_of(house, house.karin)
    assert "STATUS:CANCELLED" in after
    assert sequence(after) > sequence(before)
    await house.travel(weeks=3)
    assert house.mette.heard == []  # nobody is asked how it went
    assert the_meeting(house, group).state == "nothing"


async def test_new_times_for_a_set_meeting_are_voted_on_anew(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await sets(house.mette)
    await house.mette.writes("møder")
    await house.mette.presses("first")
    await house.mette.presses("another-time")
    await proposes(house.mette, ("8/12", "10"))
    assert (house.karin.heard, house.henrik.heard) == (["one"], ["one"])
    assert "STATUS:CANCELLED" in calendar_of(house, house.karin)
    await house.on(THURSDAY.date(), "12:00")
    assert "how" not in house.mette.heard


# --- afterwards


async def test_silence_afterwards_is_asked_once_more_and_then_no_more(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await sets(house.mette)
    await house.until("fri 09:10")
    await house.until("fri 09:10")
    assert house.mette.heard[-1] == "how"
    await house.until("mon 09:10")
    assert house.mette.heard == ["how"]
    await house.travel(weeks=3)
    assert house.mette.heard == []
    assert the_meeting(house, group).state == "set"


async def test_not_yet_afterwards_is_asked_once_more_or_finds_another_time(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await sets(house.mette)
    await house.until("fri 09:10")
    await house.until("fri 09:10")
    await house.mette.presses("not-yet")
    await house.mette.presses("later")
    assert the_meeting(house, group).state == "not-yet"
    await house.until("thu 18:00")
    assert house.mette.heard == []
    await house.until("fri 09:10")
    assert house.mette.heard == ["how"]
    await house.mette.presses("not-yet")
    await house.mette.presses("find-time")
    assert house.mette.heard == ["found", "find"]
    await sets(house.mette, "17/12", "9")
    await house.until("fri 09:10")
    assert house.mette.heard == ["how"]
    await house.travel(weeks=3)
    assert meetings_there_are(house, group) == 1


async def test_whoever_voted_hears_that_it_is_off_and_nobody_else_does(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"))
    await votes(house.karin, "first")
    await house.mette.writes("møder")
    await house.mette.presses("first")
    await house.mette.presses("called-off")
    assert (house.karin.heard, house.henrik.heard) == (["off"], [])
    await house.travel(weeks=2)
    assert house.mette.heard == []


async def test_new_times_are_asked_about_anew_and_old_answers_count_no_more(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"), ("4/12", "13"))
    await votes(house.karin, "first")
    await house.mette.writes("møder")
    await house.mette.presses("first")
    await proposes(house.mette, ("3/12", "10"), ("8/12", "13"))
    assert (house.karin.heard, house.henrik.heard) == (["two"], ["two"])
    await votes(house.henrik, "first", "second")
    assert house.mette.heard == []
    await votes(house.karin, "second")
    assert house.mette.heard == ["tally", "two"]


async def test_nobody_is_promised_a_third_time(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await house.mette.presses("not-yet")
    assert house.mette.heard == ["waits"]
    await house.until("wed 09:10")
    await house.mette.presses("not-yet")
    assert house.mette.heard == ["rests"]


async def test_handing_on_can_be_taken_back(house: House) -> None:
    house.does(f"UPDATE person SET hours_from = '12:00' WHERE id = '{house.karin.id}'")
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    shown = house.mette.last
    await house.mette.presses_on(shown, "hand-on")
    await house.mette.presses_on(shown, "set")
    await house.mette.presses_token(next(iter(house.mette.last.choices.values())))
    await sets(house.mette)
    await house.until("mon 12:10")
    assert house.karin.heard == ["set"]
    assert the_meeting(house, group).convener == house.mette.id


# --- once


async def test_pressing_twice_and_old_buttons_change_nothing(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"))
    saved = house.mette.shown("send")
    await house.mette.presses_on(saved, "save")
    asked = house.karin.last
    await house.karin.presses_on(asked, "first")
    await house.karin.presses_on(asked, "first")
    await votes(house.henrik, "first")
    choice = house.mette.last
    await house.mette.presses_on(choice, "first")
    revision = the_meeting(house, group).revision
    await house.mette.presses_on(choice, "first")
    await house.mette.presses_on(saved, "save")
    await house.travel(days=1)
    assert the_meeting(house, group).revision == revision
    assert [one.name for one in house.karin.messages].count("one") == 1
    assert [one.name for one in house.karin.messages].count("set") == 1


async def test_a_vote_that_comes_too_late_is_thanked_for_and_changes_nothing(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"))
    await house.mette.writes("møder")
    await house.mette.presses("first")
    assert house.mette.heard == ["voting"]
    await house.mette.presses("known")
    await house.mette.writes("4/12")
    await house.mette.writes("13")
    shown = house.karin.shown("one")
    await house.karin.presses_on(shown, "none")
    assert house.karin.heard == ["[meeting-settled]", "thanks"]
    assert the_meeting(house, group).starts_at == FRIDAY


async def test_an_old_choice_does_not_undo_a_newer_time(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("8/12", "10"))
    await votes(house.karin, "first")
    await votes(house.henrik, "first")
    choice = house.mette.last
    await house.mette.writes("møder")
    await house.mette.presses("first")
    await proposes(house.mette, ("9/12", "10"))
    await house.mette.writes("møder")
    await house.mette.presses("first")
    await house.mette.presses("known")
    await house.mette.writes("3/12")
    await house.mette.writes("10")
    await house.mette.presses_on(choice, "first")
    assert house.mette.heard[0] == "[meeting-settled]"
    assert the_meeting(house, group).starts_at == THURSDAY


async def test_changing_ones_mind_about_a_vote_counts_once(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"), ("4/12", "13"))
    shown = house.karin.last
    await house.karin.presses_on(shown, "first")
    await house.karin.presses_on(shown, "second")
    assert house.karin.heard == ["[further-on]"]
    await house.karin.presses_token(next(iter(house.karin.last.choices.values())))
    await votes(house.karin, "second")
    rows = house.rows("SELECT fits FROM meeting_vote")
    assert sorted(rows) == [(0,), (1,)]
    assert the_meeting(house, group).state == "finding"


# --- the person's week, and leaving


async def test_a_full_week_puts_the_request_off_to_the_next(house: House) -> None:
    group = trio(house)
    house.does(f"UPDATE person SET budget_per_week = 2 WHERE id = '{house.karin.id}'")
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("8/12", "10"))
    assert (house.karin.messages, house.henrik.heard) == ([], ["one"])
    house.does(f"UPDATE person SET budget_per_week = 4 WHERE id = '{house.karin.id}'")
    await house.until("sun 09:00")
    assert house.karin.messages == []
    await house.until("mon 09:10")
    assert house.karin.heard == ["one"]


async def test_many_groups_at_once_make_nobodys_week_too_full(house: House) -> None:
    groups = [
        sits_down(house, ("mette", "leader"), ("karin", "tr"), name=f"Sted {number}")
        for number in range(5)
    ]
    for group in groups:
        await is_asked_to_call(house, house.mette, group)
        await proposes(house.mette, ("8/12", "10"), ("9/12", "10"))
    for _ in range(3):
        while "first" in house.karin.last.choices and "none" in house.karin.last.choices:
            await votes(house.karin, "first")
        await house.travel(weeks=1)
    for who in (house.mette, house.karin):
        weeks = [
            one.at.astimezone(ZoneInfo(ZONE)).isocalendar()[:2] for one in house.first_words(who)
        ]
        assert all(weeks.count(week) <= 4 for week in weeks)
        assert weeks
    assert [one.name for one in house.karin.messages].count("two") == len(groups)  # none is lost


async def test_erasing_a_member_keeps_the_others_meeting(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"))
    await votes(house.karin, "first")
    database = house.wired.database
    erase.erase_person(database, house.wired.parts.erase_log, house.mette.id)
    await votes(house.henrik, "first")
    assert house.karin.heard == ["tally", "one"]  # the next one settles it
    await house.karin.presses("first")
    assert house.henrik.heard == ["set"]
    assert the_meeting(house, group).convener == house.karin.id


async def test_whoever_leaves_is_not_waited_for_and_another_takes_it_up(house: House) -> None:
    house.moves_in("lis")
    group = trio(house, ("lis", "amr"))
    await is_asked_to_call(house, house.mette, group)
    await proposes(house.mette, ("3/12", "10"))
    await votes(house.karin, "first")
    await votes(house.henrik, "first")
    for who in (house.mette, house.residents["lis"]):
        house.reads(
            lambda unit, who=who: leave(unit, house.wired.parts, people.get_person(unit, who.id))
        )
    await house.travel(minutes=1)
    assert (house.karin.heard, house.mette.heard) == (["tally", "one"], [])
    await house.karin.presses("first")
    assert house.henrik.heard == ["set"]


async def test_a_set_meeting_of_somebody_who_erases_themselves_is_asked_about_all_the_same(
    house: House,
) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await sets(house.mette)
    await house.mette.writes("slet mine data")
    await house.mette.presses("delete")
    assert house.mette.heard == ["[erased]"]
    await house.until("fri 09:10")
    await house.until("fri 09:10")
    assert (house.karin.heard, house.henrik.heard) == (["how"], [])
    assert the_meeting(house, group).starts_at == THURSDAY


async def test_a_file_tells_nothing_but_the_time_and_the_group(house: House) -> None:
    group = trio(house)
    await is_asked_to_call(house, house.mette, group)
    await sets(house.mette)
    lines = calendar_of(house, house.henrik).splitlines()
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT")]
    assert {line.partition(":")[0].partition(";")[0] for line in event} <= {
        "BEGIN", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "CLASS", "STATUS",
        "TRANSP",
    }  # fmt: skip
    assert "SUMMARY:TRIO-møde: Rosengården" in event
