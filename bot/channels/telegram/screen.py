"""What is changed on a screen after something was said or pressed. It is a courtesy: what was
answered is kept already, so a change that fails is no error."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import TelegramError

from bot.channels.telegram.keyboard import TICK, Rows
from bot.channels.telegram.receive import Posted
from bot.channels.telegram.render import CAPTION
from bot.channels.telegram.send import FLOODED, NO_PREVIEW, entities_of
from bot.channels.telegram.text import LONGEST, defused, units
from bot.channels.telegram.wire import Line, Refused

log = logging.getLogger(__name__)
NOT_MODIFIED = "message is not modified"


ONCE_MORE = (2.0, 15.0, 60.0)
"""Seconds until what somebody wants gone is tried again while Telegram is away or has no time."""


class Screen:
    """`pause`: waits so many seconds."""

    def __init__(self, line: Line, pause: Callable[[float], Awaitable[object]]) -> None:
        self._line = line
        self._pause = pause
        self._trying: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        for task in self._trying:
            task.cancel()

    async def stop_spinning(self, query_id: str, words: str = "") -> None:
        await self._try("answering a press", self._line.answer_callback_query(query_id, words))

    async def show_rows(self, shown: Posted, rows: Rows) -> None:
        markup = InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton(one["text"], callback_data=one["callback_data"])
                    for one in row
                ]
                for row in rows
            ]
        )
        await self._try("showing what is chosen", self._edit_rows(shown, markup))

    async def settle(self, shown: Posted, label: str) -> None:
        """A question becomes its answer: no buttons any more, and what was chosen under it."""
        text = shown.text or shown.caption or ""
        chosen = f"\n\n{TICK}{defused(label)}"
        room = LONGEST if shown.text else CAPTION
        if not text or not label or units(text) + units(chosen) > room:
            change = self._edit_rows(shown, None)
        else:
            change = self._edit_text(shown, text, chosen)
        await self._try("settling a question", change)

    async def remove(self, chat_id: int, message_id: int) -> None:
        """Gone already, or too old for a bot to delete, is no error."""
        if not await self._removes(chat_id, message_id):
            task = asyncio.create_task(self._remove_later(chat_id, message_id))
            self._trying.add(task)
            task.add_done_callback(self._trying.discard)

    async def _remove_later(self, chat_id: int, message_id: int) -> None:
        for seconds in ONCE_MORE:
            await self._pause(seconds)
            if await self._removes(chat_id, message_id):
                return
        log.warning("a message that was to be deleted is still there")

    async def _removes(self, chat_id: int, message_id: int) -> bool:
        """False when it may succeed another time."""
        error = await self._try("deleting", self._line.delete_message(chat_id, message_id))
        return error is None or (isinstance(error, Refused) and error.code != FLOODED)

    async def take_buttons(self, chat_id: int, message_id: int) -> None:
        change = self._line.edit_message_reply_markup(chat_id, message_id)
        await self._try("taking buttons away", change)

    async def say(self, chat_id: int, words: str) -> None:
        await self._try("answering in a group", self._line.send_message(chat_id, words))

    def _edit_rows(self, shown: Posted, markup: InlineKeyboardMarkup | None) -> Awaitable[object]:
        return self._line.edit_message_reply_markup(
            shown.chat.id, shown.message_id, reply_markup=markup
        )

    def _edit_text(self, shown: Posted, text: str, chosen: str) -> Awaitable[object]:
        """Without a markup the buttons go."""
        quiet = MessageEntity("italic", units(text), units(chosen))
        chat, message = shown.chat.id, shown.message_id
        if shown.text:
            return self._line.edit_message_text(
                f"{text}{chosen}", chat, message, link_preview_options=NO_PREVIEW,
                entities=[*entities_of(shown.entities), quiet],
            )  # fmt: skip
        return self._line.edit_message_caption(
            chat, message, caption=f"{text}{chosen}",
            caption_entities=[*entities_of(shown.caption_entities), quiet],
        )  # fmt: skip

    async def _try(self, doing: str, change: Awaitable[object]) -> TelegramError | None:
        """What went wrong."""
        try:
            await change
        except TelegramError as error:
            if NOT_MODIFIED not in error.message.lower():
                code = error.code if isinstance(error, Refused) else type(error).__name__
                log.info("%s did not succeed: %s", doing, code)
            return error
        return None
