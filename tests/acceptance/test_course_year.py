"""The municipal course as a whole: what everybody gets through its year, and what nobody does."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.course.meetings import AFTER
from bot.course.plans import plan_person
from bot.danish_holidays import danish_holidays
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from flows.calendar import may_contact
from flows.load import shipped_programmes
from flows.nudges import depends_on
from flows.rhythm import Rule
from storage import people
from storage.database import Unit
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.course import (
    YEAR_ON,
    Classroom,
    Contact,
    came,
    classroom,
    contacts,
    ends,
    moves,
    nudge_called,
    pauses,
    resumes,
    still_planned,
)
from tests.acceptance.house import Resident
from tests.acceptance.trio import proposes, sets, the_meeting
from tests.acceptance.verbs import prepares

COURSE = shipped_programmes()["municipal-course"].programme
PLAN = ("Vi overlapper i fem minutter", "Færre ting glemmes", "Vi prøver det i tre uger", "Tom")
POINT = "Der er for få hænder i weekenderne"
LEADERS_YEAR = {
    "development-plan": "2026-11-26", "evaluation-before": "2026-12-03",
    "point-shared-responsibility": "2026-12-08", "point-wellbeing": "2026-12-21",
    "point-law": "2027-01-08", "trio-1": "2027-01-07", "day-1": "2027-01-21",
    "insight-iglo": "2027-01-28", "follow-up-1": "2027-02-04",
    "insight-golden-grains": "2027-02-05", "insight-ladder": "2027-02-11",
    "point-cost": "2027-02-18", "point-channels": "2027-02-25", "bring-2": "2027-03-03",
    "day-2": "2027-03-04", "insight-culture": "2027-03-11", "follow-up-2": "2027-03-18",
    "insight-safety": "2027-03-19", "point-innovation": "2027-04-01",
    "point-stressors": "2027-04-08", "bring-3": "2027-04-14", "day-3": "2027-04-15",
    "evaluation-after": "2027-04-21", "insight-self-determination": "2027-04-28",
    "insight-container": "2027-05-05", "follow-up-3": "2027-05-18", "insight-scarf": "2027-05-27",
    "point-resources": "2027-06-07", "point-role-models": "2027-06-21",
    "evaluation-later": "2027-08-16",
}  # fmt: skip
"""Without the calls to a TRIO meeting after the first, which are of whoever's turn it is."""


AWAY = (date(2027, 1, 4), date(2027, 1, 15))


def of(found: list[Contact], *who: str) -> list[Contact]:
    return [one for one in found if one.who in who]


def is_call(what: str) -> bool:
    return what.startswith("trio-")


async def makes_a_plan(who: Resident) -> None:
    """From the question whether to make one now."""
    await who.presses("yes")
    for text in PLAN:
        await who.writes(text)
    await who.presses("enough")


async def lives_through(room: Classroom) -> list[Contact]:
    await room.house.on(YEAR_ON, "12:00")
    return contacts(room)


# --- the year


async def test_everybody_gets_what_is_theirs_on_its_day_and_nobody_anything_twice(
    make_house: MakeHouse,
) -> None:
    room = classroom(make_house)
    await room.house.on(date(2027, 1, 21), "09:10")
    await makes_a_plan(room.house.mette)
    found = await lives_through(room)
    assert max(Counter((one.who, one.what) for one in found).values()) == 1
    mette = {what: at[:10] for what, at in came(room, "mette").items()}
    assert {**mette, **LEADERS_YEAR} == mette
    assert all(is_call(what) for what in mette.keys() - LEADERS_YEAR.keys())
    assert came(room, "karin") == {"nearest-leader": "2026-12-01 09:05"}
    assert {one.who for one in found} == {"mette", "tom", "anna", "karin"}
    assert room.house.henrik.messages == room.who("ida").messages == []
    assert_for_their_role(found)
    assert_in_their_hours(room, found)


