"""`tillidsrum people invite`: a link and the code that confirms it, to be passed on."""

from __future__ import annotations

import asyncio
from importlib import import_module

import click

from bot import linking, logs
from bot.commands.channels import CHANNELS
from bot.commands.obey import tell
from bot.commands.refused import Refused
from bot.commands.store import find_person, open_store, parts_in
from bot.commands.texts import say
from bot.linking import Invitation
from bot.settings import Settings, read_settings
from storage.database import Database


def run(email: str, channel: str | None, as_json: bool) -> int:
    settings = read_settings()
    with logs.without_secrets(settings), open_store(settings) as database:
        name = _channel(settings, channel)
        made = _invite(database, settings, email, name.lower())
        address = asyncio.run(_address(settings, name, made.token))
    if as_json:
        tell({"ok": True, "channel": name.lower(), "address": address, **made._asdict()})
        return 0
    slots = {"channel": name, "address": address, "token": made.token}
    click.echo(say("people.link" if address else "people.write", **slots))
    click.echo(say("people.code", code=made.code) if made.code else say("people.known"))
    return 0


def _channel(settings: Settings, wanted: str | None) -> str:
    there = [name for name, platform in CHANNELS.items() if platform.is_set_up(settings)]
    if not there:
        raise Refused(say("people.no-channel"))
    if wanted is None and len(there) > 1:
        raise Refused(say("people.which-channel", channels=", ".join(there).lower()))
    found = next((name for name in there if wanted in (None, name.lower())), None)
    if found is None:
        raise Refused(say("people.not-that-channel", channel=wanted))
    return found


def _invite(database: Database, settings: Settings, email: str, channel: str) -> Invitation:
    with database.write() as unit:
        return linking.invite(unit, parts_in(unit, settings), find_person(unit, email), channel)


async def _address(settings: Settings, channel: str, token: str) -> str:
    """What opens the link there; "" where the platform does not say who the bot is."""
    module = import_module(CHANNELS[channel].module)
    address: str = await module.find_way(settings, token)
    return address
