"""Delivers at once what an event has caused, and what a platform's pace has put back, in time.

The beat delivers too, now and then: whatever is missed here is late, never lost.
"""

from __future__ import annotations

import asyncio
import logging
from heapq import heappop, heappush
from math import ceil

from bot.inbound import Incoming, Outcome
from bot.intake import Intake
from bot.outbound import Outbound

GRAINS = 5000
"""Into how many moments a second is parted: what is due in the same one takes one round."""
GRACE = 5.0
"""Seconds that what is on its way gets when the program stops."""
log = logging.getLogger(__name__)


class Postman:
    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound
        self._asked = asyncio.Event()
        self._rounds: set[asyncio.Task[int]] = set()
        self._alarm: asyncio.TimerHandle | None = None
        self._due: list[float] = []
        outbound.later = self.ask_in

    def ask(self) -> None:
        """There may be something to deliver."""
        self._asked.set()

    def ask_in(self, seconds: float) -> None:
        """There will be, in so many seconds."""
        at = asyncio.get_running_loop().time() + max(seconds, 0)
        at = ceil(at * GRAINS) / GRAINS
        if at not in self._due:
            heappush(self._due, at)
            self._wind()

    def _wind(self) -> None:
        """The clock rings for the next one; those after it are not forgotten."""
        if self._alarm is not None:
            self._alarm.cancel()
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_at(self._due[0], self._ring) if self._due else None

    def _ring(self) -> None:
        now = asyncio.get_running_loop().time()
        while self._due and self._due[0] <= now:
            heappop(self._due)
        self._wind()
        self.ask()

    async def run(self) -> None:
        """Until cancelled. A round that is slow does not hold up the next: nobody is served by
        two of them at once."""
        try:
            while True:
                await self._asked.wait()
                self._asked.clear()
                round = asyncio.create_task(self._outbound.deliver())
                self._rounds.add(round)
                round.add_done_callback(self._came_home)
        finally:
            await self._stop()

    def _came_home(self, round: asyncio.Task[int]) -> None:
        self._rounds.discard(round)
        if round.cancelled():
            return
        error = round.exception()
        if error is not None:
            log.error("a delivery stopped (%s); the next beat goes on", type(error).__name__)
        elif round.result():
            self.ask()  # something may have been queued for somebody who was just being served

    async def _stop(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        if self._rounds:
            await asyncio.wait(self._rounds, timeout=GRACE)
        for round in self._rounds:
            round.cancel()


class Doorway:
    """Where the channels hand in what they heard."""

    def __init__(self, intake: Intake, postman: Postman) -> None:
        self._intake = intake
        self._postman = postman

    async def hear(self, incoming: Incoming) -> Outcome:
        """Kept for good when this returns; what it caused is on its way."""
        outcome = await self._intake.hear(incoming)
        self._postman.ask()
        return outcome
