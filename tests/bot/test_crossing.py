"""From the loop to the thread that writes, and back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from bot.crossing import through


class Hand:
    """A writer that does what waits when it is told to, from a thread of its own."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[Any], Any], Future[Any]]] = []

    def submit(self, work: Callable[[Any], Any]) -> Future[Any]:
        future: Future[Any] = Future()
        self.waiting.append((work, future))
        return future

    def commits(self) -> None:
        thread = threading.Thread(target=self._commit)
        thread.start()
        thread.join()

    def _commit(self) -> None:
        for work, future in self.waiting:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work(None))
                except ValueError as error:
                    future.set_exception(error)
        self.waiting.clear()


def fails(unit: Any) -> str:
    raise ValueError("this one alone")


async def waiting_for(hand: Hand, *works: Callable[[Any], Any]) -> list[asyncio.Task[Any]]:
    write = through(hand)  # type: ignore[arg-type]
    tasks = [asyncio.create_task(_run(write, work)) for work in works]
    await asyncio.sleep(0)
    assert len(hand.waiting) == len(works)
    return tasks


async def _run(write: Any, work: Callable[[Any], Any]) -> Any:
    return await write(work)


async def test_what_was_committed_together_comes_back_each_to_its_own() -> None:
    hand = Hand()
    one, bad, two = await waiting_for(hand, lambda unit: "one", fails, lambda unit: "two")
    hand.commits()
    assert [await one, await two] == ["one", "two"]
    with pytest.raises(ValueError, match="this one alone"):
        await bad


async def test_who_no_longer_waits_is_not_done_for_and_holds_up_nobody() -> None:
    hand, done = Hand(), []
    one, two = await waiting_for(hand, lambda unit: done.append(1), lambda unit: done.append(2))
    one.cancel()
    await asyncio.gather(one, return_exceptions=True)
    hand.commits()
    await two
    assert done == [2]


async def test_who_stops_waiting_in_the_last_moment_holds_up_nobody() -> None:
    hand = Hand()
    one, two = await waiting_for(hand, lambda unit: 1, lambda unit: 2)
    hand.commits()
    one.cancel()
    assert await two == 2
    await asyncio.gather(one, return_exceptions=True)
    assert one.cancelled()


def test_each_loop_gets_its_own_back() -> None:
    hand = Hand()
    write = through(hand)  # type: ignore[arg-type]

    async def once() -> int:
        task = asyncio.create_task(_run(write, lambda unit: 3))
        await asyncio.sleep(0)
        hand.commits()
        return int(await task)

    assert [asyncio.run(once()), asyncio.run(once())] == [3, 3]
