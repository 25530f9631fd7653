"""The checks of nudges bite: each bug planted here is caught by the check that is named beside it."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase

from flows import nudges
from tests.flows import test_nudges as of_nudges
from tests.flows.test_calendar_teeth import rewritten
from tests.flows.test_dates import prove


class Bug(NamedTuple):
    what: str
    right: str
    wrong: str
    check: Callable[[ModuleType, Any], None]


BUGS = [
    Bug(
        "on a module day off it comes all the same",
        "if days == 0 and not is_working_day(calendar, module):",
        "if days < 0 and not is_working_day(calendar, module):",
        of_nudges.check_it_comes_on_a_working_day,
    ),
    Bug(
        "on a module day off what comes before comes after",
        "    return working_days_before(calendar, module, days)\n\n\ndef _after",
        "    return working_days_before(calendar, module, days) if days != 1 else next_working_day"
        "(calendar, module)\n\n\ndef _after",
        of_nudges.check_before_is_so_many_working_days_before,
    ),
    Bug(
        "it comes at the hour even when nobody is at work",
        "return wanted if within else calendar.hours_from",
        "return wanted",
        of_nudges.check_it_comes_at_the_hour_or_the_opening,
    ),
    Bug(
        "somebody's later pace carries it past the module",
        "max(0, nudge.before - pace.offset))",
        "abs(nudge.before - pace.offset))",
        of_nudges.check_before_is_so_many_working_days_before,
    ),
    Bug(
        "the day after counts from the day itself",
        "day = _or_after(calendar, module) if days == 0 else module",
        "day = _or_after(calendar, module)",
        of_nudges.check_after_is_so_many_working_days_after,
    ),
    Bug(
        "what comes after a module comes after the next one too",
        "return day if day and (end is None or day < end) else None",
        "return day",
        of_nudges.check_what_comes_after_never_reaches_the_next,
    ),
    Bug(
        "with the next module close by there is nothing between",
        "chosen = _below(there, end) or working_days_before(calendar, end, 1)",
        "chosen = None",
        of_nudges.check_between_lies_between,
    ),
    Bug(
        "the next module does not decide about what lies between",
        "return (nudge.module, following.id) if following and bounded else (nudge.module,)",
        "return (nudge.module,)",
        of_nudges.check_only_its_own_modules_decide,
    ),
    Bug(
        "what was said before does not count",
        "full = Counter(_week(calendar, at) for at in said)",
        "full: Counter[date] = Counter()",
        of_nudges.check_no_week_holds_more_than_two,
    ),
    Bug(
        "the soonest is kept, whatever it weighs",
        "return HEAVIEST_FIRST.index(due.nudge.opens), due.at, due.nudge.id, due.group",
        "return 0, due.at, due.nudge.id, due.group",
        of_nudges.check_what_weighs_most_is_kept,
    ),
    Bug(
        "insights come as close as may be",
        "if any(abs((week - other).days) < 7 * weeks for other in insights):",
        "if any(abs((week - other).days) < 7 * weeks - 7 for other in insights):",
        of_nudges.check_insights_keep_their_distance,
    ),
    Bug(
        "an insight comes on the morning of something else",
        "    if not free:\n        return due",
        "    if free:\n        return due",
        of_nudges.check_an_insight_has_a_morning_of_its_own,
    ),
]  # fmt: skip
SITUATIONS = {
    **dict.fromkeys(of_nudges.CHECKS, of_nudges.meetings()),
    **dict.fromkeys(of_nudges.CROWD_CHECKS, of_nudges.crowds()),
}


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.what.replace(" ", "_"))
def test_a_planted_bug_is_caught(bug: Bug) -> None:
    with rewritten(nudges, bug.right, bug.wrong) as broken, pytest.raises(AssertionError):
        prove(bug.check, broken, SITUATIONS[bug.check], max_examples=600, phases=[Phase.generate])


def test_the_source_itself_loaded_in_the_same_way_passes() -> None:
    line = next(iter(Path(str(nudges.__file__)).read_text(encoding="utf-8").splitlines()))
    with rewritten(nudges, line, line) as same:
        for check, some in SITUATIONS.items():
            prove(check, same, some, max_examples=10)


def test_every_check_catches_a_bug_of_its_own() -> None:
    assert {bug.check for bug in BUGS} == set(SITUATIONS)
