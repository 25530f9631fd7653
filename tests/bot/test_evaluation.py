"""Three taps before, after and later: kept apart, and compared for oneself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from flows.cadence import Cadence as Rule
from storage import cadences, pairs, ratings
from storage.database import Unit
from storage.ratings import Rated
from tests.bot.chat import Chat, nudged
from tests.bot.school import School, course, nudge


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    school = School(tmp_path)
    yield school
    school.close()


def rated(school: School, name: str, subject: str) -> dict[tuple[str, str], int]:
    profile = school.profile(name)
    found = school.does(lambda unit: ratings.ratings_of(unit, profile, subject))
    return {(one.phase, one.item): one.value for one in found}


def test_before_and_after_of_a_course_are_kept_apart_and_compared(school: School) -> None:
    course_of = course(
        nudge("rate-before", "start", "leader", "evaluation", before=5,
              evaluation={"phase": "before"}),
        nudge("rate-after", "two", "leader", "evaluation", after=4,
              evaluation={"phase": "after"}),
    )  # fmt: skip
    school.imports(course_of)
    cohort = school.starts(programme=course_of)
    bo = nudged(school, "rate-before", "bo")
    bo.presses("4", "skip", "3")
    assert bo.hears() == ["until-after"]
    bo = nudged(school, "rate-after", "bo")
    assert "4" in str(bo.facts()["earlier_ratings"])
    bo.presses("5", "2", "2")
    assert bo.hears() == ["then-and-now"]
    assert rated(school, "bo", cohort.id) == {
        ("before", "usability"): 4,
        ("before", "focus"): 3,
        ("after", "usability"): 5,
        ("after", "relevance"): 2,
        ("after", "focus"): 2,
    }


def test_the_dialogue_with_ones_nearest_leader_is_rated_before_after_and_later(
    school: School,
) -> None:
    mette = Chat(school, "mette")
    for phase, day in (("before", 0), ("after", 30), ("after", 60), ("later", 130)):
        school.clock.move_to(school.clock() + timedelta(days=day))
        mette.begins("evaluation")
        assert mette.facts()["rating_phase"] == phase
        mette.presses("4", "4", "4")
    assert len(rated(school, "mette", "tiltag-1")) == 9


def test_without_anything_to_rate_nothing_is_asked(school: School) -> None:
    bo = Chat(school, "bo")
    bo.begins("evaluation")
    assert bo.hears() == ["nothing"]


def test_an_answer_that_is_taken_back_is_not_kept(school: School) -> None:
    mette = school.profile("mette")
    about = Rated("tiltag-1", "after")

    def work(unit: Unit, conversation: str, value: int | None) -> None:
        ratings.record(
            unit, school.ids, mette, conversation, school.today, about, "focus", value
        )  # fmt: skip

    school.does(lambda unit: work(unit, "c1", 4))
    school.does(lambda unit: work(unit, "c2", None))
    assert rated(school, "mette", "tiltag-1") == {("after", "focus"): 4}
    school.does(lambda unit: work(unit, "c1", None))
    assert rated(school, "mette", "tiltag-1") == {}


def first_preparation(mette: Chat) -> None:
    mette.begins("fortnight")
    mette.presses("skip", "skip", "skip", "skip", "skip", "skip")


def has_talked(school: School, mette: Chat) -> None:
    """A fortnight later, and they have."""
    school.clock.move_to(school.clock() + timedelta(days=14))
    mette.begins("after-dialogue")
    mette.presses("yes", "no", "as-planned")


@pytest.fixture
def mette(school: School) -> Chat:
    """She talks with Karin every other week."""
    rule = Rule(anchor=school.today, every_weeks=2, at=time(10))
    pair = school.does(lambda unit: pairs.pair_of(unit, school.people["mette"]))
    assert pair is not None
    school.does(
        lambda unit: cadences.begin_cadence(
            unit, school.ids, school.people["mette"], rule, pair=pair.id
        )
    )
    return Chat(school, "mette")


def test_what_one_expects_is_asked_at_the_end_of_the_first_preparation_and_never_again(
    school: School, mette: Chat
) -> None:
    first_preparation(mette)
    assert mette.hears() == ["closing", "first-time", "who-sees-it", "usability-before"]
    mette.presses("3", "4", "5")
    assert rated(school, "mette", "tiltag-1") == {
        ("before", "usability"): 3, ("before", "relevance"): 4, ("before", "focus"): 5,
    }  # fmt: skip
    first_preparation(mette)
    assert mette.hears() == ["closing"]


def test_whoever_leaves_it_unanswered_has_finished_and_is_not_asked_again(
    school: School, mette: Chat
) -> None:
    first_preparation(mette)
    first_preparation(mette)
    assert mette.hears() == ["closing"]
    assert rated(school, "mette", "tiltag-1") == {}


def test_one_tap_skips_all_three(school: School, mette: Chat) -> None:
    first_preparation(mette)
    mette.presses("skip")
    assert mette.hears() == ["not-this-time"]
    assert rated(school, "mette", "tiltag-1") == {}


def test_what_it_was_worth_is_asked_once_when_they_have_talked_three_times(
    school: School, mette: Chat
) -> None:
    for _ in range(2):
        has_talked(school, mette)
        assert mette.hears() == ["closing"]
    has_talked(school, mette)
    assert mette.hears() == ["closing", "third-time", "who-sees-it", "usability"]
    mette.presses("4", "4", "4")
    assert {phase for phase, _ in rated(school, "mette", "tiltag-1")} == {"after"}
    has_talked(school, mette)
    assert mette.hears() == ["closing"]


def test_a_dialogue_that_was_not_held_is_not_counted(school: School, mette: Chat) -> None:
    has_talked(school, mette)
    school.clock.move_to(school.clock() + timedelta(days=14))
    mette.begins("after-dialogue")
    mette.presses("came-to-nothing", "as-planned")
    has_talked(school, mette)
    assert mette.hears() == ["closing"]


def test_without_a_nearest_leader_nothing_is_asked(school: School) -> None:
    bo = Chat(school, "bo")
    bo.begins("fortnight")
    bo.presses("skip", "skip", "skip", "skip", "skip", "skip")
    assert bo.hears() == ["closing-alone"]
