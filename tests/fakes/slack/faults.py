"""Bad days on demand, at Slack."""

from __future__ import annotations

from typing import Literal, get_args

from tests.fakes.common import faults
from tests.fakes.common.faults import CallHow

Trick = Literal[
    # of a delivery: "events", "interactive" or "commands"
    "duplicate",  # it comes once more at the same time, over another connection
    "late",  # it comes after the one that follows it
    "lost",  # it does not get through the first time
    "ack-lost",  # it gets through, the acknowledgement does not get back
]
How = Literal[CallHow, Trick]
DELIVERIES = ("events", "interactive", "commands")


class Faults(faults.Faults[How]):
    hows = get_args(How)

    def plan(self, what: str, how: How, times: int, retry_after: int, status: int) -> None:
        suits = (what in DELIVERIES) == (how in get_args(Trick))
        assert suits or how not in self.hows, f"{how!r} cannot happen to {what!r}"
        super().plan(what, how, times, retry_after, status)

    def play(self, what: str, how: How) -> bool:
        """Whether this was planned for this kind of delivery."""
        return self._meet(lambda fault: (fault.what, fault.how) == (what, how)) is not None
