"""The fake as a test holds it, as far as every company is alike."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Self, TypeVar

from tests.fakes.common.clock import Clock, StandingClock
from tests.fakes.common.faults import Faults, HowT
from tests.fakes.common.server import Server


@dataclass(frozen=True)
class Call:
    """An accepted call. `result` is what was answered, or would have been."""

    at: datetime
    method: str
    params: dict[str, Any]
    result: Any


@dataclass(frozen=True)
class Refused:
    at: datetime
    method: str
    params: dict[str, Any]


RefusedT = TypeVar("RefusedT", bound=Refused)


class Fake(ABC, Generic[HowT, RefusedT]):
    """A context that listens on a free port of this machine.

    clock: the company's time. calls, refusals: what the program asked for, in order. bad_status: of
    a server error.
    """

    faults: Faults[HowT]
    server: Server
    bad_status: ClassVar[int]

    def __init__(self, clock: Clock | None) -> None:
        self.clock = clock or StandingClock()
        self.calls: list[Call] = []
        self.refusals: list[RefusedT] = []
        self._stirred = asyncio.Event()

    async def __aenter__(self) -> Self:
        await self.server.start()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.server.stop()

    @property
    def url(self) -> str:
        return self.server.url

    @abstractmethod
    async def deliver(self) -> int:
        """Brings the program what is due by the clock; gives how much it took."""

    @abstractmethod
    def is_unforeseen(self, refused: RefusedT) -> bool:
        """Whether a careful program meets this as well."""

    def fail_next(
        self,
        what: str,
        how: HowT,
        *,
        times: int = 1,
        retry_after: int = 3,
        status: int | None = None,
    ) -> None:
        """The next `times` calls of a method (`*`: of any), or deliveries of a kind, go wrong; see
        `How` in the company's faults.py."""
        self.faults.plan(what, how, times, retry_after, status or self.bad_status)

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    @property
    def mistakes(self) -> list[RefusedT]:
        """Refusals that a careful program never meets."""
        return [refused for refused in self.refusals if not self.is_unforeseen(refused)]

    async def until(self, true: Callable[[], object], seconds: float = 5) -> None:
        """Looks after every call and every delivery of the program. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not true():
                self._stirred.clear()
                await self._stirred.wait()

    def stir(self) -> None:
        """Something has happened: whoever waits may look again."""
        self._stirred.set()

    def record(self, method: str, params: dict[str, Any], result: Any) -> None:
        self.calls.append(Call(self.clock(), method, params, result))
        self.stir()

    def record_refused(self, refused: RefusedT) -> None:
        self.refusals.append(refused)
        self.stir()
