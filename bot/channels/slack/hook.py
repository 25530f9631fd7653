"""POST /slack/events: where Slack posts when there is no socket. Nothing is parsed, and nothing of
it logged, before it is known to come from Slack."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.channels.slack.signature import genuine
from bot.clock import Clock, system_clock

PATH = "/slack/events"
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
LARGEST_BODY = 64 * 1024


def events_route(secret: str, app: AsyncApp, clock: Clock = system_clock) -> APIRouter:
    """`secret`: the app's signing secret."""
    router = APIRouter()

    @router.post(PATH)
    async def receive_event(request: Request) -> Response:
        """200 when it is kept; anything else has Slack deliver it again."""
        body = await _body(request)
        stamp, signature = (request.headers.get(name, "") for name in (STAMP, SIGNATURE))
        if not genuine(secret, stamp, signature, body, clock().timestamp()):
            raise HTTPException(401, "that is not for you")
        answer = await app.async_dispatch(_bolt_request(body, dict(request.headers.items())))
        kinds = answer.headers.get("content-type", [""])
        return Response(answer.body, answer.status, media_type=kinds[0] or None)

    return router


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, "too large")
    return body


def _bolt_request(body: bytes, headers: dict[str, str]) -> AsyncBoltRequest:
    try:
        return AsyncBoltRequest(body=body.decode(), headers={**headers})
    except (ValueError, RecursionError, AttributeError):
        raise HTTPException(400, "that cannot be read") from None
