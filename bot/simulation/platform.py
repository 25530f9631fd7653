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

PACE = timedelta(seconds=1)
"""Between two messages in one chat: what comes sooner is refused."""
BLOCKED = "blocked by the person"


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
        self.blocked: set[str] = set()
        """Whoever wants to hear nothing just now."""
        self.have_blocked: set[str] = set()
        self._quiet: dict[str, datetime] = {}
        self._latest: dict[str, datetime] = {}
        self._visible: dict[str, datetime] = {}
        self._seen = seen

    def arrive(self, channel: str, external_id: str, key: str, message: Message) -> None:
        now = self.clock()
        self._latest[external_id] = now
        self.times[key] = self.times.get(key, 0) + 1
        self._visible.setdefault(key, now + self.faults.lag())
        self._seen(Arrival(channel, external_id, key, message, now))

    def too_soon(self, external_id: str) -> bool:
        latest = self._latest.get(external_id)
        return latest is not None and self.clock() - latest < PACE

    def quiet_for(self, external_id: str) -> timedelta | None:
        now, wanted = self.clock(), None
        if not self.is_quiet(external_id):
            wanted = self.faults.quiet()
            self._quiet[external_id] = now + (wanted or timedelta())
        until = self._quiet[external_id]
        return until - now if until > now else None

    def is_quiet(self, external_id: str) -> bool:
        return self._quiet.get(external_id, self.clock()) > self.clock()

    def is_closed(self, external_id: str) -> bool:
        if external_id not in self.blocked and self.faults.blocks():
            self.blocked.add(external_id)
            self.have_blocked.add(external_id)
        return external_id in self.blocked

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
        if self.history.faults.on:
            await asyncio.sleep(0)  # others get on meanwhile
        if self.history.is_closed(external_id):
            raise DeliveryFailed(BLOCKED, permanent=True, closed=True)
        if self.history.faults.on and self.history.too_soon(external_id):
            raise DeliveryFailed("too fast for the platform", retry_after=PACE.total_seconds())
        fault = self.history.faults.sending()
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
        """Only with faults: it makes a run longer, and is nothing that is promised."""
        if not self.history.faults.on:
            return ()
        if self.history.too_soon(external_id):
            self.history.faults.paced()
        return ((f"{self.name}:chat:{external_id}", PACE),)

    async def quiet_for(self, external_id: str) -> timedelta | None:
        """Only one of the two knows of that."""
        return self.history.quiet_for(external_id) if self.can_look_up else None

    async def find(self, external_id: str, key: str) -> bool | None:
        if not self.can_look_up:
            return None
        if self.history.faults.look_up_unavailable():
            raise DeliveryFailed("the history cannot be read now")
        return self.history.shows(key)
