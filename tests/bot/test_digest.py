"""`tillidsrum digest preview`: how much would be told, and none of the words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.figures import Given
from storage import people, ratings, releases
from storage.cohorts import begin_cohort
from storage.ids import SeededIds
from storage.ratings import Rated
from storage.releases import Released
from tests.benchmarks import digest
from tests.bot.calling import answer, call
from tests.bot.office import KARIN, MINE, NOW, Office, furnish


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    return furnish(tmp_path)


def test_a_preview_counts_and_says_no_words(office: Office) -> None:
    shown = call("digest", "preview", KARIN, office=office)
    assert shown.exit_code == 0
    assert "Mette Holm" in shown.stdout
    assert not any(mark in shown.output for mark in MINE.values())


def test_a_preview_for_programs(office: Office) -> None:
    told = answer(call("digest", "preview", KARIN, "--json", office=office))
    [leader] = told["leaders"]
    assert leader["leader"] == "Mette Holm"
    assert set(leader) == {"leader", "next", "points", "agreements"}
    assert told["too_small"] is True
    assert told["courses"] == told["figures"] == []


def runs_a_course(office: Office) -> str:
    """Karin is in HR, and was given one figure of it; what else was answered is not worked out."""
    database = office.open()
    with database.write() as unit:
        karin = people.find_by_email(unit, KARIN)
        assert karin is not None
        people.change_person(unit, karin.id, roles="hr")
        days = {"start": date(2026, 1, 14), "module-1": date(2026, 2, 25)}
        ids = SeededIds(9)
        cohort = begin_cohort(unit, ids, NOW, "municipal-course", "Nyborg", days, pilot=True)
        given = Given(frozenset(f"{number:02x}" for number in range(6)), "high")
        question = f"{cohort.id}:after:focus:all"
        releases.put_release(unit, ids, NOW, Released(karin.id, question, "2026-01-01", given))
        rated, long_ago = Rated(cohort.id, "before"), date(2020, 1, 1)
        ratings.record(unit, ids, karin, "c1", long_ago, rated, "usability", 4)
    database.close()
    return cohort.name


def test_a_preview_for_hr_tells_of_courses_and_the_bands_that_were_given(office: Office) -> None:
    name = runs_a_course(office)
    told = answer(call("digest", "preview", KARIN, "--json", office=office))
    assert len(told["courses"]) == len(told["figures"]) == 1
    shown = call("digest", "preview", KARIN, office=office)
    assert shown.exit_code == 0
    assert all(line in shown.stdout for line in (name, *told["courses"], *told["figures"]))
    assert not any(mark in shown.output for mark in MINE.values())


def test_a_preview_works_nothing_out(office: Office) -> None:
    runs_a_course(office)
    before = releases_in(office)
    call("digest", "preview", KARIN, office=office)
    assert releases_in(office) == before


def releases_in(office: Office) -> int:
    database = office.open()
    with database.read() as unit:
        count = unit.connection.exec_driver_sql("SELECT count(*) FROM release").scalar_one()
    database.close()
    return int(count)


def test_a_digest_takes_three_queries_however_long_the_history(tmp_path: Path) -> None:
    [figure] = digest.measure(tmp_path)
    assert figure.holds, figure