def assert_for_their_role(found: list[Contact]) -> None:
    for one in found:
        nudge = COURSE.nudge(one.what)
        assert nudge is not None
        fitting = {
            "leader": ("mette",), "nearest-leader": ("karin",),
            "trio": ("mette", "tom", "anna"), "convener": ("mette", "tom", "anna"),
        }[nudge.for_]  # fmt: skip
        assert one.who in fitting
        # Those who do not take it as leaders get the ten points, and may be asked to call.
        assert one.who in ("mette", "karin") or nudge.opens in ("insight", "trio-meeting")


def assert_in_their_hours(room: Classroom, found: list[Contact]) -> None:
    off = danish_holidays(range(2026, 2028))
    assert not [one for one in found if one.at.date() in off]
    assert {one.at.isoweekday() for one in of(found, "tom")} <= {1, 2, 3}
    assert {f"{one.at:%H:%M}" for one in of(found, "anna")} == {"10:00"}
    ordinary = [one for one in found if one.who != "anna" and not is_call(one.what)]
    assert {f"{one.at:%H:%M}" for one in ordinary} == {"09:05"}
    parts = room.house.wired.parts
    for one in found:
        profile = room.who(one.who).profile
        calendar = room.house.reads(
            lambda unit, profile=profile, at=one.at: parts.calendar(unit, profile, at)
        )
        assert may_contact(calendar, one.at)
    weeks = Counter((one.who, one.at.isocalendar()[:2]) for one in found)
    assert max(weeks.values()) <= 2


async def test_leave_brings_nothing_and_what_prepares_a_module_comes_after_it(
    make_house: MakeHouse,
) -> None:
    room = classroom(make_house)
    house, parts = room.house, room.house.wired.parts

    def goes_away(unit: Unit) -> None:
        people.add_leave(unit, parts.ids, house.mette.id, *AWAY)
        plan_person(unit, parts, house.mette.id)

    house.reads(goes_away)
    found = of(await lives_through(room), "mette")
    assert not [one for one in found if AWAY[0] <= one.at.date() <= AWAY[1]]
    assert {"trio-1", "day-1"} <= {one.what for one in contacts(room)}


# --- a module is moved


async def test_a_module_moved_half_way_moves_its_own_nudges_alone(make_house: MakeHouse) -> None:
    room = classroom(make_house)
    await room.house.on(date(2027, 2, 22), "12:00")
    sent, before = contacts(room), still_planned(room)
    assert "trio-2" in {one.what for one in sent}
    moves(room, "module-2", date(2027, 3, 11))
    after = still_planned(room)
    other = {key for key in before | after if before.get(key) != after.get(key)}
    assert {("mette", "bring-2"), ("mette", "day-2"), ("tom", "point-channels")} <= other
    for _, nudge in other:
        assert "module-2" in depends_on(COURSE, nudge_called(room, nudge))
    assert not {(one.who, one.what) for one in sent} & after.keys()
    found = await lives_through(room)
    assert max(Counter((one.who, one.what) for one in found).values()) == 1
    assert found[: len(sent)] == sent
    assert came(room, "mette")["day-2"] == "2027-03-11 09:05"
    told = [one.name for one in room.house.mette.messages].count("[module-moved]")
    assert told == 1


# --- the TRIO


async def test_a_trio_that_never_answers_is_asked_once_for_each_meeting(
    make_house: MakeHouse,
) -> None:
    room = classroom(make_house)
    found = await lives_through(room)
    calls = Counter(one.what for one in found if is_call(one.what))
    assert calls == dict.fromkeys(("trio-1", "trio-2", "trio-3", "trio-after"), 1)
    # And there is nothing about a meeting besides: no vote, no choice, no question how it went.
    assert {one.what for one in found} <= {one.id for one in COURSE.nudges}


