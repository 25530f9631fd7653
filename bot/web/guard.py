"""What holds for every request: how large it may be, where it may come from, what is answered."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 64 * 1024
LARGER = {
    "/admin/people/import": 8 * 1024 * 1024, "/admin/people/import/preview": 8 * 1024 * 1024,
    "/me/write": 256 * 1024,
}  # fmt: skip
"""A people file of a large organisation: who may send one is known before any of it is read. And
what somebody writes for themself: however long it is, it comes back to be made shorter."""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # A browser asks each time, so that a new version's scripts and styles fit together.
    "Cache-Control": "no-cache",
}
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
ELSEWHERE = ("cross-site", "same-site")
"""What a browser says of a request that another site's page has made."""


class Guard:
    """ASGI around the whole application; streams pass through it as they come."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        largest = LARGER.get(scope["path"], LARGEST_BODY)
        refusal = _refusal(scope["method"], Headers(scope=scope), largest)
        answer = refusal or self.app
        await answer(scope, _counted(receive, largest), _with_headers(send))


def _refusal(method: str, headers: Headers, largest: int) -> Response | None:
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > largest:
        return JSONResponse({"error": "too large"}, 413)
    if method in CHANGING and headers.get("sec-fetch-site") in ELSEWHERE:
        return JSONResponse({"error": "asked for by another site"}, 403)
    return None


def _counted(receive: Receive, largest: int) -> Receive:
    """For a body that does not say its length beforehand."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            raise HTTPException(413, "too large")
        return message

    return counted


def _with_headers(send: Send) -> Send:
    async def sends(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sends
