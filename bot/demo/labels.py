"""Days and times as the page writes them, in both languages: it is the page that knows which one it
speaks."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.demo.cast import ZONE
from bot.papers.days import short_day
from flows.dates import describe_date
from flows.model import LANGUAGES, Language

WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "da": ("ma.", "ti.", "on.", "to.", "fr.", "lø.", "sø."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}

Labels = dict[Language, str]


def local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(ZONE))


def days(at: datetime) -> Labels:
    """`onsdag den 25. november`: without the year, which is always the one that one thinks of."""
    day = local(at).date()
    return {language: describe_date(day, language, today=day) for language in LANGUAGES}


def times(at: datetime) -> Labels:
    there = local(at)
    return {"da": f"{there:%H.%M}", "en": f"{there:%H:%M}"}


def labels(at: datetime) -> Labels:
    day, hour = days(at), times(at)
    return {"da": f"{day['da']} kl. {hour['da']}", "en": f"{day['en']} at {hour['en']}"}


def short_labels(at: datetime) -> Labels:
    """`on. 25. nov. kl. 11.00`, for lists."""
    day, hour = short_day_labels(local(at).date()), times(at)
    return {"da": f"{day['da']} kl. {hour['da']}", "en": f"{day['en']} at {hour['en']}"}


def short_day_labels(day: date) -> Labels:
    """`on. 25. nov.`"""
    return {
        language: f"{WEEKDAYS[language][day.weekday()]} {short_day(day, language)}"
        for language in LANGUAGES
    }
