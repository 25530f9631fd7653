"""The whole program with Slack and Telegram, wired as `tillidsrum run` does it from settings named
in an environment; only the companies are fakes on loopback. Time is moved: the program, its
database, and both companies read the same clock, so the pace they ask for costs no waiting.

    async with House(file, slack, telegram, clock) as house:
        mette = house.moves_in("mette", "slack")
        await mette.presses("now")
        assert mette.heard == ["pulse", "krydspres"]
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from zoneinfo import ZoneInfo

from bot.clock import SetClock
from bot.outbound import HISTORY_LAGS
from bot.planning import plan_cadence
from bot.settings import read_settings
from bot.wiring import Wired, build
from flows.cadence import Cadence as Rule
from flows.engine import WITHDRAW
from flows.model import Language
from flows.wording import Message
from storage import cadences, outbox, pairs, people, reminders
from storage.database import Unit
from tests.acceptance.conftest import KEY
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.platforms.screens import SOON, Screen, Shown, SlackScreen, TelegramScreen

T = TypeVar("T")
ZONE = "Europe/Copenhagen"
BEGINS = datetime(2026, 11, 23, 8, 50, tzinfo=ZoneInfo(ZONE))
"""A Monday. Whoever leads talks with their nearest leader on the Wednesday at ten."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
THINKS = timedelta(seconds=10)
"""Before somebody does something."""
MOMENT = timedelta(seconds=8)
"""What is due within it is waited for: the pace of a platform, no new day."""


def environment(file: Path, slack: str, telegram: str) -> dict[str, str]:
    """Settings as an administrator writes them. `slack`, `telegram`: the API's addresses."""
    return {
        "TILLIDSRUM_DATABASE_URL": f"sqlite:///{file}",
        "TILLIDSRUM_SECRET_KEY": KEY,
        "TILLIDSRUM_SLACK_BOT_TOKEN": "xoxb-1-2-tillidsrum",
        "TILLIDSRUM_SLACK_APP_TOKEN": "xapp-1-A0TILLID-3-tillidsrum",
        "TILLIDSRUM_SLACK_API_URL": slack,
        "TILLIDSRUM_TELEGRAM_BOT_TOKEN": TOKEN,
        "TILLIDSRUM_TELEGRAM_API_URL": telegram,
    }


class Resident:
    """Somebody who lives here, at one screen or at several. `heard`: the steps of what arrived
    since they last did something or the house last travelled; `news`: the same as it is seen."""

    def __init__(self, house: House, name: str, id: str, screen: Screen) -> None:
        self.house = house
        self.name = name
        self.id = id
        self.screen = screen
        self.screens = [screen]
        self.mark = 0
        self._seen: dict[str, int] = {}

    @property
    def heard(self) -> list[str]:
        return [message.name for _, message in self.house.said_to(self.id, self.mark)]

    @property
    def news(self) -> list[Shown]:
        seen = self._seen
        return [one for at in self.screens for one in at.shown[seen.get(at.channel, 0) :]]

    @property
    def said_to(self) -> str:
        return "\n".join(one.text for one in self.news)

    @property
    def messages(self) -> list[Shown]:
        return [one for screen in self.screens for one in screen.shown]

    def ever_saw(self, text: str) -> bool:
        return any(text in one.raw or text in one.text for one in self.messages)

    async def presses(self, *choices: str) -> None:
        for choice in choices:
            await self._does()
            await self.screen.presses(choice)

    async def writes(self, text: str) -> None:
        await self._does()
        await self.screen.writes(text)

    async def answers(self, text: str) -> None:
        await self._does()
        await self.screen.answers(text)

    async def takes_back(self) -> None:
        """By the newest receipt."""
        offered = (choice for one in reversed(self.screen.shown) for choice in one.choices)
        await self.presses(next(one for one in offered if one.startswith(WITHDRAW)))

    async def _does(self) -> None:
        await self.house.passes(THINKS)
        self.looks_up()

    def looks_up(self) -> None:
        """What came so far is no news any more."""
        self.mark = self.house.last_row()
        self._seen = {screen.channel: len(screen.shown) for screen in self.screens}


