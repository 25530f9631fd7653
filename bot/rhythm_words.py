"""A rhythm in words: "hver anden onsdag kl. 10.00", "every other Wednesday at 10:00"."""

from __future__ import annotations

from datetime import time
from itertools import groupby

from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN
from flows.model import Language
from flows.rhythm import Kind, Level, Rhythm, Rule

WHAT: dict[Kind, dict[Language, str]] = {
    "dialogue": {
        "da": "dialogen med din nærmeste leder",
        "en": "the dialogue with your nearest leader",
    },
    "digest": {"da": "overblikket over dine ledere", "en": "the digest of your leaders"},
    "insight": {"da": "de korte pointer fra kurset", "en": "the short points from the course"},
    "nudge": {"da": "påmindelserne omkring kurset", "en": "the nudges around the course"},
}
KINDS_CALLED: dict[Kind, dict[Language, str]] = {
    "dialogue": {"da": "Dialogen med nærmeste leder", "en": "The dialogue with the nearest leader"},
    "digest": {"da": "Overblikket til nærmeste leder", "en": "The digest for nearest leaders"},
    "insight": {"da": "Pointerne fra kurset", "en": "The points from the course"},
    "nudge": {"da": "Påmindelserne omkring kurset", "en": "The nudges around the course"},
}
"""To whoever chooses among them."""
OFF: dict[Language, str] = {"da": "kommer ikke", "en": "does not come"}
ON: dict[Language, str] = {"da": "kommer", "en": "comes"}
LEVELS_SAID: dict[Level, dict[Language, str]] = {
    "organisation": {"da": "alle", "en": "everybody"},
    "programme": {"da": "dit kursus", "en": "your course"},
    "group": {"da": "din gruppe", "en": "your group"},
    "person": {"da": "dig", "en": "you"},
}
"""For whom something is set, to somebody whom it concerns."""
_QUIET: dict[Language, tuple[str, str, str]] = {
    "da": ("uge {weeks} i {year}", " og ", " (stille i {weeks})"),
    "en": ("week {weeks} of {year}", " and ", " (quiet in {weeks})"),
}
_EVERY: dict[Language, tuple[str, ...]] = {
    "da": ("", "hver uge", "hver anden uge", "hver tredje uge", "hver fjerde uge"),
    "en": ("", "every week", "every other week", "every third week", "every fourth week"),
}


def describe(kind: Kind, rhythm: Rhythm, language: Language) -> str:
    """Nudges have their days from their programme: of them only what is moved is told."""
    if rhythm.off:
        return OFF[language]
    quiet = _quiet(rhythm.quiet, language)
    if kind == "nudge":
        at = "kl." if language == "da" else "at"
        return f"{_offset(rhythm.offset, language)} {at} {clock(rhythm.at, language)}{quiet}"
    return _often(rhythm, language) + quiet


def describe_rule(rule: Rule, language: Language) -> str:
    """What a level says, and nothing of what it leaves to others: "hver fjerde uge, torsdag"."""
    if rule.off:
        return OFF[language]
    days = WEEKDAYS_DA if language == "da" else WEEKDAYS_EN
    day = days[rule.weekday - 1] if rule.weekday else ""
    at = f"{'kl.' if language == 'da' else 'at'} {clock(rule.at, language)}" if rule.at else ""
    said = [
        ON[language] if rule.off is False else "",
        every(rule.every_weeks, language) if rule.every_weeks else "",
        f"{day} {at}".strip(),
        _offset(rule.offset, language) if rule.offset is not None else "",
    ]
    return (", ".join(one for one in said if one) + _quiet(rule.quiet, language)).strip()


def every(weeks: int, language: Language) -> str:
    """Such as "hver fjerde uge"."""
    if weeks < len(_EVERY[language]):
        return _EVERY[language][weeks]
    return f"hver {weeks}. uge" if language == "da" else f"every {weeks} weeks"


def _often(rhythm: Rhythm, language: Language) -> str:
    every, at = rhythm.every_weeks, clock(rhythm.at, language)
    if language == "da":
        day = WEEKDAYS_DA[rhythm.weekday - 1]
        often = {1: f"hver {day}", 2: f"hver anden {day}"}.get(every, f"{day} hver {every}. uge")
        return f"{often} kl. {at}"
    day = WEEKDAYS_EN[rhythm.weekday - 1]
    often = {1: f"every {day}", 2: f"every other {day}"}.get(every, f"{day} every {every} weeks")
    return f"{often} at {at}"


def _quiet(weeks: tuple[str, ...], language: Language) -> str:
    """ " (stille i uge 51, 52 og 53 i 2026 og uge 1 i 2027)"."""
    if not weeks:
        return ""
    a_week, joined, quiet = _QUIET[language]
    by_year = (
        (year, [str(int(week[6:])) for week in some])
        for year, some in groupby(weeks, key=lambda week: week[:4])
    )
    listed = joined.join(
        a_week.format(weeks=joined.join(filter(None, (", ".join(some[:-1]), some[-1]))), year=year)
        for year, some in by_year
    )
    return quiet.format(weeks=listed)


def _offset(days: int, language: Language) -> str:
    if days == 0:
        return "som i kursets plan" if language == "da" else "as the course plans them"
    count = abs(days)
    if language == "da":
        many = "arbejdsdag" if count == 1 else "arbejdsdage"
        return f"{count} {many} {'senere' if days > 0 else 'tidligere'} end i kursets plan"
    many = "working day" if count == 1 else "working days"
    return f"{count} {many} {'later' if days > 0 else 'earlier'} than the course plans them"


def clock(at: time, language: Language) -> str:
    return f"{at:%H.%M}" if language == "da" else f"{at:%H:%M}"
