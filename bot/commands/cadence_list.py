"""`tillidsrum cadence list`: what is set at which level."""

from __future__ import annotations

import click

from bot.commands.language import terminal_language
from bot.commands.obey import tell
from bot.commands.store import open_store
from bot.commands.texts import say
from bot.rhythm_levels import written_as
from bot.rhythm_words import describe, describe_rule
from bot.settings import read_settings
from flows.rhythm import DEFAULTS
from storage import rules
from storage.database import Unit
from storage.rules import Stored


def run(as_json: bool) -> int:
    settings = read_settings()
    with open_store(settings) as database, database.read() as unit:
        found = rules.all_rules(unit)
        levels = [_level(unit, one) for one in found]
    if as_json:
        listed = [
            {"kind": one.kind, "for": level, **one.rule.model_dump(mode="json", exclude_none=True)}
            for one, level in zip(found, levels, strict=True)
        ]
        tell({"ok": True, "rules": listed})
        return 0
    for one, level in zip(found, levels, strict=True):
        how = describe_rule(one.rule, terminal_language())
        click.echo(say("cadence.line", kind=one.kind, level=level, how=how))
    if not found:
        _defaults()
    return 0


def _defaults() -> None:
    click.echo(say("cadence.all-default"))
    for kind, rhythm in DEFAULTS.items():
        how = describe(kind, rhythm, terminal_language())
        click.echo(say("cadence.line", kind=kind, level="organisation", how=how))


def _level(unit: Unit, one: Stored) -> str:
    """As it is written on the command line."""
    which = written_as(unit, one.level, one.scope)
    return f"{one.level}:{which}" if which else one.level
