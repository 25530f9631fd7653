"""A small real stack behind Telegram: the real python-telegram-bot, store, dialogues and delivery;
only Telegram itself is a fake on loopback, with phones that Mette and Karin hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import Any

from pydantic import SecretStr

from bot.beat import travel
from bot.channels.telegram.send import NAME, TelegramChannel
from bot.channels.telegram.wire import Line
from bot.clock import SetClock
from bot.inbound import Incoming, Outcome
from bot.planning import plan_cadence
from bot.settings import Settings
from bot.wiring import Wired, build
from flows.cadence import Cadence as Rule
from storage import cadences, pairs, people
from storage.database import Unit
from storage.people import Profile
from tests.channels.telegram.conftest import BEGINS
from tests.channels.telegram.stage import Drawer, Running, edge_of
from tests.fakes.telegram import FakeTelegram, Person

ZONE = "Europe/Copenhagen"


class Unhurried(TelegramChannel):
    """Without a pace, which is kept by the database's clock: the fake counts none here either."""

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        return ()


class House:
    """`outcomes`: of what was heard, in order. `dies`: the program does, once it has kept an event
    and before it can say so."""

    def __init__(self, url: str, key: str, fake: FakeTelegram, line: Line, clock: SetClock) -> None:
        settings = Settings(database_url=url, secret_key=SecretStr(key))
        self.fake = fake
        self.clock = clock
        self.line = line
        self.drawer = Drawer()
        self.outcomes: list[Outcome] = []
        self.dies: list[Exception] = []
        self.ids: dict[str, str] = {}
        channel = Unhurried(line, self.drawer)
        self.wired: Wired = build(settings, clock=clock, more_channels={NAME: channel})
        self.mette = self.moves_in(101, "Mette", "Holm")
        self.karin = self.moves_in(102, "Karin", "Lund")

    def running(self, **how: Any) -> Running:
        return Running(edge_of(self.line, self.hear, **how))

    async def hear(self, incoming: Incoming) -> Outcome:
        outcome = await self.wired.intake.hear(incoming)
        self.outcomes.append(outcome)
        if self.dies:
            raise self.dies.pop()
        await self.wired.beat.beat()
        return outcome

    def moves_in(self, chat: int, name: str, last: str) -> Person:
        person = self.fake.person(chat, name)
        person.started = True

        def add(unit: Unit) -> str:
            added = people.add_person(
                unit, self.wired.parts.ids, self.clock(), name=f"{name} {last}",
                email=f"{name.lower()}@example.org", language="da", zone=ZONE,
            )  # fmt: skip
            people.add_address(unit, self.wired.parts.ids, added.id, NAME, str(chat))
            return added.id

        self.ids[name] = self.does(add)
        return person

    def pairs_up(self) -> None:
        """Mette talks with Karin on Wednesday at ten, and every fortnight."""
        rule = Rule(anchor=date(2026, 11, 25), every_weeks=2, at=time(10))

        def pair(unit: Unit) -> None:
            parts, mette = self.wired.parts, self.ids["Mette"]
            made = pairs.begin_pair(unit, parts.ids, self.clock(), mette, self.ids["Karin"])
            cadence = cadences.begin_cadence(unit, parts.ids, mette, rule, pair=made.id)
            plan_cadence(unit, parts, cadence, self.clock())

        self.does(pair)

    async def reaches(self, day: int, clock: str) -> None:
        """That day of November 2026."""
        hour, minute = map(int, clock.split(":"))
        moment = BEGINS.replace(day=day, hour=hour, minute=minute)
        await travel(self.wired.beat, self.clock, moment.astimezone(self.clock().tzinfo))

    async def settled(self) -> None:
        """Until everything that people did is taken in and answered."""
        fake = self.fake
        await fake.until(lambda: not len(fake.updates) and fake.polling.waits)

    def does(self, work: Callable[[Unit], Any]) -> Any:
        with self.wired.database.write() as unit:
            return work(unit)

    def profile(self, name: str) -> Profile:
        return self.does(lambda unit: people.get_person(unit, self.ids[name]))

    def rows(self, statement: str) -> Sequence[Any]:
        return self.does(lambda unit: unit.connection.exec_driver_sql(statement).all())
