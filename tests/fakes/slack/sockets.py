"""Socket Mode: envelopes over WebSockets, each to one of the open ones, acknowledged by its id."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Literal

from aiohttp import WSMessage, WSMsgType, web

from tests.fakes.slack.outbox import Outcome, Parcel
from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.shapes import Json
from tests.fakes.slack.world import World

_NAMES = {"events": "events_api", "interactive": "interactive", "commands": "slash_commands"}
_HOST = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18060}


class Connection:
    """`leaving`: it was told to go and gets nothing more. `silent`: it answers no ping, carries
    nothing, and nobody says why. `carried`: the envelopes it brought, in order."""

    def __init__(self, request: web.Request) -> None:
        self.request = request
        self.ws = web.WebSocketResponse(autoping=False)
        self.leaving = self.silent = False
        self.pings = 0
        self.carried: list[Json] = []

    async def say(self, said: Json) -> None:
        if not self.ws.closed:
            await self.ws.send_str(json.dumps(said, ensure_ascii=False))

    def abort(self) -> None:
        if self.request.transport is not None:
            self.request.transport.abort()


class Sockets:
    """`seconds`: how long, in real time, an acknowledgement is waited for. `late`: envelope ids
    that were acknowledged when nobody waited any more."""

    def __init__(self, world: World, seconds: float, stirred: Callable[[], None]) -> None:
        self.open: list[Connection] = []
        self.opened = 0
        self.late: list[str] = []
        self.on_open: Callable[[], None] = lambda: None
        self._world = world
        self._seconds = seconds
        self._stirred = stirred
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._answers: dict[str, bool] = {}
        self._turn = 0

    def new_url(self) -> str:
        """For one connection."""
        if len(self.open) >= self._world.limits.sockets:
            raise Refusal("too_many_websockets")
        ticket = f"ticket-{self._world.next_id()}"
        self._tickets.add(ticket)
        return f"{self._world.url.replace('http', 'ws', 1)}/link/?ticket={ticket}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        connection = Connection(request)
        await connection.ws.prepare(request)
        await self._greet(connection)
        try:
            async for message in connection.ws:
                await self._hear(connection, message)
        finally:
            self.open.remove(connection)
            self._stirred()
        return connection.ws

    async def carry(self, parcel: Parcel, attempt: int) -> Outcome:
        """To the sockets in turn."""
        ready = [connection for connection in self.open if not connection.leaving]
        if not ready:
            return Outcome("connection_failed")
        self._turn += 1
        connection = ready[self._turn % len(ready)]
        envelope = self._envelope(parcel, attempt)
        connection.carried.append(envelope)
        return await self._exchange(connection, envelope)

    async def disconnect(self, reason: Literal["warning", "refresh_requested"]) -> None:
        """The oldest connection is asked to go; with refresh_requested it is closed at once."""
        connection = next(c for c in self.open if not c.leaving)
        connection.leaving = True
        await connection.say({"type": "disconnect", "reason": reason, "debug_info": _HOST})
        if reason == "refresh_requested":
            await connection.ws.close()

    def drop(self) -> None:
        """Every connection breaks, without a word."""
        for connection in self.open:
            connection.leaving = True
            connection.abort()

    def silence(self) -> None:
        """Every connection of now stays open and is dead."""
        for connection in self.open:
            connection.silent = True

    async def stop(self) -> None:
        for connection in list(self.open):
            connection.abort()

    async def _greet(self, connection: Connection) -> None:
        self.open.append(connection)
        self.opened += 1
        app = {"app_id": self._world.app_id}
        hello = {"type": "hello", "num_connections": len(self.open), "connection_info": app}
        await connection.say(hello | {"debug_info": _HOST})
        self.on_open()
        self._stirred()

    async def _exchange(self, connection: Connection, envelope: Json) -> Outcome:
        envelope_id = envelope["envelope_id"]
        answer = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = answer
        if not connection.silent:
            await connection.say(envelope)
        try:
            async with asyncio.timeout(self._seconds):
                return Outcome(body=await answer)
        except TimeoutError:
            return Outcome("http_timeout")
        finally:
            del self._waiting[envelope_id]

    def _envelope(self, parcel: Parcel, attempt: int) -> Json:
        envelope: Json = {
            "envelope_id": f"00000000-0000-4000-9000-{self._world.next_id():012d}",
            "type": _NAMES[parcel.kind],
            "payload": parcel.payload,
            "accepts_response_payload": _may_answer(parcel),
        }
        self._answers[envelope["envelope_id"]] = envelope["accepts_response_payload"]
        if parcel.kind == "events":
            reason = (parcel.reason or "timeout") if attempt else ""
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        return envelope

    async def _hear(self, connection: Connection, message: WSMessage) -> None:
        if connection.silent:
            return
        if message.type == WSMsgType.PING:
            connection.pings += 1
            await connection.ws.pong(message.data)
            self._stirred()
        elif message.type == WSMsgType.TEXT:
            self._take(message.data)

    def _take(self, text: str) -> None:
        said = json.loads(text)
        envelope_id, payload = said.get("envelope_id", ""), said.get("payload")
        if envelope_id not in self._answers:
            return self._world.refuse("ack", said, Refusal("unknown_envelope"))
        if payload and not self._answers[envelope_id]:
            self._world.refuse("ack", said, Refusal("payload_not_accepted"))
        answer = self._waiting.get(envelope_id)
        if answer is None or answer.done():
            self.late.append(envelope_id)
            return self._stirred()
        return answer.set_result(payload)


def _may_answer(parcel: Parcel) -> bool:
    kinds = ("view_submission", "block_suggestion")
    return parcel.kind == "commands" or parcel.payload["type"] in kinds
