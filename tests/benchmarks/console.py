"""Figure 14: the console's list of people with 20,000 of them against the same page with 200, as it
is opened and as it goes on from its middle; and what a search through all names takes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx

from bot.commands.store import parts_of
from bot.page_links import make_page_link
from bot.people_file import read_people
from bot.people_import import Default, check_leaders, known_people, take_in
from bot.settings import Settings
from bot.web.app import make_app
from bot.wiring import Wired, build
from storage import directory, people
from storage.columns import to_microseconds
from storage.database import Unit
from storage.encryption import new_secret_key
from tests.benchmarks.people import email, people_file
from tests.benchmarks.rounds import Figure, at_most, interleaved, told
from tests.web.house import Browser

MANY, FEW, ROUNDS, ACTS = 20_000, 200, 8, 10
LIMIT = 1.5


class Console:
    """A console with so many people in it, and somebody who is in."""

    def __init__(self, folder: Path, count: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.count = count
        self.loop = asyncio.new_event_loop()
        key = new_secret_key()
        settings = Settings(database_url=f"sqlite:///{folder / 'web.db'}", secret_key=key)  # type: ignore[arg-type]
        self.wired: Wired = build(settings)
        self.browser = Browser(make_app(self.wired), settings.address)
        with self.wired.database.write() as unit:
            self.link = self._moves_in(unit, settings)
            self.middle = self._middle(unit)
        self.does(self._enters())

    def _moves_in(self, unit: Unit, settings: Settings) -> str:
        found = read_people(people_file(self.count))
        known = known_people(unit)
        check_leaders(found, known)
        take_in(unit, parts_of(settings), found.rows, Default("da", settings.time_zone), known)
        first = people.find_by_email(unit, email(0))
        assert first is not None
        people.change_person(unit, first.id, roles="admin")
        return make_page_link(unit, self.wired.parts, first.id, "admin")

    def _middle(self, unit: Unit) -> str:
        one = directory.find_by_email(unit, email(self.count // 2))
        assert one is not None
        return quote(f"{to_microseconds(one.created_at)}.{one.id}")

    async def _enters(self) -> None:
        shown = await self.browser.opens(self.link)
        await self.browser.sends(shown, "/admin/enter")

    def does(self, what: object) -> httpx.Response:
        return self.loop.run_until_complete(what)  # type: ignore[arg-type,no-any-return]

    def opens(self, path: str) -> None:
        shown = self.does(self.browser.opens(path))
        assert shown.status_code == 200, shown.status_code
        assert "</main>" in shown.text

    def acts(self, path: str, times: int = ROUNDS * ACTS) -> Iterator[Callable[[], object]]:
        for _ in range(times):
            yield lambda: self.opens(path)

    def close(self) -> None:
        self.wired.close()
        self.loop.close()


def measure(folder: Path) -> list[Figure]:
    many, few = Console(folder / "many", MANY), Console(folder / "few", FEW)
    figures = []
    pages = {"": "its first page", "after": "a page in its middle"}
    for at, what in pages.items():
        ways = {
            one: f"/admin/people?after={one.middle}" if at else "/admin/people"
            for one in (many, few)
        }
        spent = interleaved({"many": many.acts(ways[many]), "few": few.acts(ways[few])}, acts=ACTS)
        large, small = spent["many"] / ACTS * 1000, spent["few"] / ACTS * 1000
        said = (
            f"the list of {MANY:,} people, {what} ({large:.1f} ms), against {FEW} ({small:.1f} ms)"
        )
        figures.append(at_most("14", said, spent["many"] / spent["few"], LIMIT))
    figures += list(_told(many))
    many.close()
    few.close()
    return figures


def _told(many: Console) -> Iterator[Figure]:
    for what, path in (
        (f"finding one of {MANY:,} by e-mail", f"/admin/people?q={email(MANY - 7)}"),
        (f"finding one of {MANY:,} sealed names", f"/admin/people?q=Person+{MANY - 7}"),
        (f"the overview with {MANY:,} people", "/admin"),
    ):
        spent = interleaved({"it": many.acts(path, 9)})["it"]
        yield told("14", what, f"{spent * 1000:.0f} ms")
