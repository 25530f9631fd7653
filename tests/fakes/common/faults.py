"""Bad days on demand. What else can go wrong with a company stands in its own faults.py."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Generic, Literal, TypeVar

CallHow = Literal[
    "abort-before",  # the connection breaks, nothing was done
    "abort-after",  # it was done, but nobody hears of it
    "slow",  # it was done, but the answer comes only when the client has given up
    "server-error",  # 5xx, nothing was done
    "too-many",  # 429 with the seconds to wait, nothing was done
]
HowT = TypeVar("HowT", bound=str)


@dataclass(frozen=True)
class Fault:
    """`what`: a method or a kind of delivery. `status`: of a server error."""

    what: str
    how: str
    retry_after: int
    status: int


class Faults(Generic[HowT]):
    """`met`: those that have struck, in order. `hows`: all that the company knows."""

    hows: ClassVar[tuple[str, ...]]

    def __init__(self) -> None:
        self.met: list[Fault] = []
        self._planned: deque[Fault] = deque()

    def plan(self, what: str, how: HowT, times: int, retry_after: int, status: int) -> None:
        assert how in self.hows, f"no fault is called {how!r}"
        self._planned.extend(Fault(what, how, retry_after, status) for _ in range(times))

    def strike(self, method: str) -> Fault | None:
        """The first that was planned for this method, or for any (`*`)."""
        return self._meet(lambda fault: fault.what in ("*", method))

    @property
    def left(self) -> int:
        return len(self._planned)

    def end(self) -> None:
        self._planned.clear()

    def _meet(self, fits: Callable[[Fault], bool]) -> Fault | None:
        fault = next(filter(fits, self._planned), None)
        if fault:
            self._planned.remove(fault)
            self.met.append(fault)
        return fault
