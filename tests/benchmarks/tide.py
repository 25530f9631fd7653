"""Time that goes on only while everybody waits for it. The platform's limits, our pace and whoever
sleeps are all told by it; what the program and the network take of real time takes none of it."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count

CALM = 25
"""Rounds of the loop in which nothing happens: then everybody sleeps."""


class Tide:
    """`with tide.busy():` while somebody waits for a thread or a socket."""

    def __init__(self, begins: datetime) -> None:
        self._now = begins
        self._sleepers: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._busy = 0
        self._free = asyncio.Event()

    def __call__(self) -> datetime:
        return self._now

    @contextmanager
    def busy(self) -> Iterator[None]:
        self._busy += 1
        self._free.clear()
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self._free.set()

    def call_in(self, seconds: float, act: Callable[[], None]) -> None:
        at = self._now + timedelta(seconds=max(seconds, 0))
        heapq.heappush(self._sleepers, (at, next(self._order), act))

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        self.call_in(seconds, woken.set)
        await woken.wait()

    async def flow(self) -> None:
        """Until cancelled: wakes whoever is next, as soon as there is nothing else to do."""
        self._free.set()
        while True:
            await self._calm()
            if not self._sleepers:
                await asyncio.sleep(0.001)
                continue
            at, _, act = heapq.heappop(self._sleepers)
            self._now = max(self._now, at)
            act()

    async def _calm(self) -> None:
        quiet = 0
        while quiet < CALM:
            await self._free.wait()
            await asyncio.sleep(0)
            quiet = 0 if self._busy else quiet + 1
