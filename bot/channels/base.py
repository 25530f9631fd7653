"""What a channel is: a place where people are reached, with three verbs.

receive: the platform's bytes -> Incoming          (its own module, its own shape)
render:  Message -> what the platform takes        (pure)
send:    what was rendered -> the platform
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple, Protocol

from flows.model import Language
from flows.wording import Message

Rendered = dict[str, Any]


class DeliveryFailed(Exception):
    """Raised by `send`, and by `find` when it cannot ask. `doubtful`: the platform may have
    delivered it all the same; `permanent`: it never will; `closed`: nor will anything else, until
    the person is heard from there; else it may be tried again, after `retry_after` seconds."""

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        closed: bool = False,
        doubtful: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent or closed
        self.closed = closed
        self.doubtful = doubtful
        self.retry_after = retry_after


class Paper(NamedTuple):
    """A person's own paper, as a file with some words for who cannot see it."""

    filename: str
    media_type: str
    content: bytes
    words: str


class Papers(Protocol):
    async def paper(self, channel: str, external_id: str, name: str) -> Paper:
        """`name`: curve, sheet, calendar or export, of the person at that address."""
        ...


class Left(NamedTuple):
    """What is to go from a chat once what was written there is kept. `own`: that very message, for
    they chose so; `asked`: the platform's references of the questions that it answered, of which
    the buttons are still there."""

    own: bool = False
    asked: tuple[str, ...] = ()


LeftBehind = Callable[[str], Awaitable[Left]]
"""Of the person at an address who has just written."""


class Edge(Protocol):
    """The running part of a channel: what listens."""

    async def run(self) -> None:
        """Until cancelled; lost connections are taken up again."""
        ...

    def health(self) -> str:
        """ "ok", or what is wrong, without content."""
        ...


class Channel(Protocol):
    name: str

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        """The limits that a message to the address counts in: (scope, time between two)."""
        ...

    async def quiet_for(self, external_id: str) -> timedelta | None:
        """How long the person has asked the platform not to be disturbed; None if they have not."""
        ...

    def render(self, message: Message, language: Language) -> list[Rendered]:
        """Pure: what the platform takes, as one or more messages."""
        ...

    async def send(self, external_id: str, rendered: list[Rendered], key: str) -> str | None:
        """Sends to an address; `key` is the same when it is tried again. Gives the platform's own
        reference. Raises DeliveryFailed."""
        ...

    async def find(self, external_id: str, key: str) -> bool | None:
        """Whether a doubtful message arrived; None when the platform can never tell. Raises
        DeliveryFailed when it cannot be asked now."""
        ...
