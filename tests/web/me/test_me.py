"""One's own page: what is seen there, and what is changed there as it would be in the chat."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from storage import agreements, cadences, leave, pages, people, shares
from storage.people import Profile
from storage.tables import PersonKey, table
from tests.web.house import Browser, faults_of, words
from tests.web.me.home import OWN, Home

PAGES = ("/me", "/me/agreements", "/me/shared", "/me/papers", "/me/groups", "/me/times", "/me/data",
         "/me/data/delete")  # fmt: skip
_key = table(PersonKey)


async def enters(home: Home, who: Profile | None = None) -> Browser:
    return await home.house.enters(who or home.house.mette, "me")


async def changes(browser: Browser, page: str, action: str, **written: str | list[str]) -> str:
    """What is said once a form of a page was sent."""
    done = await browser.sends(await browser.opens(page), action, **written)
    return words(await browser.follows(done))


def now(home: Home) -> Profile:
    return home.house.does(lambda unit: people.get_person(unit, home.house.mette.id))


@pytest.mark.parametrize("path", PAGES)
async def test_nobody_comes_in_without_a_visit_of_this_kind(home: Home, path: str) -> None:
    assert (await home.house.browser().opens(path)).status_code == 403
    administrator = await home.house.enters(home.house.anna, "admin")
    assert (await administrator.opens(path)).status_code == 403


@pytest.mark.parametrize("language", ["da", "en"])
async def test_every_page_opens_in_both_languages(home: Home, language: str) -> None:
    for who in (home.house.mette, home.house.moves_in("Nina Ny")):
        browser = await enters(home, who)
        for path in PAGES:
            shown = await browser.opens(f"{path}?lang={language}")
            assert shown.status_code == 200, path
            assert f'lang="{language}"' in shown.text
            assert shown.headers["cache-control"] == "no-store"


async def test_a_form_without_the_visits_mark_changes_nothing(home: Home) -> None:
    browser = await enters(home)
    for path in ("/me/times/pause", "/me/data/delete", "/me/data/export", "/me/groups/feed"):
        refused = await browser.posts(path, **{"for": "1-week", "sure": "delete", "do": "make"})
        assert refused.status_code == 403
    assert now(home).paused_until is None


# --- agreements


def state_of(home: Home) -> str | None:
    house = home.house
    found = house.does(lambda unit: agreements.get_agreement(unit, house.mette, home.agreement))
    return found.state if found else None


def asked_about(home: Home) -> bool:
    return (
        home.house.does(lambda unit: cadences.cadence_of_agreement(unit, home.agreement))
        is not None
    )


async def test_an_agreement_is_shown_with_how_it_went(home: Home) -> None:
    shown = words(await (await enters(home)).opens("/me/agreements?lang=en"))
    assert OWN in shown
    assert "20 Nov Partly" in shown


async def test_an_agreement_rests_wakes_and_ends_as_in_the_chat(home: Home) -> None:
    browser, at = await enters(home), f"/me/agreements/{home.agreement}"
    await changes(browser, "/me/agreements", at, do="rest")
    assert (state_of(home), asked_about(home)) == ("resting", False)
    await changes(browser, "/me/agreements", at, do="wake")
    assert (state_of(home), asked_about(home)) == ("active", True)
    await changes(browser, f"{at}/end", at, do="end")
    assert (state_of(home), asked_about(home)) == ("ended", False)


async def test_a_page_left_open_brings_back_nothing(home: Home) -> None:
    browser, at = await enters(home), f"/me/agreements/{home.agreement}"
    old = await browser.opens("/me/agreements")
    await changes(browser, f"{at}/end", at, do="end")
    await browser.sends(old, at, do="wake")
    assert state_of(home) == "ended"


async def test_somebody_elses_agreement_is_not_there(home: Home) -> None:
    browser, at = await enters(home, home.house.karin), f"/me/agreements/{home.agreement}"
    assert (await browser.opens(f"{at}/end")).status_code == 404
    page = await browser.opens("/me/data")
    await browser.posts(at, do="end", form=mark(page.text))
    assert state_of(home) == "active"


def mark(text: str) -> str:
    return text.partition('name="form" value="')[2].partition('"')[0]


# --- shared


async def test_what_is_shared_is_seen_by_the_two_and_taken_back_by_its_author(home: Home) -> None:
    house = home.house
    mette, karin = await enters(home), await enters(home, house.karin)
    for browser in (mette, karin):
        shown = words(await browser.opens("/me/shared"))
        assert ("My point" in shown, "Karin's point" in shown) == (True, True)
    [mine] = house.does(lambda unit: shares.shared_by(unit, house.mette))
    at = f"/me/shared/{mine.id}/withdraw"
    assert (await karin.opens(at)).status_code == 404
    await karin.posts(at, form=mark((await karin.opens("/me/data")).text))
    assert "My point" in words(await karin.opens("/me/shared"))
    await changes(mette, at, at)
    assert "My point" not in words(await mette.opens("/me/shared"))
    assert "My point" not in words(await karin.opens("/me/shared"))


# --- hours, leave, quiet, language


async def test_hours_and_days_are_ones_own(home: Home) -> None:
    browser = await enters(home)
    await changes(
        browser, "/me/times", "/me/times/hours",
        **{"from": "07:30", "to": "15:00", "day": ["tue", "mon"]},
    )  # fmt: skip
    assert (now(home).hours_from, now(home).hours_to) == ("07:30", "15:00")
    assert now(home).working_days == "12"


@pytest.mark.parametrize(
    ("start", "end", "days", "faults"),
    [
        ("16:00", "08:00", ["mon"], ["hours"]),
        ("8", "25:00", ["mon"], ["hours"]),
        ("08:00", "16:00", [], ["days"]),
        ("08:00", "16:00", ["someday"], ["days"]),
    ],
)
async def test_hours_that_cannot_be_are_told_at_the_field(
    home: Home, start: str, end: str, days: list[str], faults: list[str]
) -> None:
    browser, before = await enters(home), now(home)
    refused = await browser.sends(
        await browser.opens("/me/times"), "/me/times/hours",
        **{"from": start, "to": end, "day": days},
    )  # fmt: skip
    assert (refused.status_code, faults_of(refused)) == (422, faults)
    assert f'value="{end}"' in refused.text
    assert now(home)[5:8] == before[5:8]


async def test_days_away_are_noted_once_and_removed(home: Home) -> None:
    house, browser = home.house, await enters(home)
    for _ in range(2):
        await changes(
            browser, "/me/times", "/me/times/leave", first="2026-12-22", last="2026-12-30"
        )
    [away] = house.does(lambda unit: leave.leave_of(unit, house.mette.id, date(2026, 11, 23)))
    assert (away.first, away.last) == (date(2026, 12, 22), date(2026, 12, 30))
    at = f"/me/times/leave/{away.id}/remove"
    other = await enters(home, house.karin)
    await other.posts(at, form=mark((await other.opens("/me/data")).text))
    assert house.does(lambda unit: leave.leave_of(unit, house.mette.id, away.first)) == [away]
    await changes(browser, "/me/times", at)
    assert house.does(lambda unit: leave.leave_of(unit, house.mette.id, away.first)) == []


@pytest.mark.parametrize(
    ("first", "last"),
    [("", ""), ("2026-12-30", "2026-12-22"), ("2026-11-01", "2026-11-20"), ("2026-12-01", "2036-12-01")],
)  # fmt: skip
async def test_days_away_that_cannot_be_are_told_at_the_field(
    home: Home, first: str, last: str
) -> None:
    browser = await enters(home)
    refused = await browser.sends(
        await browser.opens("/me/times"), "/me/times/leave", first=first, last=last
    )
    assert (refused.status_code, faults_of(refused)) == (422, ["leave"])


async def test_quiet_begins_and_ends(home: Home) -> None:
    browser, at = await enters(home), "/me/times/pause"
    await changes(browser, "/me/times", at, **{"for": "2-weeks"})
    assert now(home).paused_until == date(2026, 12, 7)
    await changes(browser, "/me/times", at, **{"for": "resume"})
    assert now(home).paused_until is None
    await changes(browser, "/me/times", at, **{"for": "until", "until": "2027-01-04"})
    assert now(home).paused_until == date(2027, 1, 4)


@pytest.mark.parametrize(
    ("how", "until", "fault"),
    [("until", "", "until"), ("until", "2026-11-23", "until"), ("for ever", "", "pause-for")],
)
async def test_quiet_that_cannot_be_is_told_at_the_field(
    home: Home, how: str, until: str, fault: str
) -> None:
    browser = await enters(home)
    refused = await browser.sends(
        await browser.opens("/me/times"), "/me/times/pause", **{"for": how, "until": until}
    )
    assert (refused.status_code, faults_of(refused)) == (422, [fault])
    assert now(home).paused_until is None


async def test_the_language_is_the_chats_as_well(home: Home) -> None:
    browser = await enters(home)
    for language in ("en", "da"):
        done = await browser.sends(
            await browser.opens("/me/times"), "/me/times/language", language=language
        )
        assert f'<html lang="{language}">' in (await browser.follows(done)).text
        assert now(home).language == language


# --- papers and data


async def test_the_papers_are_the_visitors_own(home: Home) -> None:
    browser = await enters(home)
    curve = await browser.opens("/me/papers/curve.svg")
    assert curve.headers["content-type"].startswith("image/svg+xml")
    assert curve.text.count("<circle") == 10
    sheet = await browser.opens("/me/papers/file/sheet")
    assert sheet.content.startswith(b"%PDF")
    assert sheet.headers["content-disposition"].startswith("attachment")
    assert (await browser.opens("/me/papers/file/export")).status_code == 404


async def test_a_copy_is_handed_over_and_noted(home: Home) -> None:
    browser = await enters(home)
    copied = await browser.sends(await browser.opens("/me/data"), "/me/data/export")
    with zipfile.ZipFile(io.BytesIO(copied.content)) as folder:
        assert OWN in folder.read("tillidsrum.json").decode()
    assert ("export asked for", home.house.mette.id, None) in home.house.noted()


async def test_deleting_is_asked_about_and_may_be_left(home: Home) -> None:
    browser = await enters(home)
    await changes(browser, "/me/data/delete", "/me/data/delete", sure="keep")
    assert now(home).name == "Mette Holm"


async def test_deleting_deletes_everything_and_ends_the_visit(home: Home) -> None:
    house, browser = home.house, await enters(home)
    done = await browser.sends(
        await browser.opens("/me/data/delete"), "/me/data/delete", sure="delete"
    )
    assert (await browser.follows(done)).status_code == 200
    assert (await browser.opens("/me")).status_code == 403
    keys = house.does(
        lambda unit: list(unit.connection.execute(select(_key.c.person_id)).scalars())
    )
    assert house.mette.id not in keys
    assert [one.person_id for one in house.wired.parts.erase_log.read()] == [house.mette.id]
    shown = words(await (await enters(home, house.karin)).opens("/me/shared"))
    assert "My point" not in shown


# --- groups


async def test_groups_are_shown_with_who_and_when(home: Home) -> None:
    shown = words(await (await enters(home)).opens("/me/groups?lang=en"))
    assert "Rosengården" in shown
    assert "Henrik Holm, Anna Admin" in shown
    assert shown.count("Thursday 3 December 2026, 10:00") == 2


async def test_an_address_that_was_made_is_shown_once(home: Home) -> None:
    browser = await enters(home)
    shown = await changes(browser, "/me/groups", "/me/groups/feed", do="make")
    assert "/calendar/" in shown
    assert "/calendar/" not in words(await browser.opens("/me/groups"))
    assert home.house.does(lambda unit: pages.feed_since(unit, home.house.mette.id)) is not None
