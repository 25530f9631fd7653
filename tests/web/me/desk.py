"""Mette at the page where one writes, and her phone beside it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

import httpx
from sqlalchemy import select

from bot.inbound import Incoming
from bot.talk import Talk
from flows.conversation import Conversation
from flows.wording import read_token
from storage import conversations, people
from storage.database import Unit
from storage.people import Profile
from storage.tables import Outbox, table
from tests.acceptance.platform import Heard
from tests.web.house import Browser, House, hidden_of

WRITE = "/me/write"
CANARY = "KANARIEFUGL"
POINT = f"{CANARY}: vagtplanen i uge 50"


class Offered(NamedTuple):
    """A button of the page. `choice`: what it chooses."""

    choice: str
    token: str
    name: str


def offered(shown: httpx.Response) -> list[Offered]:
    found = re.findall(r'<(?:button|input)[^>]* name="(choice|tick)" value="([^"]*)"', shown.text)
    tokens = ((name, html.unescape(token)) for name, token in found)
    read = ((name, token, read_token(token)) for name, token in tokens)
    return [Offered(one.choice, token, name) for name, token, one in read if one]


def choices(shown: httpx.Response) -> list[str]:
    return [one.choice for one in offered(shown)]


def field(shown: httpx.Response) -> str | None:
    """What stands in the field; None where there is none."""
    found = re.search(r'<textarea id="answer"[^>]*>\n?(.*?)</textarea>', shown.text, re.DOTALL)
    found = found or re.search(r'<input id="answer" name="text" value="([^"]*)"', shown.text)
    return html.unescape(found[1]) if found else None


def given_back(shown: httpx.Response) -> str | None:
    """What is shown to be copied."""
    found = re.search(r'<textarea id="yours"[^>]*>\n?(.*?)</textarea>', shown.text, re.DOTALL)
    return html.unescape(found[1]) if found else None


class Desk:
    """`shown`: the page that stands in the browser."""

    def __init__(self, house: House, browser: Browser, who: Profile) -> None:
        self.house = house
        self.browser = browser
        self.who = who
        self.shown = httpx.Response(200, text="")

    async def opens(self, path: str = WRITE) -> httpx.Response:
        self.shown = await self.browser.opens(path)
        return self.shown

    async def posts(self, shown: httpx.Response | None = None, **fields: object) -> httpx.Response:
        """The page's form with these fields, as a browser sends it."""
        told = {**hidden_of(self.shown if shown is None else shown, WRITE), **fields}
        parts = [(name, (None, one)) for name, value in told.items() for one in _each(value)]
        return await self.browser.client.post(WRITE, files=parts)  # type: ignore[arg-type]

    async def writes(self, text: str) -> httpx.Response:
        return await self._goes_on(await self.posts(text=text))

    async def presses(self, *wanted: str) -> httpx.Response:
        """Of several at once all that are named."""
        found = {one.choice: one for one in offered(self.shown)}
        assert set(wanted) <= set(found), f"{wanted} is not offered; there is {list(found)}"
        tokens = [found[one].token for one in wanted]
        return await self._goes_on(await self.posts(**{found[wanted[0]].name: tokens}))

    async def _goes_on(self, done: httpx.Response) -> httpx.Response:
        self.shown = await self.browser.follows(done) if done.status_code == 303 else done
        return self.shown

    # --- what is kept, and the phone

    def begins(self, dialogue: str) -> str:
        """In the chat, without a reminder; its id."""

        def work(unit: Unit) -> str:
            talk = Talk(unit, self.house.wired.parts, people.get_person(unit, self.who.id))
            talk.begin(dialogue)
            talk.flush(f"begun:{self.house.wired.parts.ids()}")
            kept = conversations.latest_open(unit, self.who)
            return kept.conversation.id if kept else ""

        return self.house.does(work)

    def conversation(self, id: str) -> Conversation:
        kept = self.house.does(lambda unit: conversations.load(unit, self.who, id))
        assert kept is not None
        return kept.conversation

    def answers(self, id: str) -> dict[str, object]:
        return {one.step: one.value for one in self.conversation(id).answers}

    @property
    def phone(self) -> list[Heard]:
        return self.house.slack.phones.get(f"T1:{self.who.first_name.lower()}", [])

    async def says(self, text: str) -> None:
        await self._hears(text=text)

    async def taps(self, choice: str) -> None:
        """The newest button of the phone with that choice."""
        shown = next(one for one in reversed(self.phone) if choice in one.choices)
        await self._hears(token=shown.choices[choice])

    async def _hears(self, text: str | None = None, token: str | None = None) -> None:
        wired, phone = self.house.wired, f"T1:{self.who.first_name.lower()}"
        await wired.intake.hear(Incoming("slack", phone, wired.parts.ids(), text=text, token=token))
        await wired.beat.beat()


def _each(value: object) -> Iterable[str]:
    return value if isinstance(value, list) else [str(value)]


async def sits_down(house: House, who: Profile) -> Desk:
    return Desk(house, await house.enters(who, "me"), who)


async def at_the_point(desk: Desk) -> str:
    """The fortnight's preparation has come to its first free text; its conversation."""
    at = desk.begins("fortnight")
    await desk.opens()
    for _ in range(5):
        await desk.presses("skip")
    assert field(desk.shown) == ""
    return at


def queued(desk: Desk) -> list[str]:
    """All that is said to Mette in the chat, opened."""
    rows = table(Outbox)
    query = select(rows.c.slot_key, rows.c.body_sealed).where(rows.c.person_id == desk.who.id)

    def read(unit: Unit) -> list[str]:
        found = unit.connection.execute(query).all()
        return [desk.who.key.open("outbox", "body_sealed", *row) for row in found]

    return desk.house.does(read)
