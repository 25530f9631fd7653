"""What the tests of every channel stand on: ears that remember, papers, pauses that take no time, a
running edge."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.channels.base import Paper
from bot.inbound import Incoming, Outcome

ZONE = "Europe/Copenhagen"
BEGINS = datetime(2026, 11, 23, 8, 50, tzinfo=ZoneInfo(ZONE))
"""A Monday. Mette and Karin talk on the Wednesday at ten."""


class Drawer:
    """Papers that are always the same. `asked`: whose, and which."""

    def __init__(self, curve: bytes = b"\x89PNG") -> None:
        self.asked: list[tuple[str, str]] = []
        self._curve = curve

    async def paper(self, channel: str, external_id: str, name: str) -> Paper:
        self.asked.append((external_id, name))
        if name == "curve":
            return Paper("kurve.png", "image/png", self._curve, "Pres fra flere sider: 3.")
        return Paper(f"{name}.pdf", "application/pdf", b"%PDF-1.7", "")


class Pauses:
    """Waits no time at all. `asked`: how long it should have been. The last of `most` lasts for
    good, so that nothing turns round and round: then it has `rested`."""

    def __init__(self, most: int = 20) -> None:
        self.asked: list[float] = []
        self.rested = asyncio.Event()
        self._most = most

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        if len(self.asked) >= self._most:
            self.rested.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)


class StoreAway(OSError):
    """Nothing can be kept just now."""


class Ears:
    """What `hear` is given. `meets`: what the next events meet with instead of being kept."""

    def __init__(self, outcome: Outcome = "taken") -> None:
        self.outcome = outcome
        self.heard: list[Incoming] = []
        self.meets: list[Exception] = []

    async def __call__(self, incoming: Incoming) -> Outcome:
        if self.meets:
            raise self.meets.pop(0)
        self.heard.append(incoming)
        return self.outcome

    @property
    def texts(self) -> list[str | None]:
        return [incoming.text for incoming in self.heard]


class Edge(Protocol):
    async def run(self) -> None: ...


EdgeT = TypeVar("EdgeT", bound=Edge)


class Running(Generic[EdgeT]):
    """An edge at work: `async with Running(edge):`."""

    def __init__(self, edge: EdgeT) -> None:
        self._edge = edge
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> EdgeT:
        self._task = asyncio.create_task(self._edge.run())
        return self._edge

    async def __aexit__(self, kind: type[BaseException] | None, *error: object) -> None:
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
