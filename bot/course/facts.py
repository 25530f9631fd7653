"""What a course's dialogues know at their start: which course, module, articles and insight.

A dialogue that a nudge opened is about that nudge; one that somebody begins by themselves is about
the course that they take now, and its next module. Without a course the facts are empty.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from pydantic import JsonValue

from bot.asking import Asking, local_day
from bot.course import programmes
from flows.programme import Article, Evaluation, Insight, Module, Nudge, Programme
from storage import cohorts
from storage.cohorts import Cohort

NOW_TAKING = ("running", "paused")


class Taken(NamedTuple):
    """The course that is asked about. `module`: None when it is about none, or all have been."""

    cohort: Cohort
    programme: Programme
    module: Module | None
    nudge: Nudge | None


def taken(asking: Asking) -> Taken | None:
    cohort = _cohort(asking)
    programme = programmes.find(asking.unit, cohort.programme) if cohort else None
    if cohort is None or programme is None:
        return None
    about = asking.about
    nudge = programme.nudge(about.nudge) if about.nudge else None
    if about.module is not None:
        return Taken(cohort, programme, programme.module(about.module), nudge)
    return Taken(cohort, programme, _next_module(asking, cohort, programme), nudge)


def _cohort(asking: Asking) -> Cohort | None:
    if asking.about.cohort:
        return cohorts.get_cohort(asking.unit, asking.about.cohort)
    theirs = cohorts.cohorts_of(asking.unit, asking.profile.id)
    return next((one for one in reversed(theirs) if one.state in NOW_TAKING), None)


def _next_module(asking: Asking, cohort: Cohort, programme: Programme) -> Module | None:
    """The next to come, today's included."""
    today = date.fromisoformat(local_day(asking.profile, asking.now))
    coming = (one for one in programme.modules if cohort.days.get(one.id, date.min) >= today)
    return next(coming, None)


def _following(asking: Asking) -> Module | None:
    """The module that one prepares for: the nudge's own before it, else the one after."""
    found = taken(asking)
    if found is None or found.module is None:
        return None
    if found.nudge is None or found.nudge.before:
        return found.module
    return found.programme.following(found.module.id)


def _course(asking: Asking) -> JsonValue:
    found = taken(asking)
    return found.programme.title.within(asking.profile.language) if found else ""


def _module(asking: Asking) -> Module | None:
    found = taken(asking)
    return found.module if found else None


def _title_of(asking: Asking, module: Module | None) -> JsonValue:
    return module.title.within(asking.profile.language) if module else ""


def _day_of(asking: Asking, module: Module | None) -> JsonValue:
    found = taken(asking)
    day = found.cohort.days.get(module.id) if found and module else None
    return day.isoformat() if day else None


def _module_about(asking: Asking) -> JsonValue:
    module = _module(asking)
    return module.about.within(asking.profile.language) if module else ""


def _articles(asking: Asking) -> JsonValue:
    module = _module(asking)
    return [_article(asking, one) for one in module.articles] if module else []


def _article(asking: Asking, article: Article) -> JsonValue:
    title = article.title.within(asking.profile.language)
    text = f"{title} ({article.minutes} min): {article.url}"
    return {"title": title, "url": article.url, "minutes": str(article.minutes), "text": text}


def _insight(asking: Asking) -> Insight | None:
    found = taken(asking)
    return found.programme.insight(found.nudge.insight) if found and found.nudge else None


def _insight_title(asking: Asking) -> JsonValue:
    found = _insight(asking)
    return found.title.within(asking.profile.language) if found else ""


def _insight_text(asking: Asking) -> JsonValue:
    found = _insight(asking)
    return found.text.within(asking.profile.language) if found else ""


def _insight_source(asking: Asking) -> JsonValue:
    found = _insight(asking)
    return found.source.within(asking.profile.language) if found else ""


def _occasion(asking: Asking) -> JsonValue:
    """Where in the course a nudge stands: "before" its module, on its "day", "after" it (or
    months after), "between" it and the next; "" when the person began by themselves."""
    found = taken(asking)
    nudge = found.nudge if found else None
    if nudge is None:
        return ""
    if nudge.before == 0 or nudge.after == 0:
        return "day"
    if nudge.before is not None:
        return "before"
    return "between" if nudge.between is not None else "after"


def evaluated(asking: Asking) -> tuple[str, str] | None:
    """What an evaluation is of, as the subject of a rating, and its phase."""
    found = taken(asking)
    evaluation = found.nudge.evaluation if found and found.nudge else None
    if found is None or found.nudge is None or evaluation is None:
        return None
    return rating_subject(found.cohort, found.nudge, evaluation), evaluation.phase


def rating_subject(cohort: Cohort, nudge: Nudge, evaluation: Evaluation) -> str:
    """The cohort, or in a test phase one of its modules."""
    return cohort.id if evaluation.of == "course" else f"{cohort.id}:{nudge.module}"


def _evaluation_phase(asking: Asking) -> JsonValue:
    found = evaluated(asking)
    return found[1] if found else ""


def _evaluation_of(asking: Asking) -> JsonValue:
    """The course's title, or the module's in a test phase."""
    found = taken(asking)
    evaluation = found.nudge.evaluation if found and found.nudge else None
    if evaluation is None or evaluation.of == "course":
        return _course(asking)
    return _title_of(asking, _module(asking))


def _is_pilot(asking: Asking) -> JsonValue:
    found = taken(asking)
    return bool(found and found.cohort.pilot)


FACTS: dict[str, Callable[[Asking], JsonValue]] = {
    "course": _course,
    "in_course": lambda asking: taken(asking) is not None,
    "is_pilot": _is_pilot,
    "occasion": _occasion,
    "module_title": lambda asking: _title_of(asking, _module(asking)),
    "module_day": lambda asking: _day_of(asking, _module(asking)),
    "module_about": _module_about,
    "next_module_title": lambda asking: _title_of(asking, _following(asking)),
    "next_module_day": lambda asking: _day_of(asking, _following(asking)),
    "articles": _articles,
    "has_articles": lambda asking: bool(_articles(asking)),
    "insight_title": _insight_title,
    "insight_text": _insight_text,
    "insight_source": _insight_source,
    "evaluation_phase": _evaluation_phase,
    "evaluation_of": _evaluation_of,
}
