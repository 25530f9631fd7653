"""The small real stack behind Slack, with the real Bolt."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from bot.channels.slack.send import SlackChannel
from bot.channels.slack.workspaces import NAME, Workspaces
from bot.chats import left_behind
from bot.clock import SetClock
from bot.register import Register
from bot.rhythm_desk import RhythmDesk
from tests.channels import house
from tests.channels.slack.stage import Running, edge_of
from tests.channels.stage import Drawer
from tests.fakes.slack import FakeSlack, Person


class House(house.House):
    def __init__(
        self, url: str, key: str, fake: FakeSlack, line: Workspaces, clock: SetClock
    ) -> None:
        channel = SlackChannel(line, Drawer(), clock=clock, between=timedelta())
        super().__init__(url, key, channel, clock)
        self.fake = fake
        self.line = line
        self.register = Register(self.wired.write, self.wired.parts, self.welcomes)
        self.mette = self.moves_in("U101", "Mette Holm")
        self.karin = self.moves_in("U102", "Karin Lund")

    def welcomes(self) -> None:
        """What the postman does at once."""
        self.beating = asyncio.create_task(self.wired.beat.beat())

    def running(self, **how: Any) -> Running:
        database, parts = self.wired.database, self.wired.parts
        own = {
            "left_behind": left_behind(database, NAME),
            "rhythms": RhythmDesk(database, parts),
            **how,
        }
        return Running(self.fake, edge_of(self.line, self.hear, self.register, **own))

    def moves_in(self, user: str, name: str) -> Person:
        person = self.fake.person(user, name)
        self.lodges(name, person.email, NAME, f"T1:{user}")
        return person
