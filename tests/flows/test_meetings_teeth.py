"""The checks of meetings bite: each bug planted here is caught by the check that is named with it."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase

from flows import meetings
from tests.flows import test_meetings as of_meetings
from tests.flows.test_calendar_teeth import rewritten
from tests.flows.test_dates import prove


class Bug(NamedTuple):
    what: str
    right: str
    wrong: str
    check: Callable[[ModuleType, Any], None]


BUGS = [
    Bug(
        "substitutes take turns with the members",
        "own = [seat.person for seat in seats if not seat.substitute]",
        "own = [seat.person for seat in seats]",
        of_meetings.check_a_substitute_calls_nothing_while_a_member_is_there,
    ),
    Bug(
        "it is always the first one's turn",
        "key=lambda person: latest.get(person, -1)",
        "key=able.index",
        of_meetings.check_everybody_has_a_turn_before_anybody_has_two,
    ),
    Bug(
        "whoever is away is asked all the same",
        "if person not in not_now]",
        "]",
        of_meetings.check_nobody_is_asked_who_cannot_be,
    ),
    Bug(
        "the turn goes to whoever called the last one",
        "key=lambda person: latest.get(person, -1)",
        "key=lambda person: -latest.get(person, -1)",
        of_meetings.check_whoever_was_away_comes_next,
    ),
    Bug(
        "the soonest time wins, whomever it suits",
        "key=lambda one: (-len(one.fits), one.at, one.id)",
        "key=lambda one: (one.at, one.id)",
        of_meetings.check_no_time_suits_more_people_than_the_first,
    ),
    Bug(
        "of equals the latest comes first",
        "key=lambda one: (-len(one.fits), one.at, one.id)",
        "key=lambda one: (-len(one.fits), -one.at.timestamp(), one.id)",
        of_meetings.check_of_equals_the_soonest_comes_first,
    ),
    Bug(
        "a time that has passed is chosen",
        "if one.at > now)",
        ")",
        of_meetings.check_what_has_passed_is_not_chosen,
    ),
    Bug(
        "every substitute comes",
        "if seat.substitute and seat.role in roles and seat.person not in own",
        "if seat.substitute and seat.person not in own",
        of_meetings.check_only_substitutes_of_those_who_cannot_stand_in,
    ),
    Bug(
        "it is settled whenever it comes to it",
        "if opens is not None and opens < first:",
        "if opens is not None:",
        of_meetings.check_it_is_settled_in_working_hours_before_the_first_time,
    ),
    Bug(
        "it is settled at once when the time is near",
        "opens = next_opening(calendar, at) if at is not None and at >= now + HURRY else None",
        "opens = next_opening(calendar, at) if at is not None and at >= now else None",
        of_meetings.check_people_have_some_time_to_answer,
    ),
    Bug(
        "it is asked about two working days after",
        "return _next_morning(calendar, meeting)",
        "return _next_morning(calendar, _next_morning(calendar, meeting) or meeting)",
        of_meetings.check_it_is_asked_about_on_the_working_day_after,
    ),
    Bug(
        "one answer is enough",
        "return set(voters) <= set(answered)",
        "return bool(set(voters) & set(answered))",
        of_meetings.check_it_waits_until_everybody_has_answered,
    ),
]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.what.replace(" ", "_"))
def test_a_planted_bug_is_caught(bug: Bug) -> None:
    with rewritten(meetings, bug.right, bug.wrong) as broken, pytest.raises(AssertionError):
        prove(
            bug.check, broken, of_meetings.situations(), max_examples=600, phases=[Phase.generate]
        )


def test_the_source_itself_loaded_in_the_same_way_passes() -> None:
    line = next(iter(Path(str(meetings.__file__)).read_text(encoding="utf-8").splitlines()))
    with rewritten(meetings, line, line) as same:
        for check in of_meetings.CHECKS:
            prove(check, same, of_meetings.situations(), max_examples=10)


def test_every_check_catches_a_bug_of_its_own() -> None:
    assert {bug.check for bug in BUGS} == set(of_meetings.CHECKS)
