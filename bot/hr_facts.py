"""What HR is told: how the courses go, and group figures that give nobody away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import JsonValue

from bot.asking import Asking
from bot.figures import Group, figures_for
from bot.parts import today_of
from bot.rhythm_change import sets_for_all
from flows.dates import describe_date
from flows.figures import Band
from flows.model import Language
from storage import cohorts, evaluations, meetings
from storage.cohorts import Cohort

MET = ("all-met", "some-met")
ITEMS = ("usability", "relevance", "focus")
PHASES = ("before", "after", "later")
WORDS: dict[str, dict[Language, str]] = {
    "course": {
        "da": "{name}: {held} af {all} dage er holdt{next}. TRIO-møder: {met} holdt, {set} sat.",
        "en": "{name}: {held} of {all} days held{next}. TRIO meetings: {met} held, {set} set.",
    },
    "next": {"da": ", den næste er {day}", "en": ", the next one is {day}"},
    "figure": {
        "da": "{name}, {phase}: {items}.",
        "en": "{name}, {phase}: {items}.",
    },
    "no-figure": {
        "da": "{name}: der kommer ikke et tal, for der er for få svar til, at ingen kan genkendes.",
        "en": "{name}: there will be no figure, for the answers are too few to give nobody away.",
    },
    "usability": {"da": "brugbarhed {band}", "en": "usability {band}"},
    "relevance": {"da": "relevans {band}", "en": "relevance {band}"},
    "focus": {"da": "fokus på ledelsesopgaven {band}", "en": "focus on the task {band}"},
    "low": {"da": "lav", "en": "low"},
    "middle": {"da": "middel", "en": "middle"},
    "high": {"da": "høj", "en": "high"},
    "before": {"da": "før", "en": "before"},
    "after": {"da": "efter", "en": "after"},
    "later": {"da": "senere", "en": "later"},
}


def _is_for(asking: Asking) -> bool:
    return sets_for_all(asking.profile)


def _courses(asking: Asking) -> JsonValue:
    if not _is_for(asking):
        return []
    return [{"text": line} for line in _course_lines(asking)]


def _course_lines(asking: Asking) -> Iterator[str]:
    language, today = asking.profile.language, today_of(asking.profile, asking.now)
    for cohort in cohorts.cohorts(asking.unit, "running", "paused"):
        found = meetings.meetings_in(asking.unit, cohort.id)
        coming = sorted(day for day in cohort.days.values() if day >= today)
        words = WORDS["next"][language]
        next_day = describe_date(coming[0], language, today=today) if coming else ""
        yield WORDS["course"][language].format(
            name=cohort.name,
            held=sum(day < today for day in cohort.days.values()),
            all=len(cohort.days),
            next=words.format(day=next_day) if next_day else "",
            met=sum(one.state in MET for one in found),
            set=sum(one.state == "set" for one in found),
        )


def _figures(asking: Asking) -> JsonValue:
    if not _is_for(asking):
        return []
    return [
        {"text": line}
        for cohort in cohorts.cohorts(asking.unit, "running", "paused", "ended")
        for line in _figure_lines(asking, cohort)
    ]


def _figure_lines(asking: Asking, cohort: Cohort) -> Iterator[str]:
    language, quarter = asking.profile.language, _quarter(today_of(asking.profile, asking.now))
    given = False
    answered = False
    for phase in PHASES:
        bands = {item: _band(asking, cohort, phase, item, quarter) for item in ITEMS}
        answered = answered or any(known for known, _ in bands.values())
        told = {item: band for item, (_, band) in bands.items() if band}
        if told:
            given = True
            items = ", ".join(
                WORDS[item][language].format(band=WORDS[band][language])
                for item, band in told.items()
            )
            names = {"name": cohort.name, "phase": WORDS[phase][language]}
            yield WORDS["figure"][language].format(items=items, **names)
    if answered and not given:
        yield WORDS["no-figure"][language].format(name=cohort.name)


def _band(
    asking: Asking, cohort: Cohort, phase: str, item: str, quarter: date
) -> tuple[bool, Band | None]:
    """Whether anybody has answered, and the band. Answers count from the quarter after."""
    unit, viewer = asking.unit, asking.profile.id
    answers = evaluations.answers_to(unit, cohort.id, phase, item, quarter)
    if not answers:
        return False, None
    everybody = Group("all", frozenset(answers))
    figure, period = f"{cohort.id}:{phase}:{item}", quarter.isoformat()
    found = figures_for(unit, asking.parts, viewer, figure, period, answers, [everybody])
    return True, found["all"]


def _quarter(today: date) -> date:
    """The first day of the quarter."""
    return date(today.year, today.month - (today.month - 1) % 3, 1)


FACTS: Mapping[str, Any] = {
    "hr_courses": _courses,
    "hr_figures": _figures,
    "sees_courses": lambda asking: _is_for(asking) and bool(_courses(asking)),
    "sees_figures": lambda asking: _is_for(asking) and bool(_figures(asking)),
}
