"""Group figures are worked out once for those who run the courses, and stand as they were given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot.figures import Group, Viewer, figures_for, work_out
from storage import erase, people, ratings, releases
from storage.database import Unit
from storage.evaluations import Question
from storage.people import Profile
from storage.ratings import Rated
from storage.tables import table
from storage.tables_course import Rating, Release, ReleaseContributor
from tests.web.house import House

_contributor, _release, _rating = table(ReleaseContributor), table(Release), table(Rating)
PEOPLE = [f"p{number}" for number in range(12)]
ALL = Group("all", frozenset(PEOPLE))
TEAM = Group("team", frozenset(PEOPLE[:6]), ("all",))
ANSWERS = {person: 1 + number % 5 for number, person in enumerate(PEOPLE)}
COURSE = Question("course", "after", "usability")
MODULE = Question("course:module-1", "after", "usability")
BEFORE, QUARTER = date(2026, 9, 1), date(2026, 11, 23)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


def given(
    house: House, answers: dict[str, int], *groups: Group, period: str = "a",
    question: Question = COURSE, viewer: Profile | None = None,
) -> object:  # fmt: skip
    table_ = frozenset((house.henrik.id, house.anna.id))
    looks = Viewer((viewer or house.henrik).id, table_)

    def work(unit: Unit) -> object:
        return figures_for(unit, house.wired.parts, looks, question, period, answers, groups)

    return house.does(work)


def some(count: int) -> dict[str, int]:
    return {person: ANSWERS[person] for person in PEOPLE[:count]}


def test_a_figure_stands_as_it_was_given(house: House) -> None:
    first = given(house, ANSWERS, ALL, TEAM)
    assert first == {"all": "middle", "team": "middle"}
    assert given(house, dict.fromkeys(PEOPLE, 1), ALL, TEAM) == first


def test_a_refusal_stands_too(house: House) -> None:
    assert given(house, some(4), ALL) == {"all": None}
    assert given(house, ANSWERS, ALL) == {"all": None}


def test_somebody_who_leaves_is_not_told_by_the_next_period(house: House) -> None:
    assert given(house, some(6), TEAM) == {"team": "middle"}
    assert given(house, some(5), TEAM, period="b") == {"team": None}


def test_a_module_has_a_figure_of_its_own_although_one_less_has_rated_it(house: House) -> None:
    assert given(house, ANSWERS, ALL) == {"all": "middle"}
    assert given(house, some(11), ALL, question=MODULE) == {"all": "middle"}


def test_who_sits_at_the_same_table_is_given_the_same(house: House) -> None:
    """Somebody has left between the one's looking and the other's: two figures would tell."""
    assert given(house, some(6), TEAM) == {"team": "middle"}
    assert given(house, some(5), TEAM, viewer=house.anna) == {"team": "middle"}


def test_who_comes_to_the_table_later_is_not_told_what_the_others_could_put_beside_theirs(
    house: House,
) -> None:
    assert given(house, some(6), TEAM) == {"team": "middle"}
    assert given(house, some(5), TEAM, period="b", viewer=house.anna) == {"team": None}


def test_nobody_at_the_table_is_in_the_figure(house: House) -> None:
    answers = {**some(4), house.henrik.id: 3, house.anna.id: 4}
    everybody = Group("all", frozenset(answers))
    assert given(house, answers, everybody) == {"all": None}


def test_who_was_behind_a_figure_is_kept_as_blind_indexes_only(house: House) -> None:
    given(house, ANSWERS, ALL)
    query = select(_contributor.c.contributor_index)
    kept = house.does(lambda unit: unit.connection.execute(query).scalars().all())
    assert len(kept) == len(PEOPLE)
    assert not any(person.encode() in index for person in PEOPLE for index in kept)


# --- all that a quarter has to tell


def rates(house: House, who: Profile, subject: str, value: int, on: date = BEFORE) -> None:
    def work(unit: Unit) -> None:
        rated = Rated(subject, "after")
        profile = people.get_person(unit, who.id)
        ids = house.wired.parts.ids
        ratings.record(unit, ids, profile, f"c{who.id}", on, rated, "usability", value)

    house.does(work)


def leaders(house: House, count: int) -> list[Profile]:
    return [house.moves_in(f"Leder{number} Holm", at="") for number in range(count)]


def told(house: House, viewer: Profile, today: date = QUARTER) -> dict[str, str | None]:
    def work(unit: Unit) -> dict[str, str | None]:
        work_out(unit, house.wired.parts, viewer.id, today)
        found = releases.standing(unit, viewer.id)
        return {name: one.band if one else None for name, one in found.items()}

    return house.does(work)


def test_a_quarter_tells_of_courses_modules_and_the_dialogue(house: House) -> None:
    for number, one in enumerate(leaders(house, 6)):
        for subject in ("course", "course:module-1", "tiltag-1"):
            rates(house, one, subject, 3 + number % 3)
    assert told(house, house.henrik) == {
        "course:after:usability:all": "high",
        "course:module-1:after:usability:all": "high",
        "tiltag-1:after:usability:all": "high",
    }


def test_what_is_answered_in_a_quarter_counts_from_the_next(house: House) -> None:
    for number, one in enumerate(leaders(house, 6)):
        rates(house, one, "course", 3 + number % 3, on=date(2026, 10, 5))
    assert told(house, house.henrik) == {}
    assert told(house, house.henrik, date(2027, 1, 4)) == {"course:after:usability:all": "high"}


def test_what_was_given_stays_when_the_next_quarter_has_none(house: House) -> None:
    six = leaders(house, 6)
    for number, one in enumerate(six):
        rates(house, one, "course", 3 + number % 3)
    first = told(house, house.henrik)
    house.does(lambda unit: erase.delete_rows(unit, six[0].id))
    assert told(house, house.henrik, date(2027, 1, 4)) == first
    count = select(func.count()).select_from(_release)
    assert house.does(lambda unit: unit.connection.execute(count).scalar()) == 2


def test_what_is_settled_is_not_opened_again(house: House) -> None:
    """The answers may be unreadable by then: nobody looks."""
    for number, one in enumerate(leaders(house, 6)):
        rates(house, one, "course", 3 + number % 3)
    first = told(house, house.henrik)
    broken = update(_rating).values(value_sealed=b"broken")
    house.does(lambda unit: unit.connection.execute(broken))
    assert told(house, house.henrik) == first
