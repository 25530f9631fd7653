"""The checks of time bite: each bug planted here is caught by the check that is named beside it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase
from hypothesis import strategies as st

from flows import cadence, calendar, dates, rhythm
from tests.flows import test_cadence as of_cadence
from tests.flows import test_calendar as of_calendar
from tests.flows import test_dates as of_dates
from tests.flows import test_rhythm as of_rhythm

SITUATIONS: dict[ModuleType, st.SearchStrategy[Any]] = {
    calendar: of_calendar.situations(),
    cadence: of_cadence.rhythms(),
    dates: of_dates.SOMEDAY,
    rhythm: of_rhythm.situations(),
}
CHECKS = {
    calendar: of_calendar.CHECKS,
    cadence: of_cadence.CHECKS,
    dates: of_dates.CHECKS,
    rhythm: of_rhythm.CHECKS,
}


class Bug(NamedTuple):
    what: str
    module: ModuleType
    right: str
    wrong: str
    check: Callable[[ModuleType, Any], None]


BUGS = [
    Bug(
        "the gate is still open at the last minute",
        calendar,
        "<= local.time() < calendar.hours_to",
        "<= local.time() <= calendar.hours_to",
        of_calendar.check_the_gate_agrees_with_the_oracle,
    ),
    Bug(
        "the gate reads the clock in UTC",
        calendar,
        "return at.astimezone(_zone(calendar.zone))",
        "return at.astimezone(UTC)",
        of_calendar.check_the_gate_agrees_with_the_oracle,
    ),
    Bug(
        "the last day of a leave is forgotten",
        calendar,
        "if span.first <= day <= span.last:",
        "if span.first <= day < span.last:",
        of_calendar.check_the_gate_agrees_with_the_oracle,
    ),
    Bug(
        "the organisation's closed weeks are forgotten",
        calendar,
        "for spans in (calendar.leave, calendar.closed):",
        "for spans in (calendar.leave,):",
        of_calendar.check_the_gate_agrees_with_the_oracle,
    ),
    Bug(
        "holidays are forgotten",
        calendar,
        "in calendar.working_days and day not in calendar.holidays",
        "in calendar.working_days",
        of_calendar.check_the_gate_agrees_with_the_oracle,
    ),
    Bug(
        "weekdays are counted from nought",
        calendar,
        "day.isoweekday() in",
        "day.weekday() in",
        of_calendar.check_the_gate_agrees_with_the_oracle,
    ),
    Bug(
        "a pause ends a day late",
        calendar,
        "calendar.paused_until is not None and day < calendar.paused_until\n\n",
        "calendar.paused_until is not None and day <= calendar.paused_until\n\n",
        of_calendar.check_the_gate_agrees_with_the_oracle,
    ),
    Bug(
        "the first day after a pause is passed over",
        calendar,
        "day = calendar.paused_until - timedelta(days=1)",
        "day = calendar.paused_until",
        of_calendar.check_the_next_opening_is_the_first_open_instant,
    ),
    Bug(
        "the opening of today is passed over",
        calendar,
        "if day is not None and not is_contact_day(calendar, day):",
        "if day is not None:",
        of_calendar.check_the_next_opening_is_the_first_open_instant,
    ),
    Bug(
        "the repeated hour of autumn does not open again",
        calendar,
        "        openings.append(_offset_change(calendar, midnight, tomorrow))\n",
        "",
        of_calendar.check_the_next_opening_is_the_first_open_instant,
    ),
    Bug(
        "the day after a leave is leapt over with it",
        calendar,
        "(span.last if span else candidate).toordinal() + 1",
        "(span.last if span else candidate).toordinal() + 2",
        of_calendar.check_the_next_working_day_is_the_first_after,
    ),
    Bug(
        "working days are counted from the day itself",
        calendar,
        "ordinal = day.toordinal() - 1",
        "ordinal = day.toordinal()",
        of_calendar.check_working_days_before_counts_them,
    ),
    Bug(
        "a snooze does not ask the gate",
        calendar,
        "    if may_contact(calendar, settled):\n        return settled",
        "    if settled:\n        return settled",
        of_calendar.check_a_snooze_ends_at_an_open_instant,
    ),
    Bug(
        "later today is tomorrow at the earliest",
        calendar,
        "if soon is not None and local_date(calendar, soon) == today:",
        "if soon is not None and local_date(calendar, soon) != today:",
        of_calendar.check_a_snooze_is_as_long_as_it_says,
    ),
    Bug(
        "after leave is after the last leave planned",
        calendar,
        "min(coming, key=",
        "max(coming, key=",
        of_calendar.check_a_snooze_is_as_long_as_it_says,
    ),
    Bug(
        "a time in the spring gap is put before it",
        calendar,
        "return _offset_change(calendar, later.astimezone(UTC), earlier.astimezone(UTC))",
        "return later.astimezone(UTC)",
        of_calendar.check_a_local_time_is_kept_except_in_a_gap,
    ),
    Bug(
        "a time in the spring gap is put an hour on",
        calendar,
        "return _offset_change(calendar, later.astimezone(UTC), earlier.astimezone(UTC))",
        "return earlier.astimezone(UTC)",
        of_calendar.check_a_local_time_is_kept_except_in_a_gap,
    ),
    Bug(
        "a time in the autumn fold is the second",
        calendar,
        "    return earlier.astimezone(UTC)\n",
        "    return later.astimezone(UTC)\n",
        of_calendar.check_a_local_time_is_kept_except_in_a_gap,
    ),
    Bug(
        "the budget counts weeks in UTC",
        calendar,
        "local_date(calendar, contact).isocalendar()[:2] == week",
        "contact.isocalendar()[:2] == week",
        of_calendar.check_the_budget_counts_the_local_week,
    ),
    Bug(
        "the slot that has just been is given again",
        cadence,
        "if at > after:",
        "if at >= after - (after - after.replace(hour=0)):",
        of_cadence.check_the_next_slot_is_later_and_never_goes_back,
    ),
    Bug(
        "a moved slot comes back when it is over",
        cadence,
        "if slot.at > after]",
        "if slot.at]",
        of_cadence.check_the_next_slot_is_later_and_never_goes_back,
    ),
    Bug(
        "a slot on a day off stays there",
        cadence,
        "return day if is_contact_day(calendar, day) else next_contact_day(calendar, day)",
        "return day",
        of_cadence.check_a_slot_falls_on_a_contact_day_unless_moved,
    ),
    Bug(
        "four days to the next slot are enough",
        cadence,
        "FEWEST_DAYS_TO_NEXT = 5",
        "FEWEST_DAYS_TO_NEXT = 4",
        of_cadence.check_a_slot_falls_on_a_contact_day_unless_moved,
    ),
    Bug(
        "six days to the next slot are too few",
        cadence,
        "FEWEST_DAYS_TO_NEXT = 5",
        "FEWEST_DAYS_TO_NEXT = 6",
        of_cadence.check_the_slots_are_those_of_the_oracle,
    ),
    Bug(
        "the search begins with the round after today's",
        cadence,
        "max(0, (today - anchor) // step)",
        "max(0, (today - anchor) // step + 1)",
        of_cadence.check_the_slots_are_those_of_the_oracle,
    ),
    Bug(
        "the leap over a leave goes a round too far",
        cadence,
        "max(turn + 1, (reached - anchor) // step)",
        "max(turn + 1, (reached - anchor) // step + 1)",
        of_cadence.check_the_slots_are_those_of_the_oracle,
    ),
    Bug(
        "the series is in step with UTC",
        cadence,
        "at = at_local(calendar, day, cadence.at)",
        "at = datetime.combine(day, cadence.at, UTC)",
        of_cadence.check_a_slot_keeps_its_local_time,
    ),
    Bug(
        "a moved slot also stays where it was",
        cadence,
        " and nominal not in changed:",
        ":",
        of_cadence.check_upcoming_is_the_next_slot_again_and_again,
    ),
    Bug(
        "a skipped slot is held when nothing else is",
        cadence,
        "for override in overrides if override.skipped or override.moved_to",
        "for override in overrides if override.moved_to",
        of_cadence.check_changing_one_slot_leaves_the_others,
    ),
    Bug(
        "upcoming slots take no notice of moves",
        cadence,
        "slot = next_slot(cadence, calendar, after, overrides)",
        "slot = next_slot(cadence, calendar, after)",
        of_cadence.check_upcoming_is_the_next_slot_again_and_again,
    ),
    Bug(
        "today's date is taken for next year's",
        dates,
        "if d and (year is not None or d >= today)",
        "if d and (year is not None or d > today)",
        of_dates.check_a_day_without_a_year_is_the_next_such,
    ),
    Bug(
        "next Friday is this Friday",
        dates,
        "7 - today.isoweekday() + weekday",
        "(weekday - today.isoweekday()) % 7",
        of_dates.check_a_next_weekday_is_in_the_week_to_come,
    ),
    Bug(
        "the year is left out when it is needed",
        dates,
        'else f"{said} {day.year}"',
        "else said",
        of_dates.check_a_date_said_is_the_date_read,
    ),
    Bug(
        "a rule for all makes it come more often than somebody chose",
        rhythm,
        "every_weeks=max(rhythm.every_weeks, own.every_weeks or 0)",
        "every_weeks=min(rhythm.every_weeks, own.every_weeks or 99)",
        of_rhythm.check_nobody_gets_it_more_often_than_they_chose,
    ),
    Bug(
        "somebody can start what was stopped for all",
        rhythm,
        "off=rhythm.off or bool(own.off),",
        "off=own.off,",
        of_rhythm.check_what_is_stopped_stays_stopped,
    ),
    Bug(
        "one's own day is forgotten",
        rhythm,
        "weekday=own.weekday,",
        "weekday=None,",
        of_rhythm.check_the_day_and_hour_that_one_chose_count,
    ),
    Bug(
        "one's own quiet weeks take the place of everybody's",
        rhythm,
        "quiet=tuple(sorted({*rhythm.quiet, *own.quiet})),",
        "quiet=own.quiet,",
        of_rhythm.check_every_quiet_week_is_quiet,
    ),
    Bug(
        "the organisation counts before a group",
        rhythm,
        "    for level in SHARED:",
        "    for level in reversed(SHARED):",
        of_rhythm.check_a_group_counts_before_the_organisation,
    ),
]


@contextmanager
def rewritten(module: ModuleType, right: str, wrong: str) -> Iterator[ModuleType]:
    """The module with one passage of its source replaced, under a name of its own."""
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    assert source.count(right) == 1, f"{right!r} must be in {module.__name__} exactly once"
    copy = ModuleType(f"{module.__name__}_rewritten")
    sys.modules[copy.__name__] = copy  # pydantic looks there for the names in annotations
    try:
        exec(compile(source.replace(right, wrong), copy.__name__, "exec"), vars(copy))
        yield copy
    finally:
        del sys.modules[copy.__name__]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.what.replace(" ", "_"))
def test_a_planted_bug_is_caught(bug: Bug) -> None:
    with rewritten(bug.module, bug.right, bug.wrong) as broken, pytest.raises(AssertionError):
        of_dates.prove(
            bug.check, broken, SITUATIONS[bug.module], max_examples=800, phases=[Phase.generate]
        )


@pytest.mark.parametrize("module", CHECKS, ids=lambda module: module.__name__)
def test_the_source_itself_loaded_in_the_same_way_passes(module: ModuleType) -> None:
    line = next(iter(Path(str(module.__file__)).read_text(encoding="utf-8").splitlines()))
    with rewritten(module, line, line) as same:
        for check in CHECKS[module]:
            of_dates.prove(check, same, SITUATIONS[module], max_examples=10)


def test_every_check_catches_a_bug_of_its_own() -> None:
    used = {bug.check for bug in BUGS}
    assert {check for checks in CHECKS.values() for check in checks} == used
