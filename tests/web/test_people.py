"""The console's people: found, changed and invited, each change noted and told."""

from __future__ import annotations

import re

import httpx
import pytest

from storage import directory, links, pairs, people
from storage.people import Profile
from tests.web.house import Browser, House, faults_of, words


def names(shown: httpx.Response) -> list[str]:
    """Who is listed, in order."""
    return re.findall(r'<th role="rowheader".*?<a href="/admin/people/[^"]+">([^<]+)<', shown.text)


def nearest_of(house: House, who: Profile) -> str | None:
    pair = house.does(lambda unit: pairs.pair_of(unit, who.id))
    return pair.nearest_leader if pair else None


def roles_of(house: House, who: Profile) -> str:
    return house.does(lambda unit: people.get_person(unit, who.id)).roles


async def sets_nearest(browser: Browser, who: Profile, email: str) -> httpx.Response:
    at = f"/admin/people/{who.id}"
    return await browser.sends(await browser.opens(at), f"{at}/nearest", email=email)


async def sets_roles(browser: Browser, who: Profile, *roles: str) -> httpx.Response:
    at = f"/admin/people/{who.id}"
    return await browser.sends(await browser.opens(at), f"{at}/roles", role=list(roles))


# --- the list


async def test_a_few_people_are_listed_by_name(house: House) -> None:
    browser = await house.enters(house.anna)
    shown = await browser.opens("/admin/people")
    assert names(shown) == ["Anna Admin", "Henrik Holm", "Karin Lund", "Mette Holm"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("holm", ["Henrik Holm", "Mette Holm"]),
        ("HOLM met", ["Mette Holm"]),
        ("Karin@Example.org ", ["Karin Lund"]),
        ("nobody@example.org", []),
        ("<script>", []),
    ],
)
async def test_people_are_found_by_name_or_address(
    house: House, asked: str, found: list[str]
) -> None:
    browser = await house.enters(house.anna)
    shown = await browser.client.get("/admin/people", params={"q": asked})
    assert names(shown) == found
    assert "<script>" not in shown.text


async def test_pages_follow_each_other_without_a_gap_and_lead_back(house: House) -> None:
    given = [
        {
            "name": f"Person {one:03}", "email": f"p{one}@example.org", "language": "da",
            "zone": "Europe/Copenhagen", "roles": "leader",
        }
        for one in range(121)
    ]  # fmt: skip
    house.does(lambda unit: people.add_people(unit, house.wired.parts.ids, house.clock(), given))
    browser = await house.enters(house.anna)
    seen, pages, shown = [], [], await browser.opens("/admin/people")
    while True:
        seen += names(shown)
        pages.append(names(shown))
        older = re.search(r'href="([^"]+)" rel="next"', shown.text)
        if older is None:
            break
        shown = await browser.opens(older[1].replace("&amp;", "&"))
    assert [len(page) for page in pages] == [50, 50, 25]
    assert len(set(seen)) == 125
    numbered = [name for name in seen if name.startswith("Person")]
    assert numbered == sorted(numbered)
    newer = re.search(r'href="([^"]+)" rel="prev"', shown.text)
    assert newer is not None
    assert names(await browser.opens(newer[1])) == pages[1]


@pytest.mark.parametrize("place", ["x", "1.", ".a", "9" * 40 + ".a", "-1.a", "1e5.a", "²³.a"])
async def test_a_place_that_is_none_is_the_beginning(house: House, place: str) -> None:
    browser = await house.enters(house.anna)
    shown = await browser.client.get("/admin/people", params={"after": place})
    assert len(names(shown)) == 4


async def test_the_list_can_show_who_lacks_something(house: House) -> None:
    house.moves_in("Nina Ny", at="")
    browser = await house.enters(house.anna)
    assert names(await browser.opens("/admin/people?show=not-yet")) == ["Nina Ny"]
    assert "Karin Lund" in names(await browser.opens("/admin/people?show=without"))
    running = names(await browser.opens("/admin/people?show=runs"))
    assert running == ["Anna Admin", "Henrik Holm"]
    assert names(await browser.opens("/admin/people?show=left")) == []


async def test_nobody_who_is_unknown_has_a_page(house: House) -> None:
    browser = await house.enters(house.anna)
    for path in ("/admin/people/nobody", "/admin/people/nobody/leave", "/admin/groups/none"):
        assert (await browser.opens(path)).status_code == 404


# --- nearest leader


async def test_another_nearest_leader_is_told_and_noted(house: House) -> None:
    browser = await house.enters(house.henrik)
    changed = await sets_nearest(browser, house.mette, " Anna@Example.org")
    assert (await browser.follows(changed)).status_code == 200
    assert nearest_of(house, house.mette) == house.anna.id
    assert ("nearest leader changed", house.mette.id, house.henrik.id) in house.noted()
    assert [one.split(":")[1] for one in house.told(house.mette)] == ["nearest-leader-moved"]


async def test_a_first_nearest_leader_is_nobodys_news(house: House) -> None:
    browser = await house.enters(house.anna)
    assert (await sets_nearest(browser, house.karin, "anna@example.org")).status_code == 303
    assert nearest_of(house, house.karin) == house.anna.id
    assert house.told(house.karin) == []


async def test_nobody_can_take_the_place_of_the_nearest_leader(house: House) -> None:
    browser = await house.enters(house.anna)
    await sets_nearest(browser, house.mette, "")
    assert nearest_of(house, house.mette) is None
    assert [one.split(":")[1] for one in house.told(house.mette)] == ["nearest-leader-none"]


