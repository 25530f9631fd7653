"""Bad days on demand."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal, get_args

How = Literal[
    # of a method
    "abort-before",  # the connection breaks, nothing was done
    "abort-after",  # it was done, but nobody hears of it
    "slow",  # it was done, but the answer comes only when the client has given up
    "server-error",  # 5xx, nothing was done
    "too-many",  # 429 with Retry-After, nothing was done
    # of a delivery: "events", "interactive" or "commands"
    "duplicate",  # it comes once more at the same time, over another connection
    "late",  # it comes after the one that follows it
    "lost",  # it does not get through the first time
    "ack-lost",  # it gets through, the acknowledgement does not get back
]
TRICKS = ("duplicate", "late", "lost", "ack-lost")


@dataclass(frozen=True)
class Fault:
    what: str
    how: How
    retry_after: int
    status: int


class Faults:
    """`met`: those that have struck, in order."""

    def __init__(self) -> None:
        self.met: list[Fault] = []
        self._planned: deque[Fault] = deque()

    def plan(self, what: str, how: How, times: int, retry_after: int, status: int) -> None:
        assert how in get_args(How), f"no fault is called {how!r}"
        delivery = what in ("events", "interactive", "commands")
        assert delivery == (how in TRICKS), f"{how!r} cannot happen to {what!r}"
        self._planned.extend(Fault(what, how, retry_after, status) for _ in range(times))

    def strike(self, what: str) -> Fault | None:
        """The first that was planned for this method, or for any (`*`)."""
        for fault in self._planned:
            if fault.what == what or (fault.what == "*" and "." in what):
                return self._meet(fault)
        return None

    def play(self, what: str, how: How) -> bool:
        """Whether this was planned for this kind of delivery."""
        for fault in self._planned:
            if (fault.what, fault.how) == (what, how):
                return self._meet(fault) is fault
        return False

    @property
    def left(self) -> int:
        return len(self._planned)

    def end(self) -> None:
        self._planned.clear()

    def _meet(self, fault: Fault) -> Fault:
        self._planned.remove(fault)
        self.met.append(fault)
        return fault
