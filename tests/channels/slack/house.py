"""A small real stack behind Slack: the real Bolt, store, dialogues and delivery; only Slack itself
is a fake on loopback, with Mette and Karin before their screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from pydantic import SecretStr

from bot.beat import travel
from bot.channels.slack.send import SlackChannel
from bot.channels.slack.workspaces import NAME, Workspaces
from bot.clock import SetClock
from bot.inbound import Incoming, Outcome
from bot.planning import plan_cadence
from bot.settings import Settings
from bot.wiring import Wired, build
from flows.cadence import Cadence as Rule
from storage import addresses, cadences, pairs, people
from storage.database import Unit
from tests.channels.slack.conftest import BEGINS
from tests.channels.slack.stage import Drawer, Running, edge_of
from tests.fakes.slack import FakeSlack, Person

ZONE = "Europe/Copenhagen"


class Doorkeeper:
    """Who is who, in the real store."""

    def __init__(self, wired: Wired) -> None:
        self._wired = wired

    async def known(self, channel: str, external_id: str) -> bool:
        return bool(
            await self._wired.write(lambda unit: addresses.address_at(unit, channel, external_id))
        )

    async def by_email(self, channel: str, external_id: str, email: str) -> bool:
        def link(unit: Unit) -> bool:
            found = people.find_by_email(unit, email)
            if found is not None:
                ids = self._wired.parts.ids
                people.add_address(unit, ids, found.id, channel, external_id)
            return found is not None

        return await self._wired.write(link)

    async def left(self, channel: str, external_id: str) -> None:
        return None


class House:
    """`outcomes`: of what was heard, in order. `dies`: the program does, once it has kept an event
    and before it can say so."""

    def __init__(
        self, url: str, key: str, fake: FakeSlack, line: Workspaces, clock: SetClock
    ) -> None:
        settings = Settings(database_url=url, secret_key=SecretStr(key))
        self.fake = fake
        self.clock = clock
        self.line = line
        self.outcomes: list[Outcome] = []
        self.dies: list[Exception] = []
        self.ids: dict[str, str] = {}
        self.channel = SlackChannel(line, Drawer(), clock=clock, between=timedelta())
        self.wired: Wired = build(settings, clock=clock, more_channels={NAME: self.channel})
        self.mette = self.moves_in("U101", "Mette Holm")
        self.karin = self.moves_in("U102", "Karin Lund")

    def running(self, **how: Any) -> Running:
        return Running(self.fake, edge_of(self.line, self.hear, Doorkeeper(self.wired), **how))

    async def hear(self, incoming: Incoming) -> Outcome:
        outcome = await self.wired.intake.hear(incoming)
        self.outcomes.append(outcome)
        if self.dies:
            raise self.dies.pop()
        await self.wired.beat.beat()
        return outcome

    def moves_in(self, user: str, name: str) -> Person:
        person = self.fake.person(user, name)

        def add(unit: Unit) -> str:
            added = self.invite(unit, name, person.email)
            people.add_address(unit, self.wired.parts.ids, added, NAME, f"T1:{user}")
            return added

        self.ids[name.split()[0]] = self.does(add)
        return person

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

    def does(self, work: Callable[[Unit], Any]) -> Any:
        with self.wired.database.write() as unit:
            return work(unit)
