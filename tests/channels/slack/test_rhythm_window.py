"""All of a rhythm in one window of Slack's, and what it would bring in the next: shown before it is
saved, wrong things told under their field, and nothing held in memory between the two."""

from __future__ import annotations

import json
import logging
from datetime import time
from typing import Any

import pytest

from bot.channels.slack.rhythm_texts import WORDS
from bot.clock import SetClock
from bot.rhythm_desk import RhythmDesk
from bot.wiring_slack import Pages
from flows.rhythm import Rule
from storage import groups, people, rules
from storage.database import Unit
from storage.groups import Member
from storage.rules import Stored
from tests.channels.slack.house import House
from tests.channels.slack.stage import edge_of
from tests.channels.slack.test_hook import Door, listening
from tests.fakes.slack import Channel, Person

OWN = ["kind", "weeks", "weekday", "at", "quiet", "off"]
ALL = ["kind", "whom", "person", "weeks", "weekday", "at", "offset", "quiet", "off"]
THURSDAYS = {"weeks": "3", "weekday": "4", "at": "11:00", "quiet": "uge 52-1"}


@pytest.fixture
def mette(house: House) -> Person:
    """She talks with Karin, who is HR."""
    house.pairs_up()
    house.does(lambda unit: people.change_person(unit, house.ids["Karin"], roles="leader,hr"))
    return house.mette


@pytest.fixture
def karin(house: House, mette: Person) -> Person:
    return house.karin


def fields(who: Person) -> list[str]:
    assert who.view
    return [block["block_id"] for block in who.view.blocks if block["type"] == "input"]


def every_rule(house: House) -> list[Stored]:
    return house.does(rules.all_rules)


def a_group(house: House, name: str, *members: str) -> str:
    def make(unit: Unit) -> str:
        ids, now = house.wired.parts.ids, house.clock()
        (group,) = groups.make_groups(unit, ids, now, [("trio", name)]).values()
        places = [Member(group.id, house.ids[one], "leader") for one in members]
        groups.join(unit, ids, now, places)
        return group.id

    return house.does(make)


async def opens(house: House, who: Person, words: str = "rytme") -> None:
    who.runs("/tillidsrum", words)
    await house.fake.until(lambda: who.view)


async def fills(house: House, who: Person, **entered: Any) -> None:
    """Until what it would bring is shown."""
    who.submits(entered)
    await house.fake.until(lambda: who.view and not who.view.inputs)


async def is_refused(house: House, who: Person, **entered: Any) -> set[str]:
    """The fields under which something is wrong."""
    who.submits(entered)
    await house.fake.until(lambda: who.view and who.view.errors)
    assert who.view
    labels = {b["label"]["text"]: b["block_id"] for b in who.view.blocks if b["type"] == "input"}
    return {labels[label] for label in who.view.errors}


async def saves(house: House, who: Person) -> None:
    who.submits()
    await house.fake.until(lambda: who.view is None)
    await house.fake.deliver()


# --- one's own


async def test_it_is_filled_in_at_once_seen_saved_and_receipted(
    house: House, mette: Person
) -> None:
    async with house.running():
        await opens(house, mette)
        assert fields(mette) == OWN
        await fills(house, mette, **THURSDAYS)
        assert mette.view
        assert mette.view.text.count(", 11.00") == 10
        assert every_rule(house) == []
        await saves(house, mette)
        await house.fake.until(lambda: mette.sees)
    [rule] = every_rule(house)
    quiet = ("2026-W52", "2026-W53", "2027-W01")
    assert rule.scope == house.ids["Mette"]
    assert rule.rule == Rule(every_weeks=3, weekday=4, at=time(11), quiet=quiet)
    assert len(mette.sees) == 1
    assert house.rows("SELECT what, by_ref FROM audit ORDER BY seq")[-1] == (
        "rhythm of dialogue set for person", house.ids["Mette"],
    )  # fmt: skip
    assert house.fake.mistakes == []


async def test_it_speaks_the_persons_own_language(house: House, mette: Person) -> None:
    house.does(lambda unit: people.change_person(unit, house.ids["Mette"], language="en"))
    async with house.running():
        await opens(house, mette, "Rhythm")
        assert mette.view
        assert mette.view.title == WORDS["en"]["title"]
        await fills(house, mette, weeks="3")
        assert "Wednesday 16 December" in mette.view.text
        await saves(house, mette)
        await house.fake.until(lambda: mette.sees)
    assert "every 3 weeks at 10:00" in mette.sees[-1].text
    assert house.fake.mistakes == []


async def test_it_opens_from_the_home_and_from_the_dialogue_which_is_then_over(
    house: House, mette: Person
) -> None:
    async with house.running(home=Pages(house.wired.database, house.wired.parts)):
        mette.opens_home()
        await house.fake.until(lambda: mette.home)
        assert mette.home
        mette.presses(WORDS["da"]["home"], mette.home)
        await house.fake.until(lambda: mette.view)
        mette.closes()
        mette.writes("rytme")
        await house.fake.until(lambda: mette.buttons)
        mette.presses(WORDS["da"]["all-at-once"])
        await house.fake.until(lambda: mette.view)
        await fills(house, mette, off=["yes"])
        await saves(house, mette)
        await house.fake.until(lambda: not mette.buttons)
    assert [one.rule.off for one in every_rule(house)] == [True]
    assert house.rows("SELECT status FROM conversation") == [("left",)]
    assert house.fake.mistakes == []


