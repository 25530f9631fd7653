"""What rules at four levels come to: nobody gets anything more often than they chose."""

from datetime import date, time
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from flows import rhythm
from flows.rhythm import DEFAULTS, KINDS, LEVELS, SHARED, Rule, first_day, settle, week_span

WEEKS = st.sampled_from(["2026-W53", "2027-W01", "2027-W07", "2027-W42"])


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "every_weeks": draw(st.none() | st.integers(1, 26)),
        "weekday": draw(st.none() | st.integers(1, 7)),
        "at": draw(st.none() | st.sampled_from([time(8), time(9, 5), time(14)])),
        "offset": draw(st.none() | st.integers(-10, 10)),
        "quiet": tuple(draw(st.lists(WEEKS, max_size=2))),
        "off": draw(st.none() | st.booleans()),
    }


@st.composite
def situations(draw: st.DrawFn) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """A kind, and at each level the rules there are: more than one only for groups."""
    kind = draw(st.sampled_from(KINDS))
    said = {
        level: draw(st.lists(rules(), max_size=2 if level == "group" else 1)) for level in LEVELS
    }
    return kind, said


def made(module: ModuleType, said: dict[str, list[dict[str, Any]]], *levels: str) -> Any:
    return {
        level: [module.Rule(**one) for one in some]
        for level, some in said.items()
        if not levels or level in levels
    }


def check_nobody_gets_it_more_often_than_they_chose(module: ModuleType, situation: Any) -> None:
    kind, said = situation
    settled = module.settle(kind, made(module, said))
    shared = module.settle(kind, made(module, said, *SHARED))
    own = [one["every_weeks"] for one in said["person"] if one["every_weeks"]]
    assert settled.every_weeks == max([shared.every_weeks, *own])


def check_what_is_stopped_stays_stopped(module: ModuleType, situation: Any) -> None:
    kind, said = situation
    settled = module.settle(kind, made(module, said))
    shared = module.settle(kind, made(module, said, *SHARED))
    assert settled.off == (shared.off or any(one["off"] for one in said["person"]))


def check_the_day_and_hour_that_one_chose_count(module: ModuleType, situation: Any) -> None:
    kind, said = situation
    settled = module.settle(kind, made(module, said))
    for own in said["person"]:
        assert settled.weekday == (own["weekday"] or settled.weekday)
        assert settled.at == (own["at"] or settled.at)


def check_every_quiet_week_is_quiet(module: ModuleType, situation: Any) -> None:
    kind, said = situation
    settled = module.settle(kind, made(module, said))
    every = {week for some in said.values() for one in some for week in one["quiet"]}
    assert set(settled.quiet) == every


def check_a_group_counts_before_the_organisation(module: ModuleType, situation: Any) -> None:
    kind, said = situation
    settled = module.settle(kind, made(module, said, *SHARED))
    weeks = [one["every_weeks"] for one in said["group"] if one["every_weeks"]]
    if weeks:
        assert settled.every_weeks == max(weeks)
    said_off = [one["off"] for one in said["group"] if one["off"] is not None]
    if said_off:
        assert settled.off == any(said_off)


CHECKS = (
    check_nobody_gets_it_more_often_than_they_chose,
    check_what_is_stopped_stays_stopped,
    check_the_day_and_hour_that_one_chose_count,
    check_every_quiet_week_is_quiet,
    check_a_group_counts_before_the_organisation,
)


@pytest.mark.parametrize("check", CHECKS)
def test_whatever_the_rules_say(check: Any) -> None:
    given(situations())(lambda situation: check(rhythm, situation))()


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_rule_the_default_holds(kind: Any) -> None:
    assert settle(kind, {}) == DEFAULTS[kind]


def test_a_person_cannot_be_hurried_by_a_later_rule() -> None:
    own = {"person": [Rule(every_weeks=4)]}
    hurried = settle("digest", {**own, "organisation": [Rule(every_weeks=1)]})
    assert hurried.every_weeks == 4


def test_the_gentlest_of_two_groups_counts() -> None:
    two = [Rule(every_weeks=1, at=time(9)), Rule(every_weeks=3, at=time(11))]
    settled = settle("digest", {"group": two})
    assert (settled.every_weeks, settled.at) == (3, time(11))


@pytest.mark.parametrize("week", ["2027-7", "2027-W54", "uge 7", "2025-W53", "-W1"])
def test_a_week_that_is_none_is_refused(week: str) -> None:
    with pytest.raises(ValidationError, match="write one such as 2027-W07"):
        Rule(quiet=(week,))


def test_a_week_with_53_in_a_year_has_its_seven_days() -> None:
    span = week_span("2026-W53")
    assert (span.first, span.last) == (date(2026, 12, 28), date(2027, 1, 3))


def test_the_first_day_is_the_next_such_weekday_today_included() -> None:
    wednesdays = DEFAULTS["dialogue"]
    assert first_day(wednesdays, date(2026, 11, 25)) == date(2026, 11, 25)
    assert first_day(wednesdays, date(2026, 11, 26)) == date(2026, 12, 2)
