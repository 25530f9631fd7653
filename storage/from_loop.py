"""The way to the writer from an event loop.

What the loop's tasks hand in during one of its turns goes over together, and what one commit
settles wakes the loop once. Otherwise the loop and the writer, which share one interpreter,
would hand it to each other for every work (docs/performance.md).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from storage.database import Unit
from storage.group_commit import Closed, Writer

T = TypeVar("T")


class FromLoop:
    """Whoever awaits `write` has its result after the commit. May be used by several loops."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._gathering: dict[asyncio.AbstractEventLoop, _Round] = {}

    async def write(self, work: Callable[[Unit], T]) -> T:
        loop = asyncio.get_running_loop()
        together = self._gathering.get(loop)
        if together is None:
            together = self._gathering[loop] = _Round(loop)
            loop.call_soon(self._hand_over, together)
        result: T = await together.add(work)
        return result

    def _hand_over(self, together: _Round) -> None:
        del self._gathering[together.loop]
        try:
            self._writer.hand_in(together.works, together)
        except Closed as closed:
            together.resolve([(at, closed) for at in range(len(together.works))])


class _Round:
    """The works of one turn of a loop, and the futures that their tasks await."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.works: list[Callable[[Unit], Any]] = []
        self._futures: list[asyncio.Future[Any]] = []

    def add(self, work: Callable[[Unit], T]) -> asyncio.Future[T]:
        future: asyncio.Future[T] = self.loop.create_future()
        self.works.append(work)
        self._futures.append(future)
        return future

    def wants(self, at: int) -> bool:
        return not self._futures[at].cancelled()

    def told(self, outcomes: Sequence[tuple[int, Any]]) -> None:
        try:
            self.loop.call_soon_threadsafe(self.resolve, outcomes)
        except RuntimeError:
            if not self.loop.is_closed():  # in a loop that was closed nobody waits any more
                raise

    def resolve(self, outcomes: Sequence[tuple[int, Any]]) -> None:
        for at, outcome in outcomes:
            future = self._futures[at]
            if future.done():
                continue  # whoever waited was cancelled
            if isinstance(outcome, BaseException):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)
