"""Between the thread that listens and the thread that writes, which share one interpreter."""

from __future__ import annotations

import asyncio
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from bot.outbound import Writes
from storage.database import Unit
from storage.group_commit import Writer

T = TypeVar("T")
SWITCH = 0.0005
"""Seconds. Whoever reads from a socket lets go of the interpreter, and with Python's own interval
waits 5 ms each time until the writer lets go of it: an acknowledgement is several such waits."""


def share_evenly() -> None:
    sys.setswitchinterval(SWITCH)


def through(writer: Writer) -> Writes:
    """Works go to the writer; what comes of those that were committed together comes back
    together, so that the loop is woken once and not for each."""
    landing: Landing | None = None

    async def write(work: Callable[[Unit], T]) -> T:
        nonlocal landing
        loop = asyncio.get_running_loop()
        if landing is None or landing.loop is not loop:
            landing = Landing(loop)
        return await landing.of(writer.submit(work))

    return write


class Landing:
    """Where what is done comes back into a loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._done: deque[tuple[Future[Any], asyncio.Future[Any]]] = deque()
        self._called = False

    def of(self, done: Future[T]) -> asyncio.Future[T]:
        awaited: asyncio.Future[T] = self.loop.create_future()
        # What nobody waits for any more is not begun.
        awaited.add_done_callback(lambda one: one.cancelled() and done.cancel())
        done.add_done_callback(lambda one: self._land(one, awaited))
        return awaited

    def _land(self, done: Future[Any], awaited: asyncio.Future[Any]) -> None:
        """In the writer's thread. Noted before it is asked whether the loop has been called: it
        may come in between, and then finds one more or is called once more."""
        self._done.append((done, awaited))
        if not self._called and not self.loop.is_closed():
            self._called = True
            self.loop.call_soon_threadsafe(self._settle)

    def _settle(self) -> None:
        self._called = False
        while self._done:
            done, awaited = self._done.popleft()
            if awaited.done():
                continue  # whoever waited has been cancelled
            if (error := done.exception()) is not None:
                awaited.set_exception(error)
            else:
                awaited.set_result(done.result())
