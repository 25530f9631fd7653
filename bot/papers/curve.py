"""A leader's own pulse over time: five small rows, one for each theme.

Only for the person who answered. A high number means more of the theme, and for krydspres that is
more pressure, so nothing here is coloured, added up or called better or worse.
Source: seed 003, the four dominant themes and krydspres, scale 1-5.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby, pairwise
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from bot.papers.days import day_and_month, long_day, short_day
from bot.papers.drawing import MARK, PAPER, PRESS, SCREEN, guide, picture, rect, text
from bot.papers.press import press_png
from flows.model import Language

Theme = Literal["krydspres", "influence", "support", "safety", "restitution"]

THEMES: tuple[Theme, ...] = ("krydspres", "influence", "support", "safety", "restitution")
SHOWN = 13
"""Fortnightly check-ins in one picture: half a year."""


class Curve(BaseModel):
    """Check-ins, oldest first; for each theme one value (1-5, None = skipped) for each day."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    days: tuple[date, ...]
    values: Mapping[Theme, tuple[int | None, ...]]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if any(later <= earlier for earlier, later in pairwise(self.days)):
            raise ValueError("days: not in order; give each day once, the oldest first")
        for theme in THEMES:
            self._check_theme(theme)
        return self

    def _check_theme(self, theme: Theme) -> None:
        values = self.values.get(theme)
        if values is None or len(values) != len(self.days):
            raise ValueError(f"values: {theme} needs one value for each of the days")
        if any(value is not None and not 1 <= value <= 5 for value in values):
            raise ValueError(f"values: {theme} has a value outside 1-5; use None for a skipped one")


_WORDS: Mapping[Language, Mapping[str, str]] = {
    "da": {
        "title": "Din puls",
        "private": "Kun du ser den.",
        "krydspres": "Krydspres",
        "krydspres_hint": "pres fra flere sider",
        "influence": "Indflydelse",
        "influence_hint": "og plads til at lede",
        "support": "Støtte",
        "support_hint": "fra dem omkring dig",
        "safety": "Tryghed",
        "safety_hint": "til at sige det højt",
        "restitution": "Restitution",
        "restitution_hint": "tid, hvor du har fri",
        "scale": "1 = i meget lav grad · 5 = i meget høj grad",
        "direction": "Ved krydspres betyder et højt tal mere pres.",
        "empty": "Din kurve begynder, første gang du svarer.",
        "first": "Her begynder din kurve.",
        "skipped": "sprunget over",
        "on": "den",
    },
    "en": {
        "title": "Your pulse",
        "private": "Only you see it.",
        "krydspres": "Cross-pressure",
        "krydspres_hint": "from several sides",
        "influence": "Influence",
        "influence_hint": "and room to lead",
        "support": "Support",
        "support_hint": "from people around",
        "safety": "Safety",
        "safety_hint": "to say it out loud",
        "restitution": "Recovery",
        "restitution_hint": "time when you are off",
        "scale": "1 = to a very low degree · 5 = to a very high degree",
        "direction": "For cross-pressure, high means more pressure.",
        "empty": "Your curve begins the first time you answer.",
        "first": "Your curve begins here.",
        "skipped": "skipped",
        "on": "on",
    },
}

WIDTH, _HEIGHT = 320, 408
_LEFT, _RIGHT = 152, 284
_FIRST_ROW, _ROW, _STEP = 82, 52, 7


def draw_curve(curve: Curve, language: Language) -> str:
    """An SVG, 320 units wide, that describes itself to screen readers and follows dark mode."""
    return _svg(_latest(curve), language, SCREEN)


def curve_png(curve: Curve, language: Language) -> bytes:
    """The same picture, in light colours, as a PNG 960 pixels wide, for chat platforms."""
    return press_png(_svg(_latest(curve), language, PRESS), WIDTH, scale=3)


def describe_curve(curve: Curve, language: Language) -> str:
    """The numbers in words: the text for those who do not see the picture."""
    words, shown = _WORDS[language], _latest(curve)
    if not shown.days:
        return words["empty"]
    rows = (_described(shown, theme, language) for theme in THEMES)
    return " ".join((words["scale"] + ".", words["direction"], *rows))


