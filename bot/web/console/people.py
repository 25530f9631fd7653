"""The list of people: fifty on a page, found by name or e-mail."""

from __future__ import annotations

from typing import NamedTuple, get_args
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from bot.people_file import as_email
from bot.web.console.room import Here
from storage import directory
from storage.columns import from_microseconds, to_microseconds
from storage.database import Unit
from storage.directory import Around, Page, Place, Show

router = APIRouter()
SHOWS: tuple[Show, ...] = get_args(Show)
LONGEST = 120


class Asked(NamedTuple):
    words: str
    show: Show
    after: Place | None
    before: Place | None


@router.get("/people")
async def people(
    room: Here, q: str = "", show: str = "here", after: str = "", before: str = ""
) -> Response:
    shown: Show = next((one for one in SHOWS if one == show), "here")
    asked = Asked(q.strip()[:LONGEST], shown, _place(after), _place(before))
    page, around = await room.read(lambda unit: _found(unit, asked))
    return room.show(
        "people", "people", asked=asked, shows=SHOWS, people=page.people, around=around,
        newer=_link(asked, page, "before") if page.before and not asked.words else "",
        older=_link(asked, page, "after") if page.after else "",
        first=_address(asked) if page.before else "",
    )  # fmt: skip


def _found(unit: Unit, asked: Asked) -> tuple[Page, Around]:
    page = _page(unit, asked)
    if not page.before and not page.after:
        # All there is: then by name, which no database can do with sealed names.
        page.people.sort(key=lambda one: one.name.casefold())
    return page, directory.around(unit, page.people)


def _page(unit: Unit, asked: Asked) -> Page:
    email = as_email(asked.words)
    if email is not None:
        one = directory.find_by_email(unit, email)
        return Page([one] if one else [], False, False)
    if asked.words:
        return directory.search_people(unit, asked.words, asked.show, after=asked.after)
    return directory.list_people(unit, asked.show, after=asked.after, before=asked.before)


def _link(asked: Asked, page: Page, way: str) -> str:
    edge = page.people[-1 if way == "after" else 0]
    return _address(asked, **{way: _written(Place(edge.created_at, edge.id))})


def _address(asked: Asked, **more: str) -> str:
    wanted = {"q": asked.words, "show": asked.show if asked.show != "here" else "", **more}
    kept = {name: value for name, value in wanted.items() if value}
    return f"/admin/people?{urlencode(kept)}" if kept else "/admin/people"


def _written(place: Place) -> str:
    return f"{to_microseconds(place.created_at)}.{place.id}"


def _place(written: str) -> Place | None:
    """None for whatever is no place: then the list begins at its beginning."""
    moment, _, person = written.partition(".")
    if not moment.isascii() or not moment.isdigit() or len(moment) > 17 or not person:
        return None
    return Place(from_microseconds(int(moment)), person)
