"""Who comes in at the door, and who is kindly told why not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.inbound import Incoming
from storage import erase, pages, people
from storage.people import Profile
from storage.tables import table
from storage.tables_course import PageLink, Visit
from tests.web.house import House, hidden_of


def visits(house: House) -> int:
    query = select(table(Visit).c.person_id)
    return len(house.does(lambda unit: unit.connection.execute(query).all()))


async def hears(house: House, who: Profile, text: str) -> list[str]:
    """What is said back in the chat, by name."""
    phone = f"T1:{who.first_name.lower()}"
    before = len(house.slack.phones.get(phone, []))
    await house.wired.intake.hear(Incoming("slack", phone, house.wired.parts.ids(), text=text))
    await house.wired.beat.beat()
    return [one.name for one in house.slack.phones.get(phone, [])[before:]]


# --- asked for in the chat


@pytest.mark.parametrize("word", ["admin", "console"])
async def test_whoever_runs_it_gets_a_link_to_the_console_in_the_chat(
    house: House, word: str
) -> None:
    assert await hears(house, house.henrik, word) == ["[page-admin]"]
    said = house.slack.phones["T1:henrik"][-1].text
    [link] = [one for one in said.split() if one.startswith(house.wired.parts.address)]
    shown = await house.browser().opens(link)
    assert shown.status_code == 200
    hidden_of(shown, "/admin/enter")


async def test_whoever_does_not_run_it_is_told_kindly_and_gets_none(house: House) -> None:
    assert await hears(house, house.mette, "admin") == ["[page-not-admin]"]
    assert house.does(lambda unit: unit.connection.execute(select(table(PageLink))).all()) == []


async def test_everybody_gets_a_link_to_their_own_page(house: House) -> None:
    assert await hears(house, house.mette, "min side") == ["[page-me]"]


# --- coming in


async def test_a_link_lets_its_person_in_once(house: House) -> None:
    link = house.link(house.anna)
    browser, other = house.browser(), house.browser()
    shown = await browser.opens(link)
    came = await browser.sends(shown, "/admin/enter")
    assert (came.status_code, came.headers["location"]) == (303, "/admin")
    assert (await browser.opens("/admin")).status_code == 200
    again = await other.sends(shown, "/admin/enter")
    assert again.status_code == 410
    assert (await other.opens("/admin")).status_code == 403
    assert (await other.opens(link)).status_code == 410


async def test_looking_at_a_link_does_not_use_it_up(house: House) -> None:
    link = house.link(house.anna)
    for _ in range(3):
        assert (await house.browser().opens(link)).status_code == 200
    assert visits(house) == 0
    browser = house.browser()
    came = await browser.sends(await browser.opens(link), "/admin/enter")
    assert came.status_code == 303


async def test_of_many_who_press_at_the_same_time_one_comes_in(house: House) -> None:
    shown = await house.browser().opens(house.link(house.anna))
    answers = await asyncio.gather(
        *(house.browser().sends(shown, "/admin/enter") for _ in range(8))
    )
    assert sorted(one.status_code for one in answers) == [303] + [410] * 7
    assert visits(house) == 1


async def test_a_link_runs_out_after_ten_minutes(house: House) -> None:
    link = house.link(house.anna)
    shown = await house.browser().opens(link)
    house.clock.move_to(house.clock() + timedelta(minutes=10))
    assert (await house.browser().opens(link)).status_code == 410
    assert (await house.browser().sends(shown, "/admin/enter")).status_code == 410


async def test_a_newer_link_closes_the_one_before(house: House) -> None:
    first = house.link(house.anna)
    house.link(house.anna)
    assert (await house.browser().opens(first)).status_code == 410


@pytest.mark.parametrize("forged", ["", "x", "A" * 22, "'; DROP TABLE visit; --", "ø" * 300])
async def test_a_forged_token_opens_nothing(house: House, forged: str) -> None:
    house.link(house.anna)
    browser = house.browser()
    assert (await browser.posts("/admin/enter", token=forged)).status_code == 410
    browser.client.cookies.set("tillidsrum-admin", "forged")
    assert (await browser.opens("/admin")).status_code == 403
    assert visits(house) == 0


async def test_a_link_to_one_page_opens_no_other(house: House) -> None:
    own = house.link(house.anna, "me").replace("/me/", "/admin/")
    assert (await house.browser().opens(own)).status_code == 410
    browser = await house.enters(house.anna, "me")
    assert (await browser.opens("/admin")).status_code == 403


async def test_capitals_of_a_token_count(house: House) -> None:
    link = house.link(house.anna)
    path, _, token = link.partition("token=")
    assert (await house.browser().opens(f"{path}token={token.swapcase()}")).status_code == 410


async def test_the_database_holds_no_token(house: House) -> None:
    token = house.link(house.anna).partition("token=")[2]
    browser = await house.enters(house.anna)
    cookie = browser.client.cookies["tillidsrum-admin"]
    kept = house.wired.database.path
    assert kept is not None
    house.wired.database.checkpoint()
    content = kept.read_bytes()
    assert token.encode() not in content
    assert cookie.encode() not in content


# --- while somebody is there


async def test_a_role_that_is_taken_away_ends_what_one_may_see(house: House) -> None:
    browser = await house.enters(house.henrik)
    assert (await browser.opens("/admin/people")).status_code == 200
    house.does(lambda unit: people.change_person(unit, house.henrik.id, roles="leader"))
    refused = await browser.opens("/admin/people")
    assert refused.status_code == 403
    assert "Mette" not in refused.text


async def test_whoever_has_left_is_out(house: House) -> None:
    browser = await house.enters(house.henrik)
    link = house.link(house.henrik)
    house.does(lambda unit: people.change_person(unit, house.henrik.id, status="left"))
    assert (await browser.opens("/admin")).status_code == 403
    assert (await house.browser().opens(link)).status_code == 410


async def test_whoever_is_erased_is_out(house: House) -> None:
    browser = await house.enters(house.henrik)
    erase.erase_person(house.wired.database, house.wired.parts.erase_log, house.henrik.id)
    assert (await browser.opens("/admin")).status_code == 403
    assert visits(house) == 0


async def test_a_visit_ends_by_itself(house: House) -> None:
    console, own = await house.enters(house.anna), await house.enters(house.anna, "me")
    house.clock.move_to(house.clock() + timedelta(hours=1))
    assert (await own.opens("/me")).status_code in (403, 404)
    assert (await console.opens("/admin")).status_code == 200
    house.clock.move_to(house.clock() + timedelta(hours=7))
    assert (await console.opens("/admin")).status_code == 403
    await house.wired.beat.tidy()
    assert visits(house) == 0


async def test_logging_out_ends_this_visit_and_no_other(house: House) -> None:
    here, there = await house.enters(house.anna), await house.enters(house.anna)
    left = await here.sends(await here.opens("/admin"), "/admin/leave")
    assert left.status_code == 303
    assert (await here.follows(left)).status_code == 200
    assert (await here.opens("/admin")).status_code == 403
    assert (await there.opens("/admin")).status_code == 200


async def test_logging_out_everywhere_ends_all_and_the_links(house: House) -> None:
    here, there = await house.enters(house.anna), await house.enters(house.anna)
    others = await house.enters(house.henrik)
    link = house.link(house.anna)
    await here.sends(await here.opens("/admin"), "/admin/leave-everywhere")
    assert [(await one.opens("/admin")).status_code for one in (here, there)] == [403, 403]
    assert (await house.browser().opens(link)).status_code == 410
    assert (await others.opens("/admin")).status_code == 200


async def test_a_cookie_that_was_logged_out_is_worth_nothing(house: House) -> None:
    browser = await house.enters(house.anna)
    cookie = browser.client.cookies["tillidsrum-admin"]
    await browser.sends(await browser.opens("/admin"), "/admin/leave")
    thief = house.browser()
    thief.client.cookies.set("tillidsrum-admin", cookie)
    assert (await thief.opens("/admin")).status_code == 403


async def test_the_log_says_who_came_in_and_no_token(house: House) -> None:
    await house.enters(house.anna)
    lines = [what for what, person, _ in house.noted() if person == house.anna.id]
    assert lines == ["link to the page admin made", "entered the page admin"]


# --- the cookie


async def test_a_cookie_is_kept_from_scripts_and_other_sites(house: House) -> None:
    browser = house.browser()
    came = await browser.sends(await browser.opens(house.link(house.anna)), "/admin/enter")
    cookie = came.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie


@pytest.fixture
def behind_https(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path, public_url="https://tillidsrum.example.org/")
    yield house
    house.close()


async def test_over_https_it_is_for_this_host_alone(behind_https: House) -> None:
    browser = behind_https.browser()
    came = await browser.sends(
        await browser.opens(behind_https.link(behind_https.anna)), "/admin/enter"
    )
    cookie = came.headers["set-cookie"]
    assert cookie.startswith("__Host-tillidsrum-admin=")
    assert "secure" in cookie.lower()
    assert (await browser.opens("/admin")).status_code == 200


async def test_no_cache_keeps_what_is_behind_the_door(house: House) -> None:
    browser = await house.enters(house.anna)
    for path in ("/admin", "/admin/people", house.link(house.anna)):
        assert (await browser.opens(path)).headers["cache-control"] == "no-store"


# --- forms


async def test_a_form_from_elsewhere_changes_nothing(house: House) -> None:
    browser = await house.enters(house.anna)
    at = f"/admin/people/{house.mette.id}/leave"
    assert (await browser.posts(at)).status_code == 403
    assert (await browser.posts(at, form="0" * 32)).status_code == 403
    others = await house.enters(house.henrik)
    theirs = hidden_of(await others.opens(at), at)
    assert (await browser.posts(at, **theirs)).status_code == 403
    own = hidden_of(await browser.opens(at), at)
    crossed = await browser.client.post(at, data=own, headers={"sec-fetch-site": "cross-site"})
    assert crossed.status_code == 403
    mette = house.does(lambda unit: people.get_person(unit, house.mette.id))
    assert mette.status == "active"


async def test_a_form_tells_nothing_of_the_visit(house: House) -> None:
    browser = await house.enters(house.anna)
    shown = await browser.opens("/admin")
    assert browser.client.cookies["tillidsrum-admin"] not in shown.text


async def test_old_links_and_visits_are_forgotten(house: House) -> None:
    house.link(house.mette, "me")
    now = house.clock() + timedelta(days=8)
    house.does(lambda unit: pages.forget_old(unit, now))
    assert house.does(lambda unit: unit.connection.execute(select(table(PageLink))).all()) == []
