"""The numbers, and where they come from. A test may hand in smaller ones to be quick."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Bot API 10.1, except `buttons*` and `entities` (python-telegram-bot's constants), `download`,
    `poll_seconds` and `retention_hours` (the Bot API server's source)."""

    text: int = 4096  # UTF-16 units after parsing: the strictest reading of «characters»
    caption: int = 1024
    entities: int = 100  # more are silently left out
    buttons: int = 100
    buttons_in_row: int = 8
    callback_bytes: int = 64
    placeholder: int = 64
    toast: int = 200
    commands: int = 100
    command_description: int = 256
    name: int = 64
    description: int = 512
    short_description: int = 120
    photo_bytes: int = 10 * MEBIBYTE
    photo_sides: int = 10_000
    photo_ratio: int = 20
    document_bytes: int = 50 * MEBIBYTE
    download_bytes: int = 20 * MEBIBYTE
    delete_hours: int = 48
    delete_together: int = 100
    updates_together: int = 100
    poll_seconds: int = 50
    retention_hours: int = 24
    callback_seconds: int = 15  # chosen: undocumented, seen in the wild as about this


@dataclass(frozen=True)
class Rates:
    """The FAQ's «one a second in a chat, short bursts allowed», «20 a minute in a group», «about 30
    a second in all». The length of a burst is not published: 3 is chosen."""

    chat_per_second: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20
    overall_per_second: int = 30
