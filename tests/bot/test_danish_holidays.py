from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.danish_holidays import danish_holidays
from flows.cadence import Cadence, upcoming
from flows.calendar import PersonCalendar, is_working_day


def test_store_bededag_is_gone_from_2024() -> None:
    days = danish_holidays([2023, 2024])
    assert date(2023, 5, 5) in days
    assert date(2024, 4, 26) not in days


PUBLIC = ["01-01", "04-02", "04-03", "04-06", "05-14", "05-25", "12-25"]
CUSTOMARY = ["05-01", "06-05", "12-24", "12-31"]


@pytest.mark.parametrize("day", PUBLIC + CUSTOMARY)
def test_public_holidays_and_the_customary_days_off_are_days_off(day: str) -> None:
    calendar = PersonCalendar(zone="Europe/Copenhagen", holidays=danish_holidays([2026]))
    assert date.fromisoformat(f"2026-{day}") in calendar.holidays
    assert not is_working_day(calendar, date.fromisoformat(f"2026-{day}"))


def test_only_the_years_asked_for_are_given() -> None:
    assert {day.year for day in danish_holidays(range(2026, 2029))} == {2026, 2027, 2028}
    assert danish_holidays([]) == frozenset()


def test_no_fortnightly_monday_of_ten_years_falls_on_a_day_off() -> None:
    """Of these Mondays 13 are public holidays and three more the customary days off."""
    days_off = danish_holidays(range(2026, 2037))
    calendar = PersonCalendar(zone="Europe/Copenhagen", holidays=days_off)
    cadence = Cadence(anchor=date(2026, 1, 5), every_weeks=2, at=time(9))
    mondays = [date(2026, 1, 5) + n * timedelta(weeks=2) for n in range(261)]
    slots = upcoming(cadence, calendar, datetime(2026, 1, 1, tzinfo=UTC), len(mondays))
    moved = [slot for slot in slots if slot.at.date() != slot.nominal]
    assert mondays[-1].year == 2035
    assert [slot.nominal for slot in slots] == mondays
    customary = {date(2029, 12, 31), date(2034, 5, 1), date(2035, 12, 24)}
    assert customary < {slot.nominal for slot in moved}
    assert len(moved) == 13 + len(customary)
    assert not {slot.at.date() for slot in slots} & days_off
