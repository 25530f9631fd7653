"""A rhythm as it was filled in, in a form, a window, a dialogue or a command: read in one way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Literal, NamedTuple

from bot.people_file import days_in
from bot.rhythm import Change
from bot.rhythm_own import agreed_as_rule
from flows.forms import NO_WEEKS, read_shift, read_time, read_weeks
from flows.rhythm import KINDS, LEVELS, MOST_WEEKS, Kind, Level, Rule
from storage import rules
from storage.database import Unit

Fault = Literal[
    "kind", "weeks", "weekday", "planned", "time", "offset", "offset-where", "quiet", "nothing",
    "gone", "not-yours",
]  # fmt: skip
ON, OFF = "no", "yes"


class Where(NamedTuple):
    """For whom: at which level, and whose id it is there ("" for everybody)."""

    level: Level
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.level}:{self.scope}"


class Filled(NamedTuple):
    """What stands in each field. What is empty is not said, and stays as that level has it.
    `whom`: a `Where`. `off`: OFF, or ON, which takes it back."""

    kind: str
    whom: str
    weeks: str = ""
    weekday: str = ""
    at: str = ""
    offset: str = ""
    quiet: str = ""
    off: str = ""


class Read(NamedTuple):
    """`change` is None where something is at fault. `faults`: by field."""

    change: Change | None
    faults: Mapping[str, Fault]


def where_in(written: str) -> Where | None:
    level, _, scope = written.partition(":")
    known = next((one for one in LEVELS if one == level), None)
    return Where(known, scope) if known and bool(scope) == (known != "organisation") else None


def read(unit: Unit, filled: Filled, by: str | None, today: date, *, over: bool = True) -> Read:
    """`by`: who fills it in; None: a command. `over`: what that level says already counts where
    nothing else is said."""
    faults: dict[str, Fault] = {}
    where = where_in(filled.whom)
    kind = next((one for one in KINDS if one == filled.kind), None)
    if kind is None:
        faults["kind"] = "kind"
    if where is None:
        faults["whom"] = "gone"
    said = _said(filled, where, today, faults)
    if faults or kind is None or where is None:
        return Read(None, faults)
    had = _had(unit, kind, where, by) if over else Rule()
    rule = _over(had, said, keeps_quiet=not filled.quiet.strip())
    if where.level == "person" and where.scope != by and over:
        rule = _gentler(had, rule)
    return Read(Change(where.level, where.scope, kind, rule), {})


def _had(unit: Unit, kind: Kind, where: Where, by: str | None) -> Rule:
    """What the two of a pair have agreed on is what somebody begins with for themself."""
    had = rules.rule_at(unit, where.level, where.scope, kind) or Rule()
    own = where.level == "person" and where.scope == by
    return agreed_as_rule(unit, where.scope, had) if own and kind == "dialogue" else had


def _over(had: Rule, said: Rule, *, keeps_quiet: bool) -> Rule:
    """What is not said stays, save for "not at all", which any other word takes back."""
    kept = {**had.model_dump(), "off": None}
    if not keeps_quiet:
        kept["quiet"] = ()
    return Rule.model_validate(
        {**kept, **said.model_dump(exclude_none=True, exclude_defaults=True)}
    )


def _gentler(had: Rule, wanted: Rule) -> Rule:
    """Of what somebody has for themself nobody else makes it come more often."""
    weeks = max(had.every_weeks or 0, wanted.every_weeks or 0) or None
    quiet = (*had.quiet, *wanted.quiet)
    off = had.off or wanted.off
    changed = {"every_weeks": weeks, "quiet": quiet, "off": off}
    return Rule.model_validate({**wanted.model_dump(), **changed})


# --- the fields


def _said(filled: Filled, where: Where | None, today: date, faults: dict[str, Fault]) -> Rule:
    rule = Rule(
        every_weeks=_weeks(filled.weeks, faults), weekday=_weekday(filled.weekday, faults),
        at=_time(filled.at, today, faults), offset=_offset(filled, where, today, faults),
        quiet=_quiet(filled.quiet, today, faults), off={OFF: True, ON: False}.get(filled.off),
    )  # fmt: skip
    if rule == Rule() and not filled.quiet.strip() and not faults:
        faults["weeks"] = "nothing"
    if filled.kind == "nudge" and (rule.every_weeks or rule.weekday):
        faults["weeks"] = "planned"  # their days are those of their programme
    return rule


def _weeks(text: str, faults: dict[str, Fault]) -> int | None:
    written = text.strip()
    if not written:
        return None
    is_short = written.isascii() and written.isdigit() and len(written) <= 2
    if is_short and 1 <= int(written) <= MOST_WEEKS:
        return int(written)
    faults["weeks"] = "weeks"
    return None


def _weekday(text: str, faults: dict[str, Fault]) -> int | None:
    if not text.strip():
        return None
    days = days_in(text)
    if days is not None and len(days) == 1:
        return int(days)
    faults["weekday"] = "weekday"
    return None


def _time(text: str, today: date, faults: dict[str, Fault]) -> time | None:
    if not text.strip():
        return None
    found = read_time(text, today)
    if found is None:
        faults["at"] = "time"
    return time.fromisoformat(found) if found else None


def _offset(
    filled: Filled, where: Where | None, today: date, faults: dict[str, Fault]
) -> int | None:
    """Only a course's own days can be moved, and not for one person alone."""
    if not filled.offset.strip():
        return None
    found = read_shift(filled.offset, today)
    if found is None:
        faults["offset"] = "offset"
    elif filled.kind != "nudge" or (where is not None and where.level == "person"):
        faults["offset"] = "offset-where"
    return int(found) if found else None


def _quiet(text: str, today: date, faults: dict[str, Fault]) -> tuple[str, ...]:
    if not text.strip():
        return ()
    found = read_weeks(text, today)
    if found is None:
        faults["quiet"] = "quiet"
    return tuple(found.split()) if found and found != NO_WEEKS else ()
