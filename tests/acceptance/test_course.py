"""A municipal course as those who take it live it: what is theirs, at its time, and never twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from bot.course import planning, plans
from bot.course.planning import Draft, Moved
from bot.danish_holidays import danish_holidays
from flows.load import shipped_programmes
from storage import groups, preferences
from storage.cohorts import Cohort, get_cohort
from storage.columns import from_microseconds
from storage.database import Unit
from storage.groups import Member
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import ZONE, House

DAYS = {
    "start": date(2026, 12, 10),
    "module-1": date(2027, 1, 21),
    "module-2": date(2027, 3, 4),
    "module-3": date(2027, 4, 15),
}


class Sent(NamedTuple):
    who: str
    nudge: str
    at: datetime


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    """Mette leads a TRIO with Tom and Anna, Karin is her nearest leader; they have no dialogue
    before the year is over."""
    house = make_house()
    house.pairs_up(first=date(2028, 1, 5))
    for name in ("tom", "anna"):
        house.moves_in(name)
    return house


def starts(house: House) -> Cohort:
    def start(unit: Unit) -> Cohort:
        parts, now = house.wired.parts, house.clock()
        made = groups.make_groups(unit, parts.ids, now, [("trio", "Rosengården")])
        trio = made["trio", "Rosengården"].id
        for role, name in (("leader", "mette"), ("tr", "tom"), ("amr", "anna")):
            member = Member(trio, house.residents[name].id, role)  # type: ignore[arg-type]
            groups.join(unit, parts.ids, now, [member])
        programme = shipped_programmes()["municipal-course"].programme
        draft = Draft(programme, "Nyborg", DAYS, groups=[trio])
        cohort, _ = planning.start(unit, parts, draft, house.now.date())
        return cohort

    return house.reads(start)


def moves(house: House, cohort: Cohort, module: str, day: date) -> Moved:
    def move(unit: Unit) -> Moved:
        now = get_cohort(unit, cohort.id)
        assert now is not None
        return planning.move(unit, house.wired.parts, now, module, day, house.now.date())

    return house.reads(move)


def sent(house: House) -> list[Sent]:
    """The course's nudges that reached somebody, in order."""
    rows = house.rows(
        "SELECT r.subject_id, o.person_id, o.sent_at FROM outbox o JOIN reminder r ON r.id = "
        "substr(o.slot_key, 10, 11) WHERE o.kind = 'contact' AND o.state = 'sent' "
        "AND r.kind = 'nudge' ORDER BY o.sent_at"
    )
    names = {one.id: name for name, one in house.residents.items()}
    return [
        Sent(
            names[str(person)], plans.written_in(str(subject)).nudge,
            from_microseconds(int(str(at))).astimezone(ZoneInfo(ZONE)),
        )
        for subject, person, at in rows
    ]  # fmt: skip


def of(found: list[Sent], who: str) -> dict[str, str]:
    return {one.nudge: one.at.date().isoformat() for one in found if one.who == who}


async def test_a_year_of_it_brings_everybody_what_is_theirs_and_nothing_twice(house: House) -> None:
    starts(house)
    await house.on(date(2027, 9, 1), "12:00")
    found = sent(house)
    mette = of(found, "mette")
    assert mette["development-plan"] == "2026-11-26"
    assert mette["day-1"] == "2027-01-21"
    assert mette["day-2"] == "2027-03-04"
    assert mette["evaluation-later"] == "2027-08-16"
    assert {"evaluation-before", "evaluation-after", "follow-up-1", "insight-iglo"} <= set(mette)
    # No articles were named and no action was planned: nothing to read, nothing to bring along.
    assert not [one for one in mette if one.startswith(("articles", "bring"))]
    assert of(found, "karin") == {"nearest-leader": "2026-12-01"}
    assert of(found, "henrik") == {}
    asked = Counter(one.nudge for one in found if one.nudge.startswith("trio-"))
    assert set(asked) == {"trio-1", "trio-2", "trio-3", "trio-after"}
    assert set(asked.values()) == {1}
    # Nobody answers, and still they take turns.
    turns = [one.who for one in found if one.nudge.startswith("trio-")]
    assert set(turns[:3]) == {"mette", "tom", "anna"}
    assert len({(one.who, one.nudge) for one in found}) == len(found)
    assert_in_hours(found)


def assert_in_hours(found: list[Sent]) -> None:
    off = danish_holidays(range(2026, 2028))
    assert all(8 <= one.at.hour < 16 and one.at.isoweekday() < 6 for one in found)
    assert not [one for one in found if one.at.date() in off]
    weeks = Counter((one.who, one.at.isocalendar()[:2]) for one in found)
    assert max(weeks.values()) <= 2
    assert max(Counter((one.who, one.at.date()) for one in found).values()) == 1


async def test_a_moved_module_is_told_once_in_the_morning_and_nothing_comes_again(
    house: House,
) -> None:
    cohort = starts(house)
    await house.on(date(2026, 12, 7), "20:00")
    before = sent(house)
    assert {one.who for one in before} == {"mette", "karin"}
    assert moves(house, cohort, "start", date(2026, 12, 17)).told == 1
    assert moves(house, cohort, "start", date(2026, 12, 16)).told == 1
    await house.on(date(2026, 12, 8), "07:59")
    assert "[module-moved]" not in house.mette.heard
    await house.on(date(2026, 12, 8), "08:10")
    assert house.mette.heard.count("[module-moved]") == 1
    assert "16. december" in house.mette.said_to
    await house.on(date(2026, 12, 18), "12:00")
    again = Counter((one.who, one.nudge) for one in sent(house))
    assert max(again.values()) == 1
    assert not house.karin.ever_saw("er flyttet")


async def test_whoever_wants_no_insights_gets_none_and_the_others_do(house: House) -> None:
    starts(house)
    tom = house.residents["tom"]
    house.reads(lambda unit: preferences.put(unit, tom.id, "insights", "off"))
    await house.on(date(2027, 1, 8), "12:00")
    found = sent(house)
    assert not [one for one in of(found, "tom") if one.startswith("point")]
    assert "point-law" in of(found, "anna")


async def test_a_dialogue_of_the_course_comes_in_ones_own_language_with_its_buttons(
    make_house: MakeHouse,
) -> None:
    for language in ("da", "en"):
        house = make_house(language=language)
        for name in ("tom", "anna"):
            house.moves_in(name)
        starts(house)
        await house.on(date(2026, 11, 26), "09:05")
        assert house.mette.news
        assert house.mette.news[-1].choices
