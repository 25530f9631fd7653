"""Weeks and moved days as people write them, in Danish and English at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.forms import MOST_DAYS, NO_WEEKS, read_shift, read_weeks
from flows.rhythm import week_span

NOVEMBER = date(2026, 11, 23)
"""The Monday of week 48."""
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("uge 7, 8 og 42", "2027-W07 2027-W08 2027-W42"),
        ("week 7, 42", "2027-W07 2027-W42"),
        ("7", "2027-W07"),
        ("Uge 28-30", "2027-W28 2027-W29 2027-W30"),
        ("28 til 30", "2027-W28 2027-W29 2027-W30"),
        ("uge 51 – 1", "2026-W51 2026-W52 2026-W53 2027-W01"),
        ("u. 7 og u. 8", "2027-W07 2027-W08"),
        ("2027-W07, 2027-W08", "2027-W07 2027-W08"),
        ("7/2028", "2028-W07"),
        ("uge 42, uge 7.", "2027-W07 2027-W42"),
        ("7, 7 & 7", "2027-W07"),
        ("ingen", NO_WEEKS),
        ("No quiet weeks", NO_WEEKS),
    ],
)
def test_weeks_are_read_as_they_are_written(text: str, weeks: str) -> None:
    assert read_weeks(text, NOVEMBER) == weeks


@pytest.mark.parametrize(
    "text",
    [
        "",
        "uge",
        "i sommerferien",
        "uge 54",
        "0",
        "2027-7",
        "2027-W54",
        "50-49",
        "uge 7x",
        "9999-W52",
    ],
)
def test_what_is_no_week_is_not_guessed_at(text: str) -> None:
    assert read_weeks(text, NOVEMBER) is None


@given(DAYS, st.integers(1, 52))
def test_a_week_without_a_year_is_the_next_one_that_is_not_over(today: date, week: int) -> None:
    read = read_weeks(f"uge {week}", today)
    assert read is not None
    span = week_span(read)
    assert int(read[6:]) == week
    assert today <= span.last < today + timedelta(days=7 * 54)


@given(DAYS, st.integers(-1000, 1000))
def test_a_week_as_the_calendar_has_it_is_read_as_itself(today: date, days: int) -> None:
    written = f"{today + timedelta(days):%G-W%V}"
    assert read_weeks(written, today) == written


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2 dage tidligere", "-2"), ("1 dag senere", "1"), ("en dag før", "-1"), ("-3", "-3"),
        ("−3", "-3"), ("3", "3"), ("+3", "3"), ("2 working days earlier", "-2"),
        ("10 arbejdsdage efter", "10"), ("Som i planen", "0"), ("as planned", "0"), ("0", "0"),
    ],
)  # fmt: skip
def test_moved_days_are_read_as_they_are_written(text: str, days: str) -> None:
    assert read_shift(text, NOVEMBER) == days


@pytest.mark.parametrize("text", ["", "senere", "11", "-11", "2 uger", "måske 2", "2.5", "٣"])
def test_what_moves_nothing_by_days_is_not_guessed_at(text: str) -> None:
    assert read_shift(text, NOVEMBER) is None


@given(st.integers(-99, 99))
def test_no_more_days_than_may_be_moved(days: int) -> None:
    read = read_shift(str(days), NOVEMBER)
    assert read == (str(days) if abs(days) <= MOST_DAYS else None)
