"""Examples of the calendar's rules, and its promises as checks that take the module they judge.

`test_calendar_teeth.py` runs the same checks against planted bugs.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from flows import calendar as real
from flows.calendar import (
    PersonCalendar,
    Span,
    is_working_day,
    local_date,
    may_contact,
    next_opening,
    next_working_day,
    snooze,
    within_budget,
    working_days_before,
)
from tests.flows.test_dates import CHANGES, DAY, Situation, prove, situations

# --- Oracle: the same promises in the most plodding way -------------------------------------------


def works(calendar: dict[str, Any], day: date) -> bool:
    off = [*calendar["leave"], *calendar["closed"], *((h, h) for h in calendar["holidays"])]
    return day.weekday() + 1 in calendar["working_days"] and all(
        day < first or day > last for first, last in off
    )


def contactable(calendar: dict[str, Any], day: date) -> bool:
    paused = calendar["paused_until"]
    return works(calendar, day) and (paused is None or paused <= day)


def is_open(calendar: dict[str, Any], at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(calendar["zone"]))
    minutes = local.hour * 60 + local.minute
    opens, closes = calendar["hours_from"], calendar["hours_to"]
    within = opens.hour * 60 + opens.minute <= minutes < closes.hour * 60 + closes.minute
    return within and contactable(calendar, local.date())


def wall(zone: str, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


# --- Checks ---------------------------------------------------------------------------------------


def check_the_gate_agrees_with_the_oracle(module: ModuleType, given: Situation) -> None:
    calendar = given.calendar_in(module)
    for hours_later in (0, 3, 9, 26, 24 * 7):
        at = given.at + timedelta(hours=hours_later)
        assert module.may_contact(calendar, at) == is_open(given.calendar, at)
    for edge in (given.calendar["hours_from"], given.calendar["hours_to"]):
        at = datetime.combine(given.day, edge, ZoneInfo(given.calendar["zone"])).astimezone(UTC)
        for moment in (at - timedelta(minutes=1), at, at + timedelta(minutes=1)):
            assert module.may_contact(calendar, moment) == is_open(given.calendar, moment)


def check_the_next_opening_is_the_first_open_instant(module: ModuleType, given: Situation) -> None:
    calendar = given.calendar_in(module)
    for start in (given.at + timedelta(minutes=25 * n) for n in range(9)):
        opening = module.next_opening(calendar, start)
        assert opening is None or (opening >= start and is_open(given.calendar, opening))
        assert opening is None or module.next_opening(calendar, opening) == opening
        for before in moments_between(start, opening or start + 390 * DAY, given.fraction):
            assert not is_open(given.calendar, before)


def moments_between(start: datetime, end: datetime, fraction: float) -> list[datetime]:
    soon = [start + timedelta(minutes=12 * n) for n in range(12)]
    late = [end - timedelta(minutes=n) for n in (1, 20, 31, 45, 61, 90, 24 * 60)]
    moments = [*soon, start + (end - start) * fraction, end - timedelta(microseconds=1), *late]
    return [moment for moment in moments if start <= moment < end]


def check_a_snooze_ends_at_an_open_instant(module: ModuleType, given: Situation) -> None:
    calendar = given.calendar_in(module)
    for choice in ("later-today", "tomorrow-morning", "next-working-day", "after-leave"):
        until = module.snooze(calendar, choice, given.at)
        assert until is None or (until > given.at and is_open(given.calendar, until))


def check_a_snooze_is_as_long_as_it_says(module: ModuleType, given: Situation) -> None:
    calendar, today = given.calendar_in(module), given.day
    later = module.snooze(calendar, "later-today", given.at)
    if later is not None and module.local_date(calendar, later) == today:
        assert later - given.at >= timedelta(hours=3)
    elif later is not None:
        assert not is_open(given.calendar, given.at + timedelta(hours=3)) or (
            wall(given.calendar["zone"], given.at + timedelta(hours=3)).date() != today
        )
    for choice in ("tomorrow-morning", "next-working-day"):
        until = module.snooze(calendar, choice, given.at)
        check_is_next_morning(given.calendar, today, until)
    leave_ends = end_of_leave(given.calendar, today)
    check_is_next_morning(
        given.calendar, leave_ends, module.snooze(calendar, "after-leave", given.at)
    )


def check_is_next_morning(calendar: dict[str, Any], day: date, until: datetime | None) -> None:
    if until is None:
        start = max(day, (calendar["paused_until"] or day) - DAY)
        assert not any(contactable(calendar, start + n * DAY) for n in range(1, 401))
        return
    local = wall(calendar["zone"], until)
    length = (local.date() - day).days
    assert length > 0
    skipped = [day + n * DAY for n in range(1, length) if contactable(calendar, day + n * DAY)]
    assert all(is_short(calendar["zone"], each) for each in skipped)
    if not is_short(calendar["zone"], local.date()):
        opens = datetime.combine(local.date(), calendar["hours_from"])
        assert timedelta(0) <= local - opens <= timedelta(minutes=15)


def is_short(zone: str, day: date) -> bool:
    """A day of a clock change may have no opening at all, or a later one."""
    return day in CHANGES[zone]


def end_of_leave(calendar: dict[str, Any], today: date) -> date:
    now = [last for first, last in calendar["leave"] if first <= today <= last]
    coming = sorted(span for span in calendar["leave"] if span[0] > today)
    return max(now) if now else (coming[0][1] if coming else today)


def check_a_local_time_is_kept_except_in_a_gap(module: ModuleType, given: Situation) -> None:
    zone, day = given.calendar["zone"], given.day
    at = module.at_local(given.calendar_in(module), day, given.clock)
    meant = datetime.combine(day, given.clock)
    assert at.tzinfo is UTC
    assert wall(zone, at) >= meant
    if wall(zone, at) == meant:
        earlier = [at - timedelta(minutes=n) for n in (30, 60)]
        assert all(wall(zone, moment) != meant for moment in earlier)
    else:
        assert wall(zone, at - timedelta(minutes=1)) < meant, "the first minute after the gap"


def check_the_next_working_day_is_the_first_after(module: ModuleType, given: Situation) -> None:
    following = module.next_working_day(given.calendar_in(module), given.day)
    days = [given.day + n * DAY for n in range(1, 401)]
    assert following == next((day for day in days if works(given.calendar, day)), None)
    for day in days[:30]:
        assert module.is_working_day(given.calendar_in(module), day) == works(given.calendar, day)


def check_working_days_before_counts_them(module: ModuleType, given: Situation) -> None:
    calendar, n = given.calendar_in(module), given.number
    before = module.working_days_before(calendar, given.day, n)
    if before is None:
        worked = [k for k in range(400) if works(given.calendar, given.day - k * DAY - DAY)]
        assert len(worked) < n
        return
    between = [before + k * DAY for k in range((given.day - before).days)]
    assert sum(works(given.calendar, day) for day in between) == n
    assert n == 0 or works(given.calendar, before)


def check_the_budget_counts_the_local_week(module: ModuleType, given: Situation) -> None:
    calendar, zone = given.calendar_in(module), given.calendar["zone"]
    contacts = [given.at + timedelta(hours=17 * k * given.fraction) for k in range(-12, 12)]
    monday = given.day - given.day.weekday() * DAY
    made = sum(monday <= wall(zone, c).date() < monday + 7 * DAY for c in contacts)
    for per_week in (made, made + 1):
        fits = module.within_budget(contacts, given.at, per_week, calendar)
        assert fits == (made < per_week)


CHECKS = (
    check_the_gate_agrees_with_the_oracle,
    check_the_next_opening_is_the_first_open_instant,
    check_a_snooze_ends_at_an_open_instant,
    check_a_snooze_is_as_long_as_it_says,
    check_a_local_time_is_kept_except_in_a_gap,
    check_the_next_working_day_is_the_first_after,
    check_working_days_before_counts_them,
    check_the_budget_counts_the_local_week,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_calendar_keeps(check: Callable[[ModuleType, Situation], None]) -> None:
    prove(check, real, situations())


# --- Examples -------------------------------------------------------------------------------------


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(first: str, last: str) -> Span:
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last))


def copenhagen(**values: Any) -> PersonCalendar:
    return PersonCalendar(zone="Europe/Copenhagen", **values)


@pytest.mark.parametrize("zone", ["Europe/Kobenhavn", "", "Europe", "../etc/passwd", "a\0b"])
def test_an_unknown_zone_is_refused_by_name_with_the_mend(zone: str) -> None:
    with pytest.raises(ValueError, match="Europe/Copenhagen") as refused:
        PersonCalendar(zone=zone)
    assert repr(zone) in str(refused.value)


@pytest.mark.parametrize(
    ("values", "mend"),
    [
        ({"hours_from": time(22), "hours_to": time(6)}, "earlier than 'to'"),
        ({"hours_from": time(8, tzinfo=UTC)}, "local time"),
        ({"working_days": {0}}, "greater than or equal to 1"),
        ({"leave": [{"first": "2026-07-10", "last": "2026-07-09"}]}, "swap them"),
    ],
)
def test_an_impossible_calendar_is_refused_with_the_mend(values: dict[str, Any], mend: str) -> None:
    with pytest.raises(ValidationError, match=mend):
        copenhagen(**values)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="give it in UTC"):
        may_contact(copenhagen(), datetime(2026, 5, 6, 10))


def test_the_local_date_is_the_persons_own() -> None:
    late = utc("2026-05-06T22:30")
    assert local_date(copenhagen(), late) == date(2026, 5, 7)
    assert local_date(PersonCalendar(zone="America/New_York"), late) == date(2026, 5, 6)


def test_the_gate_is_open_from_the_first_minute_up_to_the_last() -> None:
    calendar = copenhagen()
    assert not may_contact(calendar, utc("2026-05-06T05:59:59"))
    assert may_contact(calendar, utc("2026-05-06T06:00"))
    assert may_contact(calendar, utc("2026-05-06T13:59:59"))
    assert not may_contact(calendar, utc("2026-05-06T14:00"))


def test_no_contact_reaches_a_person_on_leave_a_holiday_a_closed_week_or_a_pause() -> None:
    noon, day = utc("2026-05-06T10:00"), date(2026, 5, 6)
    assert may_contact(copenhagen(), noon)
    assert not may_contact(copenhagen(leave=(span("2026-05-06", "2026-05-06"),)), noon)
    assert not may_contact(copenhagen(closed=(span("2026-05-04", "2026-05-10"),)), noon)
    assert not may_contact(copenhagen(holidays=frozenset({day})), noon)
    assert not may_contact(copenhagen(paused_until=date(2026, 5, 7)), noon)
    assert may_contact(copenhagen(paused_until=day), noon)


def test_a_pause_is_no_day_off() -> None:
    paused = copenhagen(paused_until=date(2026, 6, 1))
    assert is_working_day(paused, date(2026, 5, 6))


def test_a_person_without_working_days_has_no_next_one() -> None:
    never = copenhagen(working_days=frozenset())
    assert next_working_day(never, date(2026, 5, 6)) is None
    assert working_days_before(never, date(2026, 5, 6), 1) is None
    assert next_opening(never, utc("2026-05-06T10:00")) is None
    assert snooze(never, "later-today", utc("2026-05-06T10:00")) is None


def test_a_working_day_after_the_last_of_days_is_none_and_not_an_error() -> None:
    assert next_working_day(copenhagen(), date.max) is None
    assert working_days_before(copenhagen(), date.min, 1) is None


def test_three_working_days_before_a_monday_is_the_wednesday() -> None:
    assert working_days_before(copenhagen(), date(2026, 5, 11), 3) == date(2026, 5, 6)
    assert working_days_before(copenhagen(), date(2026, 5, 10), 0) == date(2026, 5, 10)
    with pytest.raises(ValueError, match="0 or more"):
        working_days_before(copenhagen(), date(2026, 5, 10), -1)


def test_the_gate_that_would_open_within_the_spring_gap_opens_right_after_it() -> None:
    night = copenhagen(hours_from=time(2, 30), hours_to=time(6), working_days=frozenset({7}))
    assert next_opening(night, utc("2026-03-29T00:10")) == utc("2026-03-29T01:00")


def test_hours_that_lie_wholly_within_the_gap_wait_for_the_next_working_day() -> None:
    night = copenhagen(hours_from=time(2), hours_to=time(3), working_days={1, 7})
    assert next_opening(night, utc("2026-03-29T00:10")) == utc("2026-03-30T00:00")


def test_a_gate_that_closed_in_the_fold_opens_again_with_the_repeated_hour() -> None:
    night = copenhagen(hours_from=time(1), hours_to=time(2, 30), working_days=frozenset({7}))
    assert next_opening(night, utc("2026-10-25T00:40")) == utc("2026-10-25T01:00")


WEDNESDAY = utc("2026-05-06T08:00")  # 10:00 in Copenhagen
SUMMER, AUTUMN = span("2026-07-06", "2026-07-24"), span("2026-10-12", "2026-10-16")


@pytest.mark.parametrize(
    ("choice", "now", "until"),
    [
        ("later-today", "2026-05-06T08:00", "2026-05-06T11:00"),
        ("later-today", "2026-05-06T02:00", "2026-05-06T06:00"),  # before the day begins
        ("later-today", "2026-05-08T12:30", "2026-05-11T06:15"),  # a late Friday
        ("tomorrow-morning", "2026-05-12T08:00", "2026-05-13T06:15"),
        ("tomorrow-morning", "2026-05-13T08:00", "2026-05-15T06:15"),  # before Ascension Day
        ("next-working-day", "2026-05-13T08:00", "2026-05-15T06:15"),
        ("after-leave", "2026-05-06T08:00", "2026-07-27T06:15"),
        ("after-leave", "2026-07-08T08:00", "2026-07-27T06:15"),
        ("after-leave", "2026-11-04T09:00", "2026-11-05T07:15"),  # no leave any more
    ],
)
def test_a_snooze_ends_in_the_persons_own_working_time(
    choice: real.Snooze, now: str, until: str
) -> None:
    calendar = copenhagen(holidays=frozenset({date(2026, 5, 14)}), leave=(AUTUMN, SUMMER))
    assert snooze(calendar, choice, utc(now)) == utc(until)


def test_a_snooze_waits_for_the_end_of_a_pause() -> None:
    paused = copenhagen(paused_until=date(2028, 1, 1))
    assert snooze(paused, "later-today", WEDNESDAY) == utc("2028-01-03T07:15")


def test_a_pause_without_an_end_leaves_no_opening() -> None:
    assert next_opening(copenhagen(paused_until=date.max), WEDNESDAY) is None


def test_working_hours_of_ten_minutes_still_have_a_morning() -> None:
    brief = copenhagen(hours_from=time(9), hours_to=time(9, 10))
    assert snooze(brief, "tomorrow-morning", WEDNESDAY) == utc("2026-05-07T07:00")


def test_an_unknown_snooze_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match="later-today, tomorrow-morning"):
        snooze(copenhagen(), "never", WEDNESDAY)  # type: ignore[arg-type]


def test_the_weekly_budget_follows_the_local_iso_week() -> None:
    calendar = copenhagen()
    sunday_late, monday_early = utc("2026-05-10T21:59"), utc("2026-05-10T22:01")
    contacts = [WEDNESDAY, sunday_late]
    assert within_budget(contacts, sunday_late, 3, calendar)
    assert not within_budget(contacts, sunday_late, 2, calendar)
    assert within_budget(contacts, monday_early, 1, calendar)
    assert not within_budget([], monday_early, 0, calendar)


def test_the_week_over_new_year_in_a_53_week_year_is_one_week() -> None:
    assert date(2027, 1, 3).isocalendar()[:2] == (2026, 53)
    contacts = [utc("2026-12-29T09:00")]
    assert not within_budget(contacts, utc("2027-01-01T09:00"), 1, copenhagen())
    assert within_budget(contacts, utc("2027-01-04T09:00"), 1, copenhagen())
