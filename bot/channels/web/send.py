"""Sending to a page is writing into its chat, which knows a message by its key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from bot.channels.base import Rendered
from bot.channels.web.render import render
from flows.model import Language
from flows.wording import Message

NAME = "web"


class Chat(Protocol):
    """Where the page's messages are kept and shown."""

    async def show(self, external_id: str, rendered: Rendered, key: str) -> None: ...

    async def holds(self, key: str) -> bool: ...


class WebChannel:
    name = NAME

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def render(self, message: Message, language: Language) -> list[Rendered]:
        return render(message, language)

    async def send(self, external_id: str, rendered: list[Rendered], key: str) -> str | None:
        for part in rendered:
            await self._chat.show(external_id, part, key)
        return key

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        return ()

    async def quiet_for(self, external_id: str) -> timedelta | None:
        return None

    async def find(self, external_id: str, key: str) -> bool | None:
        return await self._chat.holds(key)
