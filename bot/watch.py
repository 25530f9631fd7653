"""Whatever is to run as long as the program does: started anew when it ends or breaks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.base import Edge

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before it is started anew: twice as long each time."""
STEADY = 300.0
"""Seconds after which something counts as running well again."""
RESTARTING = "it stopped and is being started again"
log = logging.getLogger(__name__)
Sleep = Callable[[float], Awaitable[object]]


class Watched:
    """An edge that is kept running."""

    def __init__(self, name: str, edge: Edge, sleep: Sleep = asyncio.sleep) -> None:
        self.name = name
        self._edge = edge
        self._sleep = sleep
        self._down = False

    def health(self) -> str:
        return RESTARTING if self._down else self._edge.health()

    async def run(self) -> None:
        """Until cancelled."""
        pause = FIRST_PAUSE
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            (ended,) = await asyncio.gather(self._edge.run(), return_exceptions=True)
            if isinstance(ended, BaseException) and not isinstance(ended, Exception):
                raise ended
            if loop.time() - began >= STEADY:
                pause = FIRST_PAUSE
            # Only what kind of error: its words may be somebody's.
            log.error("%s stopped (%s); again in %.0f s", self.name, _kind(ended), pause)
            self._down = True
            await self._sleep(pause)
            self._down = False
            pause = min(2 * pause, LONGEST_PAUSE)


def _kind(ended: object) -> str:
    return type(ended).__name__ if isinstance(ended, Exception) else "it ended"


@asynccontextmanager
async def running(works: Iterable[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """Runs the works beside what is inside; cancels them at the end, the last one first."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in reversed(tasks):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
