"""Each event has one effect and each message comes once, whatever dies or repeats itself."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from storage import outbox
from storage.database import Unit
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import House
from tests.acceptance.platform import PowerCut
from tests.acceptance.verbs import SKIPPED_PULSE, looks, prepares, taps_the_pulse

ROSTER = "Vagtplanen og hvem der bestemmer"


async def comes_to_the_point(house: House) -> None:
    await house.mette.writes("forbered")
    await taps_the_pulse(house.mette, SKIPPED_PULSE)


def states(house: House) -> set[object]:
    return {state for (state,) in house.rows("SELECT state FROM outbox")}


def names(house: House) -> list[str]:
    return [one.name for one in house.mette.messages]


@pytest.mark.parametrize("restless", [False, True])
async def test_an_event_that_comes_five_times_has_one_effect(
    make_house: MakeHouse, restless: bool
) -> None:
    house = make_house(restless=restless)
    house.pairs_up()
    await comes_to_the_point(house)
    outcomes = [await house.takes_in(house.mette, text=ROSTER, key="the-same") for _ in range(5)]
    assert outcomes == ["taken", "before", "before", "before", "before"]
    assert names(house).count("point-share") == 1
    token = house.mette.last.choices["share"]
    for _ in range(5):
        await house.takes_in(house.mette, token=token, key="the-same-press")
    assert names(house).count("[shared]") == 1
    assert (await looks(house.karin)).count(ROSTER) == 1


async def test_a_button_pressed_twice_answers_once(house: House) -> None:
    await comes_to_the_point(house)
    await house.mette.writes(ROSTER)
    shown = house.mette.last
    await house.mette.presses_on(shown, "share")
    await house.mette.presses_on(shown, "share")
    assert house.mette.heard == []
    assert (await looks(house.karin)).count(ROSTER) == 1


async def test_two_devices_that_answer_at_once_leave_one_answer_and_one_question(
    house: House,
) -> None:
    await comes_to_the_point(house)
    other = house.another()
    await house.mette.writes(ROSTER)
    shown = house.mette.last
    try:
        outcomes = await asyncio.gather(
            house.takes_in(house.mette, token=shown.choices["share"]),
            house.hears_through(other, house.mette, token=shown.choices["keep"]),
        )
    finally:
        other.close()
    await house.wired.beat.beat()
    assert outcomes == ["taken", "taken"]
    assert names(house).count("another") == 1
    assert "[further-on]" in names(house)


async def test_a_doubtful_message_that_did_arrive_is_found_and_not_sent_again(
    house: House,
) -> None:
    house.platform.has("delivered-unanswered")
    await house.until("mon 09:05")
    assert house.mette.heard == ["invite"]
    assert "unknown" in states(house)
    await house.reconciles()
    assert names(house) == ["invite"]
    assert "reconciled" in states(house)


async def test_a_doubtful_message_that_did_not_arrive_is_sent_again(house: House) -> None:
    house.platform.has("lost")
    await house.until("mon 09:05")
    assert house.mette.heard == []
    await house.reconciles()
    assert names(house) == ["invite"]
    await house.mette.presses("now")
    assert house.mette.heard == ["pulse", "krydspres"]


async def test_a_doubtful_invitation_is_let_go_where_nobody_can_look_it_up(
    make_house: MakeHouse,
) -> None:
    house = make_house(looks_up=False)
    house.pairs_up()
    house.platform.has("lost")
    await house.until("mon 09:05")
    await house.reconciles()
    assert names(house) == []
    assert "dropped" in states(house)
    await house.until("tue 09:05")
    assert house.mette.heard == ["invite"]


async def test_a_doubtful_answer_is_repeated_where_nobody_can_look_it_up_but_not_for_ever(
    make_house: MakeHouse,
) -> None:
    house = make_house(looks_up=False)
    house.platform.has("lost")
    await house.mette.writes("hjælp")
    await house.reconciles()
    assert "menu" in names(house)
    house.platform.has("delivered-unanswered", 100)
    await house.mette.writes("pause")
    for _ in range(20):
        await house.reconciles()
    assert names(house).count("how-long") <= 3


@pytest.mark.parametrize("mishap", ["power-cut", "late-power-cut"])
async def test_a_worker_that_dies_while_sending_loses_nothing_and_repeats_nothing(
    house: House, mishap: str
) -> None:
    house.platform.has(mishap)
    with pytest.raises(PowerCut):
        await house.until("mon 09:05")
    house.restart()
    await house.wired.beat.beat()
    house.leases_run_out()
    await house.reconciles()
    assert names(house) == ["invite"]
    assert not states(house) & {"claimed", "started", "unknown", "planned"}


async def test_a_worker_that_dies_before_sending_gives_back_what_it_had_claimed(
    house: House,
) -> None:
    await house.takes_in_from("mette", text="hjælp", deliver=False)
    await house.wired.write(house.wired.outbound._claim)
    house.restart()
    await house.wired.beat.beat()
    assert names(house) == []
    house.leases_run_out()
    await house.reconciles()
    assert names(house) == ["words", "menu"]


async def test_two_workers_on_one_database_deliver_each_message_once_and_in_order(
    house: House,
) -> None:
    for number in range(30):
        who = house.moves_in(f"leader{number}")
        for words in ("hjælp", "pause", "mine data"):
            await house.takes_in_from(who.name, text=words, deliver=False)
    other = house.another()
    try:
        await asyncio.gather(house.wired.outbound.deliver(), other.outbound.deliver())
        await asyncio.gather(house.wired.outbound.deliver(), other.outbound.deliver())
    finally:
        other.close()
    for number in range(30):
        who = house.residents[f"leader{number}"]
        assert [one.name for one in who.messages] == [
            "words", "menu", "about", "how-long", "kept", "how-long", "what",
        ]  # fmt: skip
    assert states(house) == {"sent"}


async def test_order_holds_when_the_first_message_fails_again_and_again(house: House) -> None:
    house.platform.has("refused", 3)
    await house.mette.writes("hjælp")
    assert house.mette.heard == []
    await house.travel(minutes=14)
    assert names(house) == ["words", "menu"]


async def test_what_is_answered_later_does_not_overtake_what_waits(house: House) -> None:
    house.platform.has("refused", retry_after=600)
    await house.mette.writes("hjælp")
    await house.travel(minutes=1)
    await house.mette.writes("pause")
    assert names(house) == []
    await house.travel(minutes=10)
    assert names(house) == ["words", "menu", "about", "how-long"]


async def test_a_person_who_blocked_the_bot_stops_nobody_elses_messages(house: House) -> None:
    house.platform.has("blocked")
    await house.mette.writes("hjælp")
    await house.karin.writes("hjælp")
    assert house.karin.heard == ["words", "menu-with-leaders"]
    assert not states(house) & {"claimed", "started", "unknown", "planned"}


async def test_an_outage_of_an_hour_loses_no_answer_that_was_given(house: House) -> None:
    await comes_to_the_point(house)
    house.platform.has("refused", 50, retry_after=300)
    await house.mette.writes(ROSTER)
    assert house.mette.heard == []
    house.platform.is_well()
    await house.travel(minutes=6)
    assert house.mette.heard == ["point-share"]
    await house.mette.presses("share")
    assert ROSTER in await looks(house.karin)


async def test_a_restart_between_the_answer_and_its_delivery_delivers_it(house: House) -> None:
    await house.takes_in_from("mette", text="hjælp", deliver=False)
    house.restart()
    await house.wired.beat.beat()
    assert names(house) == ["words", "menu"]


async def test_a_message_for_a_channel_that_is_gone_is_let_go_and_noted(house: House) -> None:
    house.does("UPDATE address SET channel = 'pigeon' WHERE external_id = 'mette'")
    await house.until("mon 09:05")
    reasons = house.rows("SELECT reason FROM outbox WHERE kind = 'contact'")
    assert reasons == [("no address on a running channel",)]


async def test_the_lease_is_left_alone_while_a_slow_worker_still_holds_it(house: House) -> None:
    await house.takes_in_from("mette", text="hjælp", deliver=False)
    await house.wired.write(house.wired.outbound._claim)
    other = house.another()
    try:
        await other.outbound.reconcile()
        assert await other.outbound.deliver() == 0
    finally:
        other.close()
    assert names(house) == []


async def test_a_contact_and_its_parts_come_in_order_after_a_failure(house: House) -> None:
    await prepares(house.mette, ROSTER)
    house.platform.lets_through_then("refused", after=1, retry_after=60)
    await house.until("tue 09:05")
    await house.travel(minutes=5)
    assert [one.name for one in house.karin.messages] == ["what-you-see", "leader#0", "own#0"]
    assert house.clock() - house.karin.messages[0].at >= timedelta(minutes=1)


async def test_a_contact_that_nobody_noted_counts_in_the_week(house: House) -> None:
    """It arrived and the program died: until that is found out, the budget is used all the same."""
    await house.until("mon 09:05")
    assert house.mette.heard == ["invite"]

    def forget(unit: Unit) -> list[datetime]:
        lost = text("UPDATE outbox SET state = 'started', sent_at = NULL WHERE kind = 'contact'")
        unit.connection.execute(lost)
        return outbox.contacts_since(unit, house.mette.id, house.clock() - timedelta(days=7))

    assert len(house.reads(forget)) == 1
