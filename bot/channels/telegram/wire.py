"""python-telegram-bot's Bot over a request of our own: what went wrong says whether Telegram may
have done it, and no token and nothing that anybody wrote gets into an error or a log.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

NOISY = ("httpx", "httpcore", "telegram")
"""At INFO and below they write the address with the token, and what was sent."""
NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)
POLL_CONNECTIONS = 2
SEND_CONNECTIONS = 32


class Refused(TelegramError):
    """Telegram understood and did nothing: `code` is 3xx or 4xx."""

    def __init__(self, code: int, words: str, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.code = code
        self.retry_after = retry_after


class Unclear(TelegramError):
    """An answer that does not say whether it was done: 5xx, or no JSON."""


@dataclass(frozen=True)
class Patience:
    """Seconds. An answer takes at most connect + send + answer."""

    connect: float = 5
    send: float = 5
    answer: float = 10


class Request(HTTPXRequest):
    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Raises Refused, Unclear, and for broken connections NetworkError with its cause."""
        code, payload = await super().do_request(*args, **kwargs)
        answer = _read(payload)
        if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unclear(f"Telegram answered {code}")
        if code >= HTTPStatus.MULTIPLE_CHOICES:
            raise _refused(code, answer)
        if "result" not in answer:
            raise Unclear("Telegram answered with something that is not an answer")
        return code, payload


def _read(payload: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _refused(code: int, answer: dict[str, Any]) -> Refused:
    parameters = answer.get("parameters")
    wait = parameters.get("retry_after") if isinstance(parameters, dict) else None
    words = str(answer.get("description") or f"Telegram answered {code}")
    return Refused(code, words, float(wait) if isinstance(wait, int | float) else None)


class Line(Bot):
    """The bot at Telegram. `initialize` is not needed, and would put the token into an error."""

    __slots__ = ("requests",)

    def __init__(self, token: str, api_url: str, patience: Patience) -> None:
        base = api_url.rstrip("/")
        polling, sending = (
            Request(
                connection_pool_size=size, connect_timeout=patience.connect,
                pool_timeout=patience.connect, write_timeout=patience.send,
                media_write_timeout=patience.send, read_timeout=patience.answer,
            )
            for size in (POLL_CONNECTIONS, SEND_CONNECTIONS)
        )  # fmt: skip
        super().__init__(
            token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot",
            request=sending, get_updates_request=polling,
        )  # fmt: skip
        with self._unfrozen():
            self.requests = (polling, sending)

    def __repr__(self) -> str:
        """Theirs shows the token."""
        return "Line()"

    async def updates(
        self, offset: int, seconds: int, allowed: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        """As they came. `get_updates` reads them first: one that it does not understand would
        stop all the others, and be written to the log with everything in it."""
        wanted = {"offset": offset, "timeout": seconds, "allowed_updates": list(allowed)}
        answer_by = seconds + (self.requests[0].read_timeout or 0)
        found = await self._post("getUpdates", wanted, read_timeout=answer_by)
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    async def close_connections(self) -> None:
        for request in self.requests:
            await request.shutdown()


def make_line(token: str, api_url: str, patience: Patience | None = None) -> Line:
    """`api_url`: Telegram's, or that of a Bot API server of one's own."""
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    return Line(token, api_url, patience or Patience())
