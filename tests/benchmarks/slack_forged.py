"""Figure 9: 100,000 posts that Slack has not made, at our own address inside our own web server."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Any

from fastapi import FastAPI

from bot.channels.slack.hook import LARGEST_BODY, PATH
from bot.channels.slack.signature import sign
from bot.settings import read_settings
from bot.web.app import make_app
from bot.wiring import build
from tests.benchmarks.ours import KEY
from tests.benchmarks.rounds import Figure

MANY = 100_000
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CANARY = "kanariefugl-i-minen"
STAMPS = ("", "nu", "1e9", "-1", "²", "NaN", "9" * 40, "1.0", "0x10", "٣")
Post = tuple[bytes, dict[str, str]]
AT, SIGNED = "x-slack-request-timestamp", "x-slack-signature"


def measure(folder: Path) -> list[Figure]:
    settings = {
        "TILLIDSRUM_DATABASE_URL": f"sqlite:///{folder}/ours.db",
        "TILLIDSRUM_SECRET_KEY": KEY,
        "TILLIDSRUM_PUBLIC_URL": "https://tillidsrum.example.org",
        "TILLIDSRUM_SLACK_BOT_TOKEN": "xoxb-1-2-tillidsrum",
        "TILLIDSRUM_SLACK_SIGNING_SECRET": SECRET,
    }
    with closing(build(read_settings(settings, dotenv=None))) as wired, listening() as heard:
        answers = asyncio.run(_all(make_app(wired)))
        with wired.database.read() as unit:
            kept = unit.connection.exec_driver_sql("SELECT count(*) FROM inbox").scalar()
    accepted = sum(many for status, many in answers.items() if status < 400) + int(kept or 0)
    broken = sum(many for status, many in answers.items() if status >= 500)
    said = ", ".join(f"{many:,} times {status}" for status, many in sorted(answers.items()))
    return [
        _none("9", f"accepted of {MANY:,} posts that Slack has not made ({said})", accepted),
        _none("9a", "answered with a fault of ours", broken),
        _none("9b", "bytes of them in a log, every logger at DEBUG", heard.bytes * len(CANARY)),
    ]


def _none(number: str, what: str, found: int) -> Figure:
    return Figure(number, what, f"{found}", "0", found == 0)


class Heard(logging.Handler):
    """Counts how often the canary is in what is logged, in whatever form."""

    bytes = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.bytes += self.format(record).count(CANARY)


@contextmanager
def listening() -> Iterator[Heard]:
    """Every logger that there is, those of the libraries too, whatever level they were given."""
    heard = Heard(logging.DEBUG)
    known = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    before = [(one, one.level, one.disabled) for one in known]
    for one in known:
        one.setLevel(logging.DEBUG)
        one.disabled = False
    logging.getLogger().addHandler(heard)
    yield heard
    logging.getLogger().removeHandler(heard)
    for one, level, disabled in before:
        one.level, one.disabled = level, disabled


async def _all(app: FastAPI) -> Counter[int]:
    rng, answers = Random(20261122), Counter[int]()
    for number in range(MANY):
        body, headers = FORGED[number % len(FORGED)](rng)
        answers[await _status(app, body, headers)] += 1
    return answers


async def _status(app: FastAPI, body: bytes, headers: dict[str, str]) -> int:
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    raw = [(name.encode(), value.encode("utf-8")) for name, value in headers.items()]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST",
        "scheme": "http", "path": PATH, "raw_path": PATH.encode(), "query_string": b"",
        "root_path": "", "headers": raw, "client": ("203.0.113.1", 1), "server": ("slack", 80),
    }  # fmt: skip
    try:
        await app(scope, receive, send)
    except Exception:  # noqa: BLE001 -- the server would answer 500
        return 500
    return statuses[0] if statuses else 500


# --- what a forger sends


def _body(rng: Random) -> bytes:
    said = {
        "type": "message", "channel": "D7", "channel_type": "im", "user": "U7",
        "ts": f"{rng.random()}", "text": CANARY,
    }  # fmt: skip
    return json.dumps(
        {"type": "event_callback", "team_id": "T1", "event_id": f"Ev{rng.random()}", "event": said}
    ).encode()


def _signed(body: bytes, stamp: str = "", secret: str = SECRET) -> Post:
    stamp = stamp or str(int(time.time()))
    headers = {"content-type": "application/json", AT: stamp, SIGNED: sign(secret, stamp, body)}
    return body, headers


def _another_secret(rng: Random) -> Post:
    return _signed(_body(rng), secret=f"{SECRET[:-1]}{rng.randrange(10)}x")


def _old_or_early(rng: Random) -> Post:
    off = rng.choice((-1, 1)) * rng.randrange(302, 10**7)
    return _signed(_body(rng), str(int(time.time()) + off))


def _changed_body(rng: Random) -> Post:
    body, headers = _signed(_body(rng))
    at = rng.randrange(len(body))
    return body[:at] + bytes([body[at] ^ (1 + rng.randrange(255))]) + body[at + 1 :], headers


def _changed_signature(rng: Random) -> Post:
    body, headers = _signed(_body(rng))
    signature = headers[SIGNED]
    at = rng.randrange(len(signature))
    return body, {**headers, SIGNED: f"{signature[:at]}g{signature[at + 1 :]}"}


def _bad_stamp(rng: Random) -> Post:
    body, headers = _signed(_body(rng))
    stamp = rng.choice(STAMPS)
    return body, {**headers, AT: stamp, SIGNED: sign(SECRET, stamp, body)}


def _without_headers(rng: Random) -> Post:
    body, headers = _signed(_body(rng))
    gone = rng.choice(((AT,), (SIGNED,), (AT, SIGNED), tuple(headers)))
    return body, {name: value for name, value in headers.items() if name not in gone}


def _huge(rng: Random) -> Post:
    """Even with the right signature."""
    return _signed(_body(rng) + b" " * (LARGEST_BODY + rng.randrange(1000)))


def _deep(rng: Random) -> Post:
    body = b"[" * rng.randrange(1, 20_000) + CANARY.encode()
    return _signed(body, secret="another")


def _another_shape(rng: Random) -> Post:
    body = rng.choice(
        (b"payload=%7B" + CANARY.encode(), b"\xff\xfe" + CANARY.encode(), b"", b"null")
    )
    return _signed(body, secret="another")


FORGED: tuple[Callable[[Random], Post], ...] = (
    _another_secret, _old_or_early, _changed_body, _changed_signature, _bad_stamp,
    _without_headers, _huge, _deep, _another_shape,
)  # fmt: skip
