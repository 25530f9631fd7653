"""The Web API over HTTP, and the addresses beside it: uploads, responses, sockets."""

from __future__ import annotations

import json
from typing import Any, Protocol

from aiohttp import web

from tests.fakes.common import server
from tests.fakes.common.faults import Faults
from tests.fakes.slack import spec
from tests.fakes.slack.refusal import Refusal, too_many
from tests.fakes.slack.shapes import Json


class Company(Protocol):
    """What the server needs of the fake."""

    faults: Faults[Any]

    def check_token(self, method: str, token: str) -> dict[str, str]: ...
    def process(self, token: str, method: str, params: Json) -> Json: ...
    def refuse(self, method: str, params: Json, refusal: Refusal) -> None: ...
    def take_upload(self, file_id: str, content: bytes) -> None: ...
    def take_response(self, key: str, said: Json) -> None: ...
    async def take_socket(self, request: web.Request) -> web.StreamResponse: ...


class Server(server.Server):
    page = "<html>upstream connect error</html>"

    def __init__(self, company: Company) -> None:
        super().__init__(company.faults)
        self._company = company

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_route("*", "/api/{method}", self._call)
        router.add_post("/upload/v1/{file}", self._upload)
        router.add_post("/response/{key}", self._response)
        router.add_get("/link/", self._company.take_socket)

    def too_many(self, retry_after: int) -> web.Response:
        return _refused(too_many(retry_after))

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, raw = request.match_info["method"], {}
        try:
            spec.check_known(method)
            token = _token(request)
            headers = self._company.check_token(method, token)
            raw = await _body(request)
            is_json = request.content_type == "application/json"
            params = spec.read(method, raw, is_json=is_json)

            async def work() -> web.Response:
                result = self._company.process(token, method, params)
                return web.json_response({"ok": True} | result, headers=headers)

            return await self.with_faults(request, method, work)
        except Refusal as refusal:
            self._company.refuse(method, raw, refusal)
            return _refused(refusal)

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
