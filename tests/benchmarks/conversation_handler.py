"""The other side of figure 1: python-telegram-bot's ConversationHandler, offline.

The same dialogue, 100 people, and PicklePersistence brought up to date and flushed after every
update. Telegram is answered for by `Nowhere`, so that no network is in the figure.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    ExtBot,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.request import BaseRequest, RequestData

PRESSURE, ANYTHING, POINT = range(3)
ME = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}
BOT_TOKEN = "1:offline"

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]


class Nowhere(BaseRequest):
    """Answers every request at once, as Telegram would when all is well."""

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    @property
    def read_timeout(self) -> float | None:
        return None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **timeouts: Any
    ) -> tuple[int, bytes]:
        if url.endswith("/getMe"):
            return 200, json.dumps({"ok": True, "result": ME}).encode()
        chat = request_data.parameters["chat_id"] if request_data else 0
        message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}, "text": ""}
        return 200, json.dumps({"ok": True, "result": message}).encode()


class Settings(NamedTuple):
    """`on_flush`: one pickle for each turn, written by the flush; else one for each thing that
    changed as well. `synced`: waits for the disk, which the library itself never does."""

    on_flush: bool
    synced: bool


SETTINGS = {
    "one dump": Settings(on_flush=True, synced=False),
    "as it comes": Settings(on_flush=False, synced=False),
    "synced": Settings(on_flush=True, synced=True),
}


class Persistence(PicklePersistence[Any, Any, Any]):
    def __init__(self, file: Path, settings: Settings) -> None:
        super().__init__(file, on_flush=settings.on_flush)
        self._synced = settings.synced

    async def flush(self) -> None:
        if self.on_flush:
            await super().flush()
        if self._synced:
            file = os.open(self.filepath, os.O_RDONLY)
            os.fsync(file)
            os.close(file)


def _keyboard(*rows: dict[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=choice) for choice, label in row.items()]
            for row in rows
        ]
    )


async def _ask_pressure(update: Update, context: Context) -> int:
    scale = _keyboard({str(value): str(value) for value in range(1, 6)})
    text = "Hvor meget oplever du at stå i krydspres for tiden?"
    await update.effective_message.reply_text(text, reply_markup=scale)  # type: ignore[union-attr]
    return PRESSURE


async def _ask_anything(update: Update, context: Context) -> int:
    context.user_data["pressure"] = int(update.callback_query.data)  # type: ignore[index, union-attr, arg-type]
    choices = _keyboard({"yes": "Ja, det er der"}, {"no": "Nej, ikke denne gang"})
    text = "Er der noget, du vil have med til dialogen?"
    await update.effective_message.reply_text(text, reply_markup=choices)  # type: ignore[union-attr]
    return ANYTHING


async def _ask_point(update: Update, context: Context) -> int:
    context.user_data["anything"] = update.callback_query.data  # type: ignore[index, union-attr]
    await update.effective_message.reply_text("Skriv det, som du selv vil sige det.")  # type: ignore[union-attr]
    return POINT


async def _close(update: Update, context: Context) -> int:
    context.user_data["point"] = update.effective_message.text  # type: ignore[index, union-attr]
    await update.effective_message.reply_text(f"Tak. Du skrev: {update.effective_message.text}")  # type: ignore[union-attr]
    return ConversationHandler.END


def _dialogue() -> ConversationHandler[Context]:
    return ConversationHandler(
        entry_points=[CommandHandler("forbered", _ask_pressure)],
        states={
            PRESSURE: [CallbackQueryHandler(_ask_anything, pattern="^[1-5]$")],
            ANYTHING: [CallbackQueryHandler(_ask_point, pattern="^(yes|no)$")],
            POINT: [MessageHandler(filters.TEXT & ~filters.COMMAND, _close)],
        },
        fallbacks=[],
        name="fortnight",
        persistent=True,
    )


async def started(folder: Path, settings: Settings) -> App:
    """An application that is ready for updates."""
    persistence = Persistence(folder / "state.pickle", settings)
    bot = ExtBot(BOT_TOKEN, request=Nowhere(), get_updates_request=Nowhere())
    application = Application.builder().bot(bot).persistence(persistence).build()
    application.add_handler(_dialogue())
    await application.initialize()
    return application


async def take_all(application: App, bodies: Iterable[bytes]) -> None:
    """A turn for each: from the bytes of an update to the state in the file."""
    for body in bodies:
        update = Update.de_json(json.loads(body), application.bot)
        await application.process_update(update)
        await application.update_persistence()
        await application.persistence.flush()  # type: ignore[union-attr]


class Phone:
    """One person's side: the updates that Telegram would send for what they do."""

    def __init__(self, number: int) -> None:
        self.user = {"id": number, "is_bot": False, "first_name": f"Leder {number}"}
        self.chat = {"id": number, "type": "private", "first_name": f"Leder {number}"}
        self.updates = number * 1_000_000

    def bodies(self, pressure: str, text: str) -> tuple[bytes, ...]:
        """One dialogue from its start to its end."""
        return self.command("/forbered"), self.press(pressure), self.press("yes"), self.write(text)

    def command(self, text: str) -> bytes:
        return self._message(
            {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]}
        )

    def write(self, text: str) -> bytes:
        return self._message({"text": text})

    def press(self, choice: str) -> bytes:
        shown = {"message_id": 1, "date": 1, "chat": self.chat, "from": ME, "text": "…"}
        query = {
            "id": "1",
            "from": self.user,
            "chat_instance": "1",
            "data": choice,
            "message": shown,
        }
        return self._update({"callback_query": query})

    def _message(self, said: dict[str, Any]) -> bytes:
        return self._update(
            {"message": {"message_id": 1, "date": 1, "chat": self.chat, "from": self.user, **said}}
        )

    def _update(self, what: dict[str, Any]) -> bytes:
        self.updates += 1
        return json.dumps({"update_id": self.updates, **what}).encode()
