"""How often something comes, and when: set for all, for a programme, for a group, and by oneself.

Of organisation, programme and group the nearest one that says something counts; where somebody is
in several, the gentlest. A person may choose their own day and time, and make it rarer or stop it,
but nobody can make it come more often to somebody than they chose themselves. Outside of a
person's hours nothing comes whatever the rules say: that is the gate's affair, not theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from flows.calendar import IsoWeekday, Span, WallClock

Kind = Literal["dialogue", "digest", "insight", "nudge"]
Level = Literal["organisation", "programme", "group", "person"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LEVELS: tuple[Level, ...] = get_args(Level)
SHARED: tuple[Level, ...] = ("organisation", "programme", "group")
MOST_WEEKS = 26


class Rule(BaseModel):
    """What one level says; what is None it leaves to the levels before it.

    `offset`: working days by which nudges come later (or earlier, below 0) than their programme
    has them. `quiet`: ISO weeks, as "2027-W07", in which nothing of the kind comes. `off`: nothing
    comes at all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    every_weeks: int | None = Field(default=None, ge=1, le=MOST_WEEKS)
    weekday: IsoWeekday | None = None
    at: WallClock | None = None
    offset: int | None = Field(default=None, ge=-10, le=10)
    quiet: tuple[str, ...] = ()
    off: bool | None = None

    @field_validator("quiet")
    @classmethod
    def _are_weeks(cls, weeks: tuple[str, ...]) -> tuple[str, ...]:
        for week in weeks:
            week_span(week)
        return tuple(sorted(set(weeks)))


class Rhythm(BaseModel):
    """What holds for one person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    every_weeks: int
    weekday: int
    at: time
    offset: int = 0
    quiet: tuple[str, ...] = ()
    off: bool = False


DEFAULTS: dict[Kind, Rhythm] = {
    "dialogue": Rhythm(every_weeks=2, weekday=3, at=time(10)),
    "digest": Rhythm(every_weeks=2, weekday=1, at=time(9, 5)),
    "insight": Rhythm(every_weeks=1, weekday=4, at=time(9, 5)),
    "nudge": Rhythm(every_weeks=1, weekday=1, at=time(9, 5)),
}


def settle(kind: Kind, rules: Mapping[Level, Sequence[Rule]]) -> Rhythm:
    """The rhythm that these rules give together. At a level there may be several: somebody is in
    more than one group."""
    rhythm = DEFAULTS[kind]
    for level in SHARED:
        rhythm = _with_all(rhythm, rules.get(level, ()))
    for own in rules.get("person", ()):
        rhythm = _with_own(rhythm, own)
    return rhythm


def week_span(week: str) -> Span:
    """The seven days of "2027-W07". Raises ValueError that says how to write one."""
    year, _, number = week.partition("-W")
    try:
        monday = date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        raise ValueError(f"{week!r} is no week; write one such as 2027-W07") from None
    return Span(first=monday, last=monday + timedelta(days=6))


def first_day(rhythm: Rhythm, earliest: date) -> date:
    """The first day of that weekday at `earliest` or after it."""
    return earliest + timedelta(days=(rhythm.weekday - earliest.isoweekday()) % 7)


def _with_all(rhythm: Rhythm, rules: Sequence[Rule]) -> Rhythm:
    if not rules:
        return rhythm
    weeks = [rule.every_weeks for rule in rules if rule.every_weeks]
    said = [rule.off for rule in rules if rule.off is not None]
    return _changed(
        rhythm,
        every_weeks=max(weeks) if weeks else None,
        weekday=_first(rule.weekday for rule in rules),
        at=max((rule.at for rule in rules if rule.at), default=None),
        offset=_first(rule.offset for rule in rules),
        off=any(said) if said else None,
        quiet=tuple(sorted({*rhythm.quiet, *(week for rule in rules for week in rule.quiet)})),
    )


def _with_own(rhythm: Rhythm, own: Rule) -> Rhythm:
    """Their own day and hour; rarer, never more often; stopped, never started again."""
    return _changed(
        rhythm,
        every_weeks=max(rhythm.every_weeks, own.every_weeks or 0),
        weekday=own.weekday,
        at=own.at,
        quiet=tuple(sorted({*rhythm.quiet, *own.quiet})),
        off=rhythm.off or bool(own.off),
    )


def _first(values: Iterable[int | None]) -> int | None:
    return next((one for one in values if one is not None), None)


def _changed(rhythm: Rhythm, **columns: object) -> Rhythm:
    return rhythm.model_copy(update={name: one for name, one in columns.items() if one is not None})
