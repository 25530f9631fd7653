"""Whether the process lives, whether it can do its work, and figures without persons."""

from __future__ import annotations

import logging
from collections.abc import Iterator

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
    return JSONResponse({"database": "ok", "channels": channels_of(wired)})


def channels_of(wired: Wired) -> dict[str, str]:
    """Channel -> "ok", or what is wrong with it. A platform that is down does not make the server
    unfit: it is waited for, and the others go on."""
    edges = wired.edges
    return {name: edges[name].health() if name in edges else "ok" for name in wired.channels}


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text: counts of messages and reminders by state, of nobody in particular."""
    wired: Wired = request.app.state.wired
    counts = await read(wired.database, outbox.counts)
    lines = [
        "# HELP tillidsrum_outbox_rows Messages by state.",
        "# TYPE tillidsrum_outbox_rows gauge",
        *(f'tillidsrum_outbox_rows{{state="{state}"}} {count}' for state, count in counts),
        *_of_channels(wired),
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _of_channels(wired: Wired) -> Iterator[str]:
    yield "# HELP tillidsrum_channel_up Whether the channel reaches its platform."
    yield "# TYPE tillidsrum_channel_up gauge"
    for name, health in channels_of(wired).items():
        yield f'tillidsrum_channel_up{{channel="{name}"}} {int(health == "ok")}'
    yield "# HELP tillidsrum_messages_total Messages by what became of them since the start."
    yield "# TYPE tillidsrum_messages_total counter"
    for (name, outcome), count in sorted(wired.outbound.counts.items()):
        labels = f'channel="{name}",outcome="{outcome}"'
        yield f"tillidsrum_messages_total{{{labels}}} {count}"
