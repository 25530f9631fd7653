"""The web server: health, metrics, static files, and the pages of whatever is running."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from bot.scheduler import make_scheduler
from bot.web.health import router as health
from bot.wiring import Wired

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
LARGEST_BODY = 64 * 1024


def make_app(wired: Wired, routers: Sequence[APIRouter] = (), *, beat_seconds: int = 15) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await wired.beat.tidy()
        scheduler = make_scheduler(wired.beat, every_seconds=beat_seconds)
        scheduler.start()
        yield
        scheduler.shutdown(wait=False)

    # No generated documentation pages: they load scripts from elsewhere.
    app = FastAPI(
        title="Tillidsrum", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None
    )
    app.state.wired = wired
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    for router in (health, *routers):
        app.include_router(router)
    app.middleware("http")(_guard)
    app.exception_handler(RequestValidationError)(_refuse)
    app.exception_handler(HTTPException)(_say_no)
    return app


async def _guard(request: Request, go_on: object) -> Response:
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > LARGEST_BODY:
        return JSONResponse({"error": "too large"}, 413)
    response: Response = await go_on(request)  # type: ignore[operator]
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _refuse(request: Request, error: Exception) -> Response:
    """Says that a request does not fit, without repeating what was in it."""
    return JSONResponse({"error": "that request does not fit"}, 422)


async def _say_no(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.headers.get("accept", "").startswith("text/html"):
        return PlainTextResponse(f"{status}", status)
    return JSONResponse({"error": str(getattr(error, "detail", ""))}, status)