class House:
    """`more`: further settings, by their variables."""

    def __init__(
        self, file: Path, slack: FakeSlack, telegram: FakeTelegram, clock: SetClock,
        more: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        named = environment(file, slack.base_url, telegram.url) | (more or {})
        self.settings = read_settings(named, dotenv=None)
        self.slack = slack
        self.telegram = telegram
        self.clock = clock
        self.residents: list[Resident] = []
        self.wired = self._built()
        self._stack = AsyncExitStack()

    def _built(self) -> Wired:
        wired = build(self.settings, clock=self.clock)
        wired.database.clock = self.clock
        wired.outbound.later = lambda seconds: None  # it is the house that moves the time
        return wired

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self.wired.running())
        await self.listening()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._stack.aclose()
        self.wired.close()

    async def listening(self) -> None:
        """Until both companies have the program on the line."""
        await self.slack.until(lambda: self.slack.sockets.open, SOON)
        await self.telegram.until(lambda: self.telegram.polling.waits, SOON)

    # Who lives here.

    def moves_in(self, name: str, channel: str, language: Language = "da") -> Resident:
        number = 101 + len(self.residents)
        screen = self.screen(name, channel, number)

        def add(unit: Unit) -> str:
            ids = self.wired.parts.ids
            person = people.add_person(
                unit, ids, self.clock(), name=f"{name.title()} Holm",
                email=f"{name}@example.org", language=language, zone=ZONE,
            )  # fmt: skip
            people.add_address(unit, ids, person.id, channel, screen.external_id)
            return person.id

        resident = Resident(self, name, self.does(add), screen)
        self.residents.append(resident)
        return resident

    def screen(self, name: str, channel: str, number: int) -> Screen:
        if channel == "slack":
            person = self.slack.person(f"U{number}", name.title(), f"{name}@example.org")
            return SlackScreen(self.slack, person, self.settle)
        phone = self.telegram.person(number, name.title())
        phone.started = True
        return TelegramScreen(self.telegram, phone, self.settle)

    def pairs_up(self, leader: Resident, nearest: Resident) -> None:
        """The two talk on Wednesday at ten, and every fortnight."""
        rule = Rule(anchor=date(2026, 11, 25), every_weeks=2, at=time(10))

        def pair(unit: Unit) -> None:
            parts, now = self.wired.parts, self.clock()
            made = pairs.begin_pair(unit, parts.ids, now, leader.id, nearest.id)
            cadence = cadences.begin_cadence(unit, parts.ids, leader.id, rule, pair=made.id)
            plan_cadence(unit, parts, cadence, now)

        self.does(pair)

    # How time passes.

    async def settle(self) -> None:
        """Until everything people did is taken in, and all that follows from it has arrived."""
        await self._taken_in()
        await self.passes_to(self.clock(), waiting=MOMENT)
        await self.slack.deliver()

    async def passes(self, time: timedelta) -> None:
        await self.passes_to(self.clock() + time)

    async def until(self, when: str) -> None:
        """The next such moment, as "wed 11:05" in local time."""
        day, _, clock = when.partition(" ")
        local = self.now
        ahead = (DAYS.index(day) - local.weekday()) % 7
        at = datetime.combine(
            local.date() + timedelta(ahead), time.fromisoformat(clock), ZoneInfo(ZONE)
        )
        await self.reaches(at if at > local else at + timedelta(7))

    async def on(self, day: date, clock: str) -> None:
        await self.reaches(datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE)))

    async def reaches(self, moment: datetime) -> None:
        for one in self.residents:
            one.looks_up()
        await self.passes_to(moment.astimezone(ZoneInfo("UTC")), waiting=MOMENT)
        await self.slack.deliver()

    async def passes_to(self, to: datetime, waiting: timedelta = timedelta()) -> None:
        """Through all that is due on the way, each at its time, one after the other; and what is
        due within `waiting` after that."""
        async with asyncio.timeout(30):
            while True:
                await self.beats()
                if self.rows("SELECT 1 FROM outbox WHERE state IN ('claimed', 'started')"):
                    continue  # the postman is on the way; his writing is what is waited for
                due = self.does(_next_due)
                if due is None or due > max(to, self.clock() + waiting):
                    break
                self._ticks_to(due)
        self.clock.move_to(to)

    async def beats(self) -> None:
        """What the scheduler does every quarter of a minute."""
        await self.wired.beat.beat()

    async def reconciles(self) -> None:
        """What it does once a minute, when the histories of the platforms have caught up."""
        await self.passes(HISTORY_LAGS)
        await self.wired.beat.reconcile()
        await self.settle()

    def _ticks_to(self, due: datetime) -> None:
        here = self.clock()
        self.clock.move_to(due if due > here else here + timedelta(milliseconds=250))

    async def _taken_in(self) -> None:
        await self.slack.deliver()
        if self.telegram.webhook.url:
            await self.telegram.deliver()
        else:
            fake = self.telegram
            await fake.until(lambda: not len(fake.updates) and fake.polling.waits, SOON)

    # What is the case.

    @property
    def now(self) -> datetime:
        return self.clock().astimezone(ZoneInfo(ZONE))

    def does(self, work: Callable[[Unit], T]) -> T:
        with self.wired.database.write() as unit:
            return work(unit)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.wired.database.read() as unit:
            return [tuple(row) for row in unit.connection.exec_driver_sql(statement)]

    def last_row(self) -> int:
        return int(self.rows("SELECT coalesce(max(id), 0) FROM outbox")[0][0])

    def said_to(self, person: str, after: int = 0) -> list[tuple[str, Message]]:
        """What has arrived, in order: (key, message)."""
        with self.wired.database.read() as unit:
            found = unit.connection.exec_driver_sql(
                "SELECT slot_key, body_sealed FROM outbox WHERE person_id = ? AND id > ? "
                "AND state IN ('sent', 'reconciled') ORDER BY id",
                (person, after),
            ).all()
            key = people.get_person(unit, person).key if found else None
            return [
                (slot, Message.model_validate_json(key.open("outbox", "body_sealed", slot, body)))
                for slot, body in found
                if key is not None
            ]


def _next_due(unit: Unit) -> datetime | None:
    found = [one for one in (reminders.next_due(unit), outbox.next_due(unit)) if one]
    return min(found, default=None)
