"""A group finds a time to meet, is invited, and is asked how it went: everybody in their own hours,
nothing twice, nobody blamed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.course import planning
from bot.course.planning import Draft
from bot.leaving import leave
from bot.papers.invitation import make_invitation
from bot.papers.own import invitation_of
from storage import erase, people
from storage.database import Unit
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import ZONE, House, Resident
from tests.acceptance.trio import (
    is_asked_to_call,
    meetings_there_are,
    proposes,
    sets,
    sits_down,
    the_meeting,
    trio,
)

THURSDAY = datetime(2026, 12, 3, 10, tzinfo=ZoneInfo(ZONE))
FRIDAY = datetime(2026, 12, 4, 13, tzinfo=ZoneInfo(ZONE))


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    """Nobody has a dialogue with anybody: what comes is about the meeting."""
    return make_house()


def calendar_of(house: House, who: Resident) -> str:
    """As the file that a channel hands over, its long lines put together again."""

    def paper(unit: object) -> bytes:
        profile = people.get_person(unit, who.id)
        return make_invitation(invitation_of(unit, house.wired.parts, profile), "da")

    return house.reads(paper).decode().replace("\r\n ", "")


async def votes(who: Resident, *choices: str) -> None:
    await who.presses(*choices)


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


def sequence(calendar: str) -> int:
    (line,) = [one for one in calendar.splitlines() if one.startswith("SEQUENCE:")]
    return int(line.removeprefix("SEQUENCE:"))


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
