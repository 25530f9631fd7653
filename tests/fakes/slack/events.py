"""What the app is told of: the Events API's bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack.channels import Channel
from tests.fakes.slack.messages import Message
from tests.fakes.slack.outbox import Parcel
from tests.fakes.slack.shapes import Json

if TYPE_CHECKING:
    from tests.fakes.slack.people import Person
    from tests.fakes.slack.world import World

# an event comes only to an app that asked for it and has this scope
_NEEDS = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "user_change": "users:read",
    "dnd_updated_user": "dnd:read",
}
MENTION = "@tillidsrum"
"""How somebody names the app in a channel."""
_KINDS = {"im": "message.im", "channel": "message.channels", "group": "message.groups"}


def written(world: World, message: Message, person: Person) -> None:
    """A person wrote it."""
    channel = world.channels[message.channel]
    own = {"client_msg_id": f"00000000-0000-4000-8000-{world.next_id():012d}"}
    _tell(world, channel, message.as_json() | own, person.id)
    if channel.kind != "im" and MENTION in message.text:
        said = message.as_json() | own | {"channel": channel.id, "event_ts": message.ts}
        _event(world, "app_mention", said | {"type": "app_mention"}, person.id)


def echo(world: World, message: Message) -> None:
    """The app hears itself, too."""
    if world.echo:
        _tell(world, world.channels[message.channel], message.as_json(with_metadata=True))


def changed(world: World, message: Message, previous: Json | None = None) -> None:
    if message.by_bot and not world.echo:
        return
    said = {"subtype": "message_changed", "hidden": True, "message": message.as_json()}
    previous = previous or message.as_json()
    _tell(world, world.channels[message.channel], said | {"previous_message": previous})


def deleted(world: World, message: Message) -> None:
    if message.by_bot and not world.echo:
        return
    said = {"subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts}
    previous = {"previous_message": message.as_json()}
    _tell(world, world.channels[message.channel], said | previous)


def home_opened(world: World, person: Person, tab: str, view: Json | None) -> None:
    said: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": world.direct(person).id,
        "tab": tab,
        "event_ts": world.stamp(),
    }
    _event(world, "app_home_opened", said | ({"view": view} if view else {}), person.id)


def user_changed(world: World, person: Person) -> None:
    said = {
        "type": "user_change",
        "user": person.as_json(with_locale=True),
        "cache_ts": int(world.clock().timestamp()),
        "event_ts": world.stamp(),
    }
    _event(world, "user_change", said, person.id)


def dnd_changed(world: World, person: Person) -> None:
    said = {
        "type": "dnd_updated_user",
        "user": person.id,
        "dnd_status": person.dnd_json(),
        "event_ts": world.stamp(),
    }
    _event(world, "dnd_updated_user", said, person.id)


def _tell(world: World, channel: Channel, said: Json, whose: str = "") -> None:
    stamp = said.get("ts") or world.stamp()
    usual = {"type": "message", "channel": channel.id, "ts": stamp, "event_ts": stamp}
    body = said | usual | {"channel_type": channel.kind}
    if not whose:
        whose = next(iter(channel.members)) if channel.kind == "im" else channel.id
    _event(world, _KINDS[channel.kind], body, whose)


def _event(world: World, name: str, event: Json, whose: str) -> None:
    asked = world.manifest.events
    if asked is not None and name not in asked:
        return
    if name in _NEEDS and _NEEDS[name] not in world.scopes:
        return
    bot = {"enterprise_id": None, "team_id": world.team, "user_id": world.bot_user}
    payload = {
        "token": "verification-token",
        "team_id": world.team,
        "context_team_id": world.team,
        "context_enterprise_id": None,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{world.next_id():08X}",
        "event_time": int(world.clock().timestamp()),
        "authorizations": [bot | {"is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{world.next_id():08x}",
    }
    world.send(Parcel("events", payload, whose))
