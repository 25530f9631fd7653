"""`tillidsrum cadence set`: a rhythm for everybody, a programme, a group or a person."""

from __future__ import annotations

from typing import Any

import click

from bot.commands.cadence_level import read_level
from bot.commands.cadence_preview import show
from bot.commands.language import terminal_language
from bot.commands.obey import tell
from bot.commands.refused import Refused
from bot.commands.store import find_person, open_store, parts_in
from bot.commands.texts import say
from bot.parts import Parts
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from bot.rhythm_filled import OFF, ON, Fault, Filled, read
from bot.rhythm_seen import foresee
from bot.rhythm_words import describe
from bot.settings import read_settings
from flows.rhythm import Kind, Rule
from storage.database import Database, Unit

SHOWN = 10
BAD: dict[Fault, str] = {
    "weekday": "cadence.bad-day", "time": "cadence.bad-time", "quiet": "cadence.bad-week",
    "offset-where": "cadence.offset-where", "planned": "cadence.planned",
}  # fmt: skip
"""The rest cannot be: the options themselves take nothing else."""


def run(
    kind: Kind, level: str, show_for: str | None, clear: bool, yes: bool, as_json: bool,
    **given: Any,
) -> int:  # fmt: skip
    settings = read_settings()
    said = _said(**given)
    if not any(said.values()) and not clear:
        raise Refused(say("cadence.nothing"))
    with open_store(settings) as database:
        with database.read() as unit:
            parts = parts_in(unit, settings)
            change = _change(unit, parts, kind, level, said, clear)
            if not as_json:
                _show(unit, parts, change, find_person(unit, show_for).id if show_for else None)
        if not (yes or as_json or click.confirm(say("cadence.ask"))):
            raise Refused(say("cadence.not"))
        count = _save(database, parts, change)
    if as_json:
        tell({"ok": True, "changed": count})
    else:
        click.echo(say("cadence.saved", count=count))
    return 0


def _save(database: Database, parts: Parts, change: Change) -> int:
    with database.write() as unit:
        return set_rule(unit, parts, change, None)


def _said(
    every_weeks: int | None, day: str | None, at: str | None, offset: int | None,
    quiet: tuple[str, ...], off: bool | None,
) -> dict[str, str]:  # fmt: skip
    """What was given, by the field that it fills in."""
    return {
        "weeks": str(every_weeks or ""), "weekday": day or "", "at": at or "",
        "offset": "" if offset is None else str(offset), "quiet": ", ".join(quiet),
        "off": "" if off is None else OFF if off else ON,
    }  # fmt: skip


def _change(
    unit: Unit, parts: Parts, kind: Kind, level: str, said: dict[str, str], clear: bool
) -> Change:
    """What is not said stays as that level has it, unless that is to be cleared."""
    where = read_level(unit, level)
    if not any(said.values()):
        return Change(*where, kind, Rule())
    filled = Filled(kind, str(where), **said)
    found = read(unit, filled, None, parts.clock().date(), over=not clear)
    if found.change is None:
        field, fault = next(iter(found.faults.items()))
        raise Refused(say(BAD[fault], written=said[field]))
    return found.change


def _show(unit: Unit, parts: Parts, change: Change, person: str | None) -> None:
    """For a real person: this one, or one whom it concerns."""
    found = foresee(unit, parts, change, SHOWN, person)
    if found is None:
        click.echo(say("cadence.nobody"))
        return
    how = describe(change.kind, found.rhythm, terminal_language())
    click.echo(say("cadence.would", name=found.name, kind=change.kind, how=how))
    show(found.times)
