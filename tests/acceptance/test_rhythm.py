"""One's own rhythm in the chat, and everybody's by whoever may set it."""

from __future__ import annotations

import re
from datetime import time

from bot.rhythm_change import occasions
from flows.dates import describe_date
from storage import cadences, pairs, people, rules
from storage.cadences import Cadence
from storage.database import Unit
from tests.acceptance.house import House


def series_of(house: House, leader: str) -> Cadence | None:
    def look(unit: Unit) -> Cadence | None:
        pair = pairs.pair_of(unit, leader)
        assert pair is not None
        return cadences.cadence_of_pair(unit, pair.id)

    return house.reads(look)


def dialogue_of(house: House, leader: str) -> Cadence:
    found = series_of(house, leader)
    assert found is not None
    return found


async def test_karin_gets_her_digest_more_seldom_and_nobody_can_hurry_her(house: House) -> None:
    await house.karin.writes("rytme")
    assert house.karin.heard == ["now", "which"]
    assert "kommer ikke" in house.karin.said_to
    await house.karin.presses_all("digest", "weeks-4", "tue")
    await house.karin.writes("kl. 10")
    await house.karin.presses("no-weeks")
    assert house.karin.heard == ["save"]
    assert house.karin.said_to.count(", 10.00") == 10
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
    await house.mette.presses_all("dialogue", "weeks-3", "skip", "skip", "skip", "save")
    after = dialogue_of(house, house.mette.id)
    assert (after.rule.every_weeks, after.by_rule) == (3, False)
    assert after.rule.at == before.rule.at
    assert after.rule.anchor.isoweekday() == before.rule.anchor.isoweekday()


async def test_what_she_would_get_is_shown_as_it_then_comes(house: House) -> None:
    await house.mette.writes("rytme")
    await house.mette.presses_all("dialogue", "weeks-3", "thu")
    await house.mette.writes("11")
    await house.mette.writes("uge 51-1")
    shown = re.findall(r"· (.+), 11\.00", house.mette.said_to)
    await house.mette.presses("save")
    parts, mette = house.wired.parts, house.mette.profile
    times = house.reads(lambda unit: occasions(unit, parts, mette, "dialogue", 10))
    today = house.now.date()
    assert shown == [describe_date(at.date(), "da", today=today) for at in times]
    quiet = {(2026, 51), (2026, 52), (2026, 53), (2027, 1)}
    assert not quiet & {at.isocalendar()[:2] for at in times}
    assert house.rows("SELECT what, by_ref FROM audit ORDER BY seq")[-1] == (
        "rhythm of dialogue set for person", house.mette.id,
    )  # fmt: skip


async def test_what_is_left_out_stays_as_the_two_agreed(house: House) -> None:
    await house.mette.writes("rytme")
    await house.mette.presses_all("dialogue", "weeks-3", "skip", "skip")
    await house.mette.writes("uge 7")
    await house.mette.presses("save")
    await house.mette.writes("rytme")
    await house.mette.presses_all("dialogue", "weeks-2", "thu", "skip", "skip", "save")
    after = dialogue_of(house, house.mette.id)
    assert (after.rule.every_weeks, after.rule.anchor.isoweekday(), after.rule.at) == (
        2,
        4,
        time(10),
    )
    [kept] = house.reads(rules.all_rules)
    assert kept.rule.quiet == ("2027-W07",)


async def test_whoever_stopped_their_dialogue_is_not_given_it_by_a_rule_for_all(
    house: House,
) -> None:
    await house.mette.writes("rytme")
    await house.mette.presses_all("dialogue", "never", "save")
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    await house.henrik.writes("rytme")
    await house.henrik.presses_all("dialogue", "all", "weeks-3", "skip", "skip", "skip", "save")
    assert series_of(house, house.mette.id) is None
    assert house.mette.heard == []


async def test_what_is_set_for_all_holds_back_what_she_chose_and_says_so(house: House) -> None:
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    await house.henrik.writes("rytme")
    await house.henrik.presses_all("digest", "all", "weeks-4", "skip", "skip", "skip", "save")
    await house.karin.writes("rytme")
    await house.karin.presses_all("digest", "weeks-1", "skip", "skip", "skip")
    assert "hver fjerde uge" in house.karin.said_to
    await house.henrik.writes("rytme")
    await house.henrik.presses_all("digest", "all", "never", "save")
    await house.karin.writes("rytme")
    await house.karin.presses_all("digest", "weeks-8", "skip", "skip", "skip")
    held = house.karin.shown("save").text.splitlines()
    assert len([line for line in held if line]) == 3, "that it does not come, why, and the question"


async def test_an_answer_that_is_changed_is_shown_and_asked_about_anew(house: House) -> None:
    await house.karin.writes("rytme")
    await house.karin.presses_all("digest", "weeks-4", "skip", "skip", "skip", "save")
    await house.karin.presses_on(house.karin.shown("often"), "weeks-2")
    await house.karin.presses(next(iter(house.karin.last.choices)))
    await house.karin.presses("weeks-2")
    assert house.karin.heard == ["[changed]", "save"]
    assert "hver anden mandag" in house.karin.said_to
    weeks = [one.rule.every_weeks for one in house.reads(rules.all_rules)]
    assert weeks == [4], "nothing is saved that was not asked about"
    await house.karin.presses("save")
    assert [one.rule.every_weeks for one in house.reads(rules.all_rules)] == [2]


async def test_only_whoever_may_is_asked_about_everybody(house: House) -> None:
    await house.mette.writes("rytme")
    await house.mette.presses("digest")
    assert house.mette.heard == ["often"]
    house.reads(lambda unit: people.change_person(unit, house.karin.id, roles="leader,hr"))
    await house.karin.writes("rytme")
    await house.karin.presses_all("digest", "all", "weeks-1", "skip", "skip", "skip", "save")
    [rule] = house.reads(rules.all_rules)
    assert (rule.level, rule.kind, rule.rule.every_weeks) == ("organisation", "digest", 1)


async def test_a_change_for_all_is_told_in_working_hours_only(house: House) -> None:
    house.reads(lambda unit: people.change_person(unit, house.mette.id, roles="leader,admin"))
    await house.until("mon 21:00")
    await house.mette.writes("rytme")
    await house.mette.presses_all("digest", "all", "weeks-3", "skip", "skip", "skip", "save")
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
    await house.mette.presses_all("digest", "all", "weeks-3", "skip", "skip", "skip")
    house.platform.has("refused", 200)
    await house.mette.presses("save")
    await house.until("tue 20:00")
    house.platform.is_well()
    await house.until("wed 07:45")
    assert "[rhythm-changed]" not in [one.name for one in house.karin.messages]
    await house.until("wed 10:00")
    assert "[rhythm-changed]" in [one.name for one in house.karin.messages]
