"""The wires between the companies and the program: one that brings everything several times, and
one that can be cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

import httpx
from aiohttp import web
from fastapi import FastAPI

LOCAL = "127.0.0.1"


class Post(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


class Repeater:
    """Takes what the companies post and brings it to `app` so many times at once. `brought`: what
    came by, each once."""

    def __init__(self, times: int) -> None:
        self.app: FastAPI | None = None
        self.brought: list[Post] = []
        self.port = 0
        self._times = times

    @property
    def url(self) -> str:
        return f"http://{LOCAL}:{self.port}"

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Repeater]:
        server = web.Application()
        server.router.add_post("/{path:.+}", self._take)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, LOCAL, 0).start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    async def brings_all_again(self) -> None:
        """Late, and all at once."""
        answers = await asyncio.gather(*(self._bring(post) for post in self.brought))
        assert {answer.status_code for answer in answers} == {200}

    async def _take(self, request: web.Request) -> web.Response:
        post = Post(request.path, dict(request.headers), await request.read())
        self.brought.append(post)
        answers = await asyncio.gather(*(self._bring(post) for _ in range(self._times)))
        assert {answer.status_code for answer in answers} == {200}
        said = answers[0]
        kind = said.headers.get("content-type", "text/plain").split(";")[0]
        return web.Response(body=said.content, status=said.status_code, content_type=kind)

    async def _bring(self, post: Post) -> httpx.Response:
        assert self.app is not None
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url=self.url) as client:
            return await client.post(post.path, content=post.body, headers=post.headers)


class Cable:
    """Carries bytes to a port of this machine, until it is cut: then nobody answers there."""

    def __init__(self, to: int) -> None:
        self.port = 0
        self._to = to
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://{LOCAL}:{self.port}"

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._carry, LOCAL, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for end in self._open:
            end.transport.abort()
        await asyncio.gather(*self._carrying, return_exceptions=True)
        await self._server.wait_closed()

    async def _carry(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        there, on = await asyncio.open_connection(LOCAL, self._to)
        ways = [(here, on), (there, back)]
        self._open |= {on, back}
        tasks = [asyncio.create_task(_pass_on(reader, writer)) for reader, writer in ways]
        self._carrying |= set(tasks)
        await asyncio.gather(*tasks)
        self._open -= {on, back}
        self._carrying -= set(tasks)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await reader.read(65536):
            writer.write(some)
            await writer.drain()
    writer.close()
