"""A nearest leader's digest: what was shared and nothing else, once, and never an empty one."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from pydantic import JsonValue

from bot.digest_facts import lines_for
from bot.facts import gather
from bot.parts import About
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from flows.cadence import Cadence as Series
from flows.rhythm import Rule
from storage import cadences, cohorts, pairs, people, ratings, releases
from storage.database import Unit
from tests.acceptance.house import House, Resident
from tests.acceptance.verbs import prepares, takes_back

COMING = date(2027, 2, 4)
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


async def test_a_nearest_leader_who_runs_the_courses_hears_of_both_on_the_same_morning(
    house: House,
) -> None:
    house.reads(lambda unit: people.change_person(unit, house.karin.id, roles="leader,hr"))
    starts(house, "Nyborg")
    sets(house, weekday=1)
    await house.travel(days=16)
    heard = [one.name for one in house.karin.messages]
    at = heard.index("digest")
    assert heard[at : at + 3] == ["digest", "courses", "no-figures"]
    await house.karin.writes("overblik")
    assert house.karin.heard == ["digest", "courses", "no-figures"]


async def test_a_nearest_leader_who_runs_courses_hears_of_none_where_there_is_none(
    house: House,
) -> None:
    house.reads(lambda unit: people.change_person(unit, house.karin.id, roles="leader,hr"))
    await house.karin.writes("overblik")
    assert house.karin.heard == ["digest"]


async def test_how_the_courses_go_is_told_to_whoever_runs_them_and_to_nobody_else(
    house: House,
) -> None:
    await house.mette.writes("tal")
    assert house.mette.heard == ["not-for-you"]
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    await house.henrik.writes("tal")
    assert house.henrik.heard == ["no-courses", "no-figures"]


def rates(house: House, who: Resident, subject: str, value: int) -> None:
    """In the quarter before, sealed under their own key."""

    def rate(unit: Unit) -> None:
        profile, on = people.get_person(unit, who.id), date(2026, 9, 1)
        rated, ids = ratings.Rated(subject, "after"), house.wired.parts.ids
        ratings.record(unit, ids, profile, f"{who.id}", on, rated, "usability", value)

    house.reads(rate)


def starts(house: House, name: str, *, pilot: bool = False) -> str:
    def start(unit: Unit) -> str:
        ids, now = house.wired.parts.ids, house.clock()
        days = {"start": date(2026, 6, 1), "module-1": date(2026, 8, 1), "module-2": COMING}
        made = cohorts.begin_cohort(unit, ids, now, "municipal-course", name, days, pilot=pilot)
        return made.id

    return house.reads(start)


def told(house: House, fact: str, who: Resident) -> list[str]:
    """What is listed to somebody who asks how the courses go."""

    def gathered(unit: Unit) -> list[str]:
        profile = people.get_person(unit, who.id)
        found = gather(unit, house.wired.parts, profile, [fact], About())[fact]
        return [str(one["text"]) for one in found]  # type: ignore[index, call-overload, union-attr]

    return house.reads(gathered)


@pytest.mark.parametrize(("count", "band"), [(5, "high"), (4, None)])
async def test_hr_sees_a_figure_of_five_and_is_told_that_there_is_none_of_four(
    house: House, count: int, band: str | None
) -> None:
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    cohort = starts(house, "Nyborg")
    for number in range(count):
        rates(house, house.moves_in(f"leader{number}"), cohort, 4 + number % 2)
    await house.henrik.writes("tal")
    assert house.henrik.heard == ["courses", "figures"]
    assert house.henrik.shown("courses").shows == "courses"
    found = house.reads(lambda unit: releases.standing(unit, house.henrik.id))
    assert [one.band if one else None for one in found.values()] == [band]
    assert len(told(house, "hr_figures", house.henrik)) == 1


async def test_hr_hears_of_courses_modules_and_the_dialogue_and_of_nobody_in_them(
    house: House,
) -> None:
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    cohort = starts(house, "Nyborg", pilot=True)
    for number in range(6):
        one = house.moves_in(f"leader{number}")
        for subject in (cohort, f"{cohort}:module-1", "tiltag-1"):
            rates(house, one, subject, 3 + number % 3)
    await house.henrik.writes("tal")
    lines = told(house, "hr_figures", house.henrik)
    assert len(lines) == 3
    assert all(line in house.henrik.said_to for line in lines)
    assert "leader" not in house.henrik.said_to
    assert told(house, "hr_figures", house.mette) == []


async def test_a_group_too_small_for_figures_is_told_so_once_and_not_in_every_digest(
    house: House,
) -> None:
    sets(house, weekday=1)
    await house.travel(days=30)
    digests = [one.text for one in house.karin.messages if one.name == "digest"]
    assert len(digests) >= 2
    [first, *others] = [text.count("\n· ") for text in digests]
    assert others == [first - 1] * len(others)


async def test_whom_one_talks_with_next_comes_first(house: House) -> None:
    for number, days in enumerate((12, 1, 8)):
        house.moves_in(f"leader{number}")
        house.pairs_up(f"leader{number}", first=house.now.date() + timedelta(days))
    await house.karin.writes("overblik")
    said = house.karin.said_to
    names = ["Leader1", "Mette", "Leader2", "Leader0"]
    assert sorted(names, key=lambda name: said.index(f"{name}: ")) == names


async def test_who_has_five_leaders_is_not_told_that_there_are_too_few(house: House) -> None:
    for number in range(4):
        with_karin(house, house.moves_in(f"leader{number}"))
    await house.karin.writes("overblik")
    assert not any("once" in line for line in digest_lines(house))


async def test_with_three_dialogues_soon_the_days_are_drawn(house: House) -> None:
    await house.karin.writes("overblik")
    assert house.karin.heard == ["digest"]
    for number in range(2):
        with_karin(house, house.moves_in(f"leader{number}"))
    await house.karin.writes("overblik")
    assert house.karin.heard == ["digest-days"]
    assert house.karin.shown("digest-days").shows == "days"


def with_karin(house: House, leader: Resident) -> None:
    """They talk every other week from tomorrow on."""

    def pair(unit: Unit) -> None:
        ids, now = house.wired.parts.ids, house.clock()
        made = pairs.begin_pair(unit, ids, now, leader.id, house.karin.id)
        rule = Series(anchor=now.date() + timedelta(days=1), every_weeks=2, at=time(10))
        cadences.begin_cadence(unit, ids, leader.id, rule, pair=made.id)

    house.reads(pair)


def digest_lines(house: House) -> list[JsonValue]:
    def read(unit: Unit) -> list[JsonValue]:
        karin = people.get_person(unit, house.karin.id)
        return lines_for(unit, house.wired.parts, karin, house.clock())

    found = house.reads(read)
    assert found
    return found
