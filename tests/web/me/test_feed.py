"""The calendar subscription: what it tells, to whom, and how it is closed."""

from __future__ import annotations

import re

import httpx
from icalendar import Calendar

from storage import meetings, people
from storage.database import Unit
from tests.web.house import Browser, words
from tests.web.me.home import MEETING, MODULE_DAY, OWN, START_DAY, Home

MODULE = "Ledelse af psykisk arbejdsmiljø: Modul 1: Lederens rolle"
_PATH = re.compile(r"/calendar/\S+\.ics")


async def subscribes(home: Home) -> str:
    browser = await home.house.enters(home.house.mette, "me")
    return await makes(browser)


async def makes(browser: Browser) -> str:
    page = await browser.opens("/me/groups")
    done = await browser.sends(page, "/me/groups/feed", do="make")
    [path] = _PATH.findall(words(await browser.follows(done)))
    return str(path)


def events(shown: httpx.Response) -> dict[str, str]:
    """uid -> summary."""
    return {
        str(one["uid"]): str(one["summary"]) for one in Calendar.from_ical(shown.content).events
    }


async def test_it_tells_meetings_and_days_to_whoever_knows_the_address(home: Home) -> None:
    path = await subscribes(home)
    shown = await home.house.browser().opens(path)
    assert shown.headers["content-type"].startswith("text/calendar")
    told = [*events(shown).values()]
    assert len(told) == 3
    assert {"TRIO-møde: Rosengården", MODULE} <= {*told}


async def test_days_are_told_to_those_who_come(home: Home) -> None:
    """The TRIO comes to its workshop, and not to the leader's own module."""
    browser = await home.house.enters(home.house.henrik, "me")
    shown = await browser.opens(await makes(browser))
    assert {one.start for one in Calendar.from_ical(shown.content).events} == {START_DAY, MEETING}
    outside = await home.house.enters(home.house.karin, "me")
    assert events(await outside.opens(await makes(outside))) == {}


async def test_a_day_of_a_course_is_a_whole_day(home: Home) -> None:
    shown = await home.house.browser().opens(await subscribes(home))
    starts = {one.start for one in Calendar.from_ical(shown.content).events}
    assert starts == {START_DAY, MODULE_DAY, MEETING}
    assert (await home.house.browser().client.head(str(shown.url))).status_code == 200


async def test_it_tells_nothing_that_anybody_wrote(home: Home) -> None:
    shown = (await home.house.browser().opens(await subscribes(home))).text
    for written in (OWN, "My point", "Karin's point", home.house.mette.id):
        assert written not in shown


async def test_it_is_sent_again_only_when_it_has_changed(home: Home) -> None:
    house, path = home.house, await subscribes(home)
    client = house.browser().client
    first = await client.get(path)
    asked = {"if-none-match": first.headers["etag"]}
    assert (await client.get(path, headers=asked)).status_code == 304
    assert (await client.get(path, headers={"if-none-match": f'W/{asked["if-none-match"]}'})).status_code == 304  # fmt: skip
    house.does(lambda unit: move(unit, home))
    again = await client.get(path, headers=asked)
    assert again.status_code == 200
    assert events(again) == events(first)  # the same uids: moved, not doubled
    assert again.headers["etag"] != first.headers["etag"]


def move(unit: Unit, home: Home) -> None:
    [meeting] = meetings.meetings_of(unit, home.group)
    meetings.change_meeting(unit, meeting.id, starts_at=MEETING.replace(hour=12), revision=1)


async def test_a_new_address_closes_the_one_before(home: Home) -> None:
    browser = await home.house.enters(home.house.mette, "me")
    first = await makes(browser)
    second = await makes(browser)
    assert (await browser.opens(first)).status_code == 404
    assert (await browser.opens(second)).status_code == 200
    page = await browser.opens("/me/groups")
    await browser.follows(await browser.sends(page, "/me/groups/feed", do="close"))
    assert (await browser.opens(second)).status_code == 404


async def test_whoever_left_has_no_calendar_any_more(home: Home) -> None:
    path = await subscribes(home)
    home.house.does(lambda unit: people.change_person(unit, home.house.mette.id, status="left"))
    assert (await home.house.browser().opens(path)).status_code == 404


async def test_a_guessed_address_is_none(home: Home) -> None:
    for token in ("x", "", "%00", "a" * 500):
        shown = await home.house.browser().opens(f"/calendar/{token}.ics")
        assert shown.status_code == 404
