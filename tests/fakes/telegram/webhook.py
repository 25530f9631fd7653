"""Pushes updates to the bot's address, until it answers with success.

Ordered as the Bot API server orders them: within a chat strictly, a failing chat holds up no other.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.telegram.clock import Clock
from tests.fakes.telegram.messages import Json
from tests.fakes.telegram.refusal import bad
from tests.fakes.telegram.updates import Update, Updates

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_PORTS = (443, 80, 88, 8443)
_LONGEST_PAUSE = 60.0
_LONGEST_WISH = 3600.0
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class _Trouble:
    """A failed update: tried again at `due`."""

    due: datetime
    pause: float = 1.0


class Webhook:
    """`loopback`: also http and any port, on this machine. `posted`: update ids, as they went."""

    def __init__(self, updates: Updates, clock: Clock, *, loopback: bool, seconds: float) -> None:
        self.url = ""
        self.posted: list[int] = []
        self._secret = ""
        self._most = 40
        self._updates = updates
        self._clock = clock
        self._loopback = loopback
        self._seconds = seconds
        self._troubles: dict[int, _Trouble] = {}
        self._last_error: tuple[datetime, str] | None = None
        self._turn = asyncio.Lock()

    def set(self, params: Json) -> None:
        if params["url"]:
            self._check(params["url"], params.get("secret_token", ""))
        self.url = params["url"]
        self._secret = params.get("secret_token", "")
        self._most = min(max(params.get("max_connections", 40), 1), 100)
        if "allowed_updates" in params:
            self._updates.allowed = params["allowed_updates"]
        self._troubles.clear()
        self._last_error = None
        if params.get("drop_pending_updates"):
            self._updates.drop_all()

    def info(self) -> Json:
        said: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if not self.url:
            return said
        said["max_connections"] = self._most
        if self._updates.allowed:
            said["allowed_updates"] = self._updates.allowed
        if self._last_error:
            at, message = self._last_error
            said |= {"last_error_date": int(at.timestamp()), "last_error_message": message}
        return said

    async def deliver(self) -> int:
        """Posts what is due by the clock; gives how many were taken."""
        taken = 0
        async with self._turn, aiohttp.ClientSession(timeout=self._patience) as client:
            while self.url and (update := self._due()):
                taken += await self._post(client, update)
        return taken

    @property
    def _patience(self) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=self._seconds)

    def _check(self, url: str, secret: str) -> None:
        if len(secret) > 256:
            raise bad("secret token is too long")
        if not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        parts = urlsplit(url)
        if self._loopback and parts.hostname == "127.0.0.1":
            return
        if parts.scheme != "https":
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in _PORTS:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        if parts.hostname in ("127.0.0.1", "localhost"):
            raise bad("bad webhook: IP address 127.0.0.1 is reserved")

    def _due(self) -> Update | None:
        now, seen = self._clock(), set()
        for update in self._updates.pending():
            trouble = self._troubles.get(update.id)
            if update.chat_id not in seen and (trouble is None or trouble.due <= now):
                return update
            seen.add(update.chat_id)
        return None

    async def _post(self, client: aiohttp.ClientSession, update: Update) -> bool:
        headers = {_HEADER: self._secret} if self._secret else {}
        self.posted.append(update.id)
        try:
            async with client.post(self.url, json=update.as_json(), headers=headers) as answer:
                await answer.read()
        except aiohttp.ClientConnectorError:
            return self._failed(update, "Connection refused")
        except (aiohttp.ClientError, TimeoutError):
            return self._failed(update, "Read timeout expired")
        if 200 <= answer.status <= 299:
            self._troubles.pop(update.id, None)
            self._updates.confirm(update)
            return True
        wish = answer.headers.get("Retry-After", "")
        said = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        return self._failed(update, said, float(wish) if wish.isdigit() else 0.0)

    def _failed(self, update: Update, said: str, wish: float = 0.0) -> bool:
        """Again at once, then after 2, 4, 8 … 60 seconds, or when the answer wished it."""
        now, before = self._clock(), self._troubles.get(update.id)
        pause = min(before.pause * 2, _LONGEST_PAUSE) if before else 1.0
        wait = min(wish, _LONGEST_WISH) or (pause if before else 0.0)
        self._troubles[update.id] = _Trouble(now + timedelta(seconds=wait), pause)
        self._last_error = (now, said)
        return False
