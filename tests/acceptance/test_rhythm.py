"""One's own rhythm in the chat, and everybody's by whoever may set it."""

from __future__ import annotations

from storage import cadences, pairs, people, rules
from storage.cadences import Cadence
from storage.database import Unit
from tests.acceptance.house import House


def dialogue_of(house: House, leader: str) -> Cadence:
    def look(unit: Unit) -> Cadence:
        pair = pairs.pair_of(unit, leader)
        assert pair is not None
        found = cadences.cadence_of_pair(unit, pair.id)
        assert found is not None
        return found

    return house.reads(look)


async def test_karin_gets_her_digest_more_seldom_and_nobody_can_hurry_her(house: House) -> None:
    await house.karin.writes("rytme")
    assert house.karin.heard == ["now", "which"]
    assert "kommer ikke" in house.karin.said_to
    await house.karin.presses_all("digest", "weeks-4", "tue")
    await house.karin.writes("kl. 10")
    assert house.karin.heard == ["foreseen", "save"]
    assert house.karin.said_to.count("10.00") == 10
    await house.karin.presses("save")
    found = house.reads(lambda unit: cadences.own_cadence(unit, house.karin.id, "digest"))
    assert found is not None
    assert (found.rule.every_weeks, found.rule.anchor.isoweekday()) == (4, 2)


async def test_what_is_not_saved_changes_nothing(house: House) -> None:
    await house.karin.writes("rytme")
    await house.karin.presses_all("digest", "never", "not-now")
    assert house.reads(rules.all_rules) == []


async def test_mette_makes_the_agreed_dialogue_rarer_and_it_keeps_its_day(house: House) -> None:
    before = dialogue_of(house, house.mette.id)
    await house.mette.writes("rhythm")
    await house.mette.presses_all("dialogue", "weeks-3", "skip", "skip", "save")
    after = dialogue_of(house, house.mette.id)
    assert (after.rule.every_weeks, after.by_rule) == (3, False)
    assert after.rule.at == before.rule.at
    assert after.rule.anchor.isoweekday() == before.rule.anchor.isoweekday()


async def test_only_whoever_may_is_asked_about_everybody(house: House) -> None:
    await house.mette.writes("rytme")
    await house.mette.presses("digest")
    assert house.mette.heard == ["often"]
    house.reads(lambda unit: people.change_person(unit, house.karin.id, roles="leader,hr"))
    await house.karin.writes("rytme")
    await house.karin.presses_all("digest", "all", "weeks-1", "skip", "skip", "save")
    [rule] = house.reads(rules.all_rules)
    assert (rule.level, rule.kind, rule.rule.every_weeks) == ("organisation", "digest", 1)


async def test_a_change_for_all_is_told_in_working_hours_only(house: House) -> None:
    house.reads(lambda unit: people.change_person(unit, house.mette.id, roles="leader,admin"))
    await house.until("mon 21:00")
    await house.mette.writes("rytme")
    await house.mette.presses_all("digest", "all", "weeks-3", "skip", "skip", "save")
    await house.until("tue 07:30")
    assert "[rhythm-changed]" not in house.karin.heard
    await house.until("tue 12:00")
    assert house.karin.heard.count("[rhythm-changed]") == 1


async def test_a_change_that_an_outage_held_up_waits_for_the_next_working_morning(
    house: House,
) -> None:
    house.reads(lambda unit: people.change_person(unit, house.mette.id, roles="leader,admin"))
    await house.until("tue 10:00")
    await house.mette.writes("rytme")
    await house.mette.presses_all("digest", "all", "weeks-3", "skip", "skip")
    house.platform.has("refused", 200)
    await house.mette.presses("save")
    await house.until("tue 20:00")
    house.platform.is_well()
    await house.until("wed 07:45")
    assert "[rhythm-changed]" not in [one.name for one in house.karin.messages]
    await house.until("wed 10:00")
    assert "[rhythm-changed]" in [one.name for one in house.karin.messages]