async def test_a_meeting_of_which_nobody_tells_is_asked_about_once_more_and_then_no_more(
    make_house: MakeHouse,
) -> None:
    room = classroom(make_house)
    await room.house.on(date(2027, 1, 7), "09:10")
    await sets(room.house.mette, "14/1", "11")
    await room.house.on(date(2027, 2, 17), "12:00")
    asked = [one for one in contacts(room) if one.what == AFTER]
    assert [one.who for one in asked] == ["mette", "mette"]
    assert asked[0].at.date() == date(2027, 1, 15)
    found = await lives_through(room)
    assert [one for one in found if one.what == AFTER] == asked
    assert the_meeting_is(room, "set")


def the_meeting_is(room: Classroom, state: str) -> bool:
    return the_meeting(room.house, room.trio).state == state


async def test_a_trio_that_meets_votes_is_invited_and_tells_that_all_met(
    make_house: MakeHouse,
) -> None:
    room = classroom(make_house)
    house, tom, anna = room.house, room.who("tom"), room.who("anna")
    await house.on(date(2027, 1, 7), "10:05")
    await proposes(house.mette, ("18/1", "11"), ("19/1", "11"))
    assert anna.heard[-1] == "two"
    assert "two" not in tom.heard  # a Thursday, on which Tom does not work
    await anna.presses("first", "second")
    await house.on(date(2027, 1, 11), "09:10")
    assert tom.heard == ["two"]
    await tom.presses("second")
    assert house.mette.heard[-2:] == ["tally", "two"]
    await house.mette.presses("first")
    assert (tom.heard[-1], anna.heard) == ("set", [])
    await house.on(date(2027, 1, 11), "10:05")
    assert anna.heard == ["set"]
    assert house.karin.heard == []
    await house.on(date(2027, 1, 20), "09:10")
    assert house.mette.heard == ["how"]
    await house.mette.presses("all")
    assert the_meeting_is(room, "all-met")
    assert the_meeting(house, room.trio).module == "module-1"
    await house.on(date(2027, 2, 24), "12:00")
    asked = [one for one in contacts(room) if is_call(one.what)]
    assert [(one.who, one.what) for one in asked] == [("mette", "trio-1"), ("tom", "trio-2")]


# --- what is not wanted


async def test_one_tap_stops_the_insights_of_one_and_of_nobody_else(make_house: MakeHouse) -> None:
    room = classroom(make_house)
    anna = room.who("anna")
    await room.house.on(date(2026, 12, 8), "10:05")
    assert anna.heard == ["insight"]
    await anna.presses("no-more")
    assert anna.heard == ["off-now"]
    await room.house.on(date(2027, 4, 16), "12:00")
    found = contacts(room)
    annas = [one.what for one in of(found, "anna") if not is_call(one.what)]
    assert annas == ["point-shared-responsibility"]
    assert {"point-wellbeing", "point-law", "point-cost"} <= set(came(room, "tom"))
    assert {"point-wellbeing", "insight-iglo", "day-1"} <= set(came(room, "mette"))


async def test_nothing_comes_in_a_paused_course_nor_in_one_that_has_ended(
    make_house: MakeHouse,
) -> None:
    room = classroom(make_house)
    house = room.house
    await house.on(date(2026, 12, 4), "12:00")
    before = contacts(room)
    pauses(room)
    await house.on(date(2027, 1, 8), "12:00")
    assert contacts(room) == before
    resumes(room)
    await house.on(date(2027, 1, 11), "09:10")
    await sets(house.mette, "4/2", "11")
    await house.on(date(2027, 2, 1), "12:00")
    found = contacts(room)
    # What prepares a module comes late, the rest is gone.
    assert {"trio-1", "day-1", "insight-iglo"} <= {one.what for one in found}
    assert not {"point-wellbeing", "point-law"} & {one.what for one in found}
    ends(room)
    assert still_planned(room) == {}
    assert await lives_through(room) == found


# --- what reaches the nearest leader


