"""The company's time: it stands still until a test moves it. Any other clock will do as well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


class StandingClock:
    def __init__(self, at: datetime = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)) -> None:
        self._at = at

    def __call__(self) -> datetime:
        return self._at

    def advance(self, seconds: float = 0, *, hours: float = 0) -> None:
        self._at += timedelta(seconds=seconds, hours=hours)
