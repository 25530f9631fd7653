"""The HTTP side that any company has: a free port, and the faults that strike there."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.common.faults import Fault, Faults

LARGEST_BODY = 1 << 26


@asynccontextmanager
async def listening(app: web.Application, **how: Any) -> AsyncIterator[str]:
    """The address at which `app` answers: a free port of this machine."""
    runner = web.AppRunner(app, access_log=None, **how)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def taking_posts(
    path: str, take: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> AsyncIterator[str]:
    """The address at which a program takes what is posted."""
    app = web.Application()
    app.router.add_post(path, take)
    async with listening(app) as url:
        yield url + path


class Server(ABC):
    """`page`: what the gateway before the company says on a bad day. `before`: the faults that
    strike before anything is done. `ahead`: of this machine's clock, in the Date of every answer."""

    page: ClassVar[str]

    def __init__(self, faults: Faults[Any]) -> None:
        self.url = ""
        self.ahead = timedelta()
        self.before: dict[str, Callable[[web.Request, Fault], Awaitable[web.StreamResponse]]] = {
            "abort-before": self.abort,
            "server-error": self._server_error,
            "too-many": self._too_many,
        }
        self._faults = faults
        self._closing = asyncio.Event()
        self._open = AsyncExitStack()

    @abstractmethod
    def add_routes(self, router: web.UrlDispatcher) -> None: ...

    @abstractmethod
    def too_many(self, retry_after: int) -> web.Response:
        """Not among the refusals: the test wanted it, the program did nothing for it."""

    async def start(self) -> None:
        """What a client no longer waits for is cancelled."""
        app = web.Application(client_max_size=LARGEST_BODY)
        self.add_routes(app.router)
        app.on_response_prepare.append(self._date)
        self.url = await self._open.enter_async_context(
            listening(app, handler_cancellation=True, shutdown_timeout=1)
        )

    async def _date(self, request: web.Request, response: web.StreamResponse) -> None:
        now = datetime.now(UTC) + self.ahead
        response.headers["Date"] = format_datetime(now, usegmt=True)

    async def stop(self) -> None:
        self._closing.set()
        await self._open.aclose()

    async def with_faults(
        self, request: web.Request, method: str, work: Callable[[], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        """What `work` answers, if it is a good day for this method."""
        fault = self._faults.strike(method)
        if fault and (unprocessed := self.before.get(fault.how)):
            return await unprocessed(request, fault)
        answer = await work()
        if fault and fault.how == "abort-after":
            return await self.abort(request, fault)
        if fault and fault.how == "slow":
            await self._closing.wait()
        return answer

    async def abort(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        # the lost connection cancels this very task, if there is anything left to cancel
        await asyncio.sleep(0)
        return web.Response(status=fault.status)

    async def _server_error(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """A page, no JSON."""
        return web.Response(status=fault.status, text=self.page, content_type="text/html")

    async def _too_many(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        return self.too_many(fault.retry_after)
