"""The courses that go on, as the page shows them: their modules, and which are still to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bot.course import programmes
from bot.demo.labels import Labels, local, short_day_labels
from bot.parts import Parts
from storage import cohorts
from storage.cohorts import Cohort
from storage.database import Unit

PAUSED: Labels = {"da": "holder pause", "en": "paused"}


def courses(unit: Unit, parts: Parts) -> list[dict[str, Any]]:
    """`when` of a module: held, next or later."""
    today = local(parts.clock()).date()
    return [
        {
            "name": cohort.name,
            "note": PAUSED if cohort.state == "paused" else None,
            "modules": list(_modules(unit, cohort, today)),
        }
        for cohort in cohorts.cohorts(unit, "running", "paused")
    ]


def next_day(unit: Unit, now: datetime) -> date | None:
    """The next day of a course, after today."""
    today = local(now).date()
    running = cohorts.cohorts(unit, "running")
    return min((day for one in running for day in one.days.values() if day > today), default=None)


def _modules(unit: Unit, cohort: Cohort, today: date) -> Iterator[Mapping[str, Any]]:
    programme = programmes.find(unit, cohort.programme)
    coming = min((day for day in cohort.days.values() if day >= today), default=None)
    for module in programme.modules if programme else ():
        day = cohort.days.get(module.id)
        if day is not None:
            when = "held" if day < today else "next" if day == coming else "later"
            title = module.title.model_dump()
            label = short_day_labels(day)
            yield {"title": title, "day": label, "date": day.isoformat(), "when": when}
