"""One's own page shows nobody else's words: everything of somebody else's is filled with a mark,
and every page is walked."""

from __future__ import annotations

import html
import re

from sqlalchemy import delete

from storage.database import Unit
from storage.people import Profile
from storage.tables import Share, table
from tests.web.house import Browser
from tests.web.me.home import Home
from tests.web.test_no_words import MARK, fill

ELSEWHERE = {"/me/enter", "/me/left", "/me/goodbye", "/me/leave", "/me/leave-everywhere"}
_LINK = re.compile(r'(?:href|action|src)="(/me[^"#]*)')


async def walk(browser: Browser) -> dict[str, bytes]:
    """Every page and paper that links lead to: its path -> what it says."""
    found: dict[str, bytes] = {}
    waiting = ["/me"]
    while waiting:
        path = waiting.pop().partition("?")[0]
        if path in found or path in ELSEWHERE:
            continue
        shown = await browser.opens(path)
        found[path] = shown.content if shown.status_code == 200 else b""
        if shown.headers["content-type"].startswith("text/html"):
            waiting += [html.unescape(one) for one in _LINK.findall(shown.text)]
    return {path: said for path, said in found.items() if said}


def fill_but_shares(unit: Unit, owner: Profile, reader: Profile) -> None:
    """All that the owner wrote; what they shared would rightly be seen by its reader."""
    fill(unit, owner, reader)
    shares = table(Share)
    unit.connection.execute(delete(shares).where(shares.c.author_id == owner.id))


async def test_no_page_shows_what_somebody_else_wrote(home: Home) -> None:
    house = home.house
    house.does(lambda unit: fill_but_shares(unit, house.karin, house.mette))
    browser = await house.enters(house.mette, "me")
    seen = await walk(browser)
    assert [path for path, said in seen.items() if MARK.encode() in said] == []
    assert not_walked(home, seen) == set()


async def test_ones_own_words_are_there(home: Home) -> None:
    """The walk finds a mark in what it may show: else it would prove nothing."""
    house = home.house
    nina = house.moves_in("Nina Ny")
    house.does(lambda unit: fill_but_shares(unit, nina, house.karin))
    seen = await walk(await house.enters(house.mette, "me"))
    assert any(b"I leave the phone" in said for said in seen.values())
    assert any(b"Karin&#39;s point" in said for said in seen.values())


def not_walked(home: Home, walked: dict[str, bytes]) -> set[str]:
    """The pages at /me that no link led to."""
    paths = home.house.app.openapi()["paths"]
    known = {one for one, verbs in paths.items() if f"{one}/".startswith("/me/") and "get" in verbs}
    assert len(known) > 10
    ways = {one: re.compile(re.sub(r"\{\w+\}", "[^/]+", one)) for one in known - ELSEWHERE}
    return {one for one, way in ways.items() if not any(way.fullmatch(path) for path in walked)}
