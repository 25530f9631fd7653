"""`tillidsrum people import`: adds and updates people from a file, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from bot.commands.language import terminal_language
from bot.commands.obey import tell
from bot.commands.people_wrong import WRONG
from bot.commands.progress import over
from bot.commands.refused import Refused
from bot.commands.store import open_store, parts_in
from bot.commands.texts import say
from bot.people_file import Fault, PeopleFile, Row, read_people
from bot.people_import import Counts, Default, check_leaders, counts_of, known_people, take_in
from bot.settings import Settings, read_settings
from storage.database import Database


def run(file: Path, dry_run: bool, skip_bad: bool, as_json: bool) -> int:
    settings = read_settings()
    with open_store(settings) as database:
        found = _read(file)
        with database.read() as unit:
            known = known_people(unit)
        check_leaders(found, known)
        good = not found.faults or skip_bad
        if dry_run:
            counts = counts_of(found.rows, known)
        else:
            counts = _import(database, settings, found.rows) if good else Counts()
    if as_json:
        tell(_as_json(found, counts, good, dry_run))
    else:
        _report(found, counts, good, dry_run)
    return 0 if good else 1


def _read(file: Path) -> PeopleFile:
    try:
        return read_people(file.read_bytes())
    except OSError as error:
        raise Refused(say("people.cannot-read", file=file, why=error.strerror)) from None


def _import(database: Database, settings: Settings, rows: list[Row]) -> Counts:
    default = Default(settings.language, settings.time_zone)
    with database.write() as unit:
        # Looked up anew: what was true before the lock may not be so any more.
        known = known_people(unit)
        return take_in(unit, parts_in(unit, settings), rows, default, known, _shown)


def _shown(rows: list[Row]) -> Iterable[Row]:
    return over(say("people.progress"), rows, len(rows))


def _worded(fault: Fault) -> str:
    return WRONG[fault.wrong][terminal_language()].format(about=fault.about)


def _report(found: PeopleFile, counts: Counts, good: bool, dry_run: bool) -> None:
    for fault in found.faults:
        line = say("people.fault", line=fault.line, column=fault.column, text=_worded(fault))
        click.echo(line, err=True)
    if dry_run:
        click.echo(say("people.would", **counts._asdict()))
    elif good:
        click.echo(say("people.imported", **counts._asdict()))
    if found.faults and good:
        click.echo(say("people.skipped", count=len({fault.line for fault in found.faults})))
    if not good:
        click.echo(say("people.nothing", count=len(found.faults)), err=True)


def _as_json(found: PeopleFile, counts: Counts, good: bool, dry_run: bool) -> dict[str, Any]:
    faults = [
        {"line": one.line, "column": one.column, "text": _worded(one)} for one in found.faults
    ]
    return {"ok": good, "dry_run": dry_run, **counts._asdict(), "faults": faults}