async def test_the_same_nearest_leader_again_changes_nothing(house: House) -> None:
    before = house.does(lambda unit: pairs.pair_of(unit, house.mette.id))
    browser = await house.enters(house.anna)
    await sets_nearest(browser, house.mette, "karin@example.org")
    assert house.does(lambda unit: pairs.pair_of(unit, house.mette.id)) == before
    assert house.told(house.mette) == []


@pytest.mark.parametrize(
    "email", ["no address", "nobody@example.org", "karin@example.org", "mette@example.org"]
)
async def test_a_nearest_leader_that_cannot_be_is_told_at_the_field(
    house: House, email: str
) -> None:
    """The last: Mette's nearest leader is Karin, so Karin's cannot be Mette."""
    browser = await house.enters(house.anna)
    refused = await sets_nearest(browser, house.karin, email)
    assert refused.status_code == 422
    assert faults_of(refused) == ["nearest"]
    assert f'value="{email}"' in refused.text
    assert nearest_of(house, house.karin) is None


# --- roles


async def test_an_administrator_gives_a_role(house: House) -> None:
    browser = await house.enters(house.anna)
    await browser.follows(await sets_roles(browser, house.karin, "hr", "leader"))
    assert roles_of(house, house.karin) == "leader,hr"
    assert ("roles changed: +hr", house.karin.id, house.anna.id) in house.noted()


async def test_hr_lets_nobody_into_the_console_and_out(house: House) -> None:
    browser = await house.enters(house.henrik)
    for who, wanted in ((house.mette, "admin"), (house.henrik, "admin"), (house.anna, "leader")):
        before = roles_of(house, who)
        refused = await sets_roles(browser, who, wanted)
        assert (refused.status_code, faults_of(refused)) == (422, ["roles"])
        assert roles_of(house, who) == before
    assert (await sets_roles(browser, house.mette, "leader", "representative")).status_code == 303


async def test_the_last_administrator_stays(house: House) -> None:
    browser = await house.enters(house.anna)
    assert faults_of(await sets_roles(browser, house.anna, "leader")) == ["roles"]
    assert roles_of(house, house.anna) == "admin"
    await sets_roles(browser, house.karin, "leader", "admin")
    assert (await sets_roles(browser, house.anna, "leader")).status_code == 303
    assert (await browser.opens("/admin")).status_code == 403


async def test_there_are_no_other_roles(house: House) -> None:
    browser = await house.enters(house.anna)
    assert (await sets_roles(browser, house.mette, "leader", "king")).status_code == 422
    assert roles_of(house, house.mette) == "leader"


# --- leaving, inviting


async def test_leaving_is_asked_about_first_and_told_to_who_is_led(house: House) -> None:
    browser = await house.enters(house.henrik)
    at = f"/admin/people/{house.karin.id}/leave"
    shown = await browser.opens(at)
    assert house.does(lambda unit: directory.find(unit, house.karin.id)).status == "active"  # type: ignore[union-attr]
    await browser.follows(await browser.sends(shown, at))
    assert house.does(lambda unit: directory.find(unit, house.karin.id)).status == "left"  # type: ignore[union-attr]
    assert nearest_of(house, house.mette) is None
    assert ("left the organisation", house.karin.id, house.henrik.id) in house.noted()
    assert [one.split(":")[1] for one in house.told(house.mette)] == ["nearest-leader-left"]


async def test_whoever_left_can_be_here_again(house: House) -> None:
    house.does(lambda unit: people.change_person(unit, house.karin.id, status="left"))
    browser = await house.enters(house.anna)
    at = f"/admin/people/{house.karin.id}"
    await browser.sends(await browser.opens(at), f"{at}/return")
    assert "Karin Lund" in names(await browser.opens("/admin/people"))


@pytest.mark.parametrize("who", ["henrik", "anna"])
async def test_nobody_shows_themselves_out_nor_the_last_administrator(
    house: House, who: str
) -> None:
    browser = await house.enters(house.henrik)
    one: Profile = getattr(house, who)
    at = f"/admin/people/{one.id}/leave"
    refused = await browser.sends(await browser.opens(at), at)
    assert (refused.status_code, faults_of(refused)) == (422, ["leave"])


async def test_an_invitation_is_shown_once(house: House) -> None:
    nina = house.moves_in("Nina Ny", at="")
    browser = await house.enters(house.anna)
    at = f"/admin/people/{nina.id}"
    made = await browser.sends(await browser.opens(at), f"{at}/invite", channel="slack")
    assert "slack.example" not in made.headers["location"]
    shown = words(await browser.follows(made))
    [token] = re.findall(r"https://slack.example/(\S+)", shown)
    assert re.search(r"\b\d{6}\b", shown)
    link = house.does(lambda unit: links.find_link(unit, token))
    assert link is not None
    assert link.person == nina.id
    assert token not in (await browser.opens(at)).text
    assert ("invited to slack", nina.id, house.anna.id) in house.noted()


async def test_there_is_no_inviting_to_a_channel_that_is_not_there(house: House) -> None:
    browser = await house.enters(house.anna)
    at = f"/admin/people/{house.mette.id}"
    refused = await browser.sends(await browser.opens(at), f"{at}/invite", channel="telegram")
    assert (refused.status_code, faults_of(refused)) == (422, ["invite"])


async def test_what_is_said_after_a_change_is_ours(house: House) -> None:
    """The cookie that carries it cannot be made to say anything else."""
    browser = await house.enters(house.anna)
    for forged in ("e30=", "bm8=", "eyJzYWlkIjoieCJ9", "WyJzYWlkIl0=", "%%%"):
        browser.client.cookies.set("tillidsrum-said", forged, path="/admin")
        shown = await browser.opens("/admin/people")
        assert shown.status_code == 200
        assert 'class="said"' not in shown.text
