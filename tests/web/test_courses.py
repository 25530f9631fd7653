"""Courses in the console: started after a look at the calendar, moved after a look at what moves."""

from __future__ import annotations

import re
from datetime import date

import httpx
import pytest

from storage import cohorts, groups, reminders
from storage.cohorts import Cohort
from storage.database import Unit
from storage.groups import Member
from tests.web.house import Browser, House, faults_of

START = "/admin/courses/start/municipal-course"
DAYS = {
    "day_start": "2026-12-08", "day_module-1": "2027-01-14", "day_module-2": "2027-03-03",
    "day_module-3": "2027-05-12",
}  # fmt: skip


@pytest.fixture
def trio(house: House) -> House:
    """Mette leads the TRIO of Rosengården, with Karin as TR."""

    def work(unit: Unit) -> None:
        made = groups.make_groups(
            unit, house.wired.parts.ids, house.clock(), [("trio", "Rosengården")]
        )
        group = made["trio", "Rosengården"].id
        members = [Member(group, house.mette.id, "leader"), Member(group, house.karin.id, "tr")]
        groups.join(unit, house.wired.parts.ids, house.clock(), members)

    house.does(work)
    return house


async def looks(browser: Browser, **written: str) -> httpx.Response:
    asked = {"name": "Nyborg", "groups": "Rosengården", **DAYS, **written}
    return await browser.sends(await browser.opens(START), f"{START}/preview", **asked)


async def begins(browser: Browser, seen: httpx.Response) -> httpx.Response:
    """Presses "start" below the calendar, as it stands there."""
    [form] = re.findall(rf'<form method="post" action="{START}">.*?</form>', seen.text, re.DOTALL)
    fields = dict(re.findall(r'<textarea name="([\w-]+)" hidden>([^<]*)</textarea>', form))
    return await browser.sends(seen, START, **fields)


def all_cohorts(house: House) -> list[Cohort]:
    return house.does(lambda unit: cohorts.cohorts(unit))


async def started(house: House, browser: Browser) -> tuple[str, Cohort]:
    """Where its page is, and the cohort."""
    came = await begins(browser, await looks(browser))
    [cohort] = all_cohorts(house)
    assert came.headers["location"] == f"/admin/courses/{cohort.id}"
    return came.headers["location"], cohort


async def test_the_whole_calendar_is_seen_before_anything_is_written(trio: House) -> None:
    browser = await trio.enters(trio.henrik)
    seen = await looks(browser)
    assert seen.status_code == 200
    assert len(re.findall(r"<li><strong>", seen.text)) > 5
    assert all_cohorts(trio) == []
    assert trio.does(reminders.next_due) is None
    await browser.follows(await begins(browser, seen))
    [cohort] = all_cohorts(trio)
    assert (cohort.name, cohort.days["module-2"]) == ("Nyborg", date(2027, 3, 3))
    assert trio.does(reminders.next_due) is not None
    assert ("course started: 1 participants", None, trio.henrik.id) in trio.noted()


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ({"name": " "}, "name"),
        ({"day_module-1": ""}, "day_module-1"),
        ({"day_module-1": "soon"}, "day_module-1"),
        ({"day_start": "2026-11-20"}, "day_start"),
        ({"day_module-2": "2027-03-06"}, "day_module-2"),
        ({"day_module-2": "2027-01-13"}, "day_module-2"),
        ({"groups": "Rosengården\nNowhere"}, "groups"),
        ({"groups": "network:Rosengården"}, "groups"),
        ({"people": "nobody@example.org"}, "people"),
        ({"groups": ""}, "people"),
    ],
)
async def test_what_is_wrong_with_a_course_stands_at_its_field(
    trio: House, written: dict[str, str], field: str
) -> None:
    browser = await trio.enters(trio.anna)
    refused = await looks(browser, **written)
    assert (refused.status_code, faults_of(refused)) == (422, [field])
    assert 'value="2027-05-12"' in refused.text
    assert all_cohorts(trio) == []


async def test_a_move_is_seen_before_it_is_made(trio: House) -> None:
    browser = await trio.enters(trio.anna)
    at, cohort = await started(trio, browser)
    move = f"{at}/move/module-1"
    seen = await browser.opens(f"{move}?day=2027-01-20")
    moved, *_ = map(int, re.findall(r"<dd>(\d+)</dd>", seen.text))
    assert moved > 0
    assert all_cohorts(trio) == [cohort]
    await browser.follows(await browser.sends(seen, move))
    [after] = all_cohorts(trio)
    assert after.days == {**cohort.days, "module-1": date(2027, 1, 20)}
    assert ("module moved: module-1", None, trio.anna.id) in trio.noted()


@pytest.mark.parametrize("day", ["2027-01-17", "2026-12-01", "2027-06-01", "2026-11-02", "x"])
async def test_a_day_that_will_not_do_is_told_at_the_field(trio: House, day: str) -> None:
    browser = await trio.enters(trio.anna)
    at, cohort = await started(trio, browser)
    refused = await browser.opens(f"{at}/move/module-1?day={day}")
    assert (refused.status_code, faults_of(refused)) == (422, ["day"])
    good = await browser.opens(f"{at}/move/module-1?day=2027-01-20")
    forced = await browser.sends(good, f"{at}/move/module-1", day=day)
    assert (forced.status_code, faults_of(forced)) == (422, ["day"])
    assert all_cohorts(trio) == [cohort]


async def test_a_course_is_paused_resumed_and_ended(trio: House) -> None:
    browser = await trio.enters(trio.anna)
    at, _ = await started(trio, browser)
    shown = await browser.opens(at)
    for change, state in (("pause", "paused"), ("resume", "running")):
        shown = await browser.follows(await browser.sends(shown, f"{at}/{change}"))
        assert all_cohorts(trio)[0].state == state
    await browser.sends(await browser.opens(f"{at}/end"), f"{at}/end")
    assert all_cohorts(trio)[0].state == "ended"
    assert trio.does(reminders.next_due) is None
    again = await browser.sends(shown, f"{at}/pause")
    assert again.status_code == 422


async def test_somebody_comes_later(trio: House) -> None:
    browser = await trio.enters(trio.anna)
    at, _ = await started(trio, browser)
    shown = await browser.opens(at)
    refused = await browser.sends(shown, f"{at}/join", email="nobody@example.org")
    assert (refused.status_code, faults_of(refused)) == (422, ["email"])
    came = await browser.sends(shown, f"{at}/join", email="henrik@example.org")
    assert "Henrik" not in (await browser.follows(came)).text.partition('class="visit"')[0]
    assert ("joined a course", trio.henrik.id, trio.anna.id) in trio.noted()
    refused = await browser.sends(shown, f"{at}/group", group="Nowhere")
    assert (refused.status_code, faults_of(refused)) == (422, ["group"])


async def test_the_calendar_shows_each_module_in_its_month(trio: House) -> None:
    browser = await trio.enters(trio.anna)
    at, _ = await started(trio, browser)
    month = await browser.opens("/admin/courses?month=2027-01")
    cell = re.search(
        r'<td class="[^"]*"><span class="grid-day">14</span><a[^>]*href="([^"]+)"', month.text
    )
    assert cell is not None
    assert cell[1] == at
    assert (
        at
        not in (await browser.opens("/admin/courses?month=2027-02"))
        .text.partition("month-list")[0]
        .partition('class="grid"')[2]
        .partition("</table>")[0]
    )
    for odd in ("x", "2027-13", "9999-12", "0001-01"):
        assert (await browser.opens(f"/admin/courses?month={odd}")).status_code == 200
