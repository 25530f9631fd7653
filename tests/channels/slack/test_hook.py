"""Signed posts: what Slack did not sign is turned away unread, and never repeated in a log."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from random import Random
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.channels.slack.edge import SlackEdge
from bot.channels.slack.hook import LARGEST_BODY, PATH, events_route
from bot.channels.slack.render import render
from bot.channels.slack.signature import genuine, sign
from bot.channels.slack.workspaces import Workspaces
from bot.clock import SetClock
from flows.wording import Choice, Message, Span
from tests.channels.slack.stage import Ears, StoreAway, edge_of
from tests.fakes.slack import FakeSlack, Person

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
CANARY = "kanariefugl-i-minen"
QUESTION = Message(
    name="n", spans=(Span(text="Klar?"),), choices=(Choice(token="c:1:ja", label="Ja"),)
)


class Door:
    """The route, and posts to it. `signed` makes the headers that Slack would."""

    def __init__(self, edge: SlackEdge, clock: SetClock) -> None:
        self.edge = edge
        self.clock = clock
        self.app = FastAPI()
        self.app.include_router(events_route(SECRET, edge.app, clock))
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://slack.test")

    @property
    def now(self) -> int:
        return int(self.clock().timestamp())

    def signed(self, body: bytes, at: int = 0, secret: str = SECRET) -> dict[str, str]:
        stamp = str(at or self.now)
        return {
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": sign(secret, stamp, body),
            "Content-Type": "application/json",
        }

    async def post(self, body: bytes, headers: Any) -> int:
        return (await self.client.post(PATH, content=body, headers=headers)).status_code


def event(key: str = "Ev1", text: str = CANARY) -> bytes:
    said = {
        "type": "message",
        "channel": "D7",
        "channel_type": "im",
        "user": "U7",
        "ts": "1.2",
        "text": text,
    }
    body = {"type": "event_callback", "team_id": "T1", "event_id": key, "event": said}
    return json.dumps(body).encode()


@pytest.fixture
async def door(line: Workspaces, ears: Ears, clock: SetClock) -> AsyncIterator[Door]:
    door = Door(edge_of(line, ears, app_token=None), clock)
    yield door
    await door.client.aclose()


async def test_what_slack_signed_is_kept_and_then_acknowledged(door: Door, ears: Ears) -> None:
    assert await door.post(event(), door.signed(event())) == 200
    assert ears.texts == [CANARY]


async def test_what_cannot_be_kept_is_not_acknowledged_and_told_to_nobody(
    door: Door, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    ears.meets = [StoreAway(CANARY)]
    assert await door.post(event(), door.signed(event())) == 500
    assert await door.post(event(), door.signed(event())) == 200
    assert ears.texts == [CANARY]
    assert "StoreAway" in caplog.text
    assert CANARY not in caplog.text


def forged(rng: Random, door: Door) -> tuple[bytes, dict[str, str]]:
    """A post that Slack has not made: another secret, an old stamp, a changed byte, nonsense."""
    body = event(f"Ev{rng.random()}")
    headers = door.signed(body)
    kind = rng.randrange(7)
    if kind == 0:
        headers = door.signed(body, secret=f"{SECRET[:-1]}{rng.random()}")
    elif kind == 1:
        headers = door.signed(body, at=door.now + rng.choice((-1, 1)) * rng.randrange(301, 10**6))
    elif kind == 2:
        at = rng.randrange(len(body))
        body = body[:at] + bytes([body[at] ^ (1 + rng.randrange(255))]) + body[at + 1 :]
    elif kind == 3:
        signature = headers["X-Slack-Signature"]
        at = rng.randrange(len(signature))
        headers["X-Slack-Signature"] = signature[:at] + "g" + signature[at + 1 :]
    elif kind == 4:
        stamp = rng.choice(
            ("", "nu", "1e9", "-1", "²", "NaN", "9" * 40, f"{door.now}.0", f" {door.now}x")
        )
        headers["X-Slack-Request-Timestamp"] = stamp
        headers["X-Slack-Signature"] = sign(SECRET, stamp, body)
    elif kind == 5:
        del headers[rng.choice(("X-Slack-Signature", "X-Slack-Request-Timestamp"))]
    else:
        body = b"[" * rng.randrange(1, 20_000) + CANARY.encode()
        headers = {
            "X-Slack-Signature": rng.randbytes(32).hex(),
            "X-Slack-Request-Timestamp": str(door.now),
        }
    return body, headers


async def test_of_two_thousand_forged_posts_none_is_taken_and_no_byte_logged(
    door: Door, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    rng = Random(20261122)
    answers = []
    for _ in range(2000):
        body, headers = forged(rng, door)
        latin = {name: value.encode("utf-8") for name, value in headers.items()}
        answers.append(await door.post(body, latin))
    assert set(answers) == {401}
    assert ears.heard == []
    assert CANARY not in caplog.text


async def test_a_body_that_is_too_large_is_not_read_to_its_end(door: Door, ears: Ears) -> None:
    body = b"x" * (LARGEST_BODY + 1)
    assert await door.post(body, door.signed(body)) == 413
    assert ears.heard == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 60_000, b"\xff\xfe", b"[1]", b'"x"', b"null", b"payload=%7B"]
)
async def test_signed_nonsense_is_answered_without_falling_over(
    door: Door, ears: Ears, body: bytes
) -> None:
    assert await door.post(body, door.signed(body)) in (200, 400, 404)
    assert ears.heard == []


@pytest.mark.parametrize("late", [-300, 0, 300])
def test_five_minutes_are_borne_either_way(late: int) -> None:
    assert genuine(SECRET, "1000000", sign(SECRET, "1000000", b"x"), b"x", 1_000_000 + late)


@asynccontextmanager
async def listening(door: Door) -> AsyncIterator[str]:
    """The route on a port of this machine."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        config = uvicorn.Config(door.app, log_config=None, lifespan="off", ws="none")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server._serve([listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}{PATH}"
        server.should_exit = True
        await serving


async def test_words_presses_and_commands_all_arrive_by_posts(
    fake: FakeSlack, door: Door, anna: Person, ears: Ears
) -> None:
    async with listening(door) as url:
        await fake.posts_to(url, lambda: door.clock().timestamp())
        blocks = render(QUESTION, "da")[0]["blocks"]
        fake.fail_next("events", "duplicate", times=4)
        anna.writes("hej")
        await fake.client().chat_postMessage(channel=anna.dm_id, text="Nyt", blocks=blocks)
        anna.presses("Ja")
        anna.runs("/tillidsrum", "pause")
        await fake.deliver()
        await fake.until(lambda: fake.calls_of("chat.update"))
    assert [one.text or one.token for one in ears.heard] == ["hej", "c:1:ja", "pause"]
    assert anna.buttons == []
    assert fake.mistakes == []


async def test_five_deliveries_at_once_have_one_effect(door: Door, ears: Ears) -> None:
    posts = [door.post(event(), door.signed(event())) for _ in range(5)]
    assert await asyncio.gather(*posts) == [200] * 5
    assert ears.texts == [CANARY]
