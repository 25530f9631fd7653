"""When the nearest leader is somebody else from now on; and the talk about a difficult one."""

from __future__ import annotations

import json

from storage import organisation, pairs, people
from tests.acceptance.house import House, Resident
from tests.acceptance.verbs import SKIPPED_PULSE, looks, prepares, taps_the_pulse

ROSTER = "Vagtplanen og hvem der bestemmer"
UNSAFE = "Jeg tør ikke sige det til Karin"


async def says_it_is(who: Resident, email: str) -> None:
    """In the settings: somebody else is my nearest leader."""
    await who.writes("indstillinger")
    await who.presses_all(who.house.language, "yes", "skip", "no")
    await who.writes(email)


def nearest_of(house: House, who: Resident) -> str | None:
    found = house.reads(lambda unit: pairs.nearest_leader_of(unit, who.id))
    return found.name if found else None


async def test_a_previewed_point_is_not_shared_with_whoever_came_after(house: House) -> None:
    mette = house.mette
    await mette.writes("forbered")
    await taps_the_pulse(mette, SKIPPED_PULSE)
    await mette.writes(ROSTER)
    preview = mette.shown("point-share")
    await says_it_is(mette, "henrik@example.org")
    assert "[nearest-leader-changed]" in mette.heard
    await mette.presses_on(preview, "share")
    assert "[pair-closed]" in mette.heard
    assert "[shared]" not in mette.heard
    assert ROSTER not in await looks(house.henrik)
    assert ROSTER not in await looks(house.karin)
    await house.travel(weeks=3)
    assert not house.henrik.ever_saw(ROSTER)
    assert not house.karin.ever_saw(ROSTER)


async def test_old_shares_close_and_the_new_pair_begins_empty(house: House) -> None:
    await prepares(house.mette, ROSTER)
    assert ROSTER in await looks(house.karin)
    await says_it_is(house.mette, "henrik@example.org")
    assert "Mette" not in await looks(house.karin)
    seen = await looks(house.henrik)
    assert "Mette" in seen
    assert ROSTER not in seen
    await house.travel(weeks=3)
    assert not house.henrik.ever_saw(ROSTER)


async def test_the_old_nearest_leader_hears_no_more_of_her(house: House) -> None:
    await prepares(house.mette, ROSTER)
    await says_it_is(house.mette, "henrik@example.org")
    await house.travel(weeks=3)
    assert house.karin.messages == []
    assert "invite" not in [one.name for one in house.first_words(house.mette)]


async def test_what_was_kept_for_oneself_follows_oneself(house: House) -> None:
    await prepares(house.mette, ROSTER)
    await says_it_is(house.mette, "henrik@example.org")
    await house.mette.writes("stop")
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)
    assert house.mette.heard == ["carry#0"]
    await house.mette.presses("take")
    assert "Henrik" in house.mette.said_to
    await house.mette.presses("share")
    assert ROSTER in await looks(house.henrik)
    assert not house.karin.ever_saw(ROSTER)


async def test_an_unknown_address_leaves_nobody_to_share_with(house: House) -> None:
    await prepares(house.mette, ROSTER)
    await says_it_is(house.mette, "nobody@example.org")
    assert "[nearest-leader-unknown]" in house.mette.heard
    assert nearest_of(house, house.mette) is None
    assert "Mette" not in await looks(house.karin)
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)
    assert house.mette.heard == ["carry#0"]
    await house.mette.presses("take")
    assert "share" not in house.mette.last.choices


async def test_nobody_is_their_own_nearest_leader(house: House) -> None:
    await says_it_is(house.mette, "METTE@example.org")
    assert "[nearest-leader-not-self]" in house.mette.heard
    assert nearest_of(house, house.mette) != "Mette Holm"


async def test_the_new_pair_gets_a_day_of_its_own(house: House) -> None:
    await says_it_is(house.mette, "henrik@example.org")
    await house.mette.writes("fredag")
    await house.mette.presses_all("weeks-2", "at-13")
    assert house.mette.heard == ["rhythm", "goes-on"]
    await house.until("wed 09:05")
    assert house.mette.heard[-1] == "invite"
    assert "Henrik" in house.mette.last.text
    assert "27. november" in house.mette.last.text


async def test_a_nearest_leader_who_is_erased_takes_no_shares_along_and_leaves_nothing_broken(
    house: House,
) -> None:
    await prepares(house.mette, ROSTER)
    await house.karin.writes("slet mine data")
    await house.karin.presses("delete")
    await house.travel(weeks=3)
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)
    assert house.mette.heard == ["carry#0"]


async def test_a_difficult_relation_reaches_neither_the_digest_nor_any_share(
    house: House,
) -> None:
    mette = house.mette
    await mette.writes("det er svært med min leder")
    assert mette.heard == ["room-for-it", "stays-here", "need"]
    await mette.presses("both")
    for text in (UNSAFE, f"{UNSAFE} 2", f"{UNSAFE} 3"):
        await mette.writes(text)
    assert mette.heard == ["no-routes", "urgent", "your-pace"]
    await prepares(mette)
    await house.until("wed 09:59")
    assert UNSAFE not in await looks(house.karin)
    for other in (house.karin, house.henrik):
        assert not other.ever_saw(UNSAFE)
    assert house.rows("SELECT * FROM share") == []
    assert all("carry" not in one.name for one in mette.messages)


async def test_the_help_routes_are_the_ones_the_organisation_entered(house: House) -> None:
    routes = {"da": ["HR: Jonas, lokal 12", "Din egen læge"], "en": ["Your own doctor"]}
    house.reads(lambda unit: organisation.put_setting(unit, "help_routes", json.dumps(routes)))
    await house.mette.writes("svær relation")
    await house.mette.presses("whom")
    assert house.mette.heard == ["routes", "urgent", "your-pace"]
    assert "HR: Jonas, lokal 12" in house.mette.said_to
    assert "112" in house.mette.said_to


async def test_the_interview_guide_leads_to_the_difficult_talk_and_back(house: House) -> None:
    mette = house.mette
    await mette.writes("interviewguide")
    await mette.presses_all("short", "alone")
    while "difficult-relation" not in mette.last.choices:
        await mette.presses("go-on" if "go-on" in mette.last.choices else "skip")
    await mette.presses("difficult-relation")
    assert mette.heard[-1] == "need"
    await mette.presses("nothing")
    assert mette.heard[-1] == "[back-to]"
    await mette.presses("continue")
    assert mette.heard == ["point"]


async def test_somebody_who_has_left_gets_no_more_and_may_say_nothing(house: House) -> None:
    house.reads(lambda unit: people.change_person(unit, house.mette.id, status="left"))
    await house.travel(weeks=2)
    assert house.mette.messages == []
    await house.mette.writes("hjælp")
    assert house.mette.heard == ["[unknown-person]"]


async def test_a_slip_of_the_thumb_does_not_part_the_two(house: House) -> None:
    mette = house.mette
    await mette.writes("indstillinger")
    await mette.presses_all("da", "yes", "skip", "no")
    await mette.writes("tilbage")
    await mette.presses("yes")
    assert nearest_of(house, mette) == "Karin Lund"
    await house.until("wed 09:00")
    assert "invite" in [one.name for one in house.first_words(mette)]
    assert "what-you-see" in house.karin.heard
