"""What Telegram's tests stand on besides: a picture that it takes, how long it is waited for."""

from __future__ import annotations

import struct
import zlib
from typing import Any

from bot.channels.telegram.edge import TelegramEdge
from bot.channels.telegram.wire import Patience
from tests.channels import stage
from tests.channels.stage import Ears, Pauses, StoreAway

__all__ = ["QUICK", "Drawer", "Ears", "Pauses", "Running", "StoreAway", "edge_of", "png"]

QUICK = Patience(connect=2, send=2, answer=0.4)
"""Seconds of real time: what a test that lets Telegram be slow has to wait."""
Running = stage.Running[TelegramEdge]


def png(width: int = 4, height: int = 3) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\xff" * width for _ in range(height)))
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Drawer(stage.Drawer):
    def __init__(self) -> None:
        super().__init__(png())


def edge_of(line: Any, ears: Any, **how: Any) -> TelegramEdge:
    usual = {"pause": Pauses(), "poll_seconds": 5, "store_errors": (StoreAway,)}
    return TelegramEdge(line, ears, **{**usual, **how})
