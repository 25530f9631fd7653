"""For whom a rule is, as it is written on the command line."""

from __future__ import annotations

from typing import NamedTuple

from bot.commands.refused import Refused
from bot.commands.store import find_person
from bot.commands.texts import say
from flows.rhythm import Level
from storage import groups
from storage.database import Unit
from storage.groups import KINDS


class Written(NamedTuple):
    level: Level
    scope: str


def read_level(unit: Unit, written: str) -> Written:
    """Raises Refused, which says how to write one."""
    level, _, rest = written.partition(":")
    match level.strip().lower():
        case "organisation" if not rest:
            return Written("organisation", "")
        case "programme" if rest.strip():
            return Written("programme", rest.strip())
        case "person" if rest.strip():
            return Written("person", find_person(unit, rest.strip()).id)
        case "group":
            return Written("group", _group(unit, rest, written))
    raise Refused(say("cadence.bad-level", level=written))


def _group(unit: Unit, rest: str, written: str) -> str:
    kind, _, name = rest.partition(":")
    known = next((one for one in KINDS if one == kind.strip().lower()), None)
    if known is None:
        raise Refused(say("cadence.bad-level", level=written))
    found = groups.group_named(unit, known, name.strip())
    if found is None:
        raise Refused(say("cadence.no-group", level=written))
    return found.id
