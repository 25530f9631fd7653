"""When a course's nudges come: working days of the person around each module, never on a day off.

A day off moves what comes before a module to the working day before it, and what comes after it to
the one after. What belongs before a module never comes after its day, and what comes after one, or
between two, never reaches the next. A pause is no day off: the gate keeps a paused person quiet.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flows.calendar import (
    PersonCalendar,
    at_local,
    is_working_day,
    local_date,
    next_working_day,
    working_days_before,
)
from flows.programme import Nudge, Opens, Programme

MORNING = time(9, 5)
MOST_A_WEEK = 2
HEAVIEST_FIRST: tuple[Opens, ...] = (
    "trio-meeting", "network-meeting", "development-plan", "evaluation", "action-plan", "contract",
    "articles", "insight",
)  # fmt: skip
"""What is let go first, when a week holds too many, stands last."""

Days = Mapping[str, date]
"""When each module takes place, by its id."""


class Pace(NamedTuple):
    """How somebody has it. `offset`: working days later (earlier, below 0). `weekday`: 1-7, for
    what is not tied to a date. `weeks`: at most one insight in so many."""

    at: time = MORNING
    offset: int = 0
    weekday: int | None = None
    weeks: int = 1


ORDINARY = Pace()


class Due(NamedTuple):
    """One nudge of one person. `group`: the one whose meeting it is about, else ""."""

    at: datetime
    nudge: Nudge
    group: str = ""


def when(
    programme: Programme, days: Days, nudge: Nudge, calendar: PersonCalendar, pace: Pace = ORDINARY
) -> datetime | None:
    """In UTC; None when there is no working day for it, or its module has no date."""
    day = _day_of(programme, days, nudge, calendar, pace)
    return at_local(calendar, day, _clock(calendar, pace.at)) if day else None


def depends_on(programme: Programme, nudge: Nudge) -> tuple[str, ...]:
    """The modules whose dates decide about it."""
    following = programme.following(nudge.module)
    bounded = following is not None and nudge.before is None
    return (nudge.module, following.id) if following and bounded else (nudge.module,)


def is_over(days: Days, nudge: Nudge, today: date) -> bool:
    """Whether what it is to be said before has been."""
    day = days.get(nudge.module)
    return day is None or (nudge.before is not None and today > day)


def thinned(
    dues: Iterable[Due], calendar: PersonCalendar, said: Iterable[datetime] = (), weeks: int = 1
) -> list[Due]:
    """At most two in a week (Monday to Sunday, the person's own), `said` counted, and one insight
    in so many `weeks`; the soonest first. What weighs most is kept, and an insight makes room."""
    full = Counter(_week(calendar, at) for at in said)
    taken = {local_date(calendar, at) for at in said}
    kept: list[Due] = []
    insights: list[date] = []
    for due in sorted(dues, key=_weight):
        week = _week(calendar, due.at)
        if full[week] >= MOST_A_WEEK:
            continue
        if due.nudge.opens == "insight":
            if any(abs((week - other).days) < 7 * weeks for other in insights):
                continue
            insights.append(week)
            due = _on_a_free_day(calendar, due, taken)
        full[week] += 1
        taken.add(local_date(calendar, due.at))
        kept.append(due)
    return sorted(kept, key=lambda due: (due.at, due.nudge.id, due.group))


def _on_a_free_day(calendar: PersonCalendar, due: Due, taken: Collection[date]) -> Due:
    """An insight does not come on the morning of something else, where its week has another."""
    day = local_date(calendar, due.at)
    if day not in taken:
        return due
    days = (day - timedelta(days=day.weekday()) + timedelta(days=n) for n in range(7))
    free = [one for one in days if one not in taken and is_working_day(calendar, one)]
    if not free:
        return due
    nearest = min(free, key=lambda one: (abs((one - day).days), one < day))
    clock = due.at.astimezone(ZoneInfo(calendar.zone)).time()
    return due._replace(at=at_local(calendar, nearest, clock))


def _weight(due: Due) -> tuple[int, datetime, str, str]:
    return HEAVIEST_FIRST.index(due.nudge.opens), due.at, due.nudge.id, due.group


def _week(calendar: PersonCalendar, at: datetime) -> date:
    """Its Monday."""
    day = local_date(calendar, at)
    return day - timedelta(days=day.weekday())


def _clock(calendar: PersonCalendar, wanted: time) -> time:
    within = calendar.hours_from <= wanted < calendar.hours_to
    return wanted if within else calendar.hours_from


def _day_of(
    programme: Programme, days: Days, nudge: Nudge, calendar: PersonCalendar, pace: Pace
) -> date | None:
    module = days.get(nudge.module)
    if module is None:
        return None
    if nudge.before is not None:
        return _before(calendar, module, max(0, nudge.before - pace.offset))
    following = programme.following(nudge.module)
    end = days.get(following.id) if following else None
    if nudge.after is not None:
        return _below(_after(calendar, module, max(0, nudge.after + pace.offset)), end)
    if nudge.months is not None:
        later = _or_after(calendar, _months_on(module, nudge.months))
        later = _moved(calendar, later, pace.offset)
        return _below(later, end) if later and later > module else None
    return _between(calendar, module, end, nudge, pace)


def _before(calendar: PersonCalendar, module: date, days: int) -> date | None:
    if days == 0 and not is_working_day(calendar, module):
        days = 1
    return working_days_before(calendar, module, days)


def _after(calendar: PersonCalendar, module: date, days: int) -> date | None:
    day = _or_after(calendar, module) if days == 0 else module
    return _moved(calendar, day, days)


def _below(day: date | None, end: date | None) -> date | None:
    return day if day and (end is None or day < end) else None


def _between(
    calendar: PersonCalendar, module: date, end: date | None, nudge: Nudge, pace: Pace
) -> date | None:
    """The working day at that part of the way or after it; before it, when that is the next
    module's."""
    if end is None or nudge.between is None:
        return None
    way = int((end - module).days * Fraction(nudge.between))
    there = _or_after(calendar, module + timedelta(days=max(1, way)))
    chosen = _below(_on_weekday(calendar, there, nudge, pace), end)
    if chosen is None or chosen <= module:
        chosen = _below(there, end) or working_days_before(calendar, end, 1)
    return chosen if chosen and module < chosen < end else None


def _on_weekday(
    calendar: PersonCalendar, day: date | None, nudge: Nudge, pace: Pace
) -> date | None:
    """An insight comes on the chosen weekday of its week, where that is a working day."""
    day = _moved(calendar, day, pace.offset)
    if day is None or nudge.opens != "insight" or pace.weekday is None:
        return day
    wanted = day + timedelta(days=pace.weekday - day.isoweekday())
    return wanted if is_working_day(calendar, wanted) else day


def _or_after(calendar: PersonCalendar, day: date) -> date | None:
    return day if is_working_day(calendar, day) else next_working_day(calendar, day)


def _moved(calendar: PersonCalendar, day: date | None, days: int) -> date | None:
    """So many working days on, or back."""
    step: Callable[[date], date | None] = (
        (lambda one: next_working_day(calendar, one))
        if days > 0
        else (lambda one: working_days_before(calendar, one, 1))
    )
    for _ in range(abs(days)):
        day = step(day) if day else None
    return day


def _months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
