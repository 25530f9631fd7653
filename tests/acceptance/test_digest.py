"""A nearest leader's digest: what was shared and nothing else, once, and never an empty one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.digest_facts import lines_for
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from flows.rhythm import Rule
from storage import cohorts, people, ratings
from storage.database import Unit
from tests.acceptance.house import House
from tests.acceptance.verbs import prepares, takes_back

POINT = "Der er for få hænder i weekenderne"


def sets(house: House, **rule: object) -> None:
    change = Change("organisation", "", "digest", Rule.model_validate(rule))
    house.reads(lambda unit: set_rule(unit, house.wired.parts, change, None))


async def test_a_digest_has_the_exact_words_that_were_shared_and_no_others(house: House) -> None:
    sets(house, weekday=1)
    await prepares(house.mette, POINT)
    await prepares(house.mette, "Det her deler jeg ikke", decision="keep")
    await house.travel(days=7, hours=4)
    assert house.karin.heard.count("digest") == 1
    said = house.karin.shown("digest").text
    assert POINT in said
    assert "Det her deler jeg ikke" not in said
    assert "den 9. december" in said


async def test_what_was_taken_back_is_not_in_it(house: House) -> None:
    sets(house, weekday=1)
    await prepares(house.mette, POINT)
    await takes_back(house.mette)
    await house.travel(days=7, hours=4)
    assert "digest" in house.karin.heard
    assert POINT not in house.karin.said_to


async def test_what_is_taken_back_later_is_gone_from_what_is_kept(house: House) -> None:
    sets(house, weekday=1)
    await prepares(house.mette, POINT)
    await house.travel(days=7, hours=4)
    await takes_back(house.mette)

    def kept(unit: object) -> str:
        karin = people.get_person(unit, house.karin.id)  # type: ignore[arg-type]
        return str(lines_for(unit, house.wired.parts, karin, house.clock()))  # type: ignore[arg-type]

    assert POINT not in house.reads(kept)


async def test_an_empty_digest_is_not_sent(make_house: object) -> None:
    house: House = make_house()  # type: ignore[operator]
    house.pairs_up(first=house.now.date().replace(month=12, day=30), weeks=4)
    sets(house, weekday=2)
    await house.until("tue 12:00")
    assert "digest" not in house.karin.heard


async def test_what_the_message_before_a_dialogue_has_said_is_not_said_again(house: House) -> None:
    sets(house, weekday=3)
    await prepares(house.mette, POINT)
    await house.until("wed 09:30")
    heard = [one.name for one in house.karin.messages]
    assert "leader#0" in heard
    assert "digest" not in heard


async def test_without_a_rule_nobody_gets_a_digest(house: House) -> None:
    await prepares(house.mette, POINT)
    await house.travel(days=16)
    assert "digest" not in [one.name for one in house.karin.messages]


async def test_the_digest_comes_again_in_its_rhythm(house: House) -> None:
    sets(house, weekday=1)
    await house.travel(days=30)
    heard = [one.name for one in house.karin.messages]
    assert heard.count("digest") >= 2


async def test_how_the_courses_go_is_told_to_whoever_runs_them_and_to_nobody_else(
    house: House,
) -> None:
    await house.mette.writes("tal")
    assert house.mette.heard == ["not-for-you"]
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    await house.henrik.writes("tal")
    assert house.henrik.heard == ["no-courses", "no-figures"]


@pytest.mark.parametrize(("count", "said"), [(5, "brugbarhed høj"), (4, "der kommer ikke et tal")])
async def test_hr_sees_a_figure_of_five_and_is_told_why_there_is_none_of_four(
    house: House, count: int, said: str
) -> None:
    """The answers are from the quarter before, sealed under each one's own key."""
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    leaders = [house.moves_in(f"leader{number}") for number in range(count)]

    def rate(unit: Unit) -> None:
        ids, now = house.wired.parts.ids, house.clock()
        days = {"start": date(2026, 6, 1)}
        cohort = cohorts.begin_cohort(unit, ids, now, "municipal-course", "Nyborg", days)
        rated = ratings.Rated(cohort.id, "after")
        for number, leader in enumerate(leaders):
            profile = people.get_person(unit, leader.id)
            value, on = 4 + number % 2, date(2026, 9, 1)
            ratings.record(unit, ids, profile, f"c{number}", on, rated, "usability", value)

    house.reads(rate)
    await house.henrik.writes("tal")
    assert said in house.henrik.said_to
