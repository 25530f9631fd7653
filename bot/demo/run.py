"""`tillidsrum demo`: the try-out on this machine, with no token and no server to install."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from bot.clock import Clock, MovableClock, system_clock
from bot.demo.colleagues import Colleagues
from bot.demo.pages import router
from bot.demo.theatre import Theatre
from bot.settings import Settings
from bot.web.app import make_app
from bot.wiring import build, stored_key
from flows.model import Language

HOST = "127.0.0.1"
DATABASE = Path("var/demo.db")


def make_demo(
    database: Path, language: Language = "da", base: Clock = system_clock, port: int = 8080
) -> FastAPI:
    """The try-out as an app; its key lies beside its database."""
    clock = MovableClock(base)
    settings = Settings(
        database_url=f"sqlite:///{database}", secret_key=SecretStr(stored_key(database.parent)),
        host=HOST, port=port, public_url=f"http://{HOST}:{port}",
    )  # fmt: skip
    colleagues = Colleagues()
    more = {colleagues.name: colleagues}
    wired = build(settings, clock=clock, with_web=True, more_channels=more)
    theatre = Theatre(wired, clock, colleagues, language)
    app = make_app(wired, [router], beat_seconds=5)
    app.state.theatre = theatre
    beating = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await theatre.open()
        async with beating(app):
            yield
        wired.close()

    app.router.lifespan_context = lifespan
    return app


class _Server(uvicorn.Server):
    """Says where it is once it listens, and ends the pages' streams before it stops."""

    def __init__(self, config: uvicorn.Config, theatre: Theatre, open_browser: bool) -> None:
        super().__init__(config)
        self._theatre = theatre
        self._open_browser = open_browser

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            address = f"http://{self.config.host}:{self.config.port}/demo"
            print(f"Tillidsrum: {address}", flush=True)  # noqa: T201 -- what the command is for
            if self._open_browser:
                threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._theatre.close()
        await super().shutdown(sockets)


def run_demo(
    port: int,
    open_browser: bool,
    database: Path | None,
    language: Language = "da",
    base: Clock = system_clock,
) -> None:
    """Runs until it is stopped. `language` is what a story speaks that has not begun yet."""
    app = make_demo(database or DATABASE, language, base, port)
    config = uvicorn.Config(
        app, host=HOST, port=port, log_level="warning", timeout_graceful_shutdown=2
    )
    with suppress(KeyboardInterrupt):
        _Server(config, app.state.theatre, open_browser).run()
