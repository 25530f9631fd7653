"""The one source of the time: the system's, or one that can be moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


AHEAD = "clock_ahead_seconds"
"""The setting under which a try-out keeps how far ahead its clock is."""


class MovableClock:
    """Runs beside a base clock, ahead of it by what it has been moved. Never runs backwards."""

    def __init__(self, base: Clock = system_clock, ahead: timedelta = timedelta()) -> None:
        self._base = base
        self.ahead = ahead

    def __call__(self) -> datetime:
        return self._base() + self.ahead

    def move_to(self, moment: datetime) -> None:
        self.ahead = max(self.ahead, moment - self._base())


class SetClock:
    """Stands still until it is set: for simulations."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def __call__(self) -> datetime:
        return self._at

    def move_to(self, moment: datetime) -> None:
        self._at = max(self._at, moment)
