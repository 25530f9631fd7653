"""The chat that a page shows: kept sealed, so that it is there after a restart, and told live."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import Any

from bot.channels.base import Rendered
from bot.clock import Clock
from bot.outbound import Writes
from storage import people, transcript
from storage.database import Unit
from storage.people import Profile
from storage.transcript import Line


class StoredChat:
    """Implements `channels.web.send.Chat` over the transcript table."""

    def __init__(self, write: Writes, clock: Clock) -> None:
        self._write = write
        self._clock = clock
        self._news = asyncio.Condition()
        self.version = 0
        """Goes up whenever there may be something new to show."""

    async def show(self, external_id: str, rendered: Rendered, key: str) -> None:
        body = json.dumps(rendered, ensure_ascii=False)
        await self._write(lambda unit: self._append(unit, external_id, key, body))
        await self.tell()

    async def holds(self, key: str) -> bool:
        return await self._write(lambda unit: transcript.holds(unit, key))

    async def tell(self) -> None:
        """Wakes every page that waits for news."""
        async with self._news:
            self.version += 1
            self._news.notify_all()

    async def news_after(self, version: int) -> int:
        """Returns when there is something newer than `version`: the new version."""
        async with self._news:
            await self._news.wait_for(lambda: self.version > version)
            return self.version

    def _append(self, unit: Unit, external_id: str, key: str, body: str) -> None:
        profile = people.find_by_address(unit, "web", external_id)
        if profile is not None:
            transcript.append(unit, profile, key, "out", body, self._clock())


def hear(
    unit: Unit, profile: Profile, key: str, now: datetime, text: str | None, tokens: tuple[str, ...]
) -> None:
    """Adds what was written or pressed to the chat; a press of nothing shown adds nothing."""
    heard: dict[str, Any] | None = {"text": text}
    if tokens:
        heard = pressed(transcript.lines_after(unit, profile, 0), tokens)
    if heard is not None:
        body = json.dumps(heard, ensure_ascii=False)
        transcript.append(unit, profile, f"in:{key}", "in", body, now)


def pressed(lines: list[Line], tokens: tuple[str, ...]) -> dict[str, Any] | None:
    """What was pressed in words, and the key of the message that it settles."""
    for line in reversed(lines):
        if line.direction != "out":
            continue
        labels = {one["token"]: one["label"] for one in json.loads(line.body)["choices"]}
        if tokens[0] in labels:
            words = ", ".join(labels[token] for token in tokens if token in labels)
            return {"text": words, "settles": line.key}
    return None
