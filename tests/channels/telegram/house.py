"""The small real stack behind Telegram, with the real python-telegram-bot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from bot.channels.telegram.send import NAME, TelegramChannel
from bot.channels.telegram.wire import Line
from bot.chats import left_behind
from bot.clock import SetClock
from bot.register import Register
from tests.channels import house
from tests.channels.telegram.stage import Drawer, Running, edge_of
from tests.fakes.telegram import FakeTelegram, Person


class Unhurried(TelegramChannel):
    """Without a pace, which is kept by the database's clock: the fake counts none here either."""

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        return ()


class House(house.House):
    def __init__(self, url: str, key: str, fake: FakeTelegram, line: Line, clock: SetClock) -> None:
        self.drawer = Drawer()
        super().__init__(url, key, Unhurried(line, self.drawer), clock)
        self.fake = fake
        self.line = line
        self.mette = self.moves_in(101, "Mette", "Holm")
        self.karin = self.moves_in(102, "Karin", "Lund")

    def running(self, **how: Any) -> Running:
        """As `bot.wiring_telegram` puts it together."""
        register = Register(self.wired.write, self.wired.parts)
        chats = {
            "left_behind": left_behind(self.wired.database, NAME),
            "stays": partial(register.stays, NAME),
        }
        return Running(edge_of(self.line, self.hear, **{**chats, **how}))

    def moves_in(self, chat: int, name: str, last: str) -> Person:
        person = self.fake.person(chat, name)
        person.started = True
        self.lodges(f"{name} {last}", f"{name.lower()}@example.org", NAME, str(chat))
        return person

    async def settled(self) -> None:
        """Until everything that people did is taken in and answered."""
        fake = self.fake
        await fake.until(lambda: not len(fake.updates) and fake.polling.waits)
