"""What is on its way to the app: events, presses, commands. Slack tries events four times.

One person's deliveries go one after the other, so that a test can foresee the order; Slack promises
none. The faults `late` and `duplicate` bring what a careful app has to bear.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from tests.fakes.common.errands import Errands
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.faults import Faults
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.shapes import Json

Kind = Literal["events", "interactive", "commands"]


@dataclass
class Parcel:
    """`whose`: the person it is about. `answered` gets the body of the acknowledgement, `failed`
    the reason why there is none."""

    kind: Kind
    payload: Json
    whose: str
    answered: Callable[[Any], None] = lambda body: None
    failed: Callable[[str], None] = lambda reason: None
    tries: int = 0
    due: datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """`reason`: empty when it was acknowledged; else in Slack's words, as http_timeout."""

    reason: str = ""
    body: Any = None
    no_retry: bool = False


class Carrier(Protocol):
    async def carry(self, parcel: Parcel, attempt: int) -> Outcome: ...


class Outbox:
    """`lost`: what was given up, in order."""

    def __init__(self, clock: Clock, limits: Limits, faults: Faults, carrier: Carrier) -> None:
        self.lost: list[Parcel] = []
        self.waiting: list[Parcel] = []
        self.after_each: Callable[[], None] = lambda: None
        self.carrier = carrier
        self._clock = clock
        self._retries = limits.retries
        self._faults = faults
        self._turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._errands = Errands()
        self._taken = 0
        self._held: list[Parcel] = []

    def put(self, parcel: Parcel) -> None:
        if self._faults.play(parcel.kind, "late"):
            self._held.append(parcel)
            return
        self._send(parcel)
        self._release()

    async def deliver(self) -> int:
        """Tries everything that is due; gives how many were acknowledged meanwhile."""
        before = self._taken
        self._release()
        await self._errands.finish()
        self.start_due()
        await self._errands.finish()
        return self._taken - before

    def start_due(self) -> None:
        for parcel in self.waiting:
            self._start(parcel)

    async def stop(self) -> None:
        await self._errands.stop()

    def _send(self, parcel: Parcel) -> None:
        parcel.due = self._clock()
        self.waiting.append(parcel)
        self._start(parcel)

    def _release(self) -> None:
        """Those that were to come late."""
        held, self._held = self._held, []
        for parcel in held:
            self._send(parcel)

    def _start(self, parcel: Parcel) -> None:
        self._errands.start(self._run(parcel))

    async def _run(self, parcel: Parcel) -> None:
        async with self._turns[parcel.whose]:
            while parcel in self.waiting and parcel.due and parcel.due <= self._clock():
                await self._try(parcel)
                self.after_each()

    async def _try(self, parcel: Parcel) -> None:
        at = self._clock()
        if self._faults.play(parcel.kind, "lost"):
            return self._settle(parcel, at, Outcome("connection_failed"))
        copies = 1
        while self._faults.play(parcel.kind, "duplicate"):
            copies += 1
        numbers = range(parcel.tries, parcel.tries + copies)
        outcomes = await asyncio.gather(*(self.carrier.carry(parcel, n) for n in numbers))
        best = next((o for o in outcomes if not o.reason), outcomes[0])
        if not best.reason and self._faults.play(parcel.kind, "ack-lost"):
            best = Outcome("http_timeout")
        return self._settle(parcel, at, best)

    def _settle(self, parcel: Parcel, at: datetime, outcome: Outcome) -> None:
        if not outcome.reason:
            self._taken += 1
            self.waiting.remove(parcel)
            parcel.answered(outcome.body)
            return
        parcel.reason = outcome.reason
        retries = self._retries if parcel.kind == "events" and not outcome.no_retry else ()
        if parcel.tries >= len(retries):
            self.waiting.remove(parcel)
            self.lost.append(parcel)
            parcel.failed(outcome.reason)
            return
        parcel.due = at + timedelta(seconds=retries[parcel.tries])
        parcel.tries += 1
