"""One's own rhythm, or everybody's for whoever sets it: what it would be, and saving it."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from pydantic import JsonValue

from bot.effects.doing import Doing
from bot.planning import replan_cadence
from bot.rhythm import Change, as_series
from bot.rhythm_change import occasions, set_rule, sets_for_all
from bot.rhythm_words import OFF, clock
from flows.dates import describe_date
from flows.rhythm import KINDS, Kind, Level, Rule, settle
from flows.turn import Effect
from storage import cadences, pairs, reminders, rules
from storage.cadences import Cadence

FORESEEN = 10
DAYS = {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5}


def foresee(doing: Doing, effect: Effect) -> None:
    """The next times as they would be with what has been answered so far, for oneself."""
    change = _change(doing)
    if effect.undone or change is None:
        return
    profile, language = doing.profile, doing.profile.language
    mine = change._replace(level="person", scope=profile.id)
    zone, today = ZoneInfo(profile.zone), doing.today
    found = (
        at.astimezone(zone)
        for at in occasions(doing.unit, doing.parts, profile, change.kind, FORESEEN, mine)
    )
    lines: list[JsonValue] = [
        {"text": f"{describe_date(at.date(), language, today=today)}, {clock(at.time(), language)}"}
        for at in found
    ]
    doing.facts["next_times"] = lines or OFF[language]


def set_rhythm(doing: Doing, effect: Effect) -> None:
    """The two of a pair have their dialogue when they agreed to; whoever sets their own changes
    what was agreed."""
    change = _change(doing)
    if effect.undone or effect.value != "save" or change is None:
        return
    agreed = _agreed(doing) if change.level == "person" and change.kind == "dialogue" else None
    if agreed is None:
        set_rule(doing.unit, doing.parts, change, doing.profile.id)
    else:
        _agree_anew(doing, change, agreed)


def _change(doing: Doing) -> Change | None:
    """What was answered: one's own, unless somebody who may has chosen everybody."""
    kind = next((one for one in KINDS if one == doing.words("which")), None)
    if kind is None or not doing.words("often"):
        return None
    if doing.words("for-whom") == "all" and sets_for_all(doing.profile):
        return Change("organisation", "", kind, _rule(doing, kind, "organisation", ""))
    return Change("person", doing.profile.id, kind, _rule(doing, kind, "person", doing.profile.id))


def _rule(doing: Doing, kind: Kind, level: Level, scope: str) -> Rule:
    """What is not answered stays as that level had it."""
    had = rules.rule_at(doing.unit, level, scope, kind) or Rule()
    often, at = doing.words("often"), doing.words("at")
    if often == "never":
        return had.model_copy(update={"off": True})
    said = {
        "off": None,
        "every_weeks": int(often.removeprefix("weeks-")),
        "weekday": DAYS.get(doing.words("weekday")) or had.weekday,
        "at": time.fromisoformat(at) if at else had.at,
    }
    return had.model_copy(update=said)


def _agreed(doing: Doing) -> Cadence | None:
    pair = pairs.pair_of(doing.unit, doing.profile.id)
    found = cadences.cadence_of_pair(doing.unit, pair.id) if pair else None
    return found if found and not found.by_rule else None


def _agree_anew(doing: Doing, change: Change, agreed: Cadence) -> None:
    reminders.set_state(doing.unit, agreed.id, None, "dropped")
    cadences.end_cadence(doing.unit, pair=agreed.pair)
    if change.rule.off:
        return
    as_it_was = Rule(weekday=agreed.rule.anchor.isoweekday(), at=agreed.rule.at)
    said = change.rule.model_dump(exclude_none=True, exclude_defaults=True)
    rhythm = settle("dialogue", {"group": [as_it_was.model_copy(update=said)]})
    series = as_series(rhythm, doing.profile, doing.now)
    begun = cadences.begin_cadence(
        doing.unit, doing.parts.ids, doing.profile.id, series, pair=agreed.pair
    )
    replan_cadence(doing.unit, doing.parts, begun)
