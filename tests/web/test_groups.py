"""Groups in the console."""

from __future__ import annotations

import httpx

from storage import groups
from storage.groups import Member
from tests.web.house import Browser, House, faults_of, words


async def makes(browser: Browser, name: str, kind: str = "trio") -> httpx.Response:
    shown = await browser.opens(f"/admin/groups?kind={kind}")
    return await browser.sends(shown, "/admin/groups", name=name)


async def joins(browser: Browser, at: str, email: str, **more: str) -> httpx.Response:
    return await browser.sends(await browser.opens(at), f"{at}/join", email=email, **more)


def members(house: House, at: str) -> list[Member]:
    group = at.rpartition("/")[2]
    return house.does(lambda unit: groups.members_of(unit, group))


async def test_a_group_is_made_and_people_come_and_go(house: House) -> None:
    browser = await house.enters(house.henrik)
    at = (await makes(browser, "  Rosengården ")).headers["location"]
    assert (await joins(browser, at, "mette@example.org", role="leader")).status_code == 303
    substitute = {"role": "tr", "substitute": "yes"}
    assert (await joins(browser, at, "Karin@example.org", **substitute)).status_code == 303
    assert [(one.person, one.role, one.substitute) for one in members(house, at)] == [
        (house.mette.id, "leader", False),
        (house.karin.id, "tr", True),
    ]
    shown = await browser.opens(at)
    out = {"person": house.karin.id, "role": "tr"}
    assert (await browser.sends(shown, f"{at}/leave", **out)).status_code == 303
    assert [one.person for one in members(house, at)] == [house.mette.id]
    done = [(what, about) for what, about, by in house.noted() if by == house.henrik.id]
    assert done == [
        ("group made", None),
        ("joined a group", house.mette.id),
        ("joined a group", house.karin.id),
        ("left a group", house.karin.id),
    ]


async def test_what_is_wrong_stands_at_its_field_with_what_was_written(house: House) -> None:
    browser = await house.enters(house.anna)
    at = (await makes(browser, "Rosengården")).headers["location"]
    for name in ("Rosengården", "", "x" * 121):
        refused = await makes(browser, name)
        assert (refused.status_code, faults_of(refused)) == (422, ["name"])
        assert f'value="{name}"' in refused.text
    for email in ("none", "nobody@example.org"):
        refused = await joins(browser, at, email, role="tr")
        assert (refused.status_code, faults_of(refused)) == (422, ["email"])
        assert f'value="{email}"' in refused.text
    assert (await joins(browser, at, "mette@example.org", role="facilitator")).status_code == 422
    assert members(house, at) == []


async def test_a_group_ends_after_a_question(house: House) -> None:
    browser = await house.enters(house.anna)
    at = (await makes(browser, "Øst", "network")).headers["location"]
    asked = await browser.opens(f"{at}/end")
    assert "Øst" in words(await browser.opens("/admin/groups?kind=network"))
    await browser.follows(await browser.sends(asked, f"{at}/end"))
    assert house.does(lambda unit: groups.groups(unit)) == []


async def test_groups_are_found_by_name_and_told_what_they_lack(house: House) -> None:
    names = [("trio", f"Sted {one:03}") for one in range(60)]
    house.does(lambda unit: groups.make_groups(unit, house.wired.parts.ids, house.clock(), names))  # type: ignore[arg-type]
    browser = await house.enters(house.anna)
    first = await browser.opens("/admin/groups")
    assert "Sted 049" in first.text
    assert "Sted 050" not in first.text
    second = await browser.opens("/admin/groups?kind=trio&after=Sted+049")
    assert "Sted 059" in second.text
    found = await browser.opens("/admin/groups?kind=trio&q=57")
    assert found.text.count('class="rows-name"') == 1
    assert found.text.count('class="state state-warn"') == 1
