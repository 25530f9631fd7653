"""What people write as a date and what we read; and the ground on which properties of time
are proved: the zones, clocks, calendars and moments worth asking about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from types import ModuleType
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import dates as real
from flows.dates import describe_date, parse_date

S = TypeVar("S")
DAY = timedelta(days=1)
FIRST, LAST = date(2020, 1, 1), date(2040, 12, 31)
ZONES = (
    "Europe/Copenhagen",
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
MODEST = settings(
    max_examples=250,
    derandomize=True,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def days_of_offset_change(zone: str) -> list[date]:
    """The local days that are not 24 hours long."""
    days = [FIRST + n * DAY for n in range((LAST - FIRST).days + 2)]
    offsets = [datetime.combine(day, time.min, ZoneInfo(zone)).utcoffset() for day in days]
    return [day for day, now, then in zip(days, offsets, offsets[1:], strict=False) if now != then]


CHANGES = {zone: days_of_offset_change(zone) for zone in ZONES}
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
NIGHT = st.integers(0, 4 * 12 - 1).map(lambda step: time(step // 12, step % 12 * 5))
CLOCKS = st.one_of(MINUTES, NIGHT, st.sampled_from([time(2, 30), time(9), time(8)]))


def prove(
    check: Callable[[ModuleType, S], None],
    module: ModuleType,
    situations: st.SearchStrategy[S],
    **changes: Any,
) -> None:
    """Fails with the situation in which the module breaks the check's promise."""

    @settings(MODEST, **changes)
    @given(situation=situations)
    def for_all(situation: S) -> None:
        check(module, situation)

    for_all()


# --- Situations: a person's calendar and a moment near to what is in it ---------------------------


@dataclass(frozen=True)
class Situation:
    """Plain values, so that any version of the module can be asked about them."""

    calendar: dict[str, Any]
    at: datetime
    clock: time
    fraction: float
    number: int

    def calendar_in(self, module: ModuleType) -> Any:
        spans = {
            kind: tuple(module.Span(first=first, last=last) for first, last in self.calendar[kind])
            for kind in ("leave", "closed")
        }
        return module.PersonCalendar(**(self.calendar | spans))

    @property
    def day(self) -> date:
        return self.at.astimezone(ZoneInfo(self.calendar["zone"])).date()


@st.composite
def hours(draw: st.DrawFn) -> tuple[time, time]:
    if draw(st.integers(0, 2)) == 0:
        return time(8), time(16)
    first, second = draw(CLOCKS), draw(CLOCKS)
    return (min(first, second), max(first, second)) if first != second else (time(8), time(16))


@st.composite
def spans_near(draw: st.DrawFn, day: date) -> list[tuple[date, date]]:
    starts = draw(st.lists(st.integers(-50, 60), max_size=2))
    lengths = st.one_of(st.integers(0, 3), st.integers(0, 40), st.integers(100, 450))
    return [(day + n * DAY, day + (n + draw(lengths)) * DAY) for n in starts]


@st.composite
def calendars(draw: st.DrawFn, zone: str, day: date) -> dict[str, Any]:
    near = st.integers(-10, 20).map(lambda n: day + n * DAY)
    usual = st.just(frozenset({1, 2, 3, 4, 5}))
    hours_from, hours_to = draw(hours())
    return {
        "zone": zone,
        "working_days": draw(st.one_of(usual, usual, st.frozensets(st.integers(1, 7)))),
        "hours_from": hours_from,
        "hours_to": hours_to,
        "leave": draw(spans_near(day)),
        "closed": draw(spans_near(day)) if draw(st.booleans()) else [],
        "holidays": draw(st.frozensets(near, max_size=4)),
        "paused_until": draw(st.one_of(st.none(), st.none(), near)),
    }


