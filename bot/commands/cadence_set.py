"""`tillidsrum cadence set`: a rhythm for everybody, a programme, a group or a person."""

from __future__ import annotations

from datetime import time
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
from bot.people_file import days_in
from bot.rhythm import Change, rhythm_of
from bot.rhythm_change import comes_to, concerned, occasions, set_rule
from bot.rhythm_words import describe
from bot.settings import read_settings
from flows.rhythm import Kind, Rule, week_span
from storage import people, rules
from storage.database import Database, Unit
from storage.people import Profile

SHOWN = 10


def run(
    kind: Kind, level: str, show_for: str | None, clear: bool, yes: bool, as_json: bool,
    **given: Any,
) -> int:  # fmt: skip
    settings = read_settings()
    said = _said(given)
    if not said and not clear:
        raise Refused(say("cadence.nothing"))
    with open_store(settings) as database:
        with database.read() as unit:
            parts = parts_in(unit, settings)
            change = _change(unit, kind, level, said, clear)
            if not as_json:
                _show(unit, parts, change, _example(unit, change, show_for))
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


def _said(given: dict[str, Any]) -> dict[str, Any]:
    """What was given, by the name that a rule has for it. Raises Refused for what cannot be."""
    found = {name: one for name, one in given.items() if one not in (None, ())}
    if "day" in found:
        found["weekday"] = _weekday(found.pop("day"))
    if "at" in found:
        found["at"] = _at(found["at"])
    for week in found.get("quiet", ()):
        _check_week(week)
    return found


def _weekday(written: str) -> int:
    days = days_in(written)
    if days is None or len(days) != 1:
        raise Refused(say("cadence.bad-day", day=written))
    return int(days)


def _at(written: str) -> time:
    try:
        return time.fromisoformat(written.replace(".", ":").zfill(5))
    except ValueError:
        raise Refused(say("cadence.bad-time", time=written)) from None


def _check_week(written: str) -> None:
    try:
        week_span(written)
    except ValueError:
        raise Refused(say("cadence.bad-week", week=written)) from None


def _change(unit: Unit, kind: Kind, level: str, said: dict[str, Any], clear: bool) -> Change:
    """What is not said stays as that level has it."""
    where = read_level(unit, level)
    had = None if clear else rules.rule_at(unit, where.level, where.scope, kind)
    rule = Rule.model_validate({**(had.model_dump() if had else {}), **said})
    return Change(where.level, where.scope, kind, rule)


def _example(unit: Unit, change: Change, show_for: str | None) -> Profile | None:
    """A real person to show it for."""
    if show_for:
        return find_person(unit, show_for)
    found = [people.get_person(unit, one) for one in concerned(unit, change)]
    return next((one for one in found if comes_to(unit, one, change.kind)), None)


def _show(unit: Unit, parts: Parts, change: Change, profile: Profile | None) -> None:
    if profile is None:
        click.echo(say("cadence.nobody"))
        return
    rhythm = rhythm_of(unit, profile.id, change.kind, change)
    how = describe(change.kind, rhythm, terminal_language())
    click.echo(say("cadence.would", name=profile.name, kind=change.kind, how=how))
    show(profile, occasions(unit, parts, profile, change.kind, SHOWN, change))
