"""A web server that Slack posts to, as a process of its own: `... slack_server ours|empty ...`.

Both are uvicorn with FastAPI and Bolt. `ours` is the program, with its people in it. It answers
its first line on stdout with its port; a line on stdin ("send") has it send everybody a message.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from slack_bolt.adapter.fastapi.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from bot.channels.slack.hook import PATH
from bot.crossing import share_evenly
from bot.settings import read_settings
from bot.web.app import make_app
from bot.wiring import Wired, build
from flows.wording import Message, Span
from storage import outbox, people
from storage.database import Unit

Order = Callable[[], Awaitable[str]]


def empty(given: dict[str, Any]) -> tuple[FastAPI, Order]:
    """Bolt with a listener that does nothing, verifying what comes as it always does."""

    async def authorize(team_id: str, **_: object) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token="xoxb-1")

    bolt = AsyncApp(
        signing_secret=given["secret"], authorize=authorize, process_before_response=True,
        attaching_function_token_enabled=False,
    )  # fmt: skip

    @bolt.event("message")
    async def nothing() -> None:
        return None

    app, handler = FastAPI(), AsyncSlackRequestHandler(bolt)

    @app.post(PATH)
    async def receive(request: Request) -> Response:
        return await handler.handle(request)

    async def order() -> str:
        return "nothing to send"

    return app, order


def ours(given: dict[str, Any]) -> tuple[FastAPI, Order]:
    wired = build(read_settings(given["settings"], dotenv=None))
    wired.writer.submit(lambda unit: _fill(unit, wired, given["people"])).result()

    async def order() -> str:
        await wired.write(lambda unit: _queue(unit, wired))
        wired.postman.ask()
        while await wired.write(_waiting):
            await asyncio.sleep(0.1)
        return "sent"

    return make_app(wired), order


def _fill(unit: Unit, wired: Wired, many: int) -> None:
    now, ids = wired.parts.clock(), wired.parts.ids
    for number in range(many):
        person = people.add_person(unit, ids, now, name=f"Leder {number}")
        people.add_address(unit, ids, person.id, "slack", f"T1:U{number}")


def _queue(unit: Unit, wired: Wired) -> None:
    message = Message(name="n", spans=(Span(text="Tak. Vi snakkes ved."),), notice="Nyt")
    said = message.model_dump_json()
    now = wired.parts.clock()
    for profile in people.everybody(unit):
        outbox.queue(unit, now, profile, [(None, said)], f"benchmark:{profile.id}")


def _waiting(unit: Unit) -> int:
    query = "SELECT count(*) FROM outbox WHERE slot_key LIKE 'benchmark:%' AND state != 'sent'"
    return int(unit.connection.exec_driver_sql(query).scalar() or 0)


async def serve(app: FastAPI, order: Order, delivers: bool) -> None:
    """What is queued is delivered only when `delivers`."""
    lines = asyncio.StreamReader()
    reading = asyncio.StreamReaderProtocol(lines)
    await asyncio.get_running_loop().connect_read_pipe(lambda: reading, sys.stdin)
    with closing(socket.create_server(("127.0.0.1", 0), backlog=512)) as listening:
        lifespan = "on" if delivers else "off"
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan=lifespan)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server._serve([listening]))
        while not server.started:
            await asyncio.sleep(0.05)
        print(listening.getsockname()[1], flush=True)
        while await lines.readline():
            print(await order(), flush=True)
        server.should_exit = True
        await serving


if __name__ == "__main__":
    share_evenly()
    said = json.loads(sys.argv[2])
    made = {"ours": ours, "empty": empty}[sys.argv[1]](said)
    asyncio.run(serve(*made, delivers=said["delivers"]))