@st.composite
def nightly(draw: st.DrawFn) -> dict[str, Any]:
    """Work at the very hours at which clocks change, every day."""
    first, second = sorted(draw(st.lists(NIGHT, min_size=2, max_size=2, unique=True)))
    free: dict[str, Any] = {"leave": [], "closed": [], "holidays": frozenset()}
    every_day = frozenset(range(1, 8))
    return free | {"working_days": every_day, "hours_from": first, "hours_to": second}


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    zone = draw(st.sampled_from(ZONES))
    at_a_change = bool(CHANGES[zone]) and draw(st.booleans())
    day = draw(st.sampled_from(CHANGES[zone]) if at_a_change else st.dates(FIRST, LAST))
    calendar = draw(calendars(zone, day))
    if at_a_change and draw(st.booleans()):
        calendar |= draw(nightly())
    clock = draw(NIGHT if at_a_change else CLOCKS)
    at = datetime.combine(day, clock, ZoneInfo(zone)).replace(fold=draw(st.integers(0, 1)))
    return Situation(
        calendar=calendar,
        at=at.astimezone(UTC) + timedelta(seconds=draw(st.sampled_from([0, 0, 1, 59]))),
        clock=draw(CLOCKS),
        fraction=draw(st.floats(0, 1, exclude_max=True)),
        number=draw(st.integers(0, 30)),
    )


# --- Checks ---------------------------------------------------------------------------------------

SOMEDAY = st.tuples(st.dates(FIRST, LAST), st.integers(0, 800))


