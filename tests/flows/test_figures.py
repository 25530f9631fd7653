"""Group figures give nobody away, and each rule has a bug planted where it stands."""

from __future__ import annotations

import pytest

from flows import figures
from flows.figures import CROWD, FLOOR, Asked, Given, band_of, contributors, figure, told, trend
from tests.flows.attack import Publish, a_year, recovered
from tests.flows.attack_courses import two_years
from tests.flows.test_calendar_teeth import rewritten

SIX = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 2}


def people(names: str) -> frozenset[str]:
    return frozenset(names)


def test_nobody_is_recovered_from_a_year_of_figures() -> None:
    for seed in range(60):
        for answers, ledger in a_year(seed, figure):
            assert recovered(answers, ledger) == set(), f"organisation {seed}"


def test_figures_are_given_at_all() -> None:
    given = [ledger for seed in range(25) for _, ledger in a_year(seed, figure)]
    assert sum(len(ledger) for ledger in given) > 50


def test_nobody_is_recovered_from_two_years_of_courses_and_their_modules() -> None:
    for seed in range(25):
        for answers, ledger in two_years(seed, figure):
            assert recovered(answers, ledger) == set(), f"courses {seed}"


def test_modules_and_courses_do_get_their_figures() -> None:
    given = [ledger for seed in range(10) for _, ledger in two_years(seed, figure)]
    assert sum(len(ledger) for ledger in given) > 50


def test_figures_that_are_near_tell_on_somebody_who_answers_the_same_each_time() -> None:
    """Without what is near, each figure is safe by itself and they are not together."""

    def by_itself(asked: Asked) -> Given | None:
        return figure(asked._replace(beside=()))

    told_on = (
        recovered(answers, ledger, in_doubt=False)
        for seed in range(40)
        for answers, ledger in two_years(seed, by_itself)
    )
    assert any(told_on)


def somebody_is_recovered(publish: Publish, organisations: range) -> bool:
    return any(
        recovered(answers, ledger, in_doubt=False)
        for seed in organisations
        for answers, ledger in a_year(seed, publish)
    )


LEDGER = (
    "    if not all(_apart(given.people, people, floor) for given in asked.ledger):\n"
    "        return None\n"
)
LAST = " or not is_safe(people, [*near, *asked.ledger])"


def test_without_the_floor_somebody_is_recovered() -> None:
    with rewritten(figures, "floor = max(FLOOR, asked.floor)", "floor = 0") as broken:
        broken.is_safe = lambda people, ledger: True  # it would catch it as well
        assert somebody_is_recovered(broken.figure, range(20))


def test_without_the_ledger_a_leaver_is_recovered() -> None:
    answers = {"a": 3, "b": 4, "c": 3, "d": 4, "e": 3, "f": 5}
    stayed = {name: answers[name] for name in "abcde"}
    with rewritten(figures, LEDGER, "") as broken:
        broken.is_safe = lambda people, ledger: True
        first = broken.figure(Asked(answers, viewer="x"))
        second = broken.figure(Asked(stayed, viewer="x", ledger=[first]))
    assert told([first, second], in_doubt=False) == {"f"}
    assert figure(Asked(stayed, viewer="x", ledger=[first])) is None


def test_without_the_last_rule_newcomers_are_recovered() -> None:
    answers = {**dict.fromkeys("abcde", 2), **dict.fromkeys("fghij", 5), "a": 3, "b": 3}
    first = Given(people("abcde"), "low")
    with rewritten(figures, LAST, "") as broken:
        second = broken.figure(Asked(answers, viewer="x", ledger=[first]))
    assert told([first, second], in_doubt=False) == people("fghij")
    assert figure(Asked(answers, viewer="x", ledger=[first])) is None


def test_a_module_that_is_rated_by_one_less_has_a_figure_of_its_own() -> None:
    """Other answers than those to the course: the two are not taken apart like one."""
    course = Given(people("abcdefghij"), "middle")
    nine = {name: 1 + number % 5 for number, name in enumerate("abcdefghi")}
    assert figure(Asked(nine, viewer="x", beside=[course])) is not None
    assert figure(Asked(nine, viewer="x", ledger=[course])) is None


