"""Typed texts with a form of their own: hours of the day, a clock time, a name, an e-mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta

Form = Callable[[str], str | None]

_CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?"
_HOURS = re.compile(
    rf"^\s*(?:kl\.?\s*|fra\s+|from\s+)?{_CLOCK}\s*(?:-|–|til|to|and|og)\s*{_CLOCK}\s*$", re.I
)
_TIME = re.compile(rf"^\s*(?:kl\.?\s*|at\s+)?{_CLOCK}\s*$", re.I)
_EMAIL = re.compile(r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}$")

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


def read_hours(text: str) -> str | None:
    """ "8-16", "kl. 8.30 til 15.30" -> "08:30-15:30"; None unless from is before to."""
    found = _HOURS.match(text)
    if not found:
        return None
    start, end = _clock(found[1], found[2]), _clock(found[3], found[4])
    return f"{start}-{end}" if start and end and start < end else None


def read_time(text: str) -> str | None:
    """ "9", "9.05", "kl. 14:30" -> "14:30"."""
    found = _TIME.match(text)
    return _clock(found[1], found[2]) if found else None


def read_email(text: str) -> str | None:
    text = text.strip()
    return text.lower() if len(text) <= 254 and _EMAIL.match(text) else None


FORMS: dict[str, Form] = {"hours": read_hours, "time": read_time, "email": read_email}
