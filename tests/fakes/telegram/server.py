"""The HTTP side: addresses, bodies, answers, and the faults that strike between them."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from aiohttp import web

from tests.fakes.telegram import spec
from tests.fakes.telegram.faults import Fault, Faults
from tests.fakes.telegram.limits import MEBIBYTE
from tests.fakes.telegram.refusal import Refusal, too_many
from tests.fakes.telegram.spec import Upload

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{35}")
_LARGEST_BODY = 64 * MEBIBYTE


class Company(Protocol):
    """What the server needs of the fake."""

    token: str
    faults: Faults

    async def process(self, method: str, params: dict[str, Any]) -> Any: ...
    async def hold(self) -> None: ...
    def refuse(self, method: str, params: dict[str, Any], refusal: Refusal) -> None: ...
    def file_at(self, path: str) -> bytes: ...


class Server:
    def __init__(self, company: Company) -> None:
        self._company = company
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> None:
        """On a free port of this machine; polls that nobody waits for are cancelled."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(
            app, handler_cancellation=True, access_log=None, shutdown_timeout=1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        self._closing.set()
        if self._runner:
            await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name, params = request.match_info["method"], {}
        try:
            self._check_token(request.match_info["token"])
            name = spec.method_named(name)
            params = spec.read(name, *await _body(request))
            return await self._with_faults(request, name, params)
        except Refusal as refusal:
            # a poll that was taken over while its client is gone is nobody's mistake
            if request.transport is not None and not request.transport.is_closing():
                self._company.refuse(name, params, refusal)
            return _answer(refusal.code, refusal.body())

    async def _with_faults(
        self, request: web.Request, name: str, params: dict[str, Any]
    ) -> web.StreamResponse:
        fault = self._company.faults.strike(name)
        if fault and (unprocessed := _BEFORE.get(fault.how)):
            return await unprocessed(self, request, fault)
        result = await self._company.process(name, params)
        if fault and fault.how == "abort-after":
            return await self._abort(request, fault)
        if fault and fault.how == "slow":
            await self._closing.wait()
        return _answer(200, {"ok": True, "result": result})

    async def _abort(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        # the lost connection cancels this very task, if there is anything left to cancel
        await asyncio.sleep(0)
        return web.Response(status=fault.status)

    async def _server_error(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """As the gateway before Telegram answers: a page, no JSON."""
        return web.Response(status=fault.status, text="<html>Bad Gateway</html>")

    async def _too_many(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """Not among the refusals: the test wanted it, the bot did nothing for it."""
        return _answer(429, too_many(fault.retry_after).body())

    async def _disconnect(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        await self._company.hold()
        return await self._abort(request, fault)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            content = self._company.file_at(request.match_info["path"])
        except Refusal as refusal:
            self._company.refuse("file", dict(request.match_info), refusal)
            return _answer(refusal.code, refusal.body())
        return web.Response(body=content)

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise Refusal(404, "Not Found")
        if token != self._company.token:
            raise Refusal(401, "Unauthorized")


_BEFORE: dict[str, Callable[[Server, web.Request, Fault], Awaitable[web.StreamResponse]]] = {
    "abort-before": Server._abort,
    "server-error": Server._server_error,
    "too-many": Server._too_many,
    "disconnect": Server._disconnect,
}


async def _body(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The four ways in: query, form, multipart form, JSON."""
    raw: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            return raw | await request.json(), {}
        except (json.JSONDecodeError, TypeError):
            raise Refusal(400, "can't parse request body as JSON object") from None
    uploads: dict[str, Upload] = {}
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    for name, value in form.items():
        if isinstance(value, web.FileField):
            with value.file as file:
                uploads[name] = Upload(value.filename, value.content_type, file.read())
        else:
            raw[name] = value
    return raw, uploads


def _answer(status: int, body: dict[str, Any]) -> web.Response:
    return web.json_response(body, status=status)
