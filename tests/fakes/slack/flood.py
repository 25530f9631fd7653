"""Counts what the app calls."""

from __future__ import annotations

from tests.fakes.common.flood import Bucket, Counting, Window
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.limits import Rates
from tests.fakes.slack.refusal import too_many


class Flood(Counting):
    """`rates` None: no limit at all, as for a benchmark."""

    def __init__(self, clock: Clock, rates: Rates | None) -> None:
        super().__init__(clock, too_many)
        self._rates = rates
        self._methods: dict[str, Window] = {}
        self._channels: dict[str, Bucket] = {}
        self._workspace = Window(rates.workspace_per_minute, 60) if rates else None

    def count_call(self, method: str, tier: str) -> None:
        if self._rates:
            most = self._rates.of(tier)
            self._count(self._methods.setdefault(method, Window(most, 60)))

    def count_message(self, channel: str) -> None:
        """One a second in a channel, and so many a minute in the whole workspace."""
        if self._rates and self._workspace:
            rates = self._rates
            bucket = Bucket(rates.channel_burst, rates.channel_per_second)
            self._count(self._channels.setdefault(channel, bucket), self._workspace)
