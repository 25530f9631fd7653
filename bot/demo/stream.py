"""The stream of news to one page: what was said, what was answered, and how things stand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from functools import partial
from typing import Any, NamedTuple

from bot.demo.cast import PHONES, Phone
from bot.demo.theatre import Theatre
from bot.demo.view import message, shown
from storage import people, transcript
from storage.database import Unit
from storage.people import Profile
from storage.transcript import Line

SILENCE = 20.0
"""Seconds after which a stream says that it lives, and shows the clock again."""


class Event(NamedTuple):
    """`seq`: where a page that has taken this in goes on from."""

    name: str
    body: dict[str, Any]
    seq: int

    def __str__(self) -> str:
        body = json.dumps(self.body, ensure_ascii=False)
        return f"id: {self.seq}\nevent: {self.name}\ndata: {body}\n\n"


async def stream(theatre: Theatre, seq: int, act: int) -> AsyncIterator[str]:
    """What is new since `seq`, and then whatever comes; `restart` when the page's act is over.

    Between two pieces of news nothing is read: each page waits to be woken.
    """
    version, told = -1, None
    yield ": hello\n\n"
    while not theatre.closing:
        if theatre.acts != act:
            yield str(Event("restart", {}, seq))
            return
        # Read first and told last: a clock that has arrived never comes before what it brought.
        picture = await theatre.picture()
        for event in await theatre.read(partial(news, seq=seq)):
            yield str(event)
            seq = event.seq
        if picture != told:
            told = picture
            yield str(Event("state", picture, seq))
        version, awake = await _wait(theatre, version)
        if not awake:
            yield ": still here\n\n"


async def _wait(theatre: Theatre, version: int) -> tuple[int, bool]:
    """The version to wait for next, and whether anything has happened."""
    try:
        async with asyncio.timeout(SILENCE):
            return await theatre.wired.chat.news_after(version), True
    except TimeoutError:
        return version, False


def news(unit: Unit, seq: int) -> list[Event]:
    """What the phones' chats have got since, in order."""
    found = [
        _event(phone, profile, line)
        for phone in PHONES
        if (profile := people.find_by_address(unit, "web", phone.id))
        for line in transcript.lines_after(unit, profile, seq)
    ]
    return sorted(found, key=lambda event: event.seq)


def _event(phone: Phone, profile: Profile, line: Line) -> Event:
    if shown(line):
        said = {"phone": phone.id, "message": message(phone, profile, line, {})}
        return Event("message", said, line.seq)
    heard = json.loads(line.body)
    settled = {"phone": phone.id, "key": heard["settles"], "answered": heard["text"]}
    return Event("settle", settled, line.seq)