def _described(curve: Curve, theme: Theme, language: Language) -> str:
    words, years = _WORDS[language], len({day.year for day in curve.days})
    said = long_day if years > 1 else day_and_month
    answers = (
        f"{words['skipped'] if value is None else value} {words['on']} {said(day, language)}"
        for day, value in zip(curve.days, curve.values[theme], strict=True)
    )
    return f"{words[theme]}: {', '.join(answers)}."


def _latest(curve: Curve) -> Curve:
    latest = {theme: values[-SHOWN:] for theme, values in curve.values.items()}
    return Curve(days=curve.days[-SHOWN:], values=latest)


def _svg(curve: Curve, language: Language, face: str) -> str:
    words = _WORDS[language]
    parts = (
        text(16, 32, words["title"], size=19, weight=600),
        text(16, 51, words["private"], quiet=True),
        *(_row(curve, theme, index, language) for index, theme in enumerate(THEMES)),
        *_foot(curve, language),
    )
    described = describe_curve(curve, language)
    return picture("pulse", (WIDTH, _HEIGHT), words["title"], described, language, face, parts)


def _row(curve: Curve, theme: Theme, index: int, language: Language) -> str:
    words, middle = _WORDS[language], _FIRST_ROW + _ROW * index + 2 * _STEP
    return "\n".join(
        (
            text(16, middle - 1, words[theme], size=14, weight=600),
            text(16, middle + 14, words[f"{theme}_hint"], quiet=True, size=11),
            *(guide(_LEFT, _RIGHT, down, down) for down in (middle - 14, middle, middle + 14)),
            *_drawn(list(_points(curve, theme, middle))),
        )
    )


_Point = tuple[float, int, int]
"""Across, down, and the value itself."""


def _points(curve: Curve, theme: Theme, middle: int) -> Iterator[_Point | None]:
    for day, value in zip(curve.days, curve.values[theme], strict=True):
        yield None if value is None else (_across(curve, day), middle + (3 - value) * _STEP, value)


def _across(curve: Curve, day: date) -> float:
    """Along the time that passed: a long pause is a long way."""
    whole = (curve.days[-1] - curve.days[0]).days
    share = (day - curve.days[0]).days / whole if whole else 0
    return round(_LEFT + share * (_RIGHT - _LEFT), 1)


def _drawn(points: list[_Point | None]) -> Iterator[str]:
    """Lines between neighbours, a gap where one was skipped, and the latest value at the end."""
    for answered, run in groupby(points, key=lambda point: point is not None):
        places = " ".join(f"{point[0]},{point[1]}" for point in run if point is not None)
        if answered and " " in places:
            yield (
                f'<polyline class="on-line" points="{places}" fill="none" stroke="{MARK}" '
                'stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"/>'
            )
    dots = [point for point in points if point is not None]
    for across, down, _ in dots:
        yield f'<circle class="on-mark" cx="{across}" cy="{down}" r="2.9" fill="{MARK}"/>'
    if dots:
        across, down, value = dots[-1]
        yield _latest_value(across + 9, down + 5, value)


def _latest_value(across: float, down: int, value: int) -> str:
    """In front of the guides, which end around it."""
    halo = rect(across - 4, down - 11, 16, 12, look="paper", fill=PAPER)
    return halo + text(across, down, str(value), size=14, weight=600)


def _foot(curve: Curve, language: Language) -> Iterator[str]:
    words, below = _WORDS[language], _FIRST_ROW + _ROW * len(THEMES)
    if not curve.days:
        yield text(16, below + 12, words["empty"])
        return
    yield from _dates(curve, below - 4, language)
    yield text(16, below + 34, words["scale"], quiet=True, size=11)
    yield text(16, below + 50, words["direction"], quiet=True, size=11)


def _dates(curve: Curve, down: int, language: Language) -> Iterator[str]:
    """The first and the last day, with the year underneath where the two differ."""
    first, last = curve.days[0], curve.days[-1]
    ends = [(first, _LEFT, "start"), (last, _RIGHT, "end")]
    for day, across, anchor in ends[: len(curve.days)]:
        yield text(across, down, short_day(day, language), size=11, anchor=anchor)
        if first.year != last.year:
            yield text(across, down + 14, str(day.year), size=11, anchor=anchor, quiet=True)
    if len(curve.days) == 1:
        yield text(_LEFT, down + 14, _WORDS[language]["first"], size=11, quiet=True)