def test_a_module_has_none_where_the_course_and_it_would_tell_on_somebody() -> None:
    six = Given(people("abcdef"), "high")
    five = dict(zip("abcde", (3, 3, 3, 4, 4), strict=True))
    assert "f" in told([six, Given(people("abcde"), "middle")])
    assert figure(Asked(five, viewer="x")) is not None
    assert figure(Asked(five, viewer="x", beside=[six])) is None


def test_what_is_near_does_not_count_where_nobody_can_know_that_all_answered_the_same() -> None:
    crowd = [f"p{number}" for number in range(CROWD + 1)]
    all_but_one = dict.fromkeys(crowd[1:], 3) | {crowd[1]: 4}
    near = [Given(frozenset(crowd), "high")]
    assert crowd[0] in told([*near, Given(frozenset(all_but_one), "middle")])
    assert figure(Asked(all_but_one, viewer="x", beside=near)) is not None


def test_whoever_shared_openly_and_the_viewer_do_not_count() -> None:
    asked = Asked(SIX, viewer="a", shared=people("b"))
    assert contributors(asked) == people("cdef")
    assert figure(asked) is None


def test_five_are_enough_and_four_are_not() -> None:
    five = {name: SIX[name] for name in "abcde"}
    assert figure(Asked(five, viewer="x")) == Given(people("abcde"), "middle")
    assert figure(Asked({**five, "e": 5}, viewer="e")) is None


def test_a_floor_can_be_raised_and_never_lowered() -> None:
    assert figure(Asked(SIX, viewer="x", floor=7)) is None
    four = {name: SIX[name] for name in "abcd"}
    assert figure(Asked(four, viewer="x", floor=2)) is None


def test_what_is_left_of_a_larger_group_is_nobody_or_five() -> None:
    inner, rest = SIX, dict.fromkeys("ghij", 3)
    larger = people("abcdefghij")
    assert figure(Asked(inner, viewer="x", larger=[larger])) is None
    assert figure(Asked(inner, viewer="x", larger=[larger | {"k"}])) is not None
    assert figure(Asked(inner, viewer="x", larger=[people("abcdef")])) is not None
    assert len(rest) == FLOOR - 1


def test_a_leaver_is_not_told_by_a_second_figure() -> None:
    first = figure(Asked(SIX, viewer="x"))
    assert first is not None
    left = {name: value for name, value in SIX.items() if name != "e"}
    assert figure(Asked(left, viewer="x", ledger=[first])) is None
    assert figure(Asked(SIX, viewer="x", ledger=[first])) == first


def test_unanimity_is_not_shown() -> None:
    assert figure(Asked(dict.fromkeys("abcdef", 4), viewer="x")) is None


def test_five_newcomers_are_told_by_a_low_group_and_a_high_whole() -> None:
    first, newcomers = people("abcde"), people("fghij")
    known = [Given(first, "low"), Given(first | newcomers, "high")]
    assert told(known) == newcomers
    answers = {**dict.fromkeys("abcde", 2), **dict.fromkeys("fghij", 5), "a": 1}
    assert figure(Asked(answers, viewer="x", ledger=known[:1])) is None


def test_a_refusal_does_not_depend_on_the_answers() -> None:
    first = Given(people("abcde"), "low")
    for last in range(1, 6):
        answers = {**SIX, **dict.fromkeys("fghij", last)}
        assert figure(Asked(answers, viewer="x", ledger=[first])) is None


@pytest.mark.parametrize(
    ("total", "count", "band"),
    [(5, 5, "low"), (12, 5, "low"), (13, 5, "middle"), (17, 5, "middle"), (18, 5, "high"),
     (15, 6, "middle"), (14, 6, "low"), (21, 6, "middle"), (22, 6, "high")],
)  # fmt: skip
def test_the_bands(total: int, count: int, band: str) -> None:
    assert band_of(total, count) == band


def test_a_trend_takes_eight() -> None:
    eight, five = people("abcdefgh"), people("abcde")
    assert trend(Given(eight, "low"), Given(eight, "high")) == 1
    assert trend(Given(eight, "middle"), Given(eight, "middle")) == 0
    assert trend(Given(eight, "high"), Given(eight, "low")) == -1
    assert trend(Given(five, "low"), Given(eight, "high")) is None


def test_answers_that_have_changed_tell_nothing_together() -> None:
    same = people("abcde")
    assert told([Given(same, "low"), Given(same, "high")]) == set()
