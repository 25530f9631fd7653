"""`tillidsrum people leave`: somebody who does not work here any more."""

from __future__ import annotations

import click

from bot.commands.obey import tell
from bot.commands.store import find_person, open_store, parts_in
from bot.commands.texts import say
from bot.leaving import leave
from bot.settings import read_settings


def run(email: str, as_json: bool) -> int:
    settings = read_settings()
    with open_store(settings) as database, database.write() as unit:
        profile = find_person(unit, email)
        if profile.status == "active":
            leave(unit, parts_in(unit, settings), profile)
    if as_json:
        tell({"ok": True})
    else:
        click.echo(say("people.left"))
    return 0
