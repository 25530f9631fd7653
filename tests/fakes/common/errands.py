"""What a company does meanwhile, without anybody waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any


class Errands:
    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._broken: list[BaseException] = []

    def start(self, errand: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(errand)
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def finish(self) -> None:
        """Also those that begin meanwhile."""
        while self._running:
            await asyncio.gather(*self._running)

    async def stop(self) -> None:
        """Raises what broke one of them: a mistake of the fake's own, which no test must pass
        over."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._broken:
            raise self._broken[0]

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._broken.append(error)
