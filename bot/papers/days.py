"""How a date is written in the two languages."""

from datetime import date

from flows.dates import MONTHS_DA, MONTHS_EN
from flows.model import Language

_MONTHS: dict[Language, tuple[str, ...]] = {"da": MONTHS_DA, "en": MONTHS_EN}


def long_day(day: date, language: Language) -> str:
    """`24. februar 2026` or `24 February 2026`."""
    return f"{day_and_month(day, language)} {day.year}"


def day_and_month(day: date, language: Language) -> str:
    """`24. februar` or `24 February`."""
    dot = "." if language == "da" else ""
    return f"{day.day}{dot} {_MONTHS[language][day.month - 1]}"


def short_day(day: date, language: Language) -> str:
    """`24. feb.` or `24 Feb`."""
    month = _MONTHS[language][day.month - 1]
    if language == "en":
        return f"{day.day} {month[:3]}"
    # A Danish month of three or four letters is written out.
    return f"{day.day}. {month if len(month) <= 4 else month[:3] + '.'}"
