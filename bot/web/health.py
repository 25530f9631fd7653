"""Whether the process lives, whether it can do its work, and figures without persons."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from bot.web.reads import read
from bot.wiring import Wired
from storage import outbox, reach
from storage.database import Unit
from storage.errors import StorageError
from storage.reach import Addresses

router = APIRouter()
log = logging.getLogger(__name__)

OUTCOMES = ("sent", "failed", "refused", "put_back")
QUARTER = 15 * 60
"""Seconds to which it is rounded down when something was heard: where few people write, the minute
would say when somebody did."""


class Known(NamedTuple):
    """What the database says: messages by state, and addresses."""

    messages: list[tuple[str, int]]
    addresses: Addresses


@router.get("/healthz")
async def healthz() -> Response:
    return PlainTextResponse("ok")


@router.get("/readyz")
async def readyz(request: Request) -> Response:
    wired: Wired = request.app.state.wired
    known = await _known(wired)
    if known is None:
        return JSONResponse({"database": "unavailable; the log says why"}, 503)
    channels, figures = channels_of(wired), _figures(wired, known)
    return JSONResponse({"database": "ok", "channels": channels, "figures": figures})


def channels_of(wired: Wired) -> dict[str, str]:
    """Channel -> "ok", or what is wrong with it. A platform that is down does not make the server
    unfit: it is waited for, and the others go on."""
    edges = wired.edges
    return {name: edges[name].health() if name in edges else "ok" for name in wired.channels}


async def _known(wired: Wired) -> Known | None:
    def look(unit: Unit) -> Known:
        return Known(outbox.counts(unit), reach.addresses(unit))

    try:
        return await read(wired.database, look)
    except StorageError as error:
        log.warning("not ready: %s", error)
        return None


def _figures(wired: Wired, known: Known) -> dict[str, dict[str, object]]:
    """By channel: messages since the start, when it was heard last, how many are reached there."""
    heard = _heard(wired)
    return {
        name: {
            **{one: wired.outbound.counts[name, one] for one in OUTCOMES},
            "heard": datetime.fromtimestamp(heard[name], UTC).isoformat() if heard[name] else None,
            "addresses": known.addresses.open.get(name, 0),
            "closed": known.addresses.closed.get(name, 0),
        }
        for name in wired.channels
    }


def _heard(wired: Wired) -> dict[str, int]:
    """Channel -> the quarter of an hour, as seconds since 1970; 0: nothing since the start."""
    heard = wired.intake.heard
    return {
        name: int(heard[name].timestamp()) // QUARTER * QUARTER if name in heard else 0
        for name in wired.channels
    }


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text: counts by state and by channel, of nobody in particular."""
    wired: Wired = request.app.state.wired
    known = await _known(wired)
    lines = [*_of_database(known), *_of_channels(wired)]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _of_database(known: Known | None) -> Iterator[str]:
    yield from _family("database_up", "gauge", "Whether the database answers.")
    yield f"tillidsrum_database_up {int(known is not None)}"
    if known is None:
        return
    yield from _family("outbox_rows", "gauge", "Messages by state.")
    for state, count in known.messages:
        yield f'tillidsrum_outbox_rows{{state="{state}"}} {count}'
    yield from _family("addresses", "gauge", "Addresses; closed: blocked, or the account is gone.")
    for state, counts in known.addresses._asdict().items():
        for name, count in sorted(counts.items()):
            yield f'tillidsrum_addresses{{channel="{name}",state="{state}"}} {count}'


def _of_channels(wired: Wired) -> Iterator[str]:
    yield from _family("channel_up", "gauge", "Whether the channel reaches its platform.")
    for name, health in channels_of(wired).items():
        yield f'tillidsrum_channel_up{{channel="{name}"}} {int(health == "ok")}'
    said = "The quarter of an hour in which something was heard last; 0: not since the start."
    yield from _family("channel_heard_timestamp_seconds", "gauge", said)
    for name, seconds in _heard(wired).items():
        yield f'tillidsrum_channel_heard_timestamp_seconds{{channel="{name}"}} {seconds}'
    said = "Messages by what became of them since the start; refused: for good."
    yield from _family("messages_total", "counter", said)
    for name in wired.channels:
        for outcome in OUTCOMES:
            labels = f'channel="{name}",outcome="{outcome}"'
            yield f"tillidsrum_messages_total{{{labels}}} {wired.outbound.counts[name, outcome]}"


def _family(name: str, kind: str, said: str) -> Iterator[str]:
    yield f"# HELP tillidsrum_{name} {said}"
    yield f"# TYPE tillidsrum_{name} {kind}"
