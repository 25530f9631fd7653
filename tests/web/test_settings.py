"""The organisation's settings in the console."""

from __future__ import annotations

from datetime import date, timedelta

import httpx
import pytest

from storage import organisation
from tests.web.house import Browser, House, faults_of, words

AT = "/admin/settings"


async def sets(browser: Browser, what: str, **written: str) -> httpx.Response:
    return await browser.sends(await browser.opens(AT), f"{AT}/{what}", **written)


async def test_help_routes_are_saved_with_the_day_they_were_checked(house: House) -> None:
    browser = await house.enters(house.henrik)
    written = {"routes_da": " Lise,  65 12 \n\nVagten, 70 10", "routes_en": "Lise, 65 12"}
    done = await sets(browser, "routes", **written, checked="2026-11-20")
    assert (await browser.follows(done)).status_code == 200
    found = house.does(organisation.all_help_routes)
    assert found.checked == date(2026, 11, 20)
    routes = {
        one: house.does(lambda unit, one=one: organisation.help_routes(unit, one))
        for one in ("da", "en")
    }  # type: ignore[misc]
    assert routes == {"da": ["Lise, 65 12", "Vagten, 70 10"], "en": ["Lise, 65 12"]}
    assert ("help routes changed", None, house.henrik.id) in house.noted()


async def test_the_floor_can_only_be_raised(house: House) -> None:
    browser = await house.enters(house.anna)
    assert house.does(organisation.floor) == 5
    assert (await sets(browser, "floor", floor="8")).status_code == 303
    for lower in ("7", "5", "4", "0", "-1", "51", "x", "", "8.5", "²"):
        refused = await sets(browser, "floor", floor=lower)
        assert (refused.status_code, faults_of(refused)) == (422, ["floor"])
    assert house.does(organisation.floor) == 8
    with pytest.raises(ValueError, match="raised"):
        house.does(lambda unit: organisation.raise_floor(unit, 5))


async def test_retention_keeps_within_its_bounds_and_counts_at_the_next_tidying(
    house: House,
) -> None:
    browser = await house.enters(house.anna)
    for days in ("29", "366", "", "many"):
        refused = await sets(browser, "retention", days=days)
        assert (refused.status_code, faults_of(refused)) == (422, ["days"])
    usual = timedelta(days=180)
    assert house.does(lambda unit: organisation.retention(unit, usual)) == usual
    assert (await sets(browser, "retention", days="30")).status_code == 303
    assert house.does(lambda unit: organisation.retention(unit, usual)) == timedelta(days=30)


async def test_closed_days_are_entered_and_taken_back(house: House) -> None:
    browser = await house.enters(house.anna)
    assert (await sets(browser, "closed", first="2026-12-23", last="2027-01-01")).status_code == 303
    assert (await sets(browser, "closed", first="2027-02-08", last="")).status_code == 303
    closed = house.does(lambda unit: organisation.closed_from(unit, date(2026, 11, 23)))
    assert [(one.first.day, one.last.day) for one in closed] == [(23, 1), (8, 8)]
    assert (await sets(browser, "open", closed=closed[0].id)).status_code == 303
    left = house.does(lambda unit: organisation.closed_from(unit, date(2026, 11, 23)))
    assert left == closed[1:]


@pytest.mark.parametrize(
    ("what", "written", "field"),
    [
        ("closed", {"first": "", "last": "2026-12-24"}, "first"),
        ("closed", {"first": "2026-12-24", "last": "2026-12-23"}, "last"),
        ("closed", {"first": "2026-11-02", "last": "2026-11-03"}, "last"),
        ("closed", {"first": "2026-12-01", "last": "2027-12-01"}, "last"),
        ("routes", {"routes_da": "x" * 201, "checked": "2026-11-20"}, "routes_da"),
        ("routes", {"routes_en": "x\n" * 13, "checked": "2026-11-20"}, "routes_en"),
        ("routes", {"routes_da": "Lise, 65", "checked": "2026-11-24"}, "checked"),
        ("routes", {"routes_da": "Lise, 65", "checked": ""}, "checked"),
    ],
)
async def test_what_is_wrong_stands_at_its_field_and_nothing_written_is_lost(
    house: House, what: str, written: dict[str, str], field: str
) -> None:
    browser = await house.enters(house.anna)
    refused = await sets(browser, what, **written)
    assert (refused.status_code, faults_of(refused)) == (422, [field])
    for value in written.values():
        assert value.strip() in refused.text
    assert house.does(organisation.all_help_routes).routes == {}
    assert house.does(lambda unit: organisation.closed_from(unit, date.min)) == []


async def test_the_language_is_kept_for_the_browser(house: House) -> None:
    browser = await house.enters(house.anna)
    danish, english = await browser.opens(AT), await browser.opens(f"{AT}?lang=en")
    assert 'lang="da"' in danish.text[:60]
    assert 'lang="en"' in english.text[:60]
    assert 'lang="en"' in (await browser.opens("/admin/people")).text[:60]
    asked = await browser.opens("/admin/people?q=holm&show=left")
    assert 'href="?q=holm&amp;show=left&amp;lang=da"' in asked.text
    assert words(english) != words(danish)
