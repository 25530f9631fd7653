"""The Bot API over HTTP, and the files behind it."""

from __future__ import annotations

import json
import re
from typing import Any, Protocol

from aiohttp import web

from tests.fakes.common import server
from tests.fakes.common.faults import Fault, Faults
from tests.fakes.telegram import spec
from tests.fakes.telegram.refusal import Refusal, too_many
from tests.fakes.telegram.spec import Upload

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{35}")


class Company(Protocol):
    """What the server needs of the fake."""

    token: str
    faults: Faults[Any]

    async def process(self, method: str, params: dict[str, Any]) -> Any: ...
    async def hold(self) -> None: ...
    def refuse(self, method: str, params: dict[str, Any], refusal: Refusal) -> None: ...
    def file_at(self, path: str) -> bytes: ...


class Server(server.Server):
    page = "<html>Bad Gateway</html>"

    def __init__(self, company: Company) -> None:
        super().__init__(company.faults)
        self.before["disconnect"] = self._disconnect
        self._company = company

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_route("*", "/bot{token}/{method}", self._call)
        router.add_get("/file/bot{token}/{path:.+}", self._file)

    def too_many(self, retry_after: int) -> web.Response:
        return _answer(429, too_many(retry_after).body())

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name, params = request.match_info["method"], {}
        try:
            self._check_token(request.match_info["token"])
            name = spec.method_named(name)
            params = spec.read(name, *await _body(request))

            async def work() -> web.Response:
                result = await self._company.process(name, params)
                return _answer(200, {"ok": True, "result": result})

            return await self.with_faults(request, name, work)
        except Refusal as refusal:
            # a poll that was taken over while its client is gone is nobody's mistake
            if request.transport is not None and not request.transport.is_closing():
                self._company.refuse(name, params, refusal)
            return _answer(refusal.code, refusal.body())

    async def _disconnect(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        await self._company.hold()
        return await self.abort(request, fault)

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