def check_a_date_said_is_the_date_read(module: ModuleType, given: tuple[date, int]) -> None:
    today, ahead = given
    day = today + ahead * DAY
    for language in ("da", "en"):
        said = module.describe_date(day, language, today=today)
        assert module.parse_date(said, today) == day
        assert module.parse_date(said.upper(), today) == day
    for form in ("%Y-%m-%d", "%d/%m-%y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "d. %d.%m.%Y."):
        assert module.parse_date(day.strftime(form), today) == day


def check_a_day_without_a_year_is_the_next_such(
    module: ModuleType, given: tuple[date, int]
) -> None:
    today, ahead = given
    day = today + ahead % 365 * DAY
    for text in (f"{day.day}/{day.month}", f"{day.day}. {real.MONTHS_DA[day.month - 1][:3]}."):
        assert module.parse_date(text, today) == day
    weekday, week = today + ahead % 7 * DAY, day.isocalendar().week
    assert module.parse_date(f"på {real.WEEKDAYS_DA[weekday.weekday()]}", today) == weekday
    monday = module.parse_date(f"uge {week}", today)
    assert today <= monday <= today + 371 * DAY
    assert monday.isocalendar().week == week


def check_a_next_weekday_is_in_the_week_to_come(
    module: ModuleType, given: tuple[date, int]
) -> None:
    today, ahead = given
    name = real.WEEKDAYS_EN[ahead % 7]
    monday = today - today.weekday() * DAY
    for text in (f"next {name}", f"{name} next week"):
        assert module.parse_date(text, today) == monday + (7 + ahead % 7) * DAY


CHECKS = (
    check_a_date_said_is_the_date_read,
    check_a_day_without_a_year_is_the_next_such,
    check_a_next_weekday_is_in_the_week_to_come,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_reader_of_dates_keeps(check: Callable[[ModuleType, tuple[date, int]], None]) -> None:
    prove(check, real, SOMEDAY)


PIECES = st.sampled_from(
    ["24", "/", ".", "-", " ", "31", "0", "9999", "uge", "week", "om", "in", "næste", "mandag",
     "fre", "dec", "marts", "den", "d.", "53", "år", "måneder", "🙂", "\u200f", "\u202e", "²", "٣"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=9).map("".join))


@given(TEXTS, st.dates())
@settings(MODEST, max_examples=1500)
def test_no_text_is_an_error(text: str, today: date) -> None:
    assert isinstance(parse_date(text, today), date | None)


# --- Examples, all read on Wednesday 18 November 2026 (week 47) -----------------------------------

TODAY = date(2026, 11, 18)
READ = {
    "2026-12-24": ["2026-12-24", "24/12", "24/12-26", "24.12.2026", "24-12-2026", "24/12 2026",
                   "24. december", "d. 24. dec 2026", "den 24. december", "December 24", "24 Dec",
                   "Dec 24th, 2026", "the 24th of December", "torsdag den 24. december", "24.12.",
                   "Thursday 24 December", "torsdag d. 24/12", "  24/12  🎄", "24. dec-26",
                   "24 dec '26", "24‑12‑2026", "\u200f24/12\u200f", "senest den 24/12", "24/12!"],
    "2026-11-18": ["i dag", "I dag.", "today", "idag", "onsdag", "på onsdag", "18/11", "den 18."],
    "2026-11-19": ["i morgen", "tomorrow", "om en dag", "in one day", "Thursday", "on Thu"],
    "2026-11-20": ["i overmorgen", "day after tomorrow", "fredag", "på fredag", "Friday", "fre."],
    "2026-11-21": ["om 3 dage", "in three days", "lørdag", "LØRDAG", "lordag", "om tre dage"],
    "2026-11-23": ["næste mandag", "next Monday", "mandag i næste uge", "Monday next week",
                   "næste uge", "uge 48", "week 48", "mandag i uge 48", "på mandag"],
    "2026-11-27": ["næste fredag", "next Friday", "fredag i næste uge", "fredag i uge 48"],
    "2026-12-02": ["om to uger", "om 14 dage", "in two weeks", "om fjorten dage", "om et par uger",
                   "den 2.", "on the 2nd", "2/12", "Dec 2", "om 14 dages tid"],
    "2026-12-18": ["om en måned", "in a month", "om 1 måned"],
    "2027-11-18": ["om et år", "in a year", "om 12 måneder"],
    "2027-11-17": ["17/11", "17. november", "onsdag den 17. november"],
    "2027-11-15": ["uge 46", "uge 46 2027", "Week 46, 2027"],
    "2026-12-28": ["uge 53"],
    "2028-02-29": ["29/2", "29. februar", "February 29"],
    "2019-03-01": ["1/3-19", "1. marts 2019", "2019-03-01", "1 March 2019"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"), [(text, day) for day, texts in READ.items() for text in texts]
)
def test_a_date_is_read_in_danish_and_in_english(text: str, day: str) -> None:
    assert parse_date(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    ["", "   ", "31/2", "31. februar", "0/1", "24/13", "2026-02-30", "29/2-2026", "uge 54", "uge 0",
     "uge 53 2027", "12", "måske", "snart", "i fredags", "om lidt", "🙂", "\u202e", "24/12/0026",
     "mandag den 24. december", "1/1-9999", "om 9999 år", "--", "24/12 eller 25/12", "den 32.",
     "24" * 4000, "🙂" * 8000, "den " * 2000 + "24/12", "0/0", "\ud800", "٢٤/١٢"],
    ids=lambda text: ascii(text[:24]),
)  # fmt: skip
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text, TODAY) is None


def test_a_week_already_begun_means_what_is_left_of_it() -> None:
    assert parse_date("uge 47", TODAY) == TODAY


def test_week_53_exists_only_in_the_year_that_has_one() -> None:
    assert parse_date("uge 53", date(2027, 1, 4)) is None
    assert parse_date("uge 53", date(2025, 6, 1)) == date(2026, 12, 28)


def test_a_month_from_the_31st_ends_with_the_shorter_month() -> None:
    assert parse_date("om en måned", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_date("in a year", date(2028, 2, 29)) == date(2029, 2, 28)


def test_the_29th_of_february_is_found_across_the_century() -> None:
    assert parse_date("29/2", date(2096, 3, 1)) == date(2104, 2, 29)


def test_the_last_of_days_is_no_error() -> None:
    for text in ("i morgen", "næste uge", "om 9999 uger", "fredag", "1/1", "uge 1", "den 1."):
        assert parse_date(text, date.max) is None


def test_a_flood_of_text_is_refused_at_once() -> None:
    floods = ["a" * 8000, " " * 8000, "24/12 " * 1300, "\u200f" * 8000, "mandag " * 16]
    started = perf_counter()
    for flood in floods * 20:
        assert parse_date(flood, TODAY) is None
    assert perf_counter() - started < 1


@pytest.mark.parametrize(
    ("day", "language", "today", "said"),
    [
        (date(2026, 12, 2), "da", TODAY, "onsdag den 2. december"),
        (date(2026, 12, 2), "en", TODAY, "Wednesday 2 December"),
        (date(2027, 1, 4), "da", TODAY, "mandag den 4. januar 2027"),
        (date(2027, 1, 4), "en", TODAY, "Monday 4 January 2027"),
        (date(2027, 1, 4), "da", None, "mandag den 4. januar"),
    ],
)
def test_a_date_is_said_with_its_weekday_and_the_year_only_when_it_is_another(
    day: date, language: Literal["da", "en"], today: date | None, said: str
) -> None:
    assert describe_date(day, language, today=today) == said
