"""What the leader's own dialogues of a course know at their start: their plans, their actions, what
they rated before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from pydantic import JsonValue

from bot.asking import Asking, local_day
from bot.course import facts as course
from bot.course.progress import DIALOGUE
from flows.calendar import PersonCalendar, local_date, next_working_day
from flows.model import Language
from storage import actions, cadences, notes, pairs, preferences, pulses, ratings, reminders
from storage.actions import Action
from storage.ratings import Rated, Rating

PLAN = "development-plan"
PARTS_OF_PLAN = {
    "affects": ("affects", "new-affects"),
    "effect": ("effect", "new-effect"),
    "theme": ("theme", "new-theme"),
}
"""Part of the development plan -> the steps that it is written at; the latest note counts."""
OPEN_AT_MOST = 3
FRESH = timedelta(days=4)
"""An action that was planned or looked at so lately is not asked about again by itself."""
LONG_AFTER = timedelta(days=90)
A_WHILE = timedelta(days=14)
"""After that long one knows the dialogue, also where nobody has told whether they talked."""
TIMES = 3
"""That they have talked before they are asked what it was worth."""
FIRST, THIRD = "first-time", "third-time"
"""The steps that ask."""
ITEMS = ("usability", "relevance", "focus")
WORDS: Mapping[str, Mapping[Language, str]] = {
    DIALOGUE: {
        "da": "dialogen med din nærmeste leder",
        "en": "the dialogue with your nearest leader",
    },
    "before": {"da": "Før", "en": "Before"},
    "after": {"da": "Lige efter", "en": "Just after"},
    "later": {"da": "Senere", "en": "Later"},
}


# --- the development plan


def plan_of(asking: Asking) -> dict[str, str]:
    """Part -> what was written last; only what was written."""
    latest: dict[str, str] = {}
    for note in notes.notes_of(asking.unit, asking.profile, PLAN):
        for part, steps in PARTS_OF_PLAN.items():
            if note.step in steps:
                latest[part] = note.text
    return {part: latest[part] for part in PARTS_OF_PLAN if part in latest}


def _development_plan(asking: Asking) -> JsonValue:
    label = {part: _label(asking, PLAN, part) for part in PARTS_OF_PLAN}
    return [{"text": f"{label[part]}: {text}"} for part, text in plan_of(asking).items()]


def _label(asking: Asking, dialogue: str, step: str) -> str:
    return asking.parts.catalogue[dialogue].says(asking.profile.language, step).label or step


# --- the action plan


def open_actions(asking: Asking) -> list[Action]:
    return actions.actions_of(asking.unit, asking.profile, actions.OPEN)


def _to_study(asking: Asking) -> list[Action]:
    """By themselves one sees all; a nudge does not ask twice about the same."""
    found = open_actions(asking)
    if asking.about.nudge is None:
        return found
    return [one for one in found if asking.now - one.changed_at > FRESH]


def _told(found: list[Action]) -> JsonValue:
    """`aim`: on a line of its own, where there is one."""
    return [
        {"id": one.id, "text": one.plan.plan, "aim": f"\n{one.plan.aim}" if one.plan.aim else ""}
        for one in found
    ]


def _room(asking: Asking) -> int:
    return max(0, OPEN_AT_MOST - len(open_actions(asking)))


def _brings_plan(asking: Asking) -> bool:
    return course.FACTS["occasion"](asking) == "before" and bool(open_actions(asking))


# --- articles


def articles_again_on(asking: Asking, calendar: PersonCalendar) -> date | None:
    """The next working day but one, if the articles of this nudge may come once more: not a third
    time, and not when the module has begun."""
    kept = reminders.get_reminder(asking.unit, asking.about.reminder or "")
    found = course.taken(asking)
    if kept is None or kept[0].ordinal > 1 or found is None or found.module is None:
        return None
    day = next_working_day(calendar, local_date(calendar, asking.now))
    day = next_working_day(calendar, day) if day else None
    module = found.cohort.days.get(found.module.id)
    return day if day and module and day < module else None


def _articles_later(asking: Asking) -> JsonValue:
    calendar = asking.parts.calendar(asking.unit, asking.profile, asking.now)
    return articles_again_on(asking, calendar) is not None


# --- insights


def _insights_wanted(asking: Asking) -> JsonValue:
    chosen = preferences.get(asking.unit, asking.profile.id, preferences.INSIGHTS)
    return chosen != preferences.OFF


# --- evaluation


def rated(asking: Asking) -> Rated | None:
    """What the nudge asks to be rated; without one, the dialogue with one's nearest leader."""
    found = course.evaluated(asking)
    if found is not None:
        return Rated(*found)
    if pairs.pair_of(asking.unit, asking.profile.id) is None:
        return None
    return Rated(DIALOGUE, _phase_of_dialogue(asking))


