"""What these tests stand on: ears that remember, pauses that take no time, papers, a running edge."""

from __future__ import annotations

import asyncio
import contextlib
import struct
import zlib
from types import TracebackType
from typing import Any

from bot.channels.base import Paper
from bot.channels.telegram.edge import TelegramEdge
from bot.channels.telegram.wire import Patience
from bot.inbound import Incoming, Outcome

QUICK = Patience(connect=2, send=2, answer=0.4)
"""Seconds of real time: what a test that lets Telegram be slow has to wait."""


def png(width: int = 4, height: int = 3) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\xff" * width for _ in range(height)))
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Drawer:
    """Papers that are always the same. `asked`: whose, and which."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def paper(self, channel: str, external_id: str, name: str) -> Paper:
        self.asked.append((external_id, name))
        if name == "curve":
            return Paper("kurve.png", "image/png", png(), "Pres fra flere sider: 3.")
        return Paper(f"{name}.pdf", "application/pdf", b"%PDF-1.7", "")


class Pauses:
    """Waits no time at all. `asked`: how long it should have been. The last of `most` lasts for
    good, so that nothing turns round and round: then it has `rested`."""

    def __init__(self, most: int = 20) -> None:
        self.asked: list[float] = []
        self.rested = asyncio.Event()
        self._most = most

    async def __call__(self, seconds: float) -> None:
        self.asked.append(seconds)
        if len(self.asked) >= self._most:
            self.rested.set()
            await asyncio.Event().wait()


class Running:
    """An edge at work: `async with Running(edge):`."""

    def __init__(self, edge: TelegramEdge) -> None:
        self._edge = edge
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> TelegramEdge:
        self._task = asyncio.create_task(self._edge.run())
        return self._edge

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._task is not None
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task


class StoreAway(OSError):
    """Nothing can be kept just now."""


class Ears:
    """What `hear` is given. `meets`: what the next events meet with instead of being kept."""

    def __init__(self, outcome: Outcome = "taken") -> None:
        self.outcome = outcome
        self.heard: list[Incoming] = []
        self.meets: list[Exception] = []

    async def __call__(self, incoming: Incoming) -> Outcome:
        if self.meets:
            raise self.meets.pop(0)
        self.heard.append(incoming)
        return self.outcome

    @property
    def texts(self) -> list[str | None]:
        return [incoming.text for incoming in self.heard]


def edge_of(line: Any, ears: Any, **how: Any) -> TelegramEdge:
    usual = {"pause": Pauses(), "poll_seconds": 5, "store_errors": (StoreAway,)}
    return TelegramEdge(line, ears, **{**usual, **how})
