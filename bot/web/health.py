"""Whether the process lives, whether it can do its work, and figures without persons."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from bot.web.reads import read
from bot.wiring import Wired
from storage import outbox
from storage.errors import StorageError

router = APIRouter()
log = logging.getLogger(__name__)


@router.get("/healthz")
async def healthz() -> Response:
    return PlainTextResponse("ok")


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    wired: Wired = request.app.state.wired
    try:
        await read(wired.database, outbox.next_due)
    except StorageError as error:
        log.warning("not ready: %s", error)
        return JSONResponse({"database": "unavailable; the log says why"}, 503)
    return JSONResponse({"database": "ok", "channels": dict.fromkeys(wired.channels, "ok")})


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text: counts of messages and reminders by state, of nobody in particular."""
    wired: Wired = request.app.state.wired
    counts = await read(wired.database, outbox.counts)
    lines = [
        "# HELP tillidsrum_outbox_rows Messages by state.",
        "# TYPE tillidsrum_outbox_rows gauge",
        *(f'tillidsrum_outbox_rows{{state="{state}"}} {count}' for state, count in counts),
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
