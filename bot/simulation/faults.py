"""What goes wrong, by dice: crashes, platforms that refuse or fall silent, outages."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Literal

from bot.simulation.report import FaultCounts

Sending = Literal["well", "refused", "rate_limited", "timed_out_and_arrived", "timed_out_and_lost"]
SENDINGS: tuple[Sending, ...] = (
    "refused", "rate_limited", "timed_out_and_arrived", "timed_out_and_lost",
)  # fmt: skip
SENDING_FAILS = 0.015
CRASHES_A_YEAR = 4.0
COMMITS_A_YEAR = 2000
CRASHES_AT_LEAST = 12
LOOK_UP_FAILS = 0.3
REDELIVERED = 0.03
REDELIVERED_WITH_FAULTS = 0.12
DAYS_BETWEEN_OUTAGES = 9
LONGEST_WAIT = timedelta(hours=30)
WANTS_QUIET = 0.06
BLOCKS = 0.002
HISTORY_LAGS = timedelta(seconds=90)
"""How long an arrived message may be missing from the platform's history."""


class CrashError(Exception):
    """The process died here; nothing in its memory is left. `undid`: nor what it was about to
    commit."""

    @property
    def undid(self) -> bool:
        return self.args != ("after_commit",)


class Faults:
    """All dice of what goes wrong. With `on` False only what is everyday: an event that a
    platform delivers more than once."""

    def __init__(self, dice: random.Random, *, on: bool, leader_years: float) -> None:
        self._dice = dice
        self.on = on
        self.counts = FaultCounts()
        years = max(leader_years, 0.1)
        crashes = CRASHES_AT_LEAST + CRASHES_A_YEAR * years / 4
        self._crash = crashes / (years * COMMITS_A_YEAR) / 3

    def stop(self) -> None:
        """From here on all is well: what is in doubt gets its answer."""
        self.on = False

    def crash(self, where: Literal["before_commit", "after_commit", "after_sending"]) -> None:
        """Raises CrashError, once in a while."""
        if self._happens(self._crash):
            self._count(f"crashes_{where}")
            raise CrashError(where)

    def sending(self) -> Sending:
        if not self._happens(SENDING_FAILS):
            return "well"
        fault = self._dice.choice(SENDINGS)
        self._count(fault)
        return fault

    def retry_after(self) -> float | None:
        """Seconds: mostly moments, now and then until after somebody went home."""
        return self._dice.choice((1.0, 30.0, 300.0, 7200.0, 36_000.0))

    def paced(self) -> None:
        """Something had to wait for the platform's own pace."""
        self._count("paced")

    def quiet(self) -> timedelta | None:
        """For how long somebody does not want to be disturbed, if they do not."""
        if not self._happens(WANTS_QUIET):
            return None
        self._count("do_not_disturb")
        return timedelta(hours=self._dice.choice((0.5, 2, 8, 30)))

    def blocks(self) -> bool:
        """Somebody wants to hear no more, until they write again themselves."""
        blocks = self._happens(BLOCKS)
        if blocks:
            self._count("blocked")
        return blocks

    def look_up_unavailable(self) -> bool:
        unavailable = self._happens(LOOK_UP_FAILS)
        if unavailable:
            self._count("look_up_unavailable")
        return unavailable

    def lag(self) -> timedelta:
        return self._dice.random() * HISTORY_LAGS if self.on else timedelta()

    def redeliveries(self) -> list[timedelta]:
        """After how long the platform delivers the same event again."""
        if self._dice.random() >= (REDELIVERED_WITH_FAULTS if self.on else REDELIVERED):
            return []
        times = self._dice.randint(1, 4)
        if self.on:
            self.counts.redelivered += times
        return [self._late() for _ in range(times)]

    def _late(self) -> timedelta:
        if self._dice.random() < 0.6:
            return timedelta(seconds=self._dice.choice((0, 0, 1, 30)))
        return self._dice.random() * LONGEST_WAIT

    def until_outage(self) -> timedelta:
        return timedelta(days=self._dice.expovariate(1 / DAYS_BETWEEN_OUTAGES))

    def outage(self) -> timedelta:
        self._count("outages")
        hours = self._dice.choice((0.5, 1, 3, 7, 20, 60, 130))
        return timedelta(hours=hours * self._dice.uniform(0.5, 1.5))

    def pause_after_crash(self) -> timedelta:
        return timedelta(seconds=self._dice.choice((1, 5, 60, 600)))

    def _happens(self, chance: float) -> bool:
        return self.on and self._dice.random() < chance

    def _count(self, name: str) -> None:
        setattr(self.counts, name, getattr(self.counts, name) + 1)
