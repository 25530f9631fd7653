"""The endpoints over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from tests.fakes.common import server
from tests.fakes.common.faults import Fault, Faults
from tests.fakes.openid.checks import Refusal, once

DESCRIPTION = "/.well-known/openid-configuration"
PIECE = b" " * 65_536
PAGE = """<!doctype html><title>The provider</title><h1>Sign in</h1>
<form method="post" action="/sign-in?{query}"><label>E-mail <input name="email"></label>
<button>Sign in</button></form>"""


class Company(Protocol):
    """What the server needs of the fake."""

    faults: Faults[Any]
    described: dict[str, Any]

    def keys(self) -> dict[str, Any]: ...
    def whoever_is_there(self) -> str | None: ...
    def sign_in(self, email: str) -> None: ...
    def check(self, asked: Mapping[str, str]) -> None: ...
    def send_back(self, asked: Mapping[str, str], fault: str) -> dict[str, str]: ...
    def redeem(self, sent: Mapping[str, str], authorization: str | None) -> dict[str, Any]: ...
    def note(self, method: str, params: Mapping[str, str]) -> None: ...
    def refuse(self, method: str, params: Mapping[str, str], refusal: Refusal) -> None: ...


class Server(server.Server):
    """`poured`: bytes of answers without end, before their reader had enough."""

    page = "<html>Service Unavailable</html>"

    def __init__(self, company: Company) -> None:
        super().__init__(company.faults)
        self.before["huge"] = self._huge
        self.poured = 0
        self._company = company

    def add_routes(self, router: web.UrlDispatcher) -> None:
        router.add_get(DESCRIPTION, self._describe)
        router.add_get("/keys", self._keys)
        router.add_get("/authorize", self._authorize)
        router.add_post("/sign-in", self._sign_in)
        router.add_post("/token", self._token)

    def too_many(self, retry_after: int) -> web.Response:
        return web.json_response({"error": "slow_down"}, status=429)

    async def _describe(self, request: web.Request) -> web.StreamResponse:
        async def work() -> web.Response:
            self._company.note("description", {})
            return web.json_response(self._company.described)

        return await self.with_faults(request, "description", work)

    async def _keys(self, request: web.Request) -> web.StreamResponse:
        async def work() -> web.Response:
            self._company.note("keys", {})
            return web.json_response(self._company.keys())

        return await self.with_faults(request, "keys", work)

    async def _authorize(self, request: web.Request) -> web.StreamResponse:
        return self._answered(request, self._company.whoever_is_there() is not None)

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        self._company.sign_in(str(form["email"]))
        return self._answered(request, True)

    def _answered(self, request: web.Request, is_somebody_there: bool) -> web.Response:
        pairs = parse_qsl(request.query_string, keep_blank_values=True)
        asked: dict[str, str] = {}
        try:
            asked = once(pairs)
            self._company.check(asked)
        except Refusal as refusal:
            self._company.refuse("authorize", asked, refusal)
            if refusal.shown:
                return web.Response(text=str(refusal), status=refusal.status)
            return _back(asked, {"error": refusal.error})
        if not is_somebody_there:
            page = PAGE.format(query=escape(request.query_string))
            return web.Response(text=page, content_type="text/html")
        fault = self._company.faults.strike("authorize")
        return _back(asked, self._company.send_back(asked, fault.how if fault else ""))

    async def _token(self, request: web.Request) -> web.StreamResponse:
        sent: dict[str, str] = {}

        async def work() -> web.Response:
            try:
                sent.update(once(parse_qsl(await request.text(), keep_blank_values=True)))
                given = self._company.redeem(sent, request.headers.get("Authorization"))
            except Refusal as refusal:
                self._company.refuse("token", sent, refusal)
                return web.json_response({"error": refusal.error}, status=refusal.status)
            return web.json_response(given, headers={"Cache-Control": "no-store"})

        return await self.with_faults(request, "token", work)

    async def _huge(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """Until whoever reads it has had enough."""
        answer = web.StreamResponse(headers={"Content-Type": "application/json"})
        await answer.prepare(request)
        while True:
            await answer.write(PIECE)
            self.poured += len(PIECE)


def _back(asked: Mapping[str, str], said: Mapping[str, str]) -> web.Response:
    query = urlencode({**said, "state": asked["state"]} if "state" in asked else said)
    return web.Response(status=302, headers={"Location": f"{asked['redirect_uri']}?{query}"})
