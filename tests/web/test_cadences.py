"""The console's page of cadences: seen before it is saved, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import cadences, pairs, rules
from storage.database import Unit
from tests.web.house import House, faults_of, words

PAGE = "/admin/cadences"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.close()


async def test_the_next_ten_are_shown_for_somebody_and_nothing_is_saved(house: House) -> None:
    browser = await house.enters(house.anna)
    page = await browser.opens(PAGE)
    seen = await browser.sends(page, PAGE, do="see", kind="dialogue", weeks="3", weekday="4")
    assert seen.text.count("<li>torsdag") == 10
    assert "Mette Holm" in words(seen)
    assert house.does(rules.all_rules) == []


async def test_what_was_seen_is_saved_logged_and_told(house: House) -> None:
    browser = await house.enters(house.anna)
    page = await browser.opens(PAGE)
    seen = await browser.sends(page, PAGE, do="see", kind="dialogue", weeks="3")
    after = await browser.follows(await browser.sends(seen, PAGE, do="save"))
    assert "1 har fået en anden rytme" in words(after)

    def weeks(unit: Unit) -> int:
        pair = pairs.pair_of(unit, house.mette.id)
        assert pair is not None
        found = cadences.cadence_of_pair(unit, pair.id)
        assert found is not None
        return found.rule.every_weeks

    assert house.does(weeks) == 3
    assert ("rhythm of dialogue set for organisation", None, house.anna.id) in house.noted()
    assert [slot.split(":")[1] for slot in house.told(house.mette)] == ["rhythm-changed"]


async def test_what_is_wrong_is_told_by_the_field_and_nothing_typed_is_lost(house: House) -> None:
    browser = await house.enters(house.anna)
    page = await browser.opens(PAGE)
    seen = await browser.sends(
        page, PAGE, do="see", level="group", which="trio:Nowhere", weeks="40", at="25:00",
        quiet="in summer", offset="11", **{"for": "nobody@example.org"},
    )  # fmt: skip
    assert seen.status_code == 422
    assert sorted(faults_of(seen)) == ["at", "for", "offset", "quiet", "weeks", "which"]
    assert 'value="trio:Nowhere"' in seen.text
    assert 'value="in summer"' in seen.text


async def test_nothing_chosen_is_nothing_to_set(house: House) -> None:
    browser = await house.enters(house.anna)
    page = await browser.opens(PAGE)
    assert faults_of(await browser.sends(page, PAGE, do="save")) == ["weeks"]


async def test_a_rule_is_taken_away_again(house: House) -> None:
    browser = await house.enters(house.anna)
    page = await browser.opens(PAGE)
    await browser.sends(page, PAGE, do="save", kind="digest", off="yes")
    assert [one.rule.off for one in house.does(rules.all_rules)] == [True]
    listed = await browser.opens(PAGE)
    assert "kommer ikke" in words(listed)
    await browser.sends(listed, PAGE, do="remove", kind="digest", level="organisation", which="")
    assert house.does(rules.all_rules) == []


async def test_nobody_else_sees_or_sets_cadences(house: House) -> None:
    browser = house.browser()
    assert (await browser.opens(PAGE)).status_code in (302, 303, 401, 403)
    assert (await browser.posts(PAGE, do="save", weeks="3")).status_code in (302, 303, 401, 403)
    assert house.does(rules.all_rules) == []
