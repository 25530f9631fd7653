"""Bad days on demand, at Telegram."""

from __future__ import annotations

from typing import Literal, get_args

from tests.fakes.common import faults
from tests.fakes.common.faults import CallHow
from tests.fakes.telegram.updates import Trick, Updates

How = Literal[
    CallHow,
    "disconnect",  # of getUpdates: the connection breaks while it waits
    Trick,  # of getUpdates or a webhook: of the next update
]


class Faults(faults.Faults[How]):
    hows = get_args(How)

    def __init__(self, updates: Updates) -> None:
        super().__init__()
        self._updates = updates

    def plan(self, what: str, how: How, times: int, retry_after: int, status: int) -> None:
        if how == "duplicate" or how == "late":
            for _ in range(times):
                self._updates.plays(how)
        else:
            super().plan(what, how, times, retry_after, status)
