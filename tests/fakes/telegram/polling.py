"""getUpdates: one poller at a time, and only while no webhook is set."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.messages import Json
from tests.fakes.telegram.refusal import Refusal, conflict
from tests.fakes.telegram.updates import Updates
from tests.fakes.telegram.webhook import Webhook

_OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_HOOKED = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)


class Polling:
    """A long poll waits in real time, but an update ends it at once. `tell`: that one waits."""

    def __init__(
        self, updates: Updates, webhook: Webhook, limits: Limits, tell: Callable[[], None]
    ) -> None:
        self._updates = updates
        self._tell = tell
        self._webhook = webhook
        self._limits = limits
        self._open: asyncio.Future[None] | None = None
        updates.on_arrival.append(self._arrived)

    @property
    def waits(self) -> bool:
        return self._open is not None

    async def get_updates(self, params: Json) -> list[Json]:
        """Raises Refusal."""
        if self._webhook.url:
            raise conflict(_HOOKED)
        self.end(conflict(_OTHER))
        if "allowed_updates" in params:
            self._updates.allowed = params["allowed_updates"]
        most = self._limits.updates_together
        limit = min(max(params.get("limit", most), 1), most)
        offset = params.get("offset", 0)
        batch = self._updates.take(offset, limit)
        seconds = min(params.get("timeout", 0), self._limits.poll_seconds)
        if not batch and seconds > 0:
            await self.wait(seconds)
            batch = self._updates.take(max(offset, 0), limit)
        return [update.as_json() for update in batch]

    async def wait(self, seconds: float) -> None:
        """At most `seconds`, or until an update comes. Raises Refusal when another takes over."""
        mine = self._open = asyncio.get_running_loop().create_future()
        self._tell()
        try:
            await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            return
        finally:
            if self._open is mine:
                self._open = None

    def end(self, why: Refusal | None = None) -> None:
        """Ends the waiting poll: with a refusal, or with what is there."""
        if self._open and not self._open.done():
            if why:
                self._open.set_exception(why)
            else:
                self._open.set_result(None)

    def _arrived(self) -> None:
        self.end()
