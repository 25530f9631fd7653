"""How the courses go, as one picture for whoever runs them: each cohort's days in a line, its
groups' meetings between them as counts, and what was thought of it as low, middle or high.

A band is one of three cells, and never a number. Nobody is in the picture, and no group is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.course import progress_words as words
from bot.course.progress import ITEMS, Overview, Progress, Stop
from bot.course.progress_words import Row, say
from bot.papers.days import short_day
from bot.papers.drawing import (
    GUIDE,
    MARK,
    PAPER,
    PRESS,
    QUIET,
    SCREEN,
    guide,
    picture,
    rect,
    text,
    within,
)
from bot.papers.press import press_png
from flows.figures import BANDS, Band
from flows.model import Language

WIDTH, EDGE = 360, 20
SHOWN = 3
"""Courses in one picture; the words beside it have them all."""
TALLEST = 8_000
"""Pixels: Telegram takes 10,000 of height and width together."""
LINE = EDGE + 8
BESIDE = LINE + 22
STOP, COUNT, ROW = 30, 19, 40
COLUMNS = (148, 220, 292)
CELL, CELL_HIGH, CELL_GAP = 14, 11, 3
_WORDS: dict[str, dict[Language, str]] = {
    "title": {"da": "Sådan går det med kurserne", "en": "How the courses go"},
    "none": {"da": "Der er ikke noget kursus i gang.", "en": "No course is running."},
    "next": {"da": "næste", "en": "next"},
    "rated": {"da": "Evaluering", "en": "Evaluation"},
    "usability": {"da": "Brugbarhed", "en": "Usability"},
    "relevance": {"da": "Relevans", "en": "Relevance"},
    "focus": {"da": "Fokus", "en": "Focus"},
    "too-small": {
        "da": "Ingen tal, så længe holdet er så lille.",
        "en": "No figures as long as it is so small.",
    },
    "no-figure": {"da": "intet tal", "en": "no figure"},
    "more": {"da": "Flere hold står i teksten.", "en": "More cohorts are in the text."},
    "rule": {
        "da": "Et tal er kun til, hvor mindst fem har svaret,",
        "en": "There is a figure only where five or more have",
    },
    "rule-more": {
        "da": "og ingen kan regnes ud af det.",
        "en": "answered and nobody can be told from it.",
    },
}  # fmt: skip


class Courses(NamedTuple):
    overview: Overview
    today: date
    language: Language


def draw_courses(courses: Courses) -> str:
    """An SVG that describes itself to screen readers and follows dark mode."""
    return _svg(courses, SCREEN)[0]


def courses_png(courses: Courses) -> bytes:
    """The same picture, in light colours, three times as wide, for chat platforms; less where it
    would be taller than Telegram takes a photo."""
    svg, height = _svg(courses, PRESS)
    return press_png(svg, WIDTH, scale=min(3, TALLEST / height))


def describe_courses(courses: Courses) -> str:
    """All of it in words."""
    overview, today, language = courses
    told = [words.course_line(one, language, today) for one in overview.courses]
    told += [f"{one}." for one in words.rated_lines(overview, language)]
    return " ".join(told) or _WORDS["none"][language]


class _Pen:
    """Draws downwards; `down` is where it is."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.down = 36.0
        self.parts: list[str] = []

    def word(self, name: str) -> str:
        return _WORDS[name][self.language]

    def put(self, *parts: str) -> None:
        self.parts += parts

    def say(self, across: float, said: str, *, size: float = 13, weight: int = 400,
            quiet: bool = False, anchor: str = "start", below: float = 0) -> None:  # fmt: skip
        drawn = text(
            across, self.down + below, said, size=size, weight=weight, quiet=quiet, anchor=anchor
        )
        self.parts.append(drawn)


def _svg(courses: Courses, face: str) -> tuple[str, int]:
    """And how high it is."""
    overview, today, language = courses
    pen = _Pen(language)
    for at, course in enumerate(overview.courses[:SHOWN]):
        if at:
            _rule(pen)
        _course(pen, course, today)
    if overview.dialogue is not None and overview.dialogue.phases:
        if overview.courses:
            _rule(pen)
        pen.say(EDGE, say("dialogue", language), size=15, weight=600)
        _rated(pen, words.dialogue_rows(overview.dialogue, language))
    _foot(pen, overview)
    title, described = _WORDS["title"][language], describe_courses(courses)
    height = round(pen.down)
    size = (WIDTH, height)
    return picture("courses", size, title, described, language, face, pen.parts), height


def _rule(pen: _Pen) -> None:
    pen.put(guide(EDGE, WIDTH - EDGE, pen.down - 6, pen.down - 6))
    pen.down += 30


