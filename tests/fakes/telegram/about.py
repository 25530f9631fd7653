"""The methods that say who somebody is: the bot, its commands in the menu, a chat."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from tests.fakes.telegram.messages import Json
from tests.fakes.telegram.refusal import bad
from tests.fakes.telegram.utf16 import units
from tests.fakes.telegram.world import World

Method = Callable[[World, Json], Any]
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")


def get_me(world: World, params: Json) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.bot | abilities


def get_chat(world: World, params: Json) -> Json:
    fixed = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return world.chat(params["chat_id"]).as_json() | fixed


def set_commands(world: World, params: Json) -> bool:
    commands = params["commands"]
    if len(commands) > world.limits.commands:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"].strip()) <= world.limits.command_description:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile.set_commands(commands, _scope(world, params), _language(params))
    return True


def get_commands(world: World, params: Json) -> list[Json]:
    return world.profile.get_commands(_scope(world, params), _language(params))


def delete_commands(world: World, params: Json) -> bool:
    world.profile.drop_commands(_scope(world, params), _language(params))
    return True


def setter(name: str) -> Method:
    """name, description or short_description: empty takes it away."""

    def set_word(world: World, params: Json) -> bool:
        word = params.get(name, "")
        if units(word) > getattr(world.limits, name):
            raise bad(f"bot {name.replace('_', ' ')} is too long")
        world.profile.words[name, _language(params)] = word
        return True

    return set_word


def getter(name: str) -> Method:
    def get_word(world: World, params: Json) -> Json:
        usual = world.bot["first_name"] if name == "name" else ""
        return {name: world.profile.word(name, _language(params)) or usual}

    return get_word


def _language(params: Json) -> str:
    language = params.get("language_code", "")
    if not _LANGUAGE.fullmatch(language):
        raise bad("invalid language code specified")
    return str(language)


def _scope(world: World, params: Json) -> Json | None:
    scope: Json | None = params.get("scope")
    if scope and "chat_id" in scope:
        world.chat(scope["chat_id"])
    return scope


_NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)
