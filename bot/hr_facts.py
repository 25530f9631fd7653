"""What HR is told: how the courses go, and group figures that give nobody away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue

from bot import figures
from bot.asking import Asking
from bot.course.progress import Overview, overview_of
from bot.course.progress_words import course_line, rated_lines
from bot.parts import today_of
from bot.rhythm_change import sets_for_all
from storage import cohorts


def _is_for(asking: Asking) -> bool:
    return sets_for_all(asking.profile)


def _overview(asking: Asking) -> Overview:
    today = today_of(asking.profile, asking.now)
    return overview_of(asking.unit, asking.profile.id, asking.profile.language, today)


def _courses(asking: Asking) -> JsonValue:
    if not _is_for(asking):
        return []
    language, today = asking.profile.language, today_of(asking.profile, asking.now)
    under_way = (one for one in _overview(asking).courses if not one.ended)
    return [{"text": course_line(one, language, today)} for one in under_way]


def _figures(asking: Asking) -> JsonValue:
    """What there is to tell of this quarter is worked out first."""
    if not _is_for(asking):
        return []
    today = today_of(asking.profile, asking.now)
    figures.work_out(asking.unit, asking.parts, asking.profile.id, today)
    return [{"text": line} for line in rated_lines(_overview(asking), asking.profile.language)]


def sees_courses(asking: Asking) -> bool:
    """Whether there are courses, and they are this person's to run."""
    return _is_for(asking) and bool(cohorts.cohorts(asking.unit, "running", "paused"))


FACTS: Mapping[str, Any] = {
    "hr_courses": _courses,
    "hr_figures": _figures,
    "sees_courses": sees_courses,
    "sees_figures": lambda asking: bool(_figures(asking)),
}
