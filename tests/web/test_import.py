"""The people file in the console: seen first, then taken in; nothing lost in between."""

from __future__ import annotations

import html
import re

import httpx

from bot.web.guard import LARGER
from storage import directory, pairs, people
from tests.benchmarks.people import people_file
from tests.web.house import Browser, House, faults_of, hidden_of

AT = "/admin/people/import"
GOOD = """email,name,nearest_leader_email,roles
ny@example.org,Ny Ærø,karin@example.org,leader
mette@example.org,Mette Holm-Lund,anna@example.org,leader
"""
BAD = GOOD + "x,Nogen,,\nny@example.org,Igen,,boss\n"


async def looks(browser: Browser, content: bytes) -> httpx.Response:
    shown = await browser.opens(AT)
    return await browser.client.post(
        f"{AT}/preview", data=hidden_of(shown, f"{AT}/preview"),
        files={"file": ("people.csv", content, "text/csv")},
    )  # fmt: skip


async def takes_in(browser: Browser, seen: httpx.Response) -> httpx.Response:
    """The form below what would happen, as it stands."""
    written = re.search(r'<textarea name="people" hidden>(.*?)</textarea>', seen.text, re.DOTALL)
    assert written
    fields = {**hidden_of(seen, AT), "people": html.unescape(written[1])}
    return await browser.client.post(AT, data=fields, files={"none": b""})


def lines_at_fault(seen: httpx.Response) -> list[tuple[int, str]]:
    found = re.findall(
        r"<tr role=\"row\"><td[^>]*>(\d+)</td><td[^>]*><code>(\w+)</code>", seen.text
    )
    return [(int(line), column) for line, column in found]


async def test_a_file_is_seen_before_anything_is_changed(house: House) -> None:
    browser = await house.enters(house.henrik)
    seen = await looks(browser, GOOD.encode())
    assert seen.status_code == 200
    assert house.does(lambda unit: directory.find_by_email(unit, "ny@example.org")) is None
    done = await takes_in(browser, seen)
    assert done.status_code == 303
    assert house.does(lambda unit: directory.find_by_email(unit, "ny@example.org")).name == "Ny Ærø"  # type: ignore[union-attr]
    pair = house.does(lambda unit: pairs.pair_of(unit, house.mette.id))
    assert pair is not None
    assert pair.nearest_leader == house.anna.id
    noted = [(what, by) for what, _, by in house.noted() if what.startswith("people imported")]
    assert noted == [("people imported: 1 added, 1 changed", house.henrik.id)]


async def test_every_problem_is_told_with_its_line_and_the_file_can_be_mended_there(
    house: House,
) -> None:
    browser = await house.enters(house.anna)
    seen = await looks(browser, BAD.encode())
    assert seen.status_code == 422
    assert lines_at_fault(seen) == [(4, "email"), (5, "email"), (5, "roles")]
    mended = await browser.client.post(
        f"{AT}/preview", data={**hidden_of(seen, f"{AT}/preview"), "people": GOOD},
        files={"file": ("", b"")},
    )  # fmt: skip
    assert mended.status_code == 200
    assert (await takes_in(browser, mended)).status_code == 303


async def test_the_good_rows_are_taken_in_alone_only_when_that_is_chosen(house: House) -> None:
    browser = await house.enters(house.anna)
    seen = await looks(browser, BAD.encode())
    refused = await browser.client.post(
        AT, data={"form": hidden_of(seen, AT)["form"], "people": BAD}
    )
    assert refused.status_code == 422
    assert house.does(lambda unit: directory.find_by_email(unit, "ny@example.org")) is None
    assert (await takes_in(browser, seen)).status_code == 303
    assert house.does(lambda unit: directory.find_by_email(unit, "ny@example.org")) is not None


async def test_a_spreadsheets_own_letters_are_read(house: House) -> None:
    browser = await house.enters(house.anna)
    content = GOOD.replace(",", ";").encode("cp1252")
    assert (await takes_in(browser, await looks(browser, content))).status_code == 303
    assert house.does(lambda unit: directory.find_by_email(unit, "ny@example.org")).name == "Ny Ærø"  # type: ignore[union-attr]


async def test_nothing_chosen_is_told_at_the_field(house: House) -> None:
    browser = await house.enters(house.anna)
    refused = await looks(browser, b"")
    assert (refused.status_code, faults_of(refused)) == (422, ["file"])


async def test_the_file_is_no_way_for_hr_to_let_somebody_in(house: House) -> None:
    browser = await house.enters(house.henrik)
    content = "email,name,roles\nmette@example.org,Mette Holm,leader admin\nx@example.org,X,hr\n"
    seen = await looks(browser, content.encode())
    assert lines_at_fault(seen) == [(2, "roles"), (3, "roles")]
    fields = {"form": hidden_of(seen, f"{AT}/preview")["form"], "people": content, "skip": "yes"}
    assert (await browser.client.post(AT, data=fields)).status_code == 422
    assert house.does(lambda unit: people.get_person(unit, house.mette.id)).roles == "leader"
    trusted = await house.enters(house.anna)
    assert (await looks(trusted, content.encode())).status_code == 200


async def test_a_large_organisations_file_fits_and_anything_larger_does_not(house: House) -> None:
    browser = await house.enters(house.anna)
    seen = await looks(browser, people_file(2_000))
    assert seen.status_code == 200
    assert len(people_file(20_000)) < LARGER[AT] / 3
    assert (await looks(browser, b"x" * LARGER[AT])).status_code == 413
    refused = await browser.client.post("/admin/groups", data={"name": "x" * 70_000})
    assert refused.status_code == 413


async def test_whoever_is_not_let_in_has_nothing_read(house: House) -> None:
    refused = await house.browser().client.post(f"{AT}/preview", files={"file": b"x" * 1_000_000})
    assert refused.status_code == 403
