"""A course once more, on PostgreSQL: the same people get the same things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.course import planning
from bot.planning import ensure_planned
from storage import erase, nudges
from tests.bot.school import School
from tests.storage.servers import postgresql_server, run_alone, url_of

pytestmark = pytest.mark.postgresql


@pytest.fixture
def schools(tmp_path: Path) -> Iterator[tuple[School, School]]:
    """The same school on either database."""
    with postgresql_server() as server:
        run_alone(server, "CREATE DATABASE school")
        here, there = tmp_path / "here", tmp_path / "there"
        here.mkdir()
        there.mkdir()
        two = School(here), School(there, url_of(server, "school"))
        yield two
        for school in two:
            school.close()


def year(school: School) -> list[object]:
    """What is planned for each after each change, in the words of the test."""
    seen: list[object] = []

    def look() -> None:
        seen.append({name: school.planned(name) for name in school.people})

    cohort = school.starts(pilot=True)
    look()
    school.moves(cohort, "two", date(2027, 5, 20))
    look()
    ida = school.hires("ida")
    school.does(lambda unit: planning.join(unit, school.parts, cohort, [ida]))
    school.quits(school.trio, "tr", "tom")
    school.joins(school.trio, tr="ida")
    look()
    seen.append(len(school.reach(date(2027, 3, 1), "22:00")))
    seen.append(school.moves(cohort, "one", date(2027, 3, 18)))
    seen.append(school.moves(cohort, "one", date(2027, 3, 19)).told)
    look()
    now = school.cohort(cohort)
    school.does(lambda unit: planning.pause(unit, school.parts, now))
    look()
    paused = school.cohort(cohort)
    school.does(lambda unit: planning.resume(unit, school.parts, paused))
    school.does(lambda unit: erase.delete_rows(unit, school.people["anna"]))
    school.does(lambda unit: ensure_planned(unit, school.parts))
    look()
    seen.append(sorted(school.does(lambda unit: nudges.asked(unit, cohort.id))))
    return seen


def test_a_course_goes_as_it_does_on_sqlite(schools: tuple[School, School]) -> None:
    here, there = map(year, schools)
    assert here == there
