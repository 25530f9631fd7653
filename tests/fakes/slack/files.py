"""A file comes in three steps: an address, the bytes, and where to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack import events
from tests.fakes.slack.blocks import check_message
from tests.fakes.slack.messages import Stored
from tests.fakes.slack.refusal import Refusal, invalid
from tests.fakes.slack.shapes import Json
from tests.fakes.slack.world import Upload

if TYPE_CHECKING:
    from tests.fakes.slack.channels import Channel
    from tests.fakes.slack.world import World


def get_upload_url(world: World, params: Json) -> Json:
    if not 1 <= params["length"] <= world.limits.file_bytes:
        raise Refusal("file_upload_size_restricted")
    if len(alt_text := params.get("alt_txt", "")) > world.limits.alt_text:
        raise Refusal("alt_txt_too_large")
    file_id = f"F{world.next_id():08X}"
    world.uploads[file_id] = Upload(params["filename"], params["length"], alt_text)
    return {"upload_url": f"{world.url}/upload/v1/{file_id}", "file_id": file_id}


def receive(world: World, file_id: str, content: bytes) -> None:
    """The second step. Raises Refusal."""
    upload = world.uploads.get(file_id)
    if upload is None or upload.content is not None:
        raise Refusal("file_not_found", status=404)
    if len(content) != upload.length:
        raise Refusal("file_update_failed", "the length is not as announced", status=400)
    upload.content = content


def complete_upload(world: World, params: Json) -> Json:
    """Without a channel the file is kept, and nobody sees it."""
    channels = [_target(world, channel) for channel in _channels(params)]
    stored = [_store(world, wanted, n) for n, wanted in enumerate(params["files"])]
    for channel in channels:
        message = world.add(
            channel,
            world.bot_user,
            text=params.get("initial_comment", ""),
            blocks=check_message(params.get("blocks") or [], world.limits),
            files=stored,
            thread=params.get("thread_ts", ""),
        )
        events.echo(world, message)
    return {"files": [{"id": file.id, "title": file.title} for file in stored]}


def _channels(params: Json) -> list[str]:
    named = [*params.get("channels", "").split(","), params.get("channel_id", "")]
    return [channel for channel in named if channel]


def _target(world: World, wanted: str) -> Channel:
    """A person's id is no channel here."""
    channel = world.channel(wanted)
    channel.check_open()
    return channel


def _store(world: World, wanted: Json, number: int) -> Stored:
    if not isinstance(wanted, dict) or "id" not in wanted:
        raise invalid("missing required field: id", f"/files/{number}/id")
    upload = world.uploads.get(wanted["id"])
    if upload is None or upload.content is None:
        raise Refusal("file_not_found")
    del world.uploads[wanted["id"]]
    title = wanted.get("title") or upload.name
    stored = Stored(wanted["id"], upload.name, title, upload.content, upload.alt_text)
    world.files[stored.id] = stored
    return stored
