"""POST /telegram/webhook: where Telegram delivers when it does not have to be asked."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic_core import from_json

from bot.channels.telegram.receive import Update, read_update

PATH = "/telegram/webhook"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY = 64 * 1024
SETTING = "TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET"
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
Take = Callable[[Update], Awaitable[bool]]


def is_secret(secret: str) -> bool:
    """Whether Telegram takes it and nobody guesses it."""
    return _SECRET.fullmatch(secret) is not None


def webhook_route(secret: str, take: Take) -> APIRouter:
    """`take`: whether an update is done with. Raises ValueError for a secret that Telegram would
    not take, or that could be guessed."""
    if not is_secret(secret):
        raise ValueError(
            f"{SETTING} has to be 16 to 256 letters A-Z and a-z, digits, _ and -. "
            "Make one with `openssl rand -hex 32`."
        )
    router = APIRouter()

    @router.post(PATH)
    async def receive_update(request: Request) -> Response:
        """200 when it is kept, so that Telegram forgets it; 503 when it is to come again."""
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), secret.encode()):
            raise HTTPException(401, "that is not for you")
        update = _read(await _body(request))
        if update is None or await take(update):
            return Response()
        raise HTTPException(503, "it cannot be kept just now")

    return router


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, "too large")
    return body


def _read(body: bytes) -> Update | None:
    try:
        raw = from_json(body)
    except ValueError:
        raise HTTPException(400, "that is no JSON") from None
    return read_update(raw) if isinstance(raw, dict) else None
