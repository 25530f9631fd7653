"""The webhook: only Telegram is let in, and nothing is confirmed that is not kept."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.channels.telegram.edge import Pause, TelegramEdge, Webhook
from bot.channels.telegram.hook import HEADER, LARGEST_BODY, PATH, webhook_route
from bot.channels.telegram.wire import Line
from bot.clock import SetClock
from tests.channels.telegram.stage import Ears, Pauses, Running, StoreAway, edge_of
from tests.fakes.telegram import FakeTelegram, Person

SECRET = "webhook-secret_0123456789"
HELLO = {
    "update_id": 42,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False},
        "text": "hej",
    },
}


def client_of(edge: TelegramEdge) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(webhook_route(SECRET, edge.take))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")


@pytest.fixture
async def telegram(line: Line, ears: Ears) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever posts to the webhook."""
    async with client_of(edge_of(line, ears)) as client:
        yield client


async def post(client: httpx.AsyncClient, body: Any = HELLO, secret: str | None = SECRET) -> int:
    headers = {} if secret is None else {HEADER: secret}
    how = {"content": body} if isinstance(body, bytes) else {"json": body}
    return (await client.post(PATH, headers=headers, **how)).status_code


async def test_telegram_is_let_in(telegram: httpx.AsyncClient, ears: Ears) -> None:
    assert await post(telegram) == 200
    assert ears.texts == ["hej"]


@pytest.mark.parametrize(
    "secret", [None, "", " ", SECRET[:-1], f"{SECRET}x", SECRET.upper(), SECRET[::-1]]
)
async def test_whoever_does_not_know_the_secret_is_not(
    telegram: httpx.AsyncClient, ears: Ears, secret: str | None
) -> None:
    assert await post(telegram, secret=secret) == 401
    assert ears.heard == []


async def test_hundreds_of_wrong_ones_leave_nothing_behind(
    telegram: httpx.AsyncClient, ears: Ears, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bodies: list[Any] = [HELLO, b"", b"{", b"[" * 40_000, b"x" * 200_000, {"update_id": "et"}]
    for number in range(600):
        forged = f"{number:024d}"
        assert await post(telegram, bodies[number % len(bodies)], forged) == 401
    assert ears.heard == []
    assert "hej" not in caplog.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 60_000, 400),
        (b'{"update_id": 1, "message": ' + b'{"a":' * 10_000, 400),
        (b"x" * (LARGEST_BODY + 1), 413),
        ([], 200),
        ({"update_id": 1}, 200),
        ({"update_id": 1, "message": {"chat": 7}}, 200),
        ({"update_id": "et"}, 200),
    ],
)
async def test_no_body_is_too_odd_for_it(
    telegram: httpx.AsyncClient, ears: Ears, body: Any, status: int
) -> None:
    assert await post(telegram, body) == status
    assert ears.heard == []


async def test_a_body_that_does_not_say_how_long_it_is_is_limited_too(
    telegram: httpx.AsyncClient,
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 1024

    answer = await telegram.post(PATH, headers={HEADER: SECRET}, content=endless())
    assert answer.status_code == 413


async def test_it_asks_for_it_again_while_nothing_can_be_kept(
    telegram: httpx.AsyncClient, ears: Ears
) -> None:
    ears.meets = [StoreAway()] * 5
    assert [await post(telegram) for _ in range(6)] == [503] * 5 + [200]
    assert ears.texts == ["hej"]


async def test_what_the_program_stumbles_over_is_given_up_in_the_end(
    telegram: httpx.AsyncClient, ears: Ears
) -> None:
    ears.meets = [KeyError()] * 3
    assert [await post(telegram) for _ in range(4)] == [503, 503, 200, 200]


@pytest.mark.parametrize(
    "secret", ["", "short", "x" * 257, "æøåæøåæøåæøåæøåæøå", "with spaces in it!"]
)
def test_a_secret_that_could_be_guessed_or_refused_is_told_with_the_mend(secret: str) -> None:
    async def take(update: object) -> bool:
        return True

    with pytest.raises(ValueError, match="TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET has to be") as caught:
        webhook_route(secret, take)
    assert secret == "" or secret not in str(caught.value)


class Server(uvicorn.Server):
    """Tells when it listens."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, port=0, log_level="critical"))
        self.listens = asyncio.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.listens.set()


class Listening:
    """The bot's own web server on a free port, with an edge that Telegram posts to."""

    def __init__(self, line: Line, ears: Ears, pause: Pause, secret: str = SECRET) -> None:
        app = FastAPI()
        self.server = Server(app)
        self._app, self._line, self._ears, self._pause = app, line, ears, pause
        self._secret = secret
        self.edge: TelegramEdge | None = None

    async def __aenter__(self) -> TelegramEdge:
        self._serving = asyncio.create_task(self.server.serve())
        await self.server.listens.wait()
        port = self.server.servers[0].sockets[0].getsockname()[1]
        hook = Webhook(f"http://127.0.0.1:{port}{PATH}", self._secret)
        self.edge = edge_of(self._line, self._ears, webhook=hook, pause=self._pause)
        self._app.include_router(webhook_route(SECRET, self.edge.take))
        self._running = Running(self.edge)
        return await self._running.__aenter__()

    async def __aexit__(self, *gone: Any) -> None:
        await self._running.__aexit__(*gone)
        self.server.should_exit = True
        await self._serving


async def test_updates_are_pushed_to_the_address_that_was_set_at_start(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    pauses = Pauses(most=1)
    async with Listening(line, ears, pauses) as edge:
        await pauses.rested.wait()
        anna.writes("hej")
        await fake.deliver()
        assert edge.health() == "ok"
    assert ears.texts == ["hej"]
    assert len(fake.updates) == 0
    assert fake.updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert anna.menu[0] == "hjaelp"
    assert fake.mistakes == []


async def test_what_could_not_be_kept_is_delivered_again(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears, clock: SetClock
) -> None:
    pauses = Pauses(most=1)
    async with Listening(line, ears, pauses):
        await pauses.rested.wait()
        ears.meets = [StoreAway()] * 2
        anna.writes("hej")
        await fake.deliver()
        await fake.deliver()
        assert ears.heard == []
        clock.move_to(clock() + timedelta(seconds=5))
        await fake.deliver()
    assert ears.texts == ["hej"]
    assert len(set(fake.webhook.posted)) == 1


class TwoPauses:
    """The first ends when it is said to be over, the second never."""

    def __init__(self) -> None:
        self.first, self.over, self.second = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        if self.first.is_set():
            self.second.set()
            await asyncio.Event().wait()
        self.first.set()
        await self.over.wait()


async def test_a_secret_that_telegram_was_not_told_shows_in_the_health(
    fake: FakeTelegram, line: Line, anna: Person, ears: Ears
) -> None:
    pauses = TwoPauses()
    async with Listening(line, ears, pauses, secret="another-secret-0123456789") as edge:
        await pauses.first.wait()
        anna.writes("hej")
        await fake.deliver()
        pauses.over.set()
        await pauses.second.wait()
        words = "Telegram cannot deliver: Wrong response from the webhook: 401"
        assert edge.health().startswith(words)
    assert ears.heard == []
