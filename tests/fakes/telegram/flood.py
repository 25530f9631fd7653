"""Counts what the bot sends."""

from __future__ import annotations

from tests.fakes.common.flood import Bucket, Counting, Window
from tests.fakes.telegram.clock import Clock
from tests.fakes.telegram.limits import Rates
from tests.fakes.telegram.refusal import too_many


class Flood(Counting):
    """`rates` None: no limit at all, as for a benchmark."""

    def __init__(self, clock: Clock, rates: Rates | None) -> None:
        super().__init__(clock, too_many)
        self._rates = rates
        self._overall = Window(rates.overall_per_second, 1) if rates else None
        self._chats: dict[int, Bucket] = {}
        self._groups: dict[int, Window] = {}

    def count(self, chat_id: int, *, group: bool, edit: bool) -> None:
        """Edits count in a group's minute and in the whole, not in a chat's second."""
        if self._rates is None or self._overall is None:
            return
        counters: list[Bucket | Window] = [self._overall]
        if not edit:
            counters.append(self._chat(chat_id, self._rates))
        if group:
            counters.append(self._group(chat_id, self._rates))
        self._count(*counters)

    def _chat(self, chat_id: int, rates: Rates) -> Bucket:
        return self._chats.setdefault(chat_id, Bucket(rates.chat_burst, rates.chat_per_second))

    def _group(self, chat_id: int, rates: Rates) -> Window:
        return self._groups.setdefault(chat_id, Window(rates.group_per_minute, 60))
