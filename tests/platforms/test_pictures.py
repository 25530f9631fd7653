"""The pictures of the digests, on the platforms themselves: as pictures, with nobody's words."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from flows.cadence import Cadence as Series
from storage import cadences, cohorts, pairs, people
from storage.database import Unit
from tests.platforms.evidence import no_mistakes
from tests.platforms.house import House

PLATFORMS = ("slack", "telegram")


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_hr_gets_the_courses_as_a_picture(house: House, platform: str) -> None:
    henrik = house.moves_in("henrik", platform)

    def start(unit: Unit) -> None:
        people.change_person(unit, henrik.id, roles="hr")
        days = {"start": date(2026, 11, 2), "module-1": date(2027, 2, 4)}
        ids = house.wired.parts.ids
        cohorts.begin_cohort(unit, ids, house.clock(), "municipal-course", "Nyborg", days)

    house.does(start)
    await henrik.writes("tal")
    assert henrik.heard == ["courses", "no-figures"]
    assert [name for one in henrik.news for name in one.files] == ["kurser.png"]
    no_mistakes(house)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_a_nearest_leader_of_many_gets_the_days_as_a_picture(
    house: House, platform: str
) -> None:
    karin = house.moves_in("karin", platform)

    def talks_with(unit: Unit, name: str) -> None:
        ids, now = house.wired.parts.ids, house.clock()
        leader = people.add_person(unit, ids, now, name=name)
        pair = pairs.begin_pair(unit, ids, now, leader.id, karin.id)
        first = now.date() + timedelta(days=1)
        rule = Series(anchor=first, every_weeks=2, at=time(10))
        cadences.begin_cadence(unit, ids, leader.id, rule, pair=pair.id)

    for name in ("Jens", "Ida", "Bo"):
        house.does(lambda unit, name=name: talks_with(unit, name))  # type: ignore[misc]
    await karin.writes("overblik")
    assert karin.heard == ["digest-days"]
    assert [name for one in karin.news for name in one.files] == ["to-uger.png"]
    no_mistakes(house)
