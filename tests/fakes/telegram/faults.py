"""Bad days on demand."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal, get_args

from tests.fakes.telegram.updates import Trick, Updates

How = Literal[
    "abort-before",  # the connection breaks, nothing was done
    "abort-after",  # it was done, but nobody hears of it
    "slow",  # it was done, but the answer comes only when the client has given up
    "server-error",  # 502, nothing was done
    "too-many",  # 429 with retry_after, nothing was done
    "disconnect",  # of getUpdates: the connection breaks while it waits
    "duplicate",  # of getUpdates or a webhook: the next update comes once more
    "late",  # of getUpdates or a webhook: the next update comes after the one that follows it
]


@dataclass(frozen=True)
class Fault:
    method: str
    how: How
    retry_after: int
    status: int


class Faults:
    """`met`: those that have struck, in order."""

    def __init__(self, updates: Updates) -> None:
        self.met: list[Fault] = []
        self._updates = updates
        self._planned: deque[Fault] = deque()

    def plan(self, method: str, how: How, times: int, retry_after: int, status: int) -> None:
        assert how in get_args(How), f"no fault is called {how!r}"
        for _ in range(times):
            if how in get_args(Trick):
                self._updates.plays("late" if how == "late" else "duplicate")
            else:
                self._planned.append(Fault(method.lower(), how, retry_after, status))

    def strike(self, method: str) -> Fault | None:
        """The first that was planned for this method, or for any (`*`)."""
        for fault in self._planned:
            if fault.method in ("*", method.lower()):
                self._planned.remove(fault)
                self.met.append(fault)
                return fault
        return None

    @property
    def left(self) -> int:
        return len(self._planned)

    def end(self) -> None:
        self._planned.clear()
