"""An update as Telegram delivers it, as what somebody did. Pure.

Only what is used is read, so that a new field, or a kind of message that did not exist when this
was written, stops nothing.
"""

from __future__ import annotations

import logging
import re
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.channels.telegram.keyboard import Rows
from bot.channels.telegram.menu import WORDS
from bot.channels.telegram.send import NAME
from bot.inbound import Incoming

log = logging.getLogger(__name__)

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates that are asked for."""
UNREADABLE = {
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "location",
    "paid_media", "photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice",
}  # fmt: skip
GONE = ("kicked", "left")
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+|$)(.*)", re.DOTALL)
_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class User(_Read):
    id: int
    is_bot: bool = False
    language_code: str = ""
    username: str = ""


class Chat(_Read):
    id: int
    type: str

    @property
    def private(self) -> bool:
        return self.type == "private"


class Keyboard(_Read):
    inline_keyboard: list[list[dict[str, Any]]] = []

    @property
    def rows(self) -> Rows:
        """The buttons that carry something back."""
        return [
            [
                {"text": str(one.get("text", "")), "callback_data": str(one["callback_data"])}
                for one in row
                if "callback_data" in one
            ]
            for row in self.inline_keyboard
        ]


class Posted(_Read):
    """A message. Of one that is too old, Telegram tells only where it was."""

    model_config = ConfigDict(extra="allow")

    message_id: int
    chat: Chat
    author: User | None = Field(default=None, alias="from")
    text: str | None = None
    caption: str | None = None
    entities: list[dict[str, Any]] = []
    caption_entities: list[dict[str, Any]] = []
    reply_markup: Keyboard | None = None
    reply_to_message: Posted | None = None

    @property
    def unreadable(self) -> bool:
        return bool(UNREADABLE & (self.model_extra or {}).keys())

    @property
    def rows(self) -> Rows:
        return self.reply_markup.rows if self.reply_markup else []


class Query(_Read):
    id: str
    author: User = Field(alias="from")
    message: Posted | None = None
    data: str = ""


class _Member(_Read):
    status: str


class Membership(_Read):
    chat: Chat
    new_chat_member: _Member


class Update(_Read):
    update_id: int
    message: Posted | None = None
    edited_message: Posted | None = None
    callback_query: Query | None = None
    my_chat_member: Membership | None = None

    @property
    def chat_id(self) -> int:
        """What is kept in order; an update of no chat stands for itself."""
        query = self.callback_query
        found = self.message or self.edited_message or self.my_chat_member
        found = found or (query.message if query else None)
        if found:
            return found.chat.id
        return query.author.id if query else -self.update_id


class Heard(NamedTuple):
    """Something was written. `message_id`: theirs, so that it can be deleted if they chose so."""

    incoming: Incoming
    message_id: int | None


class Press(NamedTuple):
    """A button was pressed. `shown`: the message that it stands under, if it is still known."""

    key: str
    chat_id: int
    query_id: str
    pressed: str
    shown: Posted | None

    def incoming(self, token: str, also: tuple[str, ...]) -> Incoming:
        return Incoming(NAME, str(self.chat_id), self.key, token=token, also=also)


class Elsewhere(NamedTuple):
    """Somebody spoke to the bot in a group."""

    chat_id: int
    language_code: str


class Stayed(NamedTuple):
    """Somebody took the bot up again, or blocked it."""

    chat_id: int
    here: bool


Event = Heard | Press | Elsewhere | Stayed


def read_update(raw: dict[str, Any]) -> Update | None:
    """None when not even its number can be read; one of an unknown shape says nothing."""
    try:
        return Update.model_validate(raw)
    except ValidationError:
        number = raw.get("update_id")
        if not isinstance(number, int):
            return None
        log.warning("update %s has a shape that is not known", number)
        return Update(update_id=number)


def receive(update: Update, bot_name: str = "") -> Event | None:
    """What somebody did, if it is anything of ours. `bot_name`: the bot's username."""
    if update.callback_query:
        return _press(update, update.callback_query)
    if update.my_chat_member and update.my_chat_member.chat.private:
        membership = update.my_chat_member
        return Stayed(membership.chat.id, membership.new_chat_member.status not in GONE)
    message = update.message or update.edited_message
    if message is None or message.author is None or message.author.is_bot:
        return None
    if not message.chat.private:
        return _elsewhere(message, bot_name) if update.message else None
    return _heard(update, message)


def _press(update: Update, query: Query) -> Event | None:
    if query.message and not query.message.chat.private:
        return Elsewhere(query.message.chat.id, query.author.language_code)
    chat = query.message.chat.id if query.message else query.author.id
    return Press(str(update.update_id), chat, query.id, query.data, query.message)


def _elsewhere(message: Posted, bot_name: str) -> Event | None:
    """An answer is owed only to who speaks to this very bot."""
    text, author = message.text or message.caption or "", message.author
    command = _COMMAND.match(text)
    to_others = command and command[2] and command[2].casefold() != bot_name.casefold()
    named = bool(bot_name) and f"@{bot_name}".casefold() in text.casefold()
    answered = message.reply_to_message and message.reply_to_message.author
    replied = bool(answered and answered.is_bot and answered.username == bot_name)
    if to_others or not (command or named or replied):
        return None
    return Elsewhere(message.chat.id, author.language_code if author else "")


def _heard(update: Update, message: Posted) -> Heard | None:
    """What was edited, or is no text, is heard as nothing written: the answer says so kindly."""
    key, chat = str(update.update_id), str(message.chat.id)
    if update.message is None or (message.text is None and message.unreadable):
        return Heard(Incoming(NAME, chat, key, text=""), None)
    if message.text is None:
        return None
    command = _COMMAND.fullmatch(message.text)
    if command and command[1] == "start" and _LINK.fullmatch(command[3]):
        return Heard(Incoming(NAME, chat, key, link=command[3]), None)
    text = _plain(command) if command else _whole(message.text)
    asked = message.reply_to_message
    replies_to = str(asked.message_id) if asked else None
    incoming = Incoming(NAME, chat, key, text=text, replies_to=replies_to)
    return Heard(incoming, message.message_id)


def _plain(command: re.Match[str]) -> str:
    """A command from the menu as the words that it is the same as; another as it was written."""
    word = WORDS.get(command[1].lower(), command[1])
    known = command[1].lower() in WORDS or command[1] == "start"
    return f"{word} {command[3]}".strip() if known else _whole(command[0])


def _whole(text: str) -> str:
    """Without halves of letters, which no database keeps."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