async def test_the_nearest_leaders_digest_has_what_was_shared_and_nothing_of_the_course(
    make_house: MakeHouse,
) -> None:
    room = classroom(make_house, first=date(2026, 12, 2))
    house, mette, karin = room.house, room.house.mette, room.house.karin
    change = Change("person", karin.id, "digest", Rule(weekday=1))
    house.reads(lambda unit: set_rule(unit, house.wired.parts, change, None))
    await house.on(date(2026, 11, 26), "09:10")
    kept = ("Jeg sover dårligt", "Jeg vil sige nej oftere", "Ro på gulvet", "Uro om vagtplanen")
    await mette.presses("now")
    for text in kept[:3]:
        await mette.writes(text)
    await prepares(mette, POINT)
    await prepares(mette, kept[3], decision="keep")
    await house.until("mon 12:00")
    assert karin.heard == ["digest"]
    assert POINT in karin.said_to
    await house.on(date(2027, 1, 21), "09:10")
    await makes_a_plan(mette)
    await house.on(date(2027, 5, 3), "12:00")
    heard = [one.name for one in karin.messages]
    assert heard.count("digest") >= 3
    assert not [text for text in (*kept, *PLAN[:3]) if karin.ever_saw(text)]
    assert house.henrik.messages == []


# --- the dialogue comes first


@pytest.mark.parametrize(
    ("first", "came"),
    [
        (date(2026, 11, 25), ("2027-01-07", "2027-02-04")),
        (date(2026, 11, 27), ("2027-01-08", "2027-02-05")),
    ],
    ids=["on other days", "on a day with a second reminder"],
)
async def test_the_weeks_room_is_kept_for_the_fortnightly_dialogue(
    make_house: MakeHouse, first: date, came: tuple[str, str]
) -> None:
    """Of a leader who answers nothing, in the weeks of the modules: the fullest that there can be.
    The course has its own room in them, on the next morning where the day has had its contact."""
    room = classroom(make_house, first=first)
    await room.house.on(date(2027, 4, 30), "20:00")
    mette = of(contacts(room), "mette")
    weeks = Counter(one.at.isocalendar()[:2] for one in mette)
    assert max(weeks.values()) <= 4
    told = {one.at.date() for one in mette if one.what == "after" and one.at.hour == 11}
    fortnights = [first + timedelta(weeks=2 * number) for number in range(12)]
    coming = {day for day in fortnights if day <= date(2027, 4, 30)}
    assert len(told) == len(coming)
    assert coming - danish_holidays(range(2026, 2028)) <= told
    for day in told:
        since = day - timedelta(days=7)  # Easter stands before one of them
        assert [one for one in mette if one.what == "prepare" and since <= one.at.date() < day]
    calls = Counter(one.what for one in contacts(room) if is_call(one.what))
    assert calls == dict.fromkeys(("trio-1", "trio-2", "trio-3", "trio-after"), 1)
    came_on = {one.what: f"{one.at:%F}" for one in mette}
    assert (came_on["trio-1"], came_on["follow-up-1"]) == came


# --- in English


async def test_the_course_is_lived_in_english_too_and_through_restarts(
    make_house: MakeHouse,
) -> None:
    room = classroom(make_house, language="en", restless=True)
    house, tom = room.house, room.who("tom")
    await house.on(date(2026, 11, 26), "09:10")
    assert house.mette.heard[-1] == "begin"
    assert house.mette.profile.language == "en"
    await house.on(date(2026, 12, 8), "09:10")
    assert tom.heard == ["insight"]
    insight = COURSE.insight("shared-responsibility")
    assert insight is not None
    assert insight.title.en in tom.said_to
    assert insight.title.da not in tom.said_to
    await tom.presses("no-more")
    assert tom.heard == ["off-now"]
    await house.on(date(2027, 1, 7), "09:10")
    await sets(house.mette, "14/1", "11")
    assert the_meeting_is(room, "set")
    found = contacts(room)
    assert max(Counter((one.who, one.what) for one in found).values()) == 1
