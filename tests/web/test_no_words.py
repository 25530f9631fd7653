"""The console shows nothing that a leader wrote: every sealed text is filled with a mark, and every
page is walked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Table, insert, select, update

import bot.web
from bot.web.frame import words_of
from bot.web.me.texts import me_texts
from bot.web.page_texts_console import console_texts
from flows.model import LANGUAGES
from storage import groups, people
from storage.database import Unit
from storage.groups import Member
from storage.people import Profile
from storage.schema import metadata
from storage.tables import Conversation, Person, PersonKey, Point, table
from storage.tables_course import Cohort
from tests.storage import rows
from tests.web.house import Browser, House
from tests.web.test_courses import DAYS, START, begins

MARK = "kanariefugl"
TEMPLATES = Path(bot.web.__file__).parent / "templates"
LOOKED_AT_OTHERWISE = {"/admin/enter", "/admin/left"}
"""Pages of the door: they know nobody yet, or no longer."""


def sealed_tables() -> list[Table]:
    """Every table with a sealed text, and what its rows rest on."""
    own = (table(Person), table(PersonKey))
    wanted = {
        one for one in metadata.sorted_tables
        if one not in own and any(column.name.endswith("_sealed") for column in one.columns)
    }  # fmt: skip
    while more := {key.column.table for one in wanted for key in one.foreign_keys} - wanted:
        wanted |= more
    return [one for one in metadata.sorted_tables if one in wanted and one not in own]


def fill(unit: Unit, owner: Profile, other: Profile) -> int:
    """How many sealed texts there are with the mark in them."""
    filled = 0
    for one in sealed_tables():
        row = rows._row(unit, one, owner.key, other.id, MARK)
        unit.connection.execute(insert(one), row)
        filled += sum(name.endswith("_sealed") for name in row)
    unit.connection.execute(update(table(Cohort)).values(state="ended"))
    return filled


async def a_house_full_of_words(house: House) -> Profile:
    """Nina has written everywhere; she is in a TRIO that takes a course."""
    nina = house.moves_in("Nina Ny", at="")
    house.does(lambda unit: fill(unit, nina, house.karin))
    kinds = [("trio", "Rosengården")]
    made = house.does(
        lambda unit: groups.make_groups(unit, house.wired.parts.ids, house.clock(), kinds)  # type: ignore[arg-type]
    )
    group = made["trio", "Rosengården"].id
    place = [Member(group, nina.id, "leader")]
    house.does(lambda unit: groups.join(unit, house.wired.parts.ids, house.clock(), place))
    return nina


def links_in(shown: httpx.Response) -> Iterable[str]:
    found = re.findall(r'(?:href|action|src)="(/admin[^"#]*)', shown.text)
    return (html.unescape(one) for one in found)


async def walk(browser: Browser) -> dict[str, str]:
    """Every page that links lead to: its address -> what it says."""
    pages: dict[str, str] = {}
    waiting = ["/admin", "/admin/people?q=kanarie", "/admin/log", "/admin/people?show=left"]
    while waiting:
        path = waiting.pop()
        if path in pages or path.endswith("/leave-everywhere") or path == "/admin/leave":
            continue
        shown = await browser.opens(path)
        pages[path] = shown.text if shown.status_code == 200 else ""
        if re.search(r"month=20(?!26-1[12])", path):
            continue  # the calendar goes on for ever
        waiting += links_in(shown)
    return {path: text for path, text in pages.items() if text}


async def test_no_page_shows_what_a_leader_wrote(house: House) -> None:
    await a_house_full_of_words(house)
    browser = await house.enters(house.anna)
    seen = await browser.sends(
        await browser.opens(START), f"{START}/preview", name="Nyborg", groups="Rosengården", **DAYS
    )
    await begins(browser, seen)
    pages = await walk(browser)
    assert [path for path, text in pages.items() if MARK in text] == []
    assert "Nina Ny" in "".join(pages.values())  # so we did look at her
    assert not_walked(house, pages) == set()


def not_walked(house: House, pages: Iterable[str]) -> set[str]:
    """The pages of the console that no link led to."""
    paths = house.app.openapi()["paths"]
    known = [one for one, verbs in paths.items() if one.startswith("/admin") and "get" in verbs]
    assert len(known) > 15
    # A page by itself goes before one of its kind: "import" is nobody's id.
    ways = {
        one: re.compile(re.sub(r"\{\w+\}", "[^/]+", one)) for one in sorted(known, reverse=True)
    }
    bare = {path.partition("?")[0] for path in pages}
    walked = {
        path if path in known else next(one for one, way in ways.items() if way.fullmatch(path))
        for path in bare
    }
    return {*known} - walked - LOOKED_AT_OTHERWISE


async def test_the_mark_would_be_seen(house: House) -> None:
    """The walk finds a mark in what it may show: else it would prove nothing."""
    nina = await a_house_full_of_words(house)
    house.does(lambda unit: people.rename(unit, nina, f"Nina {MARK}"))
    browser = await house.enters(house.anna)
    assert [path for path, text in (await walk(browser)).items() if MARK in text] != []


async def test_every_sealed_text_of_the_tables_was_marked(house: House) -> None:
    nina = house.moves_in("Nina Ny", at="")
    filled = house.does(lambda unit: fill(unit, nina, house.karin))
    columns = [
        column for one in metadata.sorted_tables for column in one.columns
        if column.name.endswith("_sealed") and one is not table(Person)
    ]  # fmt: skip
    assert filled == len(columns)
    point = table(Point)
    sealed = house.does(
        lambda unit: unit.connection.execute(select(point.c.id, point.c.body_sealed)).one()
    )
    assert MARK in nina.key.open("point", "body_sealed", sealed.id, sealed.body_sealed)


async def test_a_text_that_does_not_open_is_nothing_to_the_console(house: House) -> None:
    """It never tries: somebody has changed a byte, and every page is there."""
    await a_house_full_of_words(house)
    broken = update(table(Conversation)).values(body_sealed=b"broken")
    house.does(lambda unit: unit.connection.execute(broken))
    browser = await house.enters(house.anna)
    assert len(await walk(browser)) > 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_a_page_names_is_there(language: str) -> None:
    words = {
        **words_of(language), **console_texts(language), **me_texts(language)  # type: ignore[arg-type]
    }  # fmt: skip
    missing = []
    for file in TEMPLATES.rglob("*.html"):
        written = file.read_text("utf-8")
        named = re.findall(r"\bt\.([a-z_]+)|\bt\[\"([\w-]+)\"\]", written)
        missing += [key for pair in named for key in pair if key and key not in words]
        begun = re.findall(r"\bt\[\"([\w-]+)\" ~", written)
        missing += [key for key in begun if not any(one.startswith(key) for one in words)]
    known_elsewhere = {"demo_title"}
    assert set(missing) - known_elsewhere == set()
