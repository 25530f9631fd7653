"""The methods that put something new on a screen, and the files they carry."""

from __future__ import annotations

from typing import Any

from tests.fakes.telegram import formatted, keyboard, pictures
from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.formatted import Formatted
from tests.fakes.telegram.messages import Json, Message, Stored
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.refusal import Refusal, bad
from tests.fakes.telegram.spec import Upload
from tests.fakes.telegram.world import World

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip


def send_message(world: World, params: Json) -> Json:
    return _send(world, params, formatted.message_text(params, world.limits))


def send_photo(world: World, params: Json) -> Json:
    written = formatted.caption(params, world.limits)
    return _send(world, params, written, photo=_photo(world, params["photo"]))


def send_document(world: World, params: Json) -> Json:
    written = formatted.caption(params, world.limits)
    return _send(world, params, written, document=_document(world, params["document"]))


def send_chat_action(world: World, params: Json) -> bool:
    chat = world.chat(params["chat_id"])
    if params["action"] not in _ACTIONS:
        raise bad("wrong parameter action in request")
    chat.check_open()
    if isinstance(chat, Person):
        chat.actions.append(params["action"])
    return True


def get_file(world: World, params: Json) -> Json:
    if (stored := world.files.get(params["file_id"])) is None:
        raise bad("invalid file_id")
    if len(stored.content) > world.limits.download_bytes:
        raise bad("file is too big")
    return stored.as_json() | {"file_path": stored.path}


def _send(world: World, params: Json, written: Formatted, **file: Stored) -> Json:
    """Everything is checked before anything counts: a refused call takes nothing of the rate."""
    chat = world.chat(params["chat_id"])
    markup = keyboard.checked(params.get("reply_markup"), world.limits)
    reply_to = _reply_to(chat, params.get("reply_parameters"))
    chat.check_open()
    world.flood.count(chat.id, group=chat.is_group, edit=False)
    message = chat.add(
        world.bot,
        text=written.text,
        entities=written.entities,
        markup=markup,
        reply_to=reply_to,
        silent=params.get("disable_notification", False),
        protected=params.get("protect_content", False),
        **file,
    )
    return message.as_json()


def _reply_to(chat: Chat, wanted: Json | None) -> Message | None:
    if not wanted:
        return None
    found = chat.messages.get(wanted["message_id"])
    if found is None and not wanted.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return found


def _photo(world: World, given: Any) -> Stored:
    if not isinstance(given, Upload):
        return _known(world, given)
    limits, size = world.limits, len(given.content)
    if size > limits.photo_bytes:
        raise bad(
            f"file of size {size} bytes is too big for a photo; "
            f"the maximum size is {limits.photo_bytes} bytes"
        )
    if (sides := pictures.sides(given.content)) is None:
        raise bad("IMAGE_PROCESS_FAILED")
    narrow, wide = sorted(sides)
    if not narrow or sum(sides) > limits.photo_sides or wide > limits.photo_ratio * narrow:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return world.keeps(given.name, given.mime, given.content, sides)


def _document(world: World, given: Any) -> Stored:
    if not isinstance(given, Upload):
        return _known(world, given)
    if not given.content:
        raise bad("file must be non-empty")
    if len(given.content) > world.limits.document_bytes:
        raise Refusal(413, "Request Entity Too Large")
    return world.keeps(given.name, given.mime, given.content)


def _known(world: World, file_id: str) -> Stored:
    if (stored := world.files.get(file_id)) is not None:
        return stored
    if file_id.startswith(("http://", "https://")):
        raise bad("failed to get HTTP URL content")
    raise bad("wrong file identifier/HTTP URL specified")
