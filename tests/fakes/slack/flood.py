"""Counts what the app calls, against a clock: nothing here waits."""

from __future__ import annotations

import math
from collections import deque

from tests.fakes.slack.clock import Clock
from tests.fakes.slack.limits import Rates
from tests.fakes.slack.refusal import too_many


class _Minute:
    """At most `most` calls in any minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._calls: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self._calls and self._calls[0] <= now - 60:
            self._calls.popleft()
        if len(self._calls) < self._most:
            return 0.0
        return self._calls[0] + 60 - now

    def note(self, now: float) -> None:
        self._calls.append(now)


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
    """A call that is too much costs nothing. `rates` None: no limit at all, as for a benchmark."""

    def __init__(self, clock: Clock, rates: Rates | None) -> None:
        self._clock = clock
        self._rates = rates
        self._methods: dict[str, _Minute] = {}
        self._channels: dict[str, _Bucket] = {}
        self._workspace = _Minute(rates.workspace_per_minute) if rates else None

    def count_call(self, method: str, tier: str) -> None:
        if self._rates:
            most = self._rates.of(tier)
            self._count(self._methods.setdefault(method, _Minute(most)))

    def count_message(self, channel: str) -> None:
        """One a second in a channel, and so many a minute in the whole workspace."""
        if self._rates and self._workspace:
            rates = self._rates
            bucket = _Bucket(rates.channel_burst, rates.channel_per_second)
            self._count(self._channels.setdefault(channel, bucket), self._workspace)

    def _count(self, *counters: _Minute | _Bucket) -> None:
        now = self._clock().timestamp()
        wait = max(counter.wait(now) for counter in counters)
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        for counter in counters:
            counter.note(now)
