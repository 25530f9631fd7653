"""Counts what the bot sends, against a clock: nothing here waits."""

from __future__ import annotations

import math
from collections import deque

from tests.fakes.telegram.clock import Clock
from tests.fakes.telegram.limits import Rates
from tests.fakes.telegram.refusal import too_many


class _Window:
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


class _Bucket:
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


class Flood:
    """A refused call costs nothing. `rates` None: no limit at all, as for a benchmark."""

    def __init__(self, clock: Clock, rates: Rates | None) -> None:
        self._clock = clock
        self._rates = rates
        self._overall = _Window(rates.overall_per_second, 1) if rates else None
        self._chats: dict[int, _Bucket] = {}
        self._groups: dict[int, _Window] = {}

    def count(self, chat_id: int, *, group: bool, edit: bool) -> None:
        """Edits count in a group's minute and in the whole, not in a chat's second."""
        if self._rates is None or self._overall is None:
            return
        now = self._clock().timestamp()
        counters: list[_Bucket | _Window] = [self._overall]
        if not edit:
            counters.append(self._chat(chat_id, self._rates))
        if group:
            counters.append(self._group(chat_id, self._rates))
        wait = max(counter.wait(now) for counter in counters)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        for counter in counters:
            counter.note(now)

    def _chat(self, chat_id: int, rates: Rates) -> _Bucket:
        return self._chats.setdefault(chat_id, _Bucket(rates.chat_burst, rates.chat_per_second))

    def _group(self, chat_id: int, rates: Rates) -> _Window:
        return self._groups.setdefault(chat_id, _Window(rates.group_per_minute, 60))
