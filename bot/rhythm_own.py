"""What somebody sets for themself. The two of a pair have their dialogue when they agreed to, and
whoever sets their own changes what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.parts import Parts
from bot.planning import replan_cadence
from bot.rhythm import Change, as_series, quietly, rhythm_of
from bot.rhythm_change import agreed_by, occasions, set_rule
from flows import cadence as series
from flows.rhythm import SHARED, Level, Rhythm, Rule, settle
from storage import cadences, reminders, rules
from storage.cadences import Cadence
from storage.database import Unit
from storage.people import Profile


class Held(NamedTuple):
    """What was chosen is made rarer, or is stopped, by what is set for more people. `level`: which
    of them says so; None: nobody does, it never comes more often."""

    level: Level | None
    stopped: bool


def is_own(change: Change, profile: Profile) -> bool:
    return (change.level, change.scope) == ("person", profile.id)


def agreed_as_rule(unit: Unit, person: str, had: Rule) -> Rule:
    """`had`, with what the pair has agreed on in its place."""
    agreed = agreed_by(unit, person)
    if agreed is None:
        return had
    rule = agreed.rule
    said = {"every_weeks": rule.every_weeks, "weekday": rule.anchor.isoweekday(), "at": rule.at}
    return had.model_copy(update={**said, "off": None})


def set_own(unit: Unit, parts: Parts, profile: Profile, change: Change) -> None:
    agreed = _agreed(unit, profile, change)
    set_rule(unit, parts, change, profile.id)
    if agreed is None:
        return
    reminders.set_state(unit, agreed.id, None, "dropped")
    cadences.end_cadence(unit, pair=agreed.pair)
    if not change.rule.off:
        rule = as_series(_anew(change), profile, parts.clock())
        begun = cadences.begin_cadence(unit, parts.ids, profile.id, rule, pair=agreed.pair)
        replan_cadence(unit, parts, begun)


def own_rhythm(unit: Unit, profile: Profile, change: Change) -> Rhythm:
    """As it would be once that is saved."""
    settled = rhythm_of(unit, profile.id, change.kind, change)
    if _agreed(unit, profile, change) is None:
        return settled
    return _anew(change).model_copy(update={"quiet": settled.quiet})


def own_occasions(
    unit: Unit, parts: Parts, profile: Profile, change: Change, count: int
) -> Sequence[datetime]:
    """The next times, in UTC, once that is saved."""
    if _agreed(unit, profile, change) is None:
        return occasions(unit, parts, profile, change.kind, count, change)
    now, rhythm = parts.clock(), own_rhythm(unit, profile, change)
    if rhythm.off:
        return []
    calendar = quietly(parts.calendar(unit, profile, now), rhythm)
    found = series.upcoming(as_series(rhythm, profile, now), calendar, now, count)
    return [slot.at for slot in found]


def held_back(unit: Unit, profile: Profile, change: Change) -> Held | None:
    """None when it comes as it was chosen."""
    rhythm, chosen = own_rhythm(unit, profile, change), change.rule
    if chosen.off:
        return None
    if rhythm.off:
        return Held(_who_says(unit, profile, change, "off"), stopped=True)
    if rhythm.every_weeks > (chosen.every_weeks or rhythm.every_weeks):
        return Held(_who_says(unit, profile, change, "every_weeks"), stopped=False)
    return None


def _who_says(unit: Unit, profile: Profile, change: Change, what: str) -> Level | None:
    """The nearest level that says something of it."""
    found = [one for one in rules.rules_of(unit, profile.id) if one.kind == change.kind]
    saying = {one.level for one in found if getattr(one.rule, what) is not None}
    return next((level for level in reversed(SHARED) if level in saying), None)


def _agreed(unit: Unit, profile: Profile, change: Change) -> Cadence | None:
    return agreed_by(unit, profile.id) if change.kind == "dialogue" else None


def _anew(change: Change) -> Rhythm:
    """What the pair has agreed on from now on: the change alone, whatever others have set."""
    return settle(change.kind, {"group": [change.rule]})
