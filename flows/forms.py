"""Typed texts with a form of their own: hours of the day, a clock time, an e-mail, weeks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta

Form = Callable[[str, date], str | None]
"""From a text, and the day on which it is written, to what is meant by it; None: it is no such."""

_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
_HOURS = re.compile(
    rf"^\s*(?:kl\.?\s*|fra\s+|from\s+)?{_CLOCK}\s*(?:-|–|til|to|and|og)\s*{_CLOCK}\s*$", re.I
)
_TIME = re.compile(rf"^\s*(?:kl\.?\s*|at\s+)?{_CLOCK}\s*$", re.I)
_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}$")
_NOTHING = re.compile(r"^\s*(?:ingen|intet|nej|none|no)\b", re.I)
_BETWEEN_WEEKS = re.compile(r"[\s,;&+]+|\b(?:og|and|uger?|weeks?|u\.|w\.)(?=[\s\d]|$)|\.$", re.I)
_TO = re.compile(r"\s*(?:[-–]|\btil\b|\bto\b)\s*(?=\d)", re.I)
_WEEK = re.compile(r"(?:(\d{4})-?W)?(\d{1,2})(?:/(\d{4}))?", re.I | re.A)
MOST_WEEKS_ON_END = 26
"""More than that between two weeks is a slip of the finger."""
YEARS_AROUND = 5
"""How far off a year may be that is written beside a week."""
NO_WEEKS = "none"
_SHIFT = re.compile(
    r"^\s*(?P<sign>[-–−+]?)\s*(?P<days>\d{1,2}|en|én|one)\s*"
    r"(?:(?:working|arbejds)?\s*(?:dage?|days?))?\s*(?P<way>\D*?)[\s.]*$",
    re.I | re.A,
)
_AS_PLANNED = re.compile(r"^\s*(?:som|as)\b", re.I)
_EARLIER = ("tidligere", "før", "earlier", "before")
_LATER = ("", "senere", "efter", "later", "after")
MOST_DAYS = 10

QUICK_DAYS: dict[str, int] = {
    "today": 0,
    "tomorrow": 1,
    "in-1-week": 7,
    "in-2-weeks": 14,
    "in-3-weeks": 21,
    "in-4-weeks": 28,
}


def quick_day(choice: str, today: date) -> date | None:
    return today + timedelta(days=QUICK_DAYS[choice]) if choice in QUICK_DAYS else None


def _clock(hour: str, minute: str | None) -> str | None:
    try:
        return time(int(hour), int(minute or 0)).strftime("%H:%M")
    except ValueError:
        return None


def read_hours(text: str, today: date) -> str | None:
    """ "8-16", "kl. 8.30 til 15.30" -> "08:30-15:30"; None unless from is before to."""
    found = _HOURS.match(text)
    if not found:
        return None
    start, end = _clock(found[1], found[2]), _clock(found[3], found[4])
    return f"{start}-{end}" if start and end and start < end else None


def read_time(text: str, today: date) -> str | None:
    """ "9", "9.05", "kl. 14:30" -> "14:30"."""
    found = _TIME.match(text)
    return _clock(found[1], found[2]) if found else None


def read_email(text: str, today: date) -> str | None:
    text = text.strip()
    return text.lower() if len(text) <= 254 and _EMAIL.match(text) else None


def read_weeks(text: str, today: date) -> str | None:
    """ "uge 7, 8 og 42", "week 28-30", "2027-W07" -> "2027-W07 2027-W08", each the next one that is
    not over; NO_WEEKS for none."""
    if _NOTHING.match(text):
        return NO_WEEKS
    found: set[str] = set()
    for part in filter(None, _BETWEEN_WEEKS.split(_TO.sub("..", text))):
        weeks = _span_of_weeks(part, today)
        if not weeks:
            return None
        found |= set(weeks)
    return " ".join(sorted(found)) or None


def _span_of_weeks(written: str, today: date) -> list[str]:
    first, _, last = written.partition("..")
    monday = _monday_of(first, today)
    end = _monday_of(last, monday) if last and monday else monday
    if monday is None or end is None:
        return []
    count = (end - monday).days // 7 + 1
    days = (monday + timedelta(weeks=n) for n in range(count))
    return [f"{day:%G-W%V}" for day in days] if 0 < count <= MOST_WEEKS_ON_END else []


def _monday_of(written: str, today: date) -> date | None:
    found = _WEEK.fullmatch(written)
    if found is None:
        return None
    year, week = int(found[1] or found[3] or 0), int(found[2])
    here = today.isocalendar().year
    if year:
        return _monday(year, week) if abs(year - here) <= YEARS_AROUND else None
    coming = (_monday(one, week) for one in (here, here + 1))
    return next((day for day in coming if day and day + timedelta(days=6) >= today), None)


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def read_shift(text: str, today: date) -> str | None:
    """ "2 dage tidligere", "-2", "1 day later", "som i planen" -> "-2", "1", "0": working days."""
    if _AS_PLANNED.match(text):
        return "0"
    found = _SHIFT.match(text)
    way = found["way"].strip().casefold() if found else None
    if found is None or way not in (*_EARLIER, *_LATER):
        return None
    days = int(found["days"]) if found["days"].isdigit() else 1
    earlier = way in _EARLIER or found["sign"] in tuple("-–−")
    return str(-days if earlier else days) if days <= MOST_DAYS else None


FORMS: dict[str, Form] = {
    "hours": read_hours, "time": read_time, "email": read_email, "weeks": read_weeks,
    "shift": read_shift,
}  # fmt: skip
