"""Dates as people write them, in Danish and English at once, and as we say them back.

Day comes before month (24/12). Nothing is guessed: what is not understood is None, and the
dialogue asks again.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

LONGEST = 120  # characters; a date is never longer, and the patterns never see more
YEARS = range(1900, 2200)  # outside it a year is a slip of the keyboard
YEARS_TO_SEARCH = 9  # the longest wait for a 29 February is eight years

MONTHS_DA = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS_DA = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _numbered(*languages: tuple[str, ...], start: int) -> dict[str, int]:
    """Each name, whole and as its first three letters, with its number."""
    return {
        short: number
        for names in languages
        for number, name in enumerate(names, start)
        for short in (name.casefold(), name.casefold()[:3])
    }


_MONTHS = _numbered(MONTHS_DA, MONTHS_EN, start=1) | {"sept": 9}
_WEEKDAYS = _numbered(WEEKDAYS_DA, WEEKDAYS_EN, start=1) | {
    "tirs": 2, "tors": 4, "tues": 2, "thur": 4, "thurs": 4,
    "lordag": 6, "loerdag": 6, "sondag": 7, "soendag": 7,
}  # fmt: skip
_DAYS_AHEAD = {
    "i dag": 0, "idag": 0, "today": 0, "i aften": 0, "tonight": 0,
    "i morgen": 1, "imorgen": 1, "tomorrow": 1,
    "i overmorgen": 2, "iovermorgen": 2, "overmorgen": 2,
    "day after tomorrow": 2, "the day after tomorrow": 2,
}  # fmt: skip
_COUNTS = {
    "en": 1, "et": 1, "én": 1, "ét": 1, "a": 1, "an": 1, "one": 1,
    "to": 2, "two": 2, "et par": 2, "a couple of": 2, "tre": 3, "three": 3,
    "fire": 4, "four": 4, "fem": 5, "five": 5, "seks": 6, "six": 6, "syv": 7, "seven": 7,
    "otte": 8, "eight": 8, "ni": 9, "nine": 9, "ti": 10, "ten": 10, "elleve": 11, "eleven": 11,
    "tolv": 12, "twelve": 12, "fjorten": 14, "fourteen": 14,
}  # fmt: skip


def _any_of(words: dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ON = r"(?:(?:senest|inden|til|på|paa|pa|by|on) )?"
_WEEKDAY = rf"(?P<weekday>{_any_of(_WEEKDAYS)})\.?"
_MONTH = rf"(?P<month>{_any_of(_MONTHS)})\.?"
_DAY = r"(?P<day>[0-9]{1,2})"
_LEAD = rf"{_ON}(?:{_WEEKDAY},? )?(?:(?:den|the) |d\. ?|d )?"
_YEAR = r"(?P<year>[0-9]{4}|'[0-9]{2}|(?<=-)[0-9]{2})"
_NEXT = r"(?:næste|naeste|naste|next)"

Found = re.Match[str]
Reading = Callable[[Found, date], date | None]


def parse_date(text: str, today: date) -> date | None:
    """The date meant by `text`, or None; never raises. A date with a year is returned as written,
    also when past; without one it is the next such date that is today or later.

    "Næste fredag" and "next Friday" are the Friday of next week (Monday to Sunday). A week is its
    Monday, the present week what is left of it: today.
    """
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    for pattern, reading in _FORMS:
        if found := pattern.fullmatch(plain):
            return reading(found, today)
    return None


def describe_date(day: date, language: Literal["da", "en"], *, today: date | None = None) -> str:
    """Such as "onsdag den 2. december" or "Wednesday 2 December"; with the year when `today` is
    given and lies in another year."""
    if language == "da":
        said = f"{WEEKDAYS_DA[day.weekday()]} den {day.day}. {MONTHS_DA[day.month - 1]}"
    else:
        said = f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}"
    return said if today is None or today.year == day.year else f"{said} {day.year}"


def _plain(text: str) -> str:
    """Small letters, single spaces, plain dashes; no emoji, direction marks or outer quotes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = "".join(_kept(character) for character in folded)
    return " ".join(kept.split()).strip(" ,;:!?()\"'")


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Pd":
        return "-"
    if category in ("Pi", "Pf"):
        return "'"
    return " " if category[0] in "CSZ" else character


