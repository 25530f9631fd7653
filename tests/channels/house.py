"""A small real stack behind a channel: the real library, store, dialogues and delivery; only the
company is a fake on loopback, with Mette and Karin before their screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any, TypeVar

from pydantic import SecretStr

from bot.beat import travel
from bot.channels.base import Channel
from bot.clock import SetClock
from bot.inbound import Incoming, Outcome
from bot.planning import plan_cadence
from bot.settings import Settings
from bot.wiring import Wired, build
from flows.cadence import Cadence as Rule
from storage import cadences, pairs, people
from storage.database import Unit
from storage.people import Profile
from tests.channels.stage import BEGINS, ZONE

T = TypeVar("T")
ADDRESS = "https://tillidsrum.example.org"


class House:
    """`outcomes`: of what was heard, in order. `dies`: the program does, once it has kept an event
    and before it can say so. `ids`: by first name."""

    def __init__(self, url: str, key: str, channel: Channel, clock: SetClock) -> None:
        settings = Settings(database_url=url, secret_key=SecretStr(key), public_url=ADDRESS)
        self.clock = clock
        self.outcomes: list[Outcome] = []
        self.dies: list[Exception] = []
        self.ids: dict[str, str] = {}
        self.wired: Wired = build(settings, clock=clock, more_channels={channel.name: channel})

    async def hear(self, incoming: Incoming) -> Outcome:
        outcome = await self.wired.intake.hear(incoming)
        self.outcomes.append(outcome)
        if self.dies:
            raise self.dies.pop()
        await self.wired.beat.beat()
        return outcome

    def lodges(self, name: str, email: str, channel: str, external_id: str) -> None:
        """Somebody the store knows, who is reached there."""

        def add(unit: Unit) -> str:
            added = self.invite(unit, name, email)
            people.add_address(unit, self.wired.parts.ids, added, channel, external_id)
            return added

        self.ids[name.split()[0]] = self.does(add)

    def invite(self, unit: Unit, name: str, email: str) -> str:
        added = people.add_person(
            unit, self.wired.parts.ids, self.clock(), name=name, email=email, language="da",
            zone=ZONE,
        )  # fmt: skip
        return added.id

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

    def does(self, work: Callable[[Unit], T]) -> T:
        with self.wired.database.write() as unit:
            return work(unit)

    def profile(self, name: str) -> Profile:
        return self.does(lambda unit: people.get_person(unit, self.ids[name]))

    def rows(self, statement: str) -> Sequence[Any]:
        return self.does(lambda unit: unit.connection.exec_driver_sql(statement).all())
