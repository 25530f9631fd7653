"""A nearest leader's coming two weeks: the names of those they talk with, each on its day.

Names, days and times, and no word of anybody. Days off are nobody's business and are not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.digest_facts import Ahead
from bot.papers.days import short_day
from bot.papers.drawing import (
    PRESS,
    SCREEN,
    SOFT,
    guide,
    picture,
    rect,
    text,
    within,
)
from bot.papers.press import press_png
from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN, describe_date
from flows.model import Language

WIDTH, EDGE, TOP = 360, 20, 58
FIVE_DAYS, SEVEN_DAYS = 5, 7
HEAD, TALK, GAP = 34, 36, 14
LARGE, SMALL, LETTER = 13, 9.5, 0.58
"""Sizes of a name, and how wide a letter is of its size."""
SHOWN = 5
"""Dialogues on one day; more are told as a number."""
WEEKDAYS: dict[Language, tuple[str, ...]] = {"da": WEEKDAYS_DA, "en": WEEKDAYS_EN}
WORDS: dict[str, dict[Language, str]] = {
    "title": {"da": "De næste to uger", "en": "The next two weeks"},
    "week": {"da": "Uge {number}", "en": "Week {number}"},
    "at": {"da": "{day} kl. {clock}: {name}.", "en": "{day} at {clock}: {name}."},
    "more": {"da": "og {count} til", "en": "and {count} more"},
    "none": {"da": "Ingen dialoger de næste to uger.", "en": "No dialogues in the next two weeks."},
}  # fmt: skip


class TwoWeeks(NamedTuple):
    """`talks`: in order. `zone`: where the nearest leader is."""

    talks: Sequence[Ahead]
    today: date
    zone: str
    language: Language


class _Talk(NamedTuple):
    day: date
    clock: str
    name: str


def draw_two_weeks(weeks: TwoWeeks) -> str:
    """An SVG that describes itself to screen readers and follows dark mode."""
    return _svg(weeks, SCREEN)


def two_weeks_png(weeks: TwoWeeks) -> bytes:
    """The same picture, in light colours, three times as wide, for chat platforms."""
    return press_png(_svg(weeks, PRESS), WIDTH, scale=3)


def describe_two_weeks(weeks: TwoWeeks) -> str:
    """All of it in words."""
    language = weeks.language
    told = []
    for talk in _talks(weeks):
        day = describe_date(talk.day, language, today=weeks.today)
        said = WORDS["at"][language].format(day=day, clock=talk.clock, name=talk.name)
        told.append(said[0].upper() + said[1:])
    return " ".join(told) or WORDS["none"][language]


def _talks(weeks: TwoWeeks) -> list[_Talk]:
    dot = "." if weeks.language == "da" else ":"
    return [_talk(one.at.astimezone(ZoneInfo(weeks.zone)), dot, one.name) for one in weeks.talks]


def _talk(at: datetime, dot: str, name: str) -> _Talk:
    return _Talk(at.date(), f"{at:%H{dot}%M}", name)


def _svg(weeks: TwoWeeks, face: str) -> str:
    talks, language = _talks(weeks), weeks.language
    last = max((one.day for one in talks), default=weeks.today)
    monday = weeks.today - timedelta(days=weeks.today.weekday())
    count = max(2, (last - monday).days // 7 + 1)
    days = SEVEN_DAYS if any(one.day.isoweekday() > FIVE_DAYS for one in talks) else FIVE_DAYS
    parts = [text(EDGE, 36, WORDS["title"][language], size=19, weight=600)]
    down = float(TOP)
    for first in (monday + timedelta(weeks=number) for number in range(count)):
        week = [first + timedelta(days=number) for number in range(days)]
        high = HEAD + TALK * max(1, _fullest(talks, week))
        parts += _week(weeks, talks, week, down, high)
        down += high + GAP + 22
    size = (WIDTH, round(down))
    described = describe_two_weeks(weeks)
    return picture("days", size, WORDS["title"][language], described, language, face, parts)


def _fullest(talks: list[_Talk], week: list[date]) -> int:
    return max(min(SHOWN + 1, sum(one.day == day for one in talks)) for day in week)


def _week(
    weeks: TwoWeeks, talks: list[_Talk], week: list[date], down: float, high: float
) -> Iterator[str]:
    number = week[0].isocalendar().week
    said = WORDS["week"][weeks.language].format(number=number)
    yield text(EDGE, down + 12, said, size=12, quiet=True)
    width = (WIDTH - 2 * EDGE) / len(week)
    for at, day in enumerate(week):
        across = EDGE + at * width
        some = [one for one in talks if one.day == day]
        if some:
            fill = rect(across + 1, down + 22, width - 2, high, look="soft", fill=SOFT, round=6)
            yield fill
        yield from _day(weeks, day, some, across, down + 22, width)
    yield guide(EDGE, WIDTH - EDGE, down + 22 + HEAD - 6, down + 22 + HEAD - 6)


def _day(
    weeks: TwoWeeks, day: date, some: list[_Talk], across: float, down: float, width: float
) -> Iterator[str]:
    middle = round(across + width / 2, 1)
    past, language = day < weeks.today, weeks.language
    name = WEEKDAYS[language][day.weekday()][: 2 if language == "da" else 3]
    yield text(middle, down + 12, name, size=10.5, quiet=True, anchor="middle")
    number = short_day(day, language)
    weight = 600 if day == weeks.today or some else 400
    yield text(middle, down + 24, number, size=10.5, weight=weight, quiet=past, anchor="middle")
    down += HEAD + 10
    for talk in some[:SHOWN]:
        name, size = _fitting(talk.name, width - 6)
        yield text(middle, down, name, size=size, weight=600, anchor="middle")
        yield text(middle, down + 14, talk.clock, size=11, quiet=True, anchor="middle")
        down += TALK
    if len(some) > SHOWN:
        more = WORDS["more"][language].format(count=len(some) - SHOWN)
        yield text(middle, down, more, size=11, quiet=True, anchor="middle")


def _fitting(name: str, width: float) -> tuple[str, float]:
    """The name and its size: smaller as it is longer, and cut where it would not be read."""
    size = min(LARGE, max(SMALL, width / (LETTER * len(name))))
    return within(name, int(width / (LETTER * size) + 0.5)), round(size, 1)
