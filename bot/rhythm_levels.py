"""For whom a rule is, as it is written: on the command line and in the console."""

from __future__ import annotations

from flows.rhythm import LEVELS, Level
from storage import groups, people
from storage.database import Unit
from storage.groups import KINDS


def level_named(written: str) -> Level | None:
    return next((one for one in LEVELS if one == written.strip().lower()), None)


def scope_of(unit: Unit, level: Level, which: str) -> str | None:
    """The id of the programme, group ("trio:Nord") or person (an e-mail) that is meant; None when
    there is none such. The organisation's is empty."""
    which = which.strip()
    match level:
        case "organisation":
            return None if which else ""
        case "programme":
            return which or None
        case "person":
            found = people.find_by_email(unit, which) if which else None
            return found.id if found else None
        case "group":
            return _group(unit, which)


def _group(unit: Unit, which: str) -> str | None:
    kind, _, name = which.partition(":")
    known = next((one for one in KINDS if one == kind.strip().lower()), None)
    found = groups.group_named(unit, known, name.strip()) if known else None
    return found.id if found else None


def written_as(unit: Unit, level: Level, scope: str) -> str:
    """The other way round."""
    match level:
        case "group":
            group = groups.get_group(unit, scope)
            return f"{group.kind}:{group.name}" if group else scope
        case "person":
            profile = people.get_person(unit, scope)
            return people.email_of(unit, profile) or profile.name
    return scope
