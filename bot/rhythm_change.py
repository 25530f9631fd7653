"""What comes to somebody in their rhythm, and what follows when a rule is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.course.coming import OF_COURSES, coming
from bot.course.plans import plan_person
from bot.parts import Parts
from bot.planning import replan_cadence
from bot.rhythm import Change, as_series, quietly, rhythm_of, rhythms
from bot.rhythm_words import WHAT, describe
from bot.telling import tell
from flows import cadence as series
from flows.rhythm import Kind, Rhythm
from storage import audit, cadences, cohorts, pairs, people, reminders, rules
from storage.cadences import Cadence
from storage.database import Unit
from storage.people import Profile


def occasions(
    unit: Unit, parts: Parts, profile: Profile, kind: Kind, count: int,
    change: Change | None = None,
) -> list[datetime]:  # fmt: skip
    """The next times in this rhythm, in UTC; none when it is off, or not for this person. A pair's
    agreed dialogues come as they were agreed."""
    now = parts.clock()
    rhythm = rhythm_of(unit, profile.id, kind, change)
    agreed = kind == "dialogue" and agreed_by(unit, profile.id) is not None
    if (rhythm.off and not agreed) or not comes_to(unit, profile, kind):
        return []
    if kind in OF_COURSES:
        return coming(unit, parts, profile, kind, rhythm)[:count]
    calendar = quietly(parts.calendar(unit, profile, now), rhythm)
    there = _there(unit, profile, kind)
    if there is None or (there.by_rule and rhythm != rhythm_of(unit, profile.id, kind)):
        found = series.upcoming(as_series(rhythm, profile, now), calendar, now, count)
    else:
        overrides = cadences.overrides_of(unit, there, calendar)
        found = series.upcoming(there.rule, calendar, now, count, overrides)
    return [slot.at for slot in found]


def sets_for_all(profile: Profile) -> bool:
    return bool({"admin", "hr"} & set(profile.roles.split(",")))


def rhythm_now(unit: Unit, profile: Profile, kind: Kind) -> Rhythm:
    """As it is: a series that there is counts before the rules it might have been made by, and
    where there is none, nothing comes."""
    rhythm, there = rhythm_of(unit, profile.id, kind), _there(unit, profile, kind)
    if kind not in FOLLOW:
        return rhythm
    if there is None:
        return rhythm.model_copy(update={"off": True})
    said = {
        "every_weeks": there.rule.every_weeks,
        "weekday": there.rule.anchor.isoweekday(),
        "at": there.rule.at,
        "off": False,
    }
    return rhythm.model_copy(update=said)


def comes_to(unit: Unit, profile: Profile, kind: Kind) -> bool:
    """Whether somebody is one of those for whom there is such a thing."""
    match kind:
        case "dialogue":
            return pairs.pair_of(unit, profile.id) is not None
        case "digest":
            return _gets_digest(unit, profile)
    return bool(cohorts.cohorts_around(unit, profile.id))


def agreed_by(unit: Unit, person: str) -> Cadence | None:
    """The series of dialogues that somebody has agreed on with their nearest leader; None where
    there is none, or one by rule."""
    pair = pairs.pair_of(unit, person)
    there = cadences.cadence_of_pair(unit, pair.id) if pair else None
    return there if there and not there.by_rule else None


def _gets_digest(unit: Unit, profile: Profile) -> bool:
    return sets_for_all(profile) or bool(pairs.pairs_led_by(unit, profile.id))


def _there(unit: Unit, profile: Profile, kind: Kind) -> Cadence | None:
    """The series that there is already."""
    if kind == "digest":
        return cadences.own_cadence(unit, profile.id, kind)
    pair = pairs.pair_of(unit, profile.id) if kind == "dialogue" else None
    return cadences.cadence_of_pair(unit, pair.id) if pair else None


# --- a change, saved


def set_rule(unit: Unit, parts: Parts, change: Change, by: str | None) -> int:
    """Saves what a level says, plans anew for everybody whose rhythm is another now, and tells
    them in their hours; how many they are. `by`: who set it, for the log; None: a command."""
    whom = concerned(unit, change)
    if change.level == "person" and not whom:
        return 0  # gone since it was asked for
    before = rhythms(unit, whom, change.kind)
    now = parts.clock()
    rules.put_rule(unit, parts.ids, now, change.level, change.scope, change.kind, change.rule)
    about = change.scope if change.level == "person" else None
    what = f"rhythm of {change.kind} set for {change.level}"
    audit.note(unit, now, what, about, by=by)
    after = rhythms(unit, whom, change.kind)
    moved = 0
    for person in whom:
        profile = people.get_person(unit, person)
        if _is_another(unit, profile, change.kind, before[person], after[person]):
            moved += _follow(unit, parts, profile, change, by)
    return moved


def concerned(unit: Unit, change: Change) -> list[str]:
    """Everybody who is here and for whom that level counts."""
    here = [one.id for one in people.everybody(unit) if one.status == "active"]
    if change.level == "organisation":
        return here
    if change.level == "person":
        return [one for one in here if one == change.scope]
    places = rules.scopes_of(unit, here)
    return [one for one in here if (change.level, change.scope) in places[one]]


def _is_another(unit: Unit, profile: Profile, kind: Kind, before: Rhythm, after: Rhythm) -> bool:
    """Whether there is anything to follow: what two have agreed on knows of quiet weeks alone, and
    what there is none of yet begins."""
    if kind == "dialogue" and agreed_by(unit, profile.id):
        return before.quiet != after.quiet
    if before.off and after.off:
        return False
    begins = kind in FOLLOW and not after.off and _there(unit, profile, kind) is None
    return begins or before != after


def _follow(unit: Unit, parts: Parts, profile: Profile, change: Change, by: str | None) -> bool:
    """Whether they have any of it. Whoever set it knows it already."""
    follows = follow_rules(unit, parts, profile, change.kind)
    if follows and profile.id != by:
        language = profile.language
        how = describe(change.kind, rhythm_now(unit, profile, change.kind), language)
        tell(unit, parts, profile, "rhythm-changed", what=WHAT[change.kind][language], how=how)
    return follows


def follow_rules(unit: Unit, parts: Parts, profile: Profile, kind: Kind) -> bool:
    """Begins, plans anew or ends what comes to somebody by rule; whether they have any of it."""
    if kind in OF_COURSES:
        return plan_person(unit, parts, profile.id)
    return FOLLOW[kind](unit, parts, profile) if kind in FOLLOW else False


def _dialogue(unit: Unit, parts: Parts, profile: Profile) -> bool:
    """What the two agreed themselves stays, around their quiet weeks; only where somebody has said
    something for all does a pair get a series that it did not ask for."""
    pair, there = pairs.pair_of(unit, profile.id), _there(unit, profile, "dialogue")
    said = any(one.kind == "dialogue" for one in rules.rules_of(unit, profile.id))
    if pair is None or not (there or said):
        return False
    if there and not there.by_rule:
        replan_cadence(unit, parts, there)
        return True
    rhythm = rhythm_of(unit, profile.id, "dialogue")
    if there is not None:
        reminders.set_state(unit, there.id, None, "dropped")
        cadences.end_cadence(unit, pair=pair.id)
    if not rhythm.off:
        rule = as_series(rhythm, profile, parts.clock())
        begun = cadences.begin_cadence(
            unit, parts.ids, profile.id, rule, pair=pair.id, by_rule=True
        )
        replan_cadence(unit, parts, begun)
    return True


def _digest(unit: Unit, parts: Parts, profile: Profile) -> bool:
    there = cadences.own_cadence(unit, profile.id, "digest")
    if there is not None:
        reminders.set_state(unit, there.id, None, "dropped")
        cadences.end_own(unit, profile.id, "digest")
    leads = _gets_digest(unit, profile)
    said = any(one.kind == "digest" for one in rules.rules_of(unit, profile.id))
    rhythm = rhythm_of(unit, profile.id, "digest")
    if leads and said and not rhythm.off:
        rule = as_series(rhythm, profile, parts.clock())
        begun = cadences.begin_own(unit, parts.ids, profile.id, "digest", rule)
        replan_cadence(unit, parts, begun)
    return leads


FOLLOW: dict[Kind, Callable[[Unit, Parts, Profile], bool]] = {
    "dialogue": _dialogue,
    "digest": _digest,
}


def ensure_followed(unit: Unit, parts: Parts) -> None:
    """Begins what a rule gives to those who have come since it was set."""
    for kind in FOLLOW:
        if not rules.are_there(unit, kind):
            continue
        for profile in people.everybody(unit):
            lacks = profile.status == "active" and _there(unit, profile, kind) is None
            if lacks and comes_to(unit, profile, kind):
                follow_rules(unit, parts, profile, kind)
