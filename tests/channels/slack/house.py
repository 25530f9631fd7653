"""The small real stack behind Slack, with the real Bolt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.channels.slack.send import SlackChannel
from bot.channels.slack.workspaces import NAME, Workspaces
from bot.clock import SetClock
from bot.wiring import Wired
from storage import addresses, people
from storage.database import Unit
from tests.channels import house
from tests.channels.slack.stage import Running, edge_of
from tests.channels.stage import Drawer
from tests.fakes.slack import FakeSlack, Person


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


class House(house.House):
    def __init__(
        self, url: str, key: str, fake: FakeSlack, line: Workspaces, clock: SetClock
    ) -> None:
        channel = SlackChannel(line, Drawer(), clock=clock, between=timedelta())
        super().__init__(url, key, channel, clock)
        self.fake = fake
        self.line = line
        self.mette = self.moves_in("U101", "Mette Holm")
        self.karin = self.moves_in("U102", "Karin Lund")

    def running(self, **how: Any) -> Running:
        return Running(self.fake, edge_of(self.line, self.hear, Doorkeeper(self.wired), **how))

    def moves_in(self, user: str, name: str) -> Person:
        person = self.fake.person(user, name)
        self.lodges(name, person.email, NAME, f"T1:{user}")
        return person
