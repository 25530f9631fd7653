"""A messaging company as the tests need it: it has phones, it forgets nothing, it has bad days.

It lives outside of the program, so a restart of the house does not touch it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.channels.base import DeliveryFailed
from bot.channels.web.render import render
from flows.model import Language
from flows.wording import Message

Mishap = Literal[
    "refused", "lost", "delivered-unanswered", "blocked", "power-cut", "late-power-cut"
]


class PowerCut(Exception):
    """The program died while it was sending: nobody is left to note anything."""


@dataclass(frozen=True)
class Heard:
    """One message on a phone. `choices`: what can be pressed, by its id."""

    at: datetime
    name: str
    text: str
    choices: dict[str, str]
    labels: tuple[str, ...]
    sight: str | None
    shows: str | None
    styles: tuple[tuple[str, str], ...]
    key: str


class Platform:
    """`looks_up`: whether it can tell afterwards if a message arrived, as Slack can."""

    def __init__(self, clock: Callable[[], datetime], name: str = "web", *, looks_up: bool = True):
        self.name = name
        self.looks_up = looks_up
        self.phones: dict[str, list[Heard]] = {}
        self.attempts: list[str] = []
        self._clock = clock
        self._mishaps: deque[tuple[Mishap | None, float | None]] = deque()

    def has(self, mishap: Mishap, times: int = 1, *, retry_after: float | None = None) -> None:
        """The next `times` messages meet with it."""
        self._mishaps.extend([(mishap, retry_after)] * times)

    def lets_through_then(
        self, mishap: Mishap, *, after: int, retry_after: float | None = None
    ) -> None:
        """So many messages arrive, and then one meets with the mishap."""
        self._mishaps.extend([(None, None)] * after)
        self.has(mishap, retry_after=retry_after)

    def is_well(self) -> None:
        self._mishaps.clear()

    def render(self, message: Message, language: Language) -> list[dict[str, Any]]:
        return render(message, language)

    async def send(self, external_id: str, rendered: list[dict[str, Any]], key: str) -> str | None:
        self.attempts.append(key)
        mishap, retry_after = self._mishaps.popleft() if self._mishaps else (None, None)
        if mishap == "refused":
            raise DeliveryFailed("too many requests", retry_after=retry_after)
        if mishap == "blocked":
            raise DeliveryFailed("blocked", closed=True)
        if mishap == "power-cut":
            raise PowerCut
        if mishap != "lost":
            self._deliver(external_id, rendered, key)
        if mishap == "late-power-cut":
            raise PowerCut
        if mishap in ("lost", "delivered-unanswered"):
            raise DeliveryFailed("no answer", doubtful=True)
        return key

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        return ()

    async def quiet_for(self, external_id: str) -> timedelta | None:
        return None

    async def find(self, external_id: str, key: str) -> bool | None:
        if not self.looks_up:
            return None
        return any(heard.key == key for heard in self.phones.get(external_id, []))

    def _deliver(self, external_id: str, rendered: list[dict[str, Any]], key: str) -> None:
        phone = self.phones.setdefault(external_id, [])
        phone.extend(heard(one, key, self._clock()) for one in rendered)


def heard(one: dict[str, Any], key: str, at: datetime) -> Heard:
    return Heard(
        at=at, name=one["name"], text="".join(text for text, _ in one["spans"]),
        choices={choice["token"].split(":")[2]: choice["token"] for choice in one["choices"]},
        labels=tuple(choice["label"] for choice in one["choices"]),
        sight=one["sight"], shows=one["shows"],
        styles=tuple((text, style) for text, style in one["spans"]), key=key,
    )  # fmt: skip
