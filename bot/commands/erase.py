"""`tillidsrum erase`: everything about a person, for good."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from bot.commands.obey import tell
from bot.commands.progress import waiting
from bot.commands.refused import Refused
from bot.commands.store import erase_log, find_person, open_store, parts_of
from bot.commands.texts import say
from bot.course.meeting_leaving import go_on_without
from bot.settings import Settings, read_settings
from storage import audit
from storage.database import Database
from storage.erase import Erased, erase_person


def run(email: str, yes: bool, as_json: bool) -> int:
    settings = read_settings()
    with open_store(settings) as database:
        with database.read() as unit:
            person = find_person(unit, email).id
        if not yes:
            _ask(email)
        erased = waiting(say("erase.progress"), lambda: _erase(database, settings, person))
    if as_json:
        tell({"ok": True, "rows": erased.rows, "traces_gone": erased.traces_gone})
    else:
        _report(erased)
    return 0


def _ask(email: str) -> None:
    click.echo(say("erase.ask"), err=True)
    again: str = click.prompt(say("erase.prompt"), err=True)
    if again.strip().casefold() != email.strip().casefold():
        raise Refused(say("erase.not"))


def _erase(database: Database, settings: Settings, person: str) -> Erased:
    with database.write() as unit:
        go_on_without(unit, parts_of(settings), person)
    erased = erase_person(database, erase_log(settings), person)
    with database.write() as unit:
        audit.note(unit, datetime.now(UTC), "erased by an administrator", None)
    return erased


def _report(erased: Erased) -> None:
    rows = ", ".join(f"{table} {count}" for table, count in sorted(erased.rows.items()))
    click.echo(say("erase.done", count=sum(erased.rows.values()), rows=rows))
    click.echo(say("erase.no-traces" if erased.traces_gone else "erase.traces"))
    click.echo(say("erase.tell"))
