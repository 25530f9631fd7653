"""What waits for the bot. An update stays until it is confirmed, for a day at most."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from tests.fakes.telegram.clock import Clock

Trick = Literal["duplicate", "late"]
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Update:
    id: int
    kind: str
    content: dict[str, Any]
    chat_id: int
    at: datetime
    twice: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"update_id": self.id, self.kind: self.content}


@dataclass
class Updates:
    """`strays` are handed out whatever the offset says: second copies, and those that come late."""

    clock: Clock
    retention: timedelta
    allowed: list[str] = field(default_factory=list)
    waiting: dict[int, Update] = field(default_factory=dict)
    strays: list[Update] = field(default_factory=list)
    on_arrival: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = itertools.count(700_000_001)
        self._tricks: deque[Trick] = deque()
        self._held: Update | None = None

    def plays(self, trick: Trick) -> None:
        """`duplicate`: the next update comes once more after it was confirmed. `late`: the next one
        comes after the one that follows it."""
        self._tricks.append(trick)

    def put(self, kind: str, content: dict[str, Any], chat_id: int) -> None:
        if (self.allowed and kind not in self.allowed) or (
            not self.allowed and kind in _NOT_BY_DEFAULT
        ):
            return
        update = Update(next(self._ids), kind, content, chat_id, self.clock())
        trick = self._tricks.popleft() if self._tricks else None
        if trick == "late":
            self._held = update
            return
        update.twice = trick == "duplicate"
        self.waiting[update.id] = update
        if self._held:
            self.strays.append(self._held)
            self._held = None
        for tell in self.on_arrival:
            tell()

    def take(self, offset: int, limit: int) -> list[Update]:
        """Confirms everything below the offset. A negative one counts from the end and forgets
        what is before it."""
        if offset < 0:
            offset = next(iter([*self.waiting][offset:]), 0)
        for update_id in [known for known in self.waiting if known < offset]:
            self.confirm(self.waiting[update_id])
        batch = self.pending()[:limit]
        self.strays = [stray for stray in self.strays if stray not in batch]
        return batch

    def pending(self) -> list[Update]:
        self._expire()
        return [*self.waiting.values(), *self.strays]

    def confirm(self, update: Update) -> None:
        if update in self.strays:
            self.strays.remove(update)
        elif self.waiting.pop(update.id, None) and update.twice:
            update.twice = False
            self.strays.append(update)

    def drop_all(self) -> None:
        self.waiting.clear()
        self.strays.clear()

    def __len__(self) -> int:
        return len(self.waiting) + len(self.strays)

    def _expire(self) -> None:
        oldest = self.clock() - self.retention
        for update in [u for u in self.waiting.values() if u.at <= oldest]:
            del self.waiting[update.id]