def _day(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ahead(today: date, days: int) -> date | None:
    try:
        day = today + timedelta(days=days)
    except OverflowError:
        return None
    return day if day.year in YEARS else None


def _written_year(found: Found) -> int | None:
    written = found["year"]
    if written is None:
        return None
    digits = written.removeprefix("'")
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _read_day_and_month(found: Found, today: date) -> date | None:
    month = _MONTHS.get(found["month"]) or int(found["month"])
    year, day = _written_year(found), int(found["day"])
    years = [year] if year is not None else range(today.year, today.year + YEARS_TO_SEARCH)
    days = (_day(each, month, day) for each in years)
    meant = next((d for d in days if d and (year is not None or d >= today)), None)
    return meant if _agrees(found, meant) else None


def _agrees(found: Found, day: date | None) -> bool:
    """Whether a weekday written beside the date is that date's: if not, we cannot know which."""
    weekday = found["weekday"]
    return day is not None and weekday in (None, *_names_of(day.isoweekday()))


def _names_of(weekday: int) -> list[str]:
    return [name for name, number in _WEEKDAYS.items() if number == weekday]


def _read_iso(found: Found, today: date) -> date | None:
    return _day(int(found["year"]), int(found["month"]), int(found["day"]))


def _read_day_of_month(found: Found, today: date) -> date | None:
    months = ((today.month - 1 + ahead) for ahead in range(3))
    days = (_day(today.year + m // 12, m % 12 + 1, int(found["day"])) for m in months)
    meant = next((day for day in days if day and day >= today), None)
    return meant if _agrees(found, meant) else None


def _read_words(found: Found, today: date) -> date | None:
    return _ahead(today, _DAYS_AHEAD[found["words"]])


def _read_weekday(found: Found, today: date) -> date | None:
    weekday = _WEEKDAYS[found["weekday"]]
    if found["next"] or found["next_week"]:
        return _ahead(today, 7 - today.isoweekday() + weekday)
    return _ahead(today, (weekday - today.isoweekday()) % 7)


def _read_next_week(found: Found, today: date) -> date | None:
    return _ahead(today, 8 - today.isoweekday())


def _read_week(found: Found, today: date) -> date | None:
    week, weekday = int(found["week"]), _WEEKDAYS.get(found["weekday"] or "", 1)
    if found["year"] is not None:
        return _day_of_week(int(found["year"]), week, weekday)
    this_year, this_week = today.isocalendar()[:2]
    if found["weekday"] is None and week == this_week:
        return today
    coming = (_day_of_week(year, week, weekday) for year in (this_year, this_year + 1))
    return next((day for day in coming if day and day >= today), None)


def _day_of_week(year: int, week: int, weekday: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date.fromisocalendar(year, week, weekday)
    except ValueError:  # most years have no week 53
        return None


def _read_relative(found: Found, today: date) -> date | None:
    count = _COUNTS.get(found["count"]) or int(found["count"])
    unit = found["unit"][0]
    if unit == "d":
        return _ahead(today, count)
    if unit in "uw":
        return _ahead(today, 7 * count)
    return _months_ahead(today, count if unit == "m" else 12 * count)


def _months_ahead(today: date, count: int) -> date | None:
    """The same day of the month, or the month's last: 31 January and a month is 28 February."""
    months = today.month - 1 + count
    year, month = today.year + months // 12, months % 12 + 1
    days = (_day(year, month, today.day - shorter) for shorter in range(4))
    return next((day for day in days if day), None)


_WRITTEN: tuple[tuple[str, Reading], ...] = (
    (rf"{_ON}(?P<words>{_any_of(_DAYS_AHEAD)})", _read_words),
    (r"(?P<year>[0-9]{4})([-/.])(?P<month>[0-9]{1,2})\2(?P<day>[0-9]{1,2})", _read_iso),
    (
        rf"{_LEAD}{_DAY} ?[./-] ?(?P<month>[0-9]{{1,2}})"
        r"(?: ?[./ -] ?(?P<year>[0-9]{4}|[0-9]{2}))?",
        _read_day_and_month,
    ),
    (
        rf"{_LEAD}{_DAY}(?:\.|st|nd|rd|th)? ?(?:of )?{_MONTH}(?:[ ,-]{{0,2}}{_YEAR})?",
        _read_day_and_month,
    ),
    (
        rf"{_LEAD}{_MONTH} (?:the )?{_DAY}(?:st|nd|rd|th)?(?:[ ,-]{{1,2}}{_YEAR})?",
        _read_day_and_month,
    ),
    (rf"{_ON}(?:{_WEEKDAY},? )?(?:den|the|d\.?) ?{_DAY}(?:\.|st|nd|rd|th)?", _read_day_of_month),
    (rf"{_ON}(?:{_WEEKDAY} )?{_DAY}(?:\.|st|nd|rd|th)", _read_day_of_month),
    (
        rf"{_ON}(?:(?P<next>{_NEXT}) |this |denne |nu på )?{_WEEKDAY}"
        rf"(?P<next_week> (?:i )?{_NEXT} (?:uge|week))?",
        _read_weekday,
    ),
    (rf"{_ON}(?:i |in )?{_NEXT} (?:uge|week)", _read_next_week),
    (
        rf"{_ON}(?:{_WEEKDAY} )?(?:(?:i|in|of) )?(?:uge|week|u\.) ?(?P<week>[0-9]{{1,2}})"
        r"(?:[ ,/-]{1,2}(?:i |in )?(?P<year>[0-9]{4}))?",
        _read_week,
    ),
    (
        rf"(?:om|in) (?:ca\. |about )?(?P<count>[0-9]{{1,4}}|{_any_of(_COUNTS)}) "
        r"(?P<unit>dage?|days?|uger?|weeks?|måned(?:er)?|maaned(?:er)?|mdr|months?|år|aar|years?)"
        r"(?:s tid)?",
        _read_relative,
    ),
)
_FORMS = tuple((re.compile(rf"(?:{form})\.?"), reading) for form, reading in _WRITTEN)