async def test_it_can_be_changed_again_before_it_is_saved(house: House, karin: Person) -> None:
    a_group(house, "Nord", "Mette")
    async with house.running():
        await opens(house, karin)
        entered = {"whom": "TRIO Nord", "kind": "nudge", "at": "13:30", "offset": "-2"}
        await fills(house, karin, **entered, quiet="uge 7")
        karin.presses(WORDS["da"]["again"])
        await house.fake.until(lambda: karin.view and karin.view.inputs)
        await fills(house, karin, at="14:00")
        await saves(house, karin)
    [rule] = every_rule(house)
    assert (rule.level, rule.kind) == ("group", "nudge")
    assert rule.rule == Rule(at=time(14), offset=-2, quiet=("2027-W07",))
    assert house.fake.mistakes == []


async def test_closed_without_saving_nothing_is_kept(house: House, mette: Person) -> None:
    async with house.running():
        await opens(house, mette)
        await fills(house, mette, weeks="8")
        mette.closes()
        await house.fake.deliver()
    assert every_rule(house) == []
    assert house.rows("SELECT count(*) FROM inbox") == [(0,)]
    assert mette.sees == []


# --- for others


async def test_for_everybody_it_is_shown_for_somebody_real_and_told(
    house: House, karin: Person
) -> None:
    lis = house.moves_in("U103", "Lis Lind")
    a_group(house, "Syd", "Lis")
    async with house.running():
        await opens(house, karin)
        assert fields(karin) == ALL
        await fills(house, karin, kind="digest", whom="Alle", weeks="4")
        assert karin.view
        assert "Karin Lund" in karin.view.text
        assert karin.view.text.count(", 09.05") == 10
        karin.presses(WORDS["da"]["again"])
        await house.fake.until(lambda: karin.view and karin.view.inputs)
        await fills(house, karin, kind="dialogue", whom="Kun mig", person="mette")
        assert "Mette Holm" in karin.view.text
        await saves(house, karin)
        await house.fake.until(lambda: karin.sees)
    [rule] = every_rule(house)
    assert (rule.level, rule.scope) == ("person", house.ids["Mette"])
    assert lis.sees == []
    assert house.fake.mistakes == []


async def test_a_digest_for_all_reaches_whom_it_concerns_in_their_hours(
    house: House, karin: Person
) -> None:
    house.does(lambda unit: people.change_person(unit, house.ids["Mette"], roles="leader,hr"))
    async with house.running():
        await opens(house, house.mette)
        await fills(house, house.mette, kind="digest", whom="Alle", weeks="4")
        await saves(house, house.mette)
        await house.reaches(23, "10:00")
        await house.fake.until(lambda: karin.sees)
    assert "mandag hver 4. uge" in karin.sees[-1].text
    assert house.fake.mistakes == []


async def test_what_is_wrong_stands_under_its_field_and_may_be_mended(
    house: House, karin: Person
) -> None:
    house.moves_in("U103", "Lis Mettesen")
    async with house.running():
        await opens(house, karin)
        assert await is_refused(house, karin) == {"weeks"}
        assert await is_refused(house, karin, person="mette", weeks="2") == {"person"}
        assert await is_refused(house, karin, person="solvej") == {"person"}
        assert await is_refused(house, karin, person="lis", whom="Alle") == {"person"}
        wrong = await is_refused(
            house, karin, person=None, whom="Alle", offset="2", quiet="til sommer"
        )
        assert wrong == {"offset", "quiet"}
        wrong = await is_refused(house, karin, kind="nudge", quiet=None)
        assert wrong == {"weeks"}
        await fills(house, karin, weeks=None)
    assert every_rule(house) == []
    assert house.fake.mistakes == []


# --- between the two windows


async def test_a_restart_between_the_two_loses_nothing(house: House, mette: Person) -> None:
    async with house.running():
        await opens(house, mette)
        await fills(house, mette, **THURSDAYS)
    async with house.running():
        await saves(house, mette)
    assert [one.rule.every_weeks for one in every_rule(house)] == [3]
    assert house.fake.mistakes == []


@pytest.mark.parametrize("how", ["duplicate", "ack-lost"])
async def test_pressed_or_delivered_twice_it_is_saved_once(
    house: House, mette: Person, how: Any
) -> None:
    async with house.running(), house.running():
        await opens(house, mette)
        await fills(house, mette, weeks="3")
        house.fake.fail_next("interactive", how)
        mette.submits()
        await house.fake.deliver()
        if mette.view:
            await saves(house, mette)
        await house.fake.until(lambda: mette.sees)
        await house.fake.deliver()
    assert house.outcomes.count("taken") == 1
    assert len(mette.sees) == 1
    assert len(every_rule(house)) == 1