def _foot(pen: _Pen, overview: Overview) -> None:
    if not overview.courses and overview.dialogue is None:
        pen.say(EDGE, pen.word("none"))
    rated = (one for one in overview.courses if one.rated and not one.is_without_figures)
    some = any(rated) or overview.dialogue
    lines = ["more"] if len(overview.courses) > SHOWN else []
    for line in (*lines, *(("rule", "rule-more") if some else ())):
        pen.say(EDGE, pen.word(line), size=11, quiet=True)
        pen.down += 15
    pen.down += 5


def _course(pen: _Pen, course: Progress, today: date) -> None:
    pen.say(EDGE, within(course.name, 34), size=19, weight=600)
    marks = words.named(course._replace(name=""), pen.language).strip(" ()")
    under = " · ".join(one for one in (within(course.title, 46), marks) if one)
    pen.say(EDGE, under, size=12, quiet=True, below=19)
    pen.down += 50
    _stops(pen, course, today)
    found = [row for one in course.rated for row in words.rows(one, pen.language)]
    if course.is_without_figures:
        pen.say(EDGE, pen.word("too-small"), size=12, quiet=True, below=6)
        pen.down += 34
    elif found:
        pen.down += 12
        pen.say(EDGE, pen.word("rated"), size=14, weight=600)
        _rated(pen, found)


# --- the line of days


def _stops(pen: _Pen, course: Progress, today: date) -> None:
    top, line = pen.down, len(pen.parts)
    counts = _counts(course, pen.language)
    for place, stop in enumerate((*course.stops, None)):
        for said in counts.get(place, ()):
            pen.say(BESIDE, said, size=12, quiet=True)
            pen.down += COUNT
        if counts.get(place) and stop is not None:
            pen.down += 7
        if stop is not None:
            _stop(pen, stop, stop == course.next, today)
            last = pen.down
            pen.down += STOP if counts.get(place + 1) is None else 25
    if course.stops:
        pen.parts.insert(line, guide(LINE, LINE, top - 4, last - 4, 2))


def _counts(course: Progress, language: Language) -> dict[int, list[str]]:
    """Place -> what stands there: "TRIO-møder: 3 holdt, 2 sat"."""
    found: dict[int, list[str]] = {}
    for one in course.met:
        told = words.met_counts(one, language)
        if told:
            said = f"{say(one.kind, language)}: {', '.join(told)}"
            found.setdefault(one.place, []).append(said)
    return found


def _stop(pen: _Pen, stop: Stop, is_next: bool, today: date) -> None:
    middle = pen.down - 4.5
    if stop.held:
        pen.put(_dot(middle, MARK, "mark"), _tick(middle))
    else:
        stroke = (MARK, "line") if is_next else (QUIET, "guide")
        pen.put(_ring(middle, *stroke))
    day = short_day(stop.day, pen.language)
    if stop.day.year != today.year:
        said = f"{day} {stop.day.year}"
    else:
        said = f"{pen.word('next')}: {day}" if is_next else day
    weight = 600 if is_next else 400
    room = int((WIDTH - EDGE - BESIDE - 6.5 * len(said) - 8) / 7.6)
    pen.say(BESIDE, within(stop.title, room), size=14, weight=600)
    pen.say(WIDTH - EDGE, said, size=13, anchor="end", weight=weight, quiet=not is_next)


def _dot(middle: float, fill: str, look: str) -> str:
    return f'<circle class="on-{look}" cx="{LINE}" cy="{middle}" r="8" fill="{fill}"/>'


def _tick(middle: float) -> str:
    points = f"{LINE - 3.6},{middle + 0.2} {LINE - 1},{middle + 2.8} {LINE + 3.8},{middle - 2.8}"
    return (
        f'<polyline class="on-hollow" points="{points}" fill="none" stroke="{PAPER}" '
        'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _ring(middle: float, stroke: str, look: str) -> str:
    return (
        f'<circle class="on-paper on-{look}" cx="{LINE}" cy="{middle}" r="7" fill="{PAPER}" '
        f'stroke="{stroke}" stroke-width="2"/>'
    )


# --- what is thought of it


def _rated(pen: _Pen, found: Sequence[Row]) -> None:
    for across, item in zip(COLUMNS, ITEMS, strict=True):
        pen.say(across, pen.word(item), size=11, quiet=True, below=20)
    pen.down += 42
    for about, bands in found:
        pen.say(EDGE, within(about[:1].upper() + about[1:], 18), size=13)
        for across, item in zip(COLUMNS, ITEMS, strict=True):
            band = bands.get(item)
            pen.put(*_cells(across, pen.down - 10, band))
            said = say(band, pen.language) if band else pen.word("no-figure")
            pen.say(across, said, size=11, quiet=band is None, below=16)
        pen.down += ROW
    pen.down += 8


def _cells(across: float, down: float, band: Band | None) -> Iterator[str]:
    for at, one in enumerate(BANDS):
        look, fill = ("mark", MARK) if one == band else ("cell", GUIDE)
        place = across + at * (CELL + CELL_GAP)
        yield rect(place, down, CELL, CELL_HIGH, look=look, fill=fill, round=2)
