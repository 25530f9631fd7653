"""Three taps before, after and later: kept apart, and compared for oneself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage import ratings
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
