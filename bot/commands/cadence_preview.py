"""`tillidsrum cadence preview`: when something comes to somebody next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from bot.commands.language import Language, terminal_language
from bot.commands.obey import tell
from bot.commands.refused import Refused
from bot.commands.store import find_person, open_store, parts_in
from bot.commands.texts import say
from bot.rhythm_change import occasions
from bot.settings import read_settings
from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN
from flows.rhythm import Kind
from storage import people
from storage.database import Unit
from storage.people import Profile

WEEKDAYS: dict[Language, tuple[str, ...]] = {"da": WEEKDAYS_DA, "en": WEEKDAYS_EN}


def run(person: str | None, count: int, kind: Kind, as_json: bool) -> int:
    settings = read_settings()
    with open_store(settings) as database, database.read() as unit:
        profile = find_person(unit, person) if person else somebody(unit)
        found = occasions(unit, parts_in(unit, settings), profile, kind, count)
    there = [at.astimezone(ZoneInfo(profile.zone)) for at in found]
    if as_json:
        tell({"ok": True, "kind": kind, "occurrences": list(map(_written, there))})
    else:
        click.echo(say("cadence.next", name=profile.name, kind=kind))
        show(there)
    return 0


def somebody(unit: Unit) -> Profile:
    """Anybody who is here; raises Refused when there is nobody."""
    found = next((one for one in people.everybody(unit) if one.status == "active"), None)
    if found is None:
        raise Refused(say("people.nobody"))
    return found


def show(times: Iterable[datetime]) -> None:
    for line in [f"  {_written(at)}" for at in times] or [say("cadence.none")]:
        click.echo(line)


def _written(at: datetime) -> str:
    return f"{WEEKDAYS[terminal_language()][at.weekday()]} {at:%Y-%m-%d %H:%M}"
