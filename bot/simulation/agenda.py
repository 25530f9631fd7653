"""What is to happen when, in order; at the same moment in the order it was added."""

from __future__ import annotations

import heapq
from datetime import datetime
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


class Agenda(Generic[T]):
    def __init__(self) -> None:
        self._entries: list[tuple[datetime, int, T]] = []
        self._order = count()

    def add(self, at: datetime, entry: T) -> None:
        heapq.heappush(self._entries, (at, next(self._order), entry))

    def next_at(self) -> datetime | None:
        return self._entries[0][0] if self._entries else None

    def due(self, now: datetime) -> list[T]:
        """Takes out what is due at `now`."""
        found: list[T] = []
        while self._entries and self._entries[0][0] <= now:
            found.append(heapq.heappop(self._entries)[2])
        return found

    def clear(self) -> None:
        self._entries.clear()
