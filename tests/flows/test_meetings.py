"""A group's meeting: the turn goes round fairly, the best time is the one that suits most, and nobody
is hurried."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import meetings
from flows.calendar import PersonCalendar, Span, is_working_day, local_date, may_contact
from flows.meetings import Proposed, Seat, decided_by, members, ranked, stand_ins, whose_turn

PEOPLE = ("anna", "bo", "carl", "dorte", "erik")
ROLES = ("leader", "tr", "amr")
NOW = datetime(2026, 11, 23, 7, 50, tzinfo=UTC)
"""A Monday, ten to nine in Copenhagen."""


class Situation(NamedTuple):
    """`away`: of each round, who cannot be asked; one time a tuple of hours from now and who can."""

    seats: list[tuple[str, str, bool]]
    away: list[frozenset[str]]
    times: list[tuple[int, frozenset[str]]]
    cannot: frozenset[str]
    calendar: PersonCalendar


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    seat = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(ROLES), st.booleans())
    some = st.frozensets(st.sampled_from(PEOPLE), max_size=2)
    everybody = st.frozensets(st.sampled_from(PEOPLE))
    leave = draw(st.integers(0, 20))
    first = date(2026, 11, 23) + timedelta(days=leave)
    spans = (Span(first=first, last=first + timedelta(days=draw(st.integers(0, 12)))),)
    return Situation(
        draw(st.lists(seat, min_size=1, max_size=7)),
        draw(st.lists(some, min_size=4, max_size=12)),
        draw(st.lists(st.tuples(st.integers(-40, 400), everybody), min_size=1, max_size=3)),
        draw(everybody),
        PersonCalendar(zone="Europe/Copenhagen", leave=spans if draw(st.booleans()) else ()),
    )


def seats_of(module: ModuleType, situation: Situation) -> list[Any]:
    return [module.Seat(*seat) for seat in situation.seats]


def times_of(module: ModuleType, situation: Situation) -> list[Any]:
    return [
        module.Proposed(str(at), NOW + timedelta(hours=hours), fits)
        for at, (hours, fits) in enumerate(situation.times)
    ]


# --- whose turn it is


def check_a_substitute_calls_nothing_while_a_member_is_there(
    module: ModuleType, situation: Situation
) -> None:
    own = {person for person, _, substitute in situation.seats if not substitute}
    everybody = {person for person, _, _ in situation.seats}
    assert set(module.callers(seats_of(module, situation))) == (own or everybody)


def check_everybody_has_a_turn_before_anybody_has_two(
    module: ModuleType, situation: Situation
) -> None:
    able = module.callers(seats_of(module, situation))
    held: list[str] = []
    for _ in range(3 * len(able)):
        held.append(module.whose_turn(able, held))
    counts = [held.count(person) for person in able]
    assert counts == [3] * len(able)
    assert all(set(held[at : at + len(able)]) == set(able) for at in range(len(held) - len(able)))


def check_nobody_is_asked_who_cannot_be(module: ModuleType, situation: Situation) -> None:
    able = module.callers(seats_of(module, situation))
    held: list[str] = []
    for away in situation.away:
        turn = module.whose_turn(able, held, away)
        assert (turn is None) == (set(able) <= away)
        if turn is not None:
            assert turn in able
            assert turn not in away
            held.append(turn)


def check_whoever_was_away_comes_next(module: ModuleType, situation: Situation) -> None:
    able = module.callers(seats_of(module, situation))
    first = module.whose_turn(able, [])
    second = module.whose_turn(able, [], [first])
    if second is not None:
        assert module.whose_turn(able, [second]) == first


# --- the time


def check_no_time_suits_more_people_than_the_first(
    module: ModuleType, situation: Situation
) -> None:
    found = module.ranked(times_of(module, situation), NOW)
    assert all(len(found[0].fits) >= len(one.fits) for one in found)


def check_of_equals_the_soonest_comes_first(module: ModuleType, situation: Situation) -> None:
    found = module.ranked(times_of(module, situation), NOW)
    for one, after in itertools.pairwise(found):
        assert len(one.fits) > len(after.fits) or one.at <= after.at


def check_what_has_passed_is_not_chosen(module: ModuleType, situation: Situation) -> None:
    found = module.ranked(times_of(module, situation), NOW)
    coming = {at for at, (hours, _) in enumerate(situation.times) if hours > 0}
    assert {int(one.id) for one in found} == coming


def check_only_substitutes_of_those_who_cannot_stand_in(
    module: ModuleType, situation: Situation
) -> None:
    seats = seats_of(module, situation)
    found = module.stand_ins(seats, situation.cannot)
    roles = {role for who, role, sub in situation.seats if who in situation.cannot and not sub}
    there = set(module.members(seats))
    wanted = {who for who, role, sub in situation.seats if sub and role in roles} - there
    assert set(found) == wanted
    assert len(found) == len(wanted)


def check_it_is_settled_in_working_hours_before_the_first_time(
    module: ModuleType, situation: Situation
) -> None:
    first = NOW + timedelta(hours=abs(situation.times[0][0]))
    at = module.decided_by(situation.calendar, first, NOW)
    if at is not None:
        assert may_contact(situation.calendar, at)
        assert at < first


def check_people_have_some_time_to_answer(module: ModuleType, situation: Situation) -> None:
    first = NOW + timedelta(hours=abs(situation.times[0][0]))
    at = module.decided_by(situation.calendar, first, NOW)
    assert at is None or at - NOW >= timedelta(hours=2)


def check_it_is_asked_about_on_the_working_day_after(
    module: ModuleType, situation: Situation
) -> None:
    met = NOW + timedelta(hours=abs(situation.times[0][0]))
    calendar = situation.calendar
    at = module.asked_after(calendar, met)
    then, asked = local_date(calendar, met), local_date(calendar, at)
    between = [then + timedelta(days=n) for n in range(1, (asked - then).days)]
    assert may_contact(calendar, at)
    assert asked > then
    assert not any(is_working_day(calendar, day) for day in between)


def check_it_waits_until_everybody_has_answered(module: ModuleType, situation: Situation) -> None:
    voters = module.members(seats_of(module, situation))
    answered = set(situation.cannot)
    waits = [person for person in voters if person not in answered]
    assert module.everybody_answered(voters, answered) == (not waits)


CHECKS = (
    check_a_substitute_calls_nothing_while_a_member_is_there,
    check_everybody_has_a_turn_before_anybody_has_two,
    check_nobody_is_asked_who_cannot_be,
    check_whoever_was_away_comes_next,
    check_no_time_suits_more_people_than_the_first,
    check_of_equals_the_soonest_comes_first,
    check_what_has_passed_is_not_chosen,
    check_only_substitutes_of_those_who_cannot_stand_in,
    check_it_is_settled_in_working_hours_before_the_first_time,
    check_people_have_some_time_to_answer,
    check_it_is_asked_about_on_the_working_day_after,
    check_it_waits_until_everybody_has_answered,
)


@pytest.mark.parametrize("check", CHECKS)
def test_whatever_the_group(check: Any) -> None:
    given(situations())(lambda situation: check(meetings, situation))()


# --- one by one


def test_a_networks_facilitators_take_turns_and_nobody_else() -> None:
    seats = [Seat("anna", "member"), Seat("bo", "facilitator"), Seat("carl", "facilitator")]
    able = meetings.callers(seats)
    assert able == ["bo", "carl"]
    assert [whose_turn(able, held) for held in ([], ["bo"], ["bo", "carl"])] == ["bo", "carl", "bo"]


def test_somebody_with_two_roles_is_one_member() -> None:
    assert members([Seat("anna", "tr"), Seat("anna", "amr"), Seat("bo", "tr", True)]) == ["anna"]


def test_a_newcomer_is_next_and_not_for_ever() -> None:
    able, held = ["anna", "bo", "carl"], ["anna", "bo", "anna", "bo"]
    assert whose_turn(able, held) == "carl"
    assert whose_turn(able, [*held, "carl"]) == "anna"


def test_either_substitute_of_two_tr_stands_in_for_either() -> None:
    seats = [
        Seat("anna", "tr"), Seat("bo", "tr"), Seat("carl", "tr", True), Seat("dorte", "amr", True),
    ]  # fmt: skip
    assert stand_ins(seats, {"bo"}) == ["carl"]
    assert stand_ins(seats, set()) == []


def test_the_time_that_most_can_comes_before_a_sooner_one() -> None:
    sooner = Proposed("a", NOW + timedelta(days=2), frozenset({"bo"}))
    better = Proposed("b", NOW + timedelta(days=3), frozenset({"bo", "carl"}))
    assert [one.id for one in ranked([sooner, better], NOW)] == ["b", "a"]


@pytest.mark.parametrize(
    ("first", "decided"),
    [
        (datetime(2026, 12, 3, 9, tzinfo=UTC), datetime(2026, 12, 1, 8, 5, tzinfo=UTC)),
        (datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 24, 8, 5, tzinfo=UTC)),
        (datetime(2026, 11, 23, 14, tzinfo=UTC), datetime(2026, 11, 23, 9, 50, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, tzinfo=UTC), None),
    ],
    ids=["two-working-days-before", "the-next-morning", "in-two-hours", "too-late"],
)
def test_when_it_is_to_be_settled(first: datetime, decided: datetime | None) -> None:
    calendar = PersonCalendar(zone="Europe/Copenhagen", hours_from=time(8), hours_to=time(16))
    assert decided_by(calendar, first, NOW) == decided
