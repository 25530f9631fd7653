"""What a person does, as the app is told of it: presses, submissions, commands, shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack import fields, views
from tests.fakes.slack.messages import Button, Message
from tests.fakes.slack.shapes import Json
from tests.fakes.slack.views import View

if TYPE_CHECKING:
    from tests.fakes.slack.people import Person
    from tests.fakes.slack.world import World


def pressed_in_message(world: World, person: Person, message: Message, action: Json) -> Json:
    said: Json = {
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": bool(message.only_for),
        },
        "channel": {"id": message.channel, "name": _channel_name(world, message.channel)},
        "message": message.as_json(with_metadata=True),
        "state": {"values": fields.state(message.blocks, message.values)},
        "response_url": world.response_url(person, message.channel, message),
    }
    if message.only_for:  # the app is not shown again what it said
        del said["message"]
    return _interaction(world, person, "block_actions") | said | _acted(world, person, action)


def pressed_in_view(world: World, person: Person, view: View, action: Json) -> Json:
    said = {
        "container": {"type": "view", "view_id": view.id},
        "view": views.as_json(world, view),
    }
    return _interaction(world, person, "block_actions") | said | _acted(world, person, action)


def submitted(world: World, person: Person, view: View) -> Json:
    said = {
        "trigger_id": world.trigger(person),
        "view": views.as_json(world, view),
        "response_urls": [],
    }
    return _interaction(world, person, "view_submission") | said


def closed(world: World, person: Person, view: View, *, cleared: bool) -> Json:
    said = {"view": views.as_json(world, view), "is_cleared": cleared}
    return _interaction(world, person, "view_closed") | said


def shortcut(world: World, person: Person, callback_id: str) -> Json:
    said = {
        "callback_id": callback_id,
        "trigger_id": world.trigger(person),
        "action_ts": world.stamp(),
    }
    return _interaction(world, person, "shortcut") | said


def message_shortcut(world: World, person: Person, callback_id: str, message: Message) -> Json:
    said = {
        "callback_id": callback_id,
        "trigger_id": world.trigger(person),
        "action_ts": world.stamp(),
        "message_ts": message.ts,
        "message": message.as_json(),
        "channel": {"id": message.channel, "name": _channel_name(world, message.channel)},
        "response_url": world.response_url(person, message.channel, message),
    }
    return _interaction(world, person, "message_action") | said


def command(world: World, person: Person, name: str, text: str, channel: str) -> Json:
    return {
        "token": "verification-token",
        "team_id": world.team,
        "team_domain": "virksomheden",
        "channel_id": channel,
        "channel_name": _channel_name(world, channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": name,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": world.response_url(person, channel),
        "trigger_id": world.trigger(person),
    }


def action(world: World, values: fields.Values, button: Button) -> Json:
    """What was pressed or chosen."""
    element, option = button.element, button.option
    said: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": button.block_id,
        "action_ts": world.stamp(),
    }
    if option is None:
        shown = {"text": element["text"] | {"emoji": True}}
        return said | shown | {k: element[k] for k in ("value", "style", "url") if k in element}
    if element["type"] in ("checkboxes", "multi_static_select"):
        return said | values[button.block_id, button.action_id]
    return said | {"selected_option": option}


def _acted(world: World, person: Person, action: Json) -> Json:
    return {"trigger_id": world.trigger(person), "actions": [action]}


def _interaction(world: World, person: Person, kind: str) -> Json:
    return {
        "type": kind,
        "token": "verification-token",
        "api_app_id": world.app_id,
        "team": {"id": world.team, "domain": "virksomheden"},
        "user": {
            "id": person.id,
            "username": person.handle,
            "name": person.handle,
            "team_id": world.team,
        },
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _channel_name(world: World, channel: str) -> str:
    return world.channels[channel].name or "directmessage"
