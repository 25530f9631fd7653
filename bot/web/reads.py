"""Reading for a page: beside the writer, in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from storage.database import Database, Unit

T = TypeVar("T")


async def read(database: Database, work: Callable[[Unit], T]) -> T:
    """What `work` finds in one and the same state; it neither waits for writes nor delays them."""

    def run() -> T:
        with database.read() as unit:
            return work(unit)

    return await asyncio.to_thread(run)
