"""Counts what is called, against a clock: nothing here waits."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

from tests.fakes.common.clock import Clock


class Window:
    """At most `most` events in any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._events: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self._events and self._events[0] <= now - self._seconds:
            self._events.popleft()
        if len(self._events) < self._most:
            return 0.0
        return self._events[0] + self._seconds - now

    def note(self, now: float) -> None:
        self._events.append(now)


class Bucket:
    """A burst of `size`, refilled with `rate` a second."""

    def __init__(self, size: int, rate: float) -> None:
        self._size = size
        self._rate = rate
        self._left = float(size)
        self._at = -math.inf

    def wait(self, now: float) -> float:
        self._left = min(self._size, self._left + (now - self._at) * self._rate)
        self._at = now
        # a millionth less than one is one: floating point must not cost a second
        return 0.0 if self._left > 1 - 1e-6 else (1 - self._left) / self._rate

    def note(self, now: float) -> None:
        self._left -= 1


class Counting:
    """`too_many`: the company's refusal, made of the whole seconds to wait."""

    def __init__(self, clock: Clock, too_many: Callable[[int], Exception]) -> None:
        self._clock = clock
        self._too_many = too_many

    def _count(self, *counters: Window | Bucket) -> None:
        """In all of them or in none: what is too much costs nothing. Raises the refusal."""
        now = self._clock().timestamp()
        wait = max(counter.wait(now) for counter in counters)
        if wait > 0:
            raise self._too_many(max(1, math.ceil(wait)))
        for counter in counters:
            counter.note(now)
