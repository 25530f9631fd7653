"""Where messages go: one platform that can be asked whether a message arrived, and one that
cannot. Both deliver before they answer, and sometimes never answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.channels.base import DeliveryFailed, Rendered
from bot.clock import Clock
from bot.simulation.faults import Faults
from flows.model import Language
from flows.wording import Message


class Arrival(NamedTuple):
    """A message on somebody's screen."""

    channel: str
    external_id: str
    key: str
    message: Message
    at: datetime


class History:
    """What has arrived, by key, with when it may be looked up; survives every crash of ours."""

    def __init__(self, clock: Clock, faults: Faults, seen: Callable[[Arrival], None]) -> None:
        self.clock = clock
        self.faults = faults
        self.times: dict[str, int] = {}
        self.doubted: set[str] = set()
        """Keys whose sending got no answer."""
        self._visible: dict[str, datetime] = {}
        self._seen = seen

    def arrive(self, channel: str, external_id: str, key: str, message: Message) -> None:
        now = self.clock()
        self.times[key] = self.times.get(key, 0) + 1
        self._visible.setdefault(key, now + self.faults.lag())
        self._seen(Arrival(channel, external_id, key, message, now))

    def shows(self, key: str) -> bool:
        visible = self._visible.get(key)
        return visible is not None and visible <= self.clock()


class SimulatedChannel:
    """Implements `bot.channels.base.Channel`."""

    def __init__(self, name: str, history: History, *, can_look_up: bool) -> None:
        self.name = name
        self.history = history
        self.can_look_up = can_look_up

    def render(self, message: Message, language: Language) -> list[Rendered]:
        return [{"message": message, "language": language}]

    async def send(self, external_id: str, rendered: list[dict[str, Any]], key: str) -> str | None:
        fault = self.history.faults.sending()
        if self.history.faults.on:
            await asyncio.sleep(0)  # others get on meanwhile
        if fault == "refused":
            raise DeliveryFailed("the platform refused")
        if fault == "rate_limited":
            wait = self.history.faults.retry_after()
            raise DeliveryFailed("the platform asks for patience", retry_after=wait)
        if fault != "timed_out_and_lost":
            for one in rendered:
                self.history.arrive(self.name, external_id, key, one["message"])
        if fault != "well":
            self.history.doubted.add(key)
            raise DeliveryFailed("no answer", doubtful=True)
        self.history.faults.crash("after_sending")
        return key

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        return ()

    async def quiet_for(self, external_id: str) -> timedelta | None:
        return None

    async def find(self, external_id: str, key: str) -> bool | None:
        if not self.can_look_up:
            return None
        if self.history.faults.look_up_unavailable():
            raise DeliveryFailed("the history cannot be read now")
        return self.history.shows(key)
