"""chat.*: writing, changing, removing messages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import events
from tests.fakes.slack.blocks import check_message
from tests.fakes.slack.messages import Message
from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.shapes import Json

if TYPE_CHECKING:
    from tests.fakes.slack.channels import Channel
    from tests.fakes.slack.world import World


def post_message(world: World, params: Json) -> Json:
    """`channel`: a conversation, or a person: then it goes to their direct message."""
    channel = _reach(world, params["channel"])
    if channel.kind == "im" and not world.manifest.messages:
        raise Refusal("messages_tab_disabled")
    content = _content(world, params)
    content["text"] = content["text"][: world.limits.text]
    _check_thread(channel, params)
    world.flood.count_message(channel.id)
    message = world.add(channel, world.bot_user, **content, thread=params.get("thread_ts", ""))
    events.echo(world, message)
    said = message.as_json(with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": said}


def post_ephemeral(world: World, params: Json) -> Json:
    channel = world.channel(params["channel"])
    channel.check_open()
    person = world.person(params["user"], "user_not_in_channel")
    if person.id not in channel.members:
        raise Refusal("user_not_in_channel")
    content = _content(world, params)
    if len(content["text"]) > world.limits.text:
        raise Refusal("msg_too_long")
    message = world.add(channel, world.bot_user, **content, only_for=person.id)
    return {"message_ts": message.ts}


def update(world: World, params: Json) -> Json:
    """Blocks that are not sent stay, unless there is a text: then they go."""
    message = _own(world, params, "cant_update_message")
    if len(params.get("text", "")) > world.limits.update_text:
        raise Refusal("msg_too_long")
    _change(world, message, params)
    events.changed(world, message)
    return {
        "channel": message.channel,
        "ts": message.ts,
        "text": message.text,
        "message": message.as_json(with_metadata=True),
    }


def delete(world: World, params: Json) -> Json:
    message = _own(world, params, "cant_delete_message")
    del world.channels[message.channel].messages[message.ts]
    events.deleted(world, message)
    return {"channel": message.channel, "ts": message.ts}


def respond(world: World, key: str, said: Json) -> None:
    """What is posted to a response_url: at most five times within half an hour."""
    place = world.response_urls.get(key)
    if place is None:
        raise Refusal("invalid_url", status=404)
    if (world.clock() - place.at).total_seconds() > world.limits.response_minutes * 60:
        raise Refusal("expired_url", status=404)
    if place.uses >= world.limits.response_uses:
        raise Refusal("used_url", status=404)
    place.uses += 1
    channel = world.channels[place.channel]
    if said.get("delete_original") and place.message:
        channel.messages.pop(place.message.ts, None)
        return
    if said.get("replace_original") and place.message:
        _change(world, place.message, said)
        return
    only_for = "" if said.get("response_type") == "in_channel" else place.person.id
    world.add(channel, world.bot_user, **_content(world, said), only_for=only_for)


def _reach(world: World, wanted: str) -> Channel:
    """A deactivated person's direct message still takes messages; nobody reads them."""
    if wanted in world.people:
        return world.direct(world.people[wanted])
    channel = world.channel(wanted)
    channel.check_open()
    return channel


def _own(world: World, params: Json, error: str) -> Message:
    message = world.channel(params["channel"]).kept(params["ts"])
    if not message.by_bot:
        raise Refusal(error)
    return message


def _change(world: World, message: Message, params: Json) -> None:
    """A message that is shown by its blocks is not marked as edited."""
    if "metadata" in params:
        message.metadata = _metadata(world, params["metadata"]) or None
    content = _content(world, params)
    if "blocks" in params or "text" in params:
        message.blocks = content["blocks"]
    if "text" in params:
        message.text = content["text"]
    if "text" in params and not message.blocks:
        message.edited = world.stamp()


def _check_thread(channel: Channel, params: Json) -> None:
    if (thread := params.get("thread_ts")) and thread not in channel.messages:
        raise Refusal("thread_not_found")


def _content(world: World, params: Json) -> dict[str, Any]:
    """What is to be shown. Raises Refusal."""
    if params.keys() & {"username", "icon_url", "icon_emoji"}:
        world.need("chat:write.customize")
    if params.get("attachments"):
        raise Refusal("invalid_attachments", "the fake shows no attachments")
    text, blocks = params.get("text", ""), params.get("blocks") or []
    if "markdown_text" in params:
        if text or blocks:
            raise Refusal("markdown_text_conflict")
        text = params["markdown_text"]
        if len(text) > world.limits.markdown_text:
            raise Refusal("msg_too_long")
    if not text and not blocks:
        raise Refusal("no_text")
    metadata = _metadata(world, params["metadata"]) if "metadata" in params else None
    return {
        "text": text,
        "blocks": check_message(blocks, world.limits),
        "metadata": metadata or None,
        "mrkdwn": params.get("mrkdwn", True),
    }


def _metadata(world: World, metadata: Json) -> Json:
    if not metadata:
        return {}
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not isinstance(kind, str) or not isinstance(payload, dict) or len(metadata) > 2:
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > world.limits.metadata_bytes:
        raise Refusal("metadata_too_large")
    return metadata
