"""The methods that change or remove what is on a screen, and the answer to a pressed button."""

from __future__ import annotations

from datetime import timedelta

from tests.fakes.telegram import formatted, keyboard
from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.formatted import Formatted
from tests.fakes.telegram.messages import Json, Message
from tests.fakes.telegram.refusal import bad
from tests.fakes.telegram.utf16 import units
from tests.fakes.telegram.world import World

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_text(world: World, params: Json) -> Json:
    written = formatted.message_text(params, world.limits)
    chat, message = _editable(world, params)
    if message.has_file:
        raise bad("there is no text in the message to edit")
    return _change(world, chat, message, written, params)


def edit_caption(world: World, params: Json) -> Json:
    written = formatted.caption(params, world.limits)
    chat, message = _editable(world, params)
    if not message.has_file:
        raise bad("there is no caption in the message to edit")
    return _change(world, chat, message, written, params)


def edit_markup(world: World, params: Json) -> Json:
    chat, message = _editable(world, params)
    return _change(world, chat, message, Formatted(message.text, message.entities), params)


def delete_one(world: World, params: Json) -> bool:
    chat = world.chat(params["chat_id"])
    if (message := chat.messages.get(params["message_id"])) is None:
        raise bad("message to delete not found")
    _check_deletable(world, chat, message)
    del chat.messages[message.id]
    return True


def delete_several(world: World, params: Json) -> bool:
    """Those that are not found are skipped, as Telegram does it."""
    chat, ids = world.chat(params["chat_id"]), params["message_ids"]
    if not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > world.limits.delete_together:
        raise bad("too many message identifiers specified")
    found = [chat.messages[i] for i in ids if i in chat.messages]
    for message in found:
        _check_deletable(world, chat, message)
    for message in found:
        chat.messages.pop(message.id, None)
    return True


def answer_query(world: World, params: Json) -> bool:
    """Once, and within the time that a client waits."""
    text = params.get("text", "")
    if units(text) > world.limits.toast:
        raise bad("MESSAGE_TOO_LONG")
    query = world.queries.pop(params["callback_query_id"], None)
    patience = timedelta(seconds=world.limits.callback_seconds)
    if query is None or world.clock() - query.at > patience:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    query.person.spinning.discard(params["callback_query_id"])
    if text:
        shown = query.person.alerts if params.get("show_alert") else query.person.toasts
        shown.append(text)
    return True


def _editable(world: World, params: Json) -> tuple[Chat, Message]:
    if "inline_message_id" in params:
        raise bad("MESSAGE_ID_INVALID")
    if "chat_id" not in params:
        raise bad("chat_id is empty")
    if "message_id" not in params:
        raise bad("message identifier is not specified")
    chat = world.chat(params["chat_id"])
    if (message := chat.messages.get(params["message_id"])) is None:
        raise bad("message to edit not found")
    if not message.by_bot:
        raise bad("message can't be edited")
    chat.check_open()
    return chat, message


def _change(world: World, chat: Chat, message: Message, new: Formatted, params: Json) -> Json:
    """An edit without a markup takes the buttons away."""
    markup = keyboard.checked(params.get("reply_markup"), world.limits)
    if markup and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    if (new.text, new.entities, markup) == (message.text, message.entities, message.markup):
        raise bad(_SAME)
    world.flood.count(chat.id, group=chat.is_group, edit=True)
    message.text, message.entities, message.markup = new.text, new.entities, markup
    message.edited_at = world.clock()
    return message.as_json()


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    """In a group the bot is no administrator: it may remove only what it wrote."""
    if chat.is_group and not message.by_bot:
        raise bad("message can't be deleted")
    if world.clock() - message.at > timedelta(hours=world.limits.delete_hours):
        raise bad("message can't be deleted for everyone")
