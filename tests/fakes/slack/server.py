"""The HTTP side: addresses, bodies, answers, and the faults that strike between them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from aiohttp import web

from tests.fakes.slack import spec
from tests.fakes.slack.faults import Fault, Faults
from tests.fakes.slack.refusal import Refusal, too_many
from tests.fakes.slack.shapes import Json

_LARGEST_BODY = 1 << 26


class Company(Protocol):
    """What the server needs of the fake."""

    faults: Faults

    def check_token(self, method: str, token: str) -> dict[str, str]: ...
    def process(self, method: str, params: Json) -> Json: ...
    def refuse(self, method: str, params: Json, refusal: Refusal) -> None: ...
    def take_upload(self, file_id: str, content: bytes) -> None: ...
    def take_response(self, key: str, said: Json) -> None: ...
    async def take_socket(self, request: web.Request) -> web.StreamResponse: ...


class Server:
    def __init__(self, company: Company) -> None:
        self._company = company
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> None:
        """On a free port of this machine."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/upload/v1/{file}", self._upload)
        app.router.add_post("/response/{key}", self._response)
        app.router.add_get("/link/", self._company.take_socket)
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
        method, raw = request.match_info["method"], {}
        try:
            spec.check_known(method)
            headers = self._company.check_token(method, _token(request))
            raw = await _body(request)
            is_json = request.content_type == "application/json"
            params = spec.read(method, raw, is_json=is_json)
            return await self._with_faults(request, method, params, headers)
        except Refusal as refusal:
            self._company.refuse(method, raw, refusal)
            return _refused(refusal)

    async def _with_faults(
        self, request: web.Request, method: str, params: Json, headers: dict[str, str]
    ) -> web.StreamResponse:
        fault = self._company.faults.strike(method)
        if fault and (unprocessed := _BEFORE.get(fault.how)):
            return await unprocessed(self, request, fault)
        result = self._company.process(method, params)
        if fault and fault.how == "abort-after":
            return await self._abort(request, fault)
        if fault and fault.how == "slow":
            await self._closing.wait()
        return web.json_response({"ok": True} | result, headers=headers)

    async def _abort(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        # the lost connection cancels this very task, if there is anything left to cancel
        await asyncio.sleep(0)
        return web.Response(status=fault.status)

    async def _server_error(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """As the gateway before Slack answers: a page, no JSON."""
        page = "<html>upstream connect error</html>"
        return web.Response(status=fault.status, text=page, content_type="text/html")

    async def _too_many(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """Not among the refusals: the test wanted it, the app did nothing for it."""
        return _refused(too_many(fault.retry_after))

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """The bytes as they are, or as a form's only file."""
        file_id = request.match_info["file"]
        content = await _content(request)
        try:
            self._company.take_upload(file_id, content)
        except Refusal as refusal:
            self._company.refuse("upload", {"file": file_id}, refusal)
            return web.Response(status=refusal.status, text=refusal.error)
        return web.Response(text=f"OK - {len(content)}")

    async def _response(self, request: web.Request) -> web.StreamResponse:
        said: Json = {}
        try:
            said = await _json(request)
            self._company.take_response(request.match_info["key"], said)
        except Refusal as refusal:
            self._company.refuse("response_url", said, refusal)
            return _refused(refusal)
        return web.Response(text="ok")


_BEFORE: dict[str, Callable[[Server, web.Request, Fault], Awaitable[web.StreamResponse]]] = {
    "abort-before": Server._abort,
    "server-error": Server._server_error,
    "too-many": Server._too_many,
}


def _token(request: web.Request) -> str:
    """Only from the header: what stands in an address ends up in logs."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def _body(request: web.Request) -> Json:
    """The three ways in: query, form, JSON."""
    raw: Json = dict(request.query)
    if request.content_type == "application/json":
        return raw | await _json(request)
    return raw | dict(await request.post())


async def _json(request: web.Request) -> Json:
    try:
        said: Any = await request.json()
    except json.JSONDecodeError:
        raise Refusal("invalid_json") from None
    if not isinstance(said, dict):
        raise Refusal("json_not_object")
    return said


async def _content(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    for field in (await request.post()).values():
        if isinstance(field, web.FileField):
            with field.file as file:
                return file.read()
    return b""


def _refused(refusal: Refusal) -> web.Response:
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else {}
    return web.json_response(refusal.body(), status=refusal.status, headers=headers)
