"""The wired program with two platforms, for tests of what lies between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr
from sqlalchemy import select

from bot.clock import SetClock
from bot.inbound import Incoming
from bot.settings import Settings
from bot.wiring import build
from storage import people
from storage.database import Unit
from storage.encryption import new_secret_key
from storage.ids import SeededIds
from storage.people import Profile
from storage.tables import Address, Audit, table
from tests.acceptance.platform import Platform
from tests.empty_store import put_empty_store

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday morning in Copenhagen."""
_audit, _address = table(Audit), table(Address)


class Rooms:
    """Mette is known in Slack, at T1:U1. `telegram_opens`: whether a link there has an address."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(NOW)
        self.slack = Platform(self.clock, "slack")
        self.telegram = Platform(self.clock, "telegram", looks_up=False)
        self.platforms = {"slack": self.slack, "telegram": self.telegram}
        settings = Settings(
            database_url=put_empty_store(folder / "rooms.db"),
            secret_key=SecretStr(new_secret_key()),
        )
        self.wired = build(
            settings, clock=self.clock, ids=SeededIds(3), more_channels=self.platforms
        )
        ways = self.wired.parts.ways
        assert isinstance(ways, dict)
        ways.update(telegram=lambda token: f"https://t.me/bot?start={token}", slack=lambda _: "")
        self._keys = itertools.count()
        self.mette = self.moves_in("Mette Holm", "mette@example.org")
        self.does(lambda unit: people.add_address(unit, self.ids, self.mette.id, "slack", "T1:U1"))

    @property
    def ids(self) -> SeededIds:
        ids = self.wired.parts.ids
        assert isinstance(ids, SeededIds)
        return ids

    def moves_in(self, name: str, email: str) -> Profile:
        return self.does(
            lambda unit: people.add_person(unit, self.ids, self.clock(), name=name, email=email)
        )

    def does(self, work: Callable[[Unit], T]) -> T:
        with self.wired.database.write() as unit:
            return work(unit)

    async def hears(
        self, channel: str, external_id: str, text: str = "", *, link: str | None = None
    ) -> list[str]:
        """What is said back there, by name."""
        before = len(self.platforms[channel].phones.get(external_id, []))
        key = f"event-{next(self._keys)}"
        await self.wired.intake.hear(Incoming(channel, external_id, key, text=text, link=link))
        await self.wired.beat.beat()
        return [one.name for one in self.platforms[channel].phones.get(external_id, [])[before:]]

    def last(self, channel: str, external_id: str) -> str:
        return self.platforms[channel].phones[external_id][-1].text

    def code(self) -> str:
        """The one that Mette was shown last, where she gets her messages."""
        channel, _, external_id = str(self.where(self.mette)).partition(" ")
        shown = [one for one in self.platforms[channel].phones[external_id] if "code" in one.name]
        found = re.search(r"\b\d{6}\b", shown[-1].text)
        assert found is not None
        return found[0]

    async def link(self) -> str:
        """Mette asks for a link to Telegram: its token."""
        await self.hears("slack", "T1:U1", "tilknyt telegram")
        found = re.search(r"start=([A-Za-z0-9_-]{22,64})\b", self.last("slack", "T1:U1"))
        assert found is not None
        return found[1]

    def where(self, person: Profile) -> str | None:
        reached = self.does(lambda unit: people.reached_at(unit, person.id))
        return f"{reached.channel} {reached.external_id}" if reached else None

    def kept(self) -> set[str]:
        """Everywhere that anybody is reached, or is to be told that they are no more."""
        return self.does(
            lambda unit: set(unit.connection.execute(select(_address.c.external_id)).scalars())
        )

    def noted(self) -> list[str]:
        return self.does(
            lambda unit: list(unit.connection.execute(select(_audit.c.what)).scalars())
        )
