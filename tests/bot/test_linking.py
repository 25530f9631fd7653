"""A person comes to be known on another channel, and nobody else does in their place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import linking
from bot.talk import Talk
from storage import addresses, erase
from storage.database import Unit
from storage.people import Profile
from tests.bot.rooms import Rooms

WELL = "well-known-in-no-link-at-all"
LINKED = ["[link-done]", "what-stays", "own-messages"]
"""What is said on Telegram to somebody who is known elsewhere."""


@pytest.fixture
def rooms(tmp_path: Path) -> Iterator[Rooms]:
    rooms = Rooms(tmp_path)
    yield rooms
    rooms.wired.close()


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def invited(rooms: Rooms, profile: Profile) -> linking.Invitation:
    parts = rooms.wired.parts
    return rooms.does(lambda unit: linking.invite(unit, parts, profile, "telegram"))


async def test_link_and_code_together_make_one_known_there(rooms: Rooms) -> None:
    token = await rooms.link()
    assert await rooms.hears("telegram", "77", link=token) == ["[link-code-wanted]"]
    assert rooms.slack.phones["T1:U1"][-1].name == "[link-code]"
    assert await rooms.hears("telegram", "77", rooms.code()) == LINKED
    assert rooms.where(rooms.mette) == "telegram 77"


async def test_the_old_address_is_told_of_the_new_one(rooms: Rooms) -> None:
    token = await rooms.link()
    await rooms.hears("telegram", "77", link=token)
    await rooms.hears("telegram", "77", rooms.code())
    assert rooms.slack.phones["T1:U1"][-1].name == "[link-told]"


async def test_what_was_done_is_noted_without_content(rooms: Rooms) -> None:
    token = await rooms.link()
    await rooms.hears("telegram", "77", link=token)
    code = rooms.code()
    await rooms.hears("telegram", "77", code)
    assert rooms.noted() == ["link to telegram made", "linked on telegram"]


async def test_a_code_may_be_written_with_a_space_in_it(rooms: Rooms) -> None:
    await rooms.hears("telegram", "77", link=await rooms.link())
    code = rooms.code()
    assert await rooms.hears("telegram", "77", f" {code[:3]} {code[3:]}") == LINKED


async def test_a_link_can_be_written_out_where_it_cannot_be_opened(rooms: Rooms) -> None:
    token = await rooms.link()
    assert await rooms.hears("telegram", "77", f"start {token}") == ["[link-code-wanted]"]
    assert await rooms.hears("telegram", "77", rooms.code()) == LINKED


async def test_without_an_address_to_open_one_is_told_what_to_write(rooms: Rooms) -> None:
    assert await rooms.hears("slack", "T1:U1", "link slack") == ["[link-write]"]
    assert linking.token_in(rooms.last("slack", "T1:U1")) is None
    assert "start " in rooms.last("slack", "T1:U1")


async def test_a_channel_that_is_not_there_cannot_be_linked(rooms: Rooms) -> None:
    ways = rooms.wired.parts.ways
    assert isinstance(ways, dict)
    del ways["telegram"]
    assert await rooms.hears("slack", "T1:U1", "tilknyt telegram") == ["[link-no-channel]"]


# --- somebody else


async def test_whoever_opens_the_link_without_the_code_is_told_nothing(rooms: Rooms) -> None:
    token = await rooms.link()
    await rooms.hears("telegram", "666", link=token)
    await rooms.hears("telegram", "666", other_than(rooms.code()))
    said = " ".join(one.text for one in rooms.telegram.phones["666"])
    assert "Mette" not in said
    assert "Slack" not in said
    assert rooms.where(rooms.mette) == "slack T1:U1"


async def test_a_link_that_was_opened_opens_for_nobody_else(rooms: Rooms) -> None:
    token = await rooms.link()
    await rooms.hears("telegram", "666", link=token)
    assert await rooms.hears("telegram", "77", link=token) == ["[link-closed]"]
    assert await rooms.hears("telegram", "77", rooms.code()) == ["[unknown-person]"]
    assert rooms.where(rooms.mette) == "slack T1:U1"


async def test_the_same_link_twice_from_the_same_place_asks_for_the_same_code(rooms: Rooms) -> None:
    token = await rooms.link()
    await rooms.hears("telegram", "77", link=token)
    code = rooms.code()
    assert await rooms.hears("telegram", "77", link=token) == ["[link-code-wanted]"]
    assert rooms.code() == code
    assert await rooms.hears("telegram", "77", code) == LINKED


async def test_a_link_that_was_used_is_closed(rooms: Rooms) -> None:
    token = await rooms.link()
    await rooms.hears("telegram", "77", link=token)
    await rooms.hears("telegram", "77", rooms.code())
    assert await rooms.hears("telegram", "88", link=token) == ["[link-closed]"]


async def test_five_wrong_codes_close_the_link_also_for_the_right_one(rooms: Rooms) -> None:
    token = await rooms.link()
    await rooms.hears("telegram", "77", link=token)
    code = rooms.code()
    said = [await rooms.hears("telegram", "77", other_than(code)) for _ in range(5)]
    assert said == [["[link-wrong-code]"]] * 4 + [["[link-dead]"]]
    assert await rooms.hears("telegram", "77", code) == ["[unknown-person]"]
    assert await rooms.hears("telegram", "77", link=token) == ["[link-closed]"]
    assert rooms.where(rooms.mette) == "slack T1:U1"


async def test_a_code_for_another_link_does_not_fit(rooms: Rooms) -> None:
    karin = rooms.moves_in("Karin Lund", "karin@example.org")
    theirs = invited(rooms, karin)
    await rooms.hears("telegram", "77", link=await rooms.link())
    assert theirs.code is not None
    assert theirs.code != rooms.code()
    assert await rooms.hears("telegram", "77", theirs.code) == ["[link-wrong-code]"]


@pytest.mark.parametrize("late", ["before it is opened", "before the code"])
async def test_after_ten_minutes_a_link_is_closed(rooms: Rooms, late: str) -> None:
    token = await rooms.link()
    if late == "before the code":
        await rooms.hears("telegram", "77", link=token)
    rooms.clock.move_to(rooms.clock() + timedelta(minutes=10))
    if late == "before the code":
        assert await rooms.hears("telegram", "77", rooms.code()) == ["[link-closed]"]
    else:
        assert await rooms.hears("telegram", "77", link=token) == ["[link-closed]"]
    assert rooms.where(rooms.mette) == "slack T1:U1"


async def test_a_link_to_one_channel_opens_on_no_other(rooms: Rooms) -> None:
    token = await rooms.link()
    assert await rooms.hears("slack", "T1:U9", link=token) == ["[link-closed]"]


async def test_somebody_who_is_known_there_already_links_nothing(rooms: Rooms) -> None:
    karin = rooms.moves_in("Karin Lund", "karin@example.org")
    welcome = invited(rooms, karin)
    await rooms.hears("telegram", "99", link=welcome.token)
    await rooms.hears("telegram", "99", welcome.code or "")
    token = await rooms.link()
    assert await rooms.hears("telegram", "99", link=token) == ["[link-known-here]"]
    assert rooms.where(rooms.mette) == "slack T1:U1"
    assert await rooms.hears("telegram", "77", link=token) == ["[link-code-wanted]"]


async def test_a_token_that_was_never_made_is_answered_like_one_that_is_over(rooms: Rooms) -> None:
    assert await rooms.hears("telegram", "77", link=WELL) == ["[link-closed]"]
    assert await rooms.hears("telegram", "77", "hej") == ["[unknown-person]"]


async def test_who_was_erased_meanwhile_is_not_linked(rooms: Rooms) -> None:
    token = await rooms.link()
    await rooms.hears("telegram", "77", link=token)
    code = rooms.code()
    rooms.does(lambda unit: erase.delete_rows(unit, rooms.mette.id))
    assert await rooms.hears("telegram", "77", code) == ["[unknown-person]"]


# --- invitations


async def test_who_is_invited_begins_with_the_welcome(rooms: Rooms) -> None:
    karin = rooms.moves_in("Karin Lund", "karin@example.org")
    invitation = invited(rooms, karin)
    assert invitation.code is not None
    rooms.clock.move_to(rooms.clock() + timedelta(hours=71))
    assert await rooms.hears("telegram", "99", link=invitation.token) == ["[link-code-wanted]"]
    said = await rooms.hears("telegram", "99", invitation.code)
    assert said != []
    assert not any(name.startswith("[") for name in said)
    assert rooms.where(karin) == "telegram 99"


async def test_an_invitation_lasts_three_days(rooms: Rooms) -> None:
    invitation = invited(rooms, rooms.moves_in("Karin Lund", "karin@example.org"))
    rooms.clock.move_to(rooms.clock() + timedelta(hours=72))
    assert await rooms.hears("telegram", "99", link=invitation.token) == ["[link-closed]"]


async def test_an_invitation_of_somebody_who_is_known_is_confirmed_by_them(rooms: Rooms) -> None:
    invitation = invited(rooms, rooms.mette)
    assert invitation.code is None
    await rooms.hears("telegram", "666", link=invitation.token)
    assert rooms.slack.phones["T1:U1"][-1].name == "[link-code]"
    assert rooms.where(rooms.mette) == "slack T1:U1"


# --- which address


async def test_one_is_answered_where_one_wrote_and_contacted_where_one_prefers(
    rooms: Rooms,
) -> None:
    await rooms.hears("telegram", "77", link=await rooms.link())
    await rooms.hears("telegram", "77", rooms.code())
    assert await rooms.hears("slack", "T1:U1", "hjælp") != []
    assert await rooms.hears("telegram", "77", "hjælp") != []
    assert await rooms.hears("slack", "T1:U1", "brug slack") == ["[link-using]"]
    assert rooms.where(rooms.mette) == "slack T1:U1"
    assert rooms.noted()[-1] == "slack preferred"


async def test_what_one_is_not_linked_on_cannot_be_preferred(rooms: Rooms) -> None:
    assert await rooms.hears("slack", "T1:U1", "use telegram") == ["[link-none-there]"]
    assert rooms.where(rooms.mette) == "slack T1:U1"


# --- a new account on a channel where one is known


async def opened(rooms: Rooms, external_id: str) -> str:
    """A link to there: the code that is wanted now."""
    await rooms.hears("telegram", external_id, link=await rooms.link())
    return rooms.code()


async def linked(rooms: Rooms, external_id: str) -> list[str]:
    return await rooms.hears("telegram", external_id, await opened(rooms, external_id))


async def test_a_new_account_takes_the_place_of_the_one_before(rooms: Rooms) -> None:
    await linked(rooms, "77")
    before = len(rooms.telegram.phones["77"])
    assert await linked(rooms, "88") == ["[link-moved]"]
    assert rooms.where(rooms.mette) == "telegram 88"
    told = [one.name for one in rooms.telegram.phones["77"][before:]]
    # The code comes where she is known: that was there.
    assert told == ["[link-code]", "[link-farewell]"]
    assert await rooms.hears("telegram", "77", "hjælp") == ["[unknown-person]"]
    assert await rooms.hears("telegram", "88", "hjælp") != []


async def test_the_farewell_says_nothing_of_whom_it_is_about(rooms: Rooms) -> None:
    await linked(rooms, "77")
    await linked(rooms, "88")
    assert "Mette" not in rooms.last("telegram", "77")


async def test_what_waits_for_the_account_before_comes_to_the_new_one(rooms: Rooms) -> None:
    await linked(rooms, "77")
    code = await opened(rooms, "88")
    before = len(rooms.telegram.phones["77"])
    rooms.telegram.has("refused", retry_after=60)
    await rooms.hears("telegram", "77", "hjælp")
    await rooms.hears("telegram", "88", code)
    rooms.clock.move_to(rooms.clock() + timedelta(minutes=5))
    await rooms.wired.beat.beat()
    assert "words" in [one.name for one in rooms.telegram.phones["88"]]
    assert "words" not in [one.name for one in rooms.telegram.phones["77"][before:]]


async def test_the_account_before_is_forgotten_once_it_was_told(rooms: Rooms) -> None:
    await linked(rooms, "77")
    code = await opened(rooms, "88")
    rooms.telegram.has("refused", retry_after=60)
    await rooms.hears("telegram", "88", code)
    await rooms.wired.beat.tidy()
    assert rooms.kept() == {"77", "88", "T1:U1"}
    rooms.clock.move_to(rooms.clock() + timedelta(minutes=5))
    await rooms.wired.beat.beat()
    assert rooms.telegram.phones["77"][-1].name == "[link-farewell]"
    await rooms.wired.beat.tidy()
    assert rooms.kept() == {"88", "T1:U1"}


async def test_one_may_go_back_to_the_account_before(rooms: Rooms) -> None:
    for account in ("77", "88", "77"):
        await linked(rooms, account)
    assert rooms.where(rooms.mette) == "telegram 77"
    assert await rooms.hears("telegram", "88", "hjælp") == ["[unknown-person]"]


async def test_an_account_that_was_left_can_become_somebody_elses(rooms: Rooms) -> None:
    await linked(rooms, "77")
    await linked(rooms, "88")
    welcome = invited(rooms, karin := rooms.moves_in("Karin Lund", "karin@example.org"))
    await rooms.hears("telegram", "77", link=welcome.token)
    await rooms.hears("telegram", "77", welcome.code or "")
    assert rooms.where(karin) == "telegram 77"
    assert rooms.where(rooms.mette) == "telegram 88"


# --- who has closed an address


async def test_nothing_more_is_tried_where_one_has_blocked_the_bot(rooms: Rooms) -> None:
    await linked(rooms, "77")
    rooms.telegram.has("blocked")
    await rooms.hears("telegram", "77", "hjælp")
    tried = len(rooms.telegram.attempts)
    rooms.does(lambda unit: _contact(unit, rooms))
    await rooms.wired.beat.beat()
    assert len(rooms.telegram.attempts) == tried
    assert rooms.does(addresses.closed_counts) == {"telegram": 1}


async def test_whoever_writes_again_gets_answers_again(rooms: Rooms) -> None:
    await linked(rooms, "77")
    rooms.telegram.has("blocked")
    await rooms.hears("telegram", "77", "hjælp")
    assert await rooms.hears("telegram", "77", "start") != []
    assert rooms.does(addresses.closed_counts) == {}


async def test_who_closed_one_address_and_writes_from_another_is_contacted_there(
    rooms: Rooms,
) -> None:
    await linked(rooms, "77")
    rooms.telegram.has("blocked")
    await rooms.hears("telegram", "77", "hjælp")
    assert rooms.where(rooms.mette) == "telegram 77"
    await rooms.hears("slack", "T1:U1", "hjælp")
    assert rooms.where(rooms.mette) == "slack T1:U1"


async def test_an_invitation_of_somebody_who_blocked_the_bot_carries_no_code(rooms: Rooms) -> None:
    """Or whoever invites could take their place."""
    rooms.slack.has("blocked")
    await rooms.hears("slack", "T1:U1", "hjælp")
    assert invited(rooms, rooms.mette).code is None


def _contact(unit: Unit, rooms: Rooms) -> None:
    """Something was queued for them meanwhile."""
    talk = Talk(unit, rooms.wired.parts, rooms.mette)
    talk.note("da", "nothing-open")
    talk.flush("meanwhile")
