"""What a channel is: a place where people are reached, with three verbs.

receive: the platform's bytes -> Incoming          (its own module, its own shape)
render:  Message -> what the platform takes        (pure)
send:    what was rendered -> the platform
"""

from __future__ import annotations

from typing import Any, Protocol

from flows.model import Language
from flows.wording import Message

Rendered = dict[str, Any]


class DeliveryFailed(Exception):
    """Raised by `send`, and by `find` when it cannot ask. `doubtful`: the platform may have
    delivered it all the same; `permanent`: it never will; else it may be tried again, after
    `retry_after` seconds."""

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        doubtful: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.doubtful = doubtful
        self.retry_after = retry_after


class Channel(Protocol):
    name: str

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
