"""The web application over ASGI, with people in it, and a browser's cookies."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import select

from bot import wiring_openid
from bot.clock import SetClock
from bot.page_links import make_page_link
from bot.settings import Settings
from bot.web.app import make_app
from bot.wiring import Wired, build
from storage import pairs, people
from storage.database import Unit
from storage.encryption import new_secret_key
from storage.ids import Ids, RandomIds, SeededIds
from storage.pages import Page
from storage.people import Profile
from storage.tables import Audit, Outbox, table
from tests.acceptance.platform import Platform
from tests.empty_store import put_empty_store

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday morning in Copenhagen."""
KEY = new_secret_key()
_audit, _outbox = table(Audit), table(Outbox)


class House:
    """Anna is an administrator, Karin is Mette's nearest leader, Henrik is in HR. All are reached
    on Slack; a link there has an address."""

    def __init__(
        self, folder: Path, *, public_url: str = "http://127.0.0.1:8080",
        patience: float | None = None, **more: Any,
    ) -> None:  # fmt: skip
        """`more`: settings; `patience`: with the issuer of a login."""
        self.clock = SetClock(NOW)
        self._settings = Settings(
            database_url=put_empty_store(folder / "web.db"), secret_key=SecretStr(KEY),
            public_url=public_url, **more,
        )  # fmt: skip
        self._patience = patience
        self.slack = Platform(self.clock, "slack")
        self.wired, self.app = self._opens(SeededIds(5))
        self.anna = self.moves_in("Anna Admin", roles="admin")
        self.henrik = self.moves_in("Henrik Holm", roles="hr")
        self.karin = self.moves_in("Karin Lund")
        self.mette = self.moves_in("Mette Holm")
        self.does(lambda unit: self._pair(unit, self.mette, self.karin))

    def _opens(self, ids: Ids) -> tuple[Wired, FastAPI]:
        wired = build(
            self._settings, clock=self.clock, ids=ids, more_channels={"slack": self.slack}
        )
        ways = wired.parts.ways
        assert isinstance(ways, dict)
        ways.update(slack=lambda token: f"https://slack.example/{token}")
        if self._patience is not None:
            login = wiring_openid.connect(self._settings, self.clock, self._patience)
            wired = replace(wired, login=login)
        return wired, make_app(wired)

    def restarts(self, *browsers: Browser) -> None:
        """Everything in memory is gone; the browsers have their pages and their cookies still."""
        self.wired.close()
        self.wired, self.app = self._opens(RandomIds())
        for one in browsers:
            one.client._transport = httpx.ASGITransport(self.app)

    def moves_in(self, name: str, *, roles: str = "leader", at: str | None = None) -> Profile:
        """`at`: where on Slack; "" for nowhere yet."""
        first = name.split()[0].lower()
        where = f"T1:{first}" if at is None else at

        def work(unit: Unit) -> Profile:
            one = people.add_person(
                unit, self.wired.parts.ids, self.clock(), name=name,
                email=f"{first}@example.org", roles=roles,
            )  # fmt: skip
            if where:
                people.add_address(unit, self.wired.parts.ids, one.id, "slack", where)
            return one

        return self.does(work)

    def _pair(self, unit: Unit, leader: Profile, nearest: Profile) -> None:
        pairs.begin_pair(unit, self.wired.parts.ids, self.clock(), leader.id, nearest.id)

    def does(self, work: Callable[[Unit], T]) -> T:
        with self.wired.database.write() as unit:
            return work(unit)

    def link(self, whose: Profile, page: Page = "admin") -> str:
        """What the chat would give them, below the site's address."""
        address = self.does(lambda unit: make_page_link(unit, self.wired.parts, whose.id, page))
        return address.removeprefix(self.wired.parts.address)

    def browser(self) -> Browser:
        return Browser(self.app, self.wired.parts.address)

    async def enters(self, who: Profile, page: Page = "admin") -> Browser:
        """A browser that has come in."""
        browser = self.browser()
        shown = await browser.opens(self.link(who, page))
        came = await browser.sends(shown, f"/{page}/enter")
        assert came.status_code == 303
        return browser

    def noted(self) -> list[tuple[str, str | None, str | None]]:
        """The log: what, about whom, by whom."""
        query = select(_audit.c.what, _audit.c.person_ref, _audit.c.by_ref).order_by(_audit.c.seq)
        return self.does(lambda unit: [tuple(row) for row in unit.connection.execute(query)])

    def told(self, who: Profile) -> list[str]:
        """The slots of what is queued for somebody."""
        query = select(_outbox.c.slot_key).where(_outbox.c.person_id == who.id)
        return self.does(lambda unit: list(unit.connection.execute(query).scalars()))

    def close(self) -> None:
        self.wired.close()


class Browser:
    """Keeps cookies, follows no redirect by itself, and sends forms as they stand in a page."""

    def __init__(self, app: FastAPI, address: str) -> None:
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=address,
            headers={"accept": "text/html", "accept-language": "en"},
        )  # fmt: skip

    async def opens(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def posts(self, path: str, **fields: str | list[str]) -> httpx.Response:
        return await self.client.post(path, data=fields)

    async def sends(
        self, shown: httpx.Response, action: str, **written: str | list[str]
    ) -> httpx.Response:
        """The form of the page that goes to `action`, with what was written in it."""
        fields = {**hidden_of(shown, action), **written}
        return await self.posts(action, **fields)

    async def follows(self, answer: httpx.Response) -> httpx.Response:
        """Where a change leads to."""
        assert answer.status_code == 303, (answer.status_code, words(answer))
        return await self.opens(answer.headers["location"])


def hidden_of(shown: httpx.Response, action: str) -> dict[str, str]:
    found = re.search(
        rf'<form method="post" action="{re.escape(action)}".*?</form>', shown.text, re.DOTALL
    )
    assert found, f"no form goes to {action}"
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[0])
    return {name: html.unescape(value) for name, value in fields}


def words(shown: httpx.Response) -> str:
    """What a page says, without its marks."""
    main = shown.text.partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def faults_of(shown: httpx.Response) -> list[str]:
    """The ids of what is said to be wrong at a field."""
    return re.findall(r'class="field-fault" id="([\w-]+)-fault"', shown.text)
