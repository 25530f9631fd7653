"""For whom a rule is, as it is written on the command line."""

from __future__ import annotations

from bot.commands.refused import Refused
from bot.commands.texts import say
from bot.rhythm_filled import Where
from bot.rhythm_levels import level_named, scope_of
from flows.rhythm import Level
from storage.database import Unit


def read_level(unit: Unit, written: str) -> Where:
    """Raises Refused, which says how to write one."""
    name, _, which = written.partition(":")
    level = level_named(name)
    if level is None or bool(which.strip()) != (level != "organisation"):
        raise Refused(say("cadence.bad-level", level=written))
    scope = scope_of(unit, level, which)
    if scope is None:
        raise Refused(say(NOT_FOUND[level], level=written))
    return Where(level, scope)


NOT_FOUND: dict[Level, str] = {
    "organisation": "cadence.bad-level",
    "programme": "cadence.bad-level",
    "group": "cadence.no-group",
    "person": "unknown-email",
}