def _phase_of_dialogue(asking: Asking) -> str:
    """Before one has used it; after; and later, when three months have passed since."""
    known = ratings.ratings_of(asking.unit, asking.profile, DIALOGUE)
    after = [one.on for one in known if one.phase == "after"]
    today = date.fromisoformat(local_day(asking.profile, asking.now))
    if after and today - min(after) >= LONG_AFTER:
        return "later"
    since = [one.on for one in known]
    since += [one.on for one in pulses.pulses_of(asking.unit, asking.profile)]
    used = _talks(asking) > 0 or any(today - on >= A_WHILE for on in since)
    return "after" if used else "before"


def _talks(asking: Asking) -> int:
    pair = pairs.pair_of(asking.unit, asking.profile.id)
    return cadences.times_held(asking.unit, pair.id) if pair else 0


def _rates_first(asking: Asking) -> bool:
    """Whether to ask what they expect, at the end of the first preparation."""
    return _phase_of_dialogue(asking) == "before" and _is_new(asking, FIRST, "before")


def _rates_third(asking: Asking) -> bool:
    """Whether to ask what it was worth, should they have talked now."""
    return _talks(asking) >= TIMES - 1 and _is_new(asking, THIRD, "after")


def _is_new(asking: Asking, step: str, phase: str) -> bool:
    """Neither asked before nor told unasked."""
    unit, profile = asking.unit, asking.profile
    if pairs.pair_of(unit, profile.id) is None:
        return False
    asked = preferences.get(unit, profile.id, f"{preferences.EVALUATION}{step}")
    known = ratings.ratings_of(unit, profile, DIALOGUE)
    return asked is None and not any(one.phase == phase for one in known)


def _rating_of(asking: Asking) -> JsonValue:
    found = rated(asking)
    if found is None:
        return ""
    if found.subject == DIALOGUE:
        return WORDS[DIALOGUE][asking.profile.language]
    return course.FACTS["evaluation_of"](asking)


def _rating_phase(asking: Asking) -> JsonValue:
    found = rated(asking)
    return found.phase if found else ""


def _earlier(asking: Asking) -> JsonValue:
    """A line for each phase before this one, the oldest first."""
    now = rated(asking)
    known = ratings.ratings_of(asking.unit, asking.profile, now.subject) if now else []
    phases = ("before", "after", "later")
    before = phases[: phases.index(now.phase)] if now else ()
    lines = (_line(asking, phase, [one for one in known if one.phase == phase]) for phase in before)
    return [{"text": line} for line in lines if line]


def _line(asking: Asking, phase: str, known: list[Rating]) -> str:
    values = {one.item: one.value for one in known}
    told = [
        f"{_label(asking, 'evaluation', item).lower()} {values[item]}"
        for item in ITEMS
        if item in values
    ]
    return f"{WORDS[phase][asking.profile.language]}: {', '.join(told)}" if told else ""


FACTS: dict[str, Callable[[Asking], JsonValue]] = {
    "development_plan": _development_plan,
    "has_development_plan": lambda asking: bool(plan_of(asking)),
    "development_plan_whole": lambda asking: len(plan_of(asking)) == len(PARTS_OF_PLAN),
    "affects_known": lambda asking: "affects" in plan_of(asking),
    "effect_known": lambda asking: "effect" in plan_of(asking),
    "theme_known": lambda asking: "theme" in plan_of(asking),
    "actions": lambda asking: _told(open_actions(asking)),
    "has_actions": lambda asking: bool(open_actions(asking)),
    "actions_to_study": lambda asking: _told(_to_study(asking)),
    "has_actions_to_study": lambda asking: bool(_to_study(asking)),
    "action_room": _room,
    "room_for_actions": lambda asking: _room(asking) > 0,
    "bring_plan": _brings_plan,
    "articles_later": _articles_later,
    "has_insight": lambda asking: bool(course.FACTS["insight_text"](asking)),
    "insights_wanted": _insights_wanted,
    "rates_first": _rates_first,
    "rates_third": _rates_third,
    "rating_of": _rating_of,
    "rating_phase": _rating_phase,
    "earlier_ratings": _earlier,
    "has_earlier_ratings": lambda asking: bool(_earlier(asking)),
}
