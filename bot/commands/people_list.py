"""`tillidsrum people list`: who is there and how they are reached, never what they wrote."""

from __future__ import annotations

from typing import Any

import click

from bot.commands.obey import tell
from bot.commands.store import open_store
from bot.commands.texts import say
from bot.settings import read_settings
from storage import addresses, people
from storage.database import Unit


def run(as_json: bool) -> int:
    with open_store(read_settings()) as database, database.read() as unit:
        everybody = _everybody(unit)
    if as_json:
        tell({"people": everybody})
        return 0
    for one in everybody:
        click.echo("\t".join((*_first(one), ", ".join(one["channels"]) or "-")))
    if not everybody:
        click.echo(say("people.nobody"), err=True)
    return 0


def _first(one: dict[str, Any]) -> tuple[str, str, str]:
    return one["email"] or "-", one["name"], one["language"]


def _everybody(unit: Unit) -> list[dict[str, Any]]:
    return [
        {
            "email": people.email_of(unit, profile),
            "name": profile.name,
            "language": profile.language,
            # The one that they prefer comes first.
            "channels": [one.channel for one in addresses.addresses_of(unit, profile.id)],
        }
        for profile in people.everybody(unit)
    ]
