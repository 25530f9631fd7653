"""How the courses go, in the console: what the visitor has been given in the chat, and no more."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from sqlalchemy import func, select

from bot.facts import gather
from bot.parts import About
from flows.model import LANGUAGES
from storage import people, ratings, releases
from storage.cohorts import begin_cohort
from storage.database import Unit
from storage.people import Profile
from storage.ratings import Rated
from storage.releases import Released
from storage.tables import table
from storage.tables_course import Release
from tests.web.house import Browser, House, words

PAGE = "/admin/figures"
DAYS = {"start": date(2026, 9, 1), "module-1": date(2026, 10, 1), "module-2": date(2027, 2, 4)}


@pytest.fixture
def rated(house: House) -> str:
    """A pilot cohort that six have rated, in the quarter before; nobody has been told yet."""

    def work(unit: Unit) -> str:
        ids, now = house.wired.parts.ids, house.clock()
        cohort = begin_cohort(unit, ids, now, "municipal-course", "Nyborg", DAYS, pilot=True)
        for number in range(6):
            one = people.add_person(unit, ids, now, name=f"Leder {number}")
            for subject in (cohort.id, "tiltag-1"):
                rated, on = Rated(subject, "before"), date(2026, 9, 1)
                value = 3 + number % 3
                ratings.record(unit, ids, one, f"c{number}", on, rated, "focus", value)
        return cohort.id

    return house.does(work)


def asks_in_the_chat(house: House, who: Profile) -> list[str]:
    """The lines of the figures that somebody is told there."""

    def work(unit: Unit) -> list[str]:
        profile = people.get_person(unit, who.id)
        facts = gather(unit, house.wired.parts, profile, ["hr_courses", "hr_figures"], About())
        return [str(one["text"]) for some in facts.values() for one in some]  # type: ignore[index, call-overload, union-attr]

    return house.does(work)


def released(house: House) -> int:
    count = select(func.count()).select_from(table(Release))
    return house.does(lambda unit: int(unit.connection.execute(count).scalar_one()))


async def opens(browser: Browser, path: str = PAGE) -> str:
    shown = await browser.opens(f"{path}?lang=da")
    assert shown.status_code == 200
    return words(shown)


async def test_the_page_says_what_the_chat_has_told_and_nothing_before(
    house: House, rated: str
) -> None:
    browser = await house.enters(house.henrik)
    before = await opens(browser)
    told = asks_in_the_chat(house, house.henrik)
    assert len(told) == 3
    after = await opens(browser)
    assert all(line in after for line in told)
    assert [line in before for line in told] == [True, False, False]


async def test_opening_the_page_works_nothing_out(house: House, rated: str) -> None:
    browser = await house.enters(house.henrik)
    await opens(browser)
    await browser.opens(f"{PAGE}/0.svg")
    assert released(house) == 0


async def test_what_one_was_given_another_does_not_see(house: House, rated: str) -> None:
    told = asks_in_the_chat(house, house.henrik)
    seen = await opens(await house.enters(house.anna))
    assert [line in seen for line in told] == [True, False, False]


async def test_where_there_is_no_figure_it_is_said(house: House, rated: str) -> None:
    def refuse(unit: Unit) -> None:
        figure = Released(house.henrik.id, "tiltag-1:after:focus:all", "2026-10-01", None)
        releases.put_release(unit, house.wired.parts.ids, house.clock(), figure)

    house.does(refuse)
    [_, line] = asks_in_the_chat(house, house.henrik)[-2:]
    assert line in await opens(await house.enters(house.henrik))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_each_course_has_its_picture_and_the_words_for_who_does_not_see_it(
    house: House, rated: str, language: str
) -> None:
    asks_in_the_chat(house, house.henrik)
    browser = await house.enters(house.henrik)
    shown = await browser.opens(f"{PAGE}?lang={language}")
    pictures = re.findall(r'<img [^>]*src="([^"]+)"[^>]* alt="([^"]+)"', shown.text)
    assert len(pictures) == 2
    for source, described in pictures:
        picture = await browser.opens(html.unescape(source))
        assert picture.headers["content-type"] == "image/svg+xml"
        assert f'desc">{described}' in picture.text.replace("&#x27;", "'")
        assert picture.headers["cache-control"] == "no-store"


async def test_a_picture_that_there_is_not_is_missing(house: House, rated: str) -> None:
    browser = await house.enters(house.henrik)
    for wrong in ("7", "-1", "x"):
        assert (await browser.opens(f"{PAGE}/{wrong}.svg")).status_code in (404, 422)


async def test_an_organisation_without_courses_has_a_page_too(house: House) -> None:
    assert await opens(await house.enters(house.anna))


async def test_nobody_else_comes_in(house: House, rated: str) -> None:
    for path in (PAGE, f"{PAGE}/0.svg"):
        assert (await house.browser().opens(path)).status_code != 200