async def test_a_role_that_is_gone_when_it_is_saved_changes_nothing(
    house: House, karin: Person
) -> None:
    async with house.running():
        await opens(house, karin)
        await fills(house, karin, whom="Alle", weeks="3")
        house.does(lambda unit: people.change_person(unit, house.ids["Karin"], roles="leader"))
        karin.submits()
        await house.fake.until(lambda: karin.view and "submit" not in karin.view.json)
    assert every_rule(house) == []
    assert house.fake.mistakes == []


async def test_an_old_window_shows_no_names_to_whoever_lost_the_role(
    house: House, karin: Person
) -> None:
    async with house.running():
        await opens(house, karin)
        house.does(lambda unit: people.change_person(unit, house.ids["Karin"], roles="leader"))
        assert await is_refused(house, karin, person="Mette", weeks="3") == {"whom"}
    assert house.fake.mistakes == []


async def test_a_group_that_has_ended_when_it_is_saved_is_told_kindly(
    house: House, karin: Person
) -> None:
    nord = a_group(house, "Nord", "Mette")
    async with house.running():
        await opens(house, karin)
        await fills(house, karin, whom="TRIO Nord", kind="insight", weeks="3")
        house.does(lambda unit: groups.end_group(unit, house.clock(), nord))
        karin.submits()
        await house.fake.until(lambda: karin.view and "submit" not in karin.view.json)
        karin.closes()
        await opens(house, karin)
        assert karin.view
        assert "TRIO Nord" not in json.dumps(karin.view.json)
    assert every_rule(house) == []
    assert karin.sees == []
    assert house.fake.mistakes == []


async def test_where_no_window_opens_the_dialogue_asks_the_same(
    house: House, mette: Person
) -> None:
    house.fake.fail_next("views.open", "server-error")
    async with house.running():
        mette.runs("/tillidsrum", "rytme")
        await house.fake.until(lambda: mette.buttons)
    assert mette.view is None
    assert house.rows("SELECT count(*) FROM conversation") == [(1,)]


async def test_by_signed_posts_too_however_many_groups_there_are(
    house: House, karin: Person, clock: SetClock
) -> None:
    def many(unit: Unit) -> None:
        wanted = [("trio", f"Børnehuset Åkanden {number}") for number in range(600)]
        groups.make_groups(unit, house.wired.parts.ids, house.clock(), wanted)  # type: ignore[arg-type]

    house.does(many)
    desk = RhythmDesk(house.wired.database, house.wired.parts)
    edge = edge_of(house.line, house.hear, house.register, app_token=None, rhythms=desk)
    door = Door(edge, clock)
    async with listening(door) as url:
        await house.fake.posts_to(url, lambda: clock().timestamp())
        await opens(house, karin)
        await fills(house, karin, kind="digest", whom="Alle", weeks="3")
        await saves(house, karin)
    await door.client.aclose()
    assert [one.rule.every_weeks for one in every_rule(house)] == [3]
    assert house.fake.mistakes == []


# --- who is not known


async def test_who_is_not_known_is_told_so_and_may_begin_when_they_are_invited(
    house: House, mette: Person
) -> None:
    berit = house.fake.person("U104", "Berit Dahl")
    async with house.running():
        await opens(house, berit)
        assert berit.view
        assert berit.view.inputs == []
        berit.closes()
        house.does(lambda unit: house.invite(unit, "Berit Dahl", berit.email))
        await opens(house, berit)
        assert fields(berit) == OWN
        await house.fake.until(lambda: berit.buttons)
    assert house.fake.mistakes == []


async def test_who_has_left_meanwhile_is_told_so_and_sets_nothing(
    house: House, mette: Person
) -> None:
    async with house.running():
        await opens(house, mette)
        house.does(lambda unit: people.change_person(unit, house.ids["Mette"], status="left"))
        mette.submits({"weeks": "3"})
        await house.fake.until(lambda: mette.view and not mette.view.inputs)
        assert mette.view
        assert "submit" not in mette.view.json
    assert every_rule(house) == []


async def test_among_others_nobody_else_sees_anything_of_it(house: House, karin: Person) -> None:
    hall: Channel = house.fake.channel("C1", "alle", house.mette, karin)
    async with house.running():
        karin.runs("/tillidsrum", "rytme", hall.id)
        await house.fake.until(lambda: karin.view)
        await fills(house, karin, whom="Alle", weeks="3")
        await saves(house, karin)
        await house.fake.until(lambda: karin.sees)
    assert house.mette.sees_in("C1") == []
    assert house.fake.mistakes == []


async def test_no_name_that_was_written_is_in_any_log(
    house: House, karin: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with house.running():
        await opens(house, karin)
        await is_refused(house, karin, person="HEMMELIGNAVN", weeks="3")
    assert "HEMMELIGNAVN" not in caplog.text
