"""Group figures are worked out once for a viewer, and stand as they were given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.figures import Group, figures_for
from storage.database import Unit
from storage.tables import table
from storage.tables_course import ReleaseContributor
from tests.web.house import House

_contributor = table(ReleaseContributor)
PEOPLE = [f"p{number}" for number in range(12)]
ALL = Group("all", frozenset(PEOPLE))
TEAM = Group("team", frozenset(PEOPLE[:6]), ("all",))
ANSWERS = {person: 1 + number % 5 for number, person in enumerate(PEOPLE)}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


def given(house: House, answers: dict[str, int], *groups: Group, period: str = "a") -> object:
    def work(unit: Unit) -> object:
        viewer = house.henrik.id
        return figures_for(unit, house.wired.parts, viewer, "usability", period, answers, groups)

    return house.does(work)


def test_a_figure_stands_as_it_was_given(house: House) -> None:
    first = given(house, ANSWERS, ALL, TEAM)
    assert first == {"all": "middle", "team": "middle"}
    assert given(house, dict.fromkeys(PEOPLE, 1), ALL, TEAM) == first


def test_a_refusal_stands_too(house: House) -> None:
    four = {person: ANSWERS[person] for person in PEOPLE[:4]}
    assert given(house, four, ALL) == {"all": None}
    assert given(house, ANSWERS, ALL) == {"all": None}


def test_somebody_who_leaves_is_not_told_by_the_next_period(house: House) -> None:
    six = {person: ANSWERS[person] for person in PEOPLE[:6]}
    five = {person: ANSWERS[person] for person in PEOPLE[:5]}
    assert given(house, six, TEAM) == {"team": "middle"}
    assert given(house, five, TEAM, period="b") == {"team": None}


def test_who_was_behind_a_figure_is_kept_as_blind_indexes_only(house: House) -> None:
    given(house, ANSWERS, ALL)
    query = select(_contributor.c.contributor_index)
    kept = house.does(lambda unit: unit.connection.execute(query).scalars().all())
    assert len(kept) == len(PEOPLE)
    assert not any(person.encode() in index for person in PEOPLE for index in kept)
    count = house.does(
        lambda unit: unit.connection.execute(
            select(func.count()).select_from(_contributor)
        ).scalar()
    )
    assert count == len(PEOPLE)
