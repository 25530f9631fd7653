"""The web server: health, metrics, static files, and the pages of whatever is running."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from bot.scheduler import make_scheduler
from bot.web import door
from bot.web.console import router as console
from bot.web.frame import pages, wanted_language
from bot.web.guard import Guard
from bot.web.health import router as health
from bot.web.me import router as me
from bot.web.page_texts import page_texts
from bot.wiring import Wired

HERE = Path(__file__).parent


def make_app(wired: Wired, routers: Sequence[APIRouter] = (), *, beat_seconds: int = 15) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await wired.beat.tidy()
        scheduler = make_scheduler(wired.beat, every_seconds=beat_seconds)
        scheduler.start()
        async with wired.running():
            yield
        scheduler.shutdown(wait=False)

    # No generated documentation pages: they load scripts from elsewhere.
    app = FastAPI(
        title="Tillidsrum", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.wired = wired
    webhooks = (router for one in wired.connected.values() for router in one.routers)
    # The platforms' addresses first: each router that a request is compared with costs time, and
    # theirs come in crowds.
    login = [wired.login.router] if wired.login else []
    for router in (*webhooks, health, console, me, *login, *routers):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    app.add_middleware(Guard)
    app.exception_handler(RequestValidationError)(_refuse)
    app.exception_handler(door.TurnedAway)(door.turn_away)
    app.exception_handler(HTTPException)(_say_no)
    app.exception_handler(Exception)(_say_no)
    return app


async def _refuse(request: Request, error: Exception) -> Response:
    """Says that a request does not fit, without repeating what was in it."""
    return JSONResponse({"error": "that request does not fit"}, 422)


async def _say_no(request: Request, error: Exception) -> Response:
    status, detail = 500, "something went wrong here"
    if isinstance(error, HTTPException):
        status, detail = error.status_code, str(error.detail)
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"error": detail}, status)
    language = wanted_language(request)
    shown = {"lang": language, "t": page_texts(language), "status": status}
    return pages.TemplateResponse(request, "error.html", shown, status)
