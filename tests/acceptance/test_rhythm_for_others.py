"""A rhythm that HR sets in the chat for a course, a group or one person: found by name, shown for
somebody real, told to those whom it concerns, and nothing when it is theirs no more."""

from __future__ import annotations

from datetime import time

import pytest

from bot.rhythm_change import occasions
from flows.dates import describe_date
from flows.rhythm import Rule
from storage import groups, people, rules
from storage.rules import Stored
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.course import Classroom, classroom, ends
from tests.acceptance.house import House, Resident
from tests.acceptance.trio import sits_down


@pytest.fixture
def room(make_house: MakeHouse) -> Classroom:
    """Henrik is HR; Mette, Tom and Anna are the TRIO that takes the course."""
    return classroom(make_house)


@pytest.fixture
def henrik(room: Classroom) -> Resident:
    return room.house.henrik


def every_rule(house: House) -> list[Stored]:
    return house.reads(rules.all_rules)


def told(house: House, who: Resident) -> int:
    return [one.name for one in who.messages].count("[rhythm-changed]")


async def asks_for(henrik: Resident, kind: str, whom: str, name: str) -> None:
    await henrik.writes("rytme")
    await henrik.presses_all(kind, whom)
    await henrik.writes(name)


async def changes(henrik: Resident, step: str, choice: str) -> None:
    """An answer that was given before, by its old button."""
    await henrik.presses_on(henrik.shown(step), choice)
    await henrik.presses_on(henrik.last, next(iter(henrik.last.choices)))
    await henrik.presses_on(henrik.last, choice)


# --- for whom


async def test_a_courses_nudges_are_moved_and_the_next_are_shown_for_a_participant(
    room: Classroom, henrik: Resident
) -> None:
    house = room.house
    await henrik.writes("rytme")
    await henrik.presses_all("nudge", "course", "first", "come", "earlier-2")
    await henrik.writes("kl. 10")
    await henrik.writes("uge 7 og 8")
    assert "Mette Holm" in henrik.said_to
    shown = [line[2:] for line in henrik.said_to.splitlines() if line.startswith("· ")]
    await henrik.presses("save")
    assert henrik.heard == ["saved-for-others"]
    [rule] = every_rule(house)
    assert (rule.level, rule.scope, rule.kind) == ("programme", "municipal-course", "nudge")
    assert rule.rule == Rule(at=time(10), offset=-2, quiet=("2027-W07", "2027-W08"), off=False)
    parts, mette = house.wired.parts, house.mette.profile
    times = house.reads(lambda unit: occasions(unit, parts, mette, "nudge", 10))
    today = house.now.date()
    assert shown == [f"{describe_date(at.date(), 'da', today=today)}, 10.00" for at in times]
    assert (told(house, house.mette), told(house, room.who("ida"))) == (1, 0)
    assert house.rows("SELECT what, by_ref FROM audit ORDER BY seq")[-1] == (
        "rhythm of nudge set for programme", henrik.id,
    )  # fmt: skip


async def test_a_part_of_a_groups_name_is_enough(room: Classroom, henrik: Resident) -> None:
    await asks_for(henrik, "insight", "group", "rosen")
    assert henrik.heard == ["often"]
    await henrik.presses_all("weeks-2", "tue", "skip", "skip", "save")
    [rule] = every_rule(room.house)
    assert (rule.level, rule.scope) == ("group", room.trio)
    assert (rule.rule.every_weeks, rule.rule.weekday) == (2, 2)
    assert told(room.house, room.who("tom")) == 1


async def test_a_name_that_several_have_is_asked_about_and_may_be_chosen(
    room: Classroom, henrik: Resident
) -> None:
    other = sits_down(room.house, ("ida", "leader"), name="Rosenvang")
    await asks_for(henrik, "insight", "group", "TRIO rosen")
    assert henrik.heard == ["[whom-many]", "which-group"]
    assert henrik.last.labels[:2] == ("TRIO Rosengården", "TRIO Rosenvang")
    await henrik.presses("second")
    await henrik.presses_all("never", "save")
    assert [one.scope for one in every_rule(room.house)] == [other]


async def test_a_name_that_nobody_has_is_answered_with_what_there_is(
    room: Classroom, henrik: Resident
) -> None:
    await asks_for(henrik, "insight", "group", "Solsikken")
    assert henrik.heard == ["[whom-unknown]", "which-group"]
    assert "TRIO Rosengården" in henrik.shown("[whom-unknown]").text
    await henrik.writes("rytme")
    await henrik.presses_all("insight", "person")
    await henrik.writes("Solvej")
    assert henrik.heard == ["[whom-nobody]", "which-person"]


async def test_a_button_from_before_the_names_were_others_chooses_nobody(
    room: Classroom, henrik: Resident
) -> None:
    sits_down(room.house, ("ida", "leader"), name="Askeladden")
    await henrik.writes("rytme")
    await henrik.presses_all("insight", "group")
    before = henrik.last
    assert before.labels[0] == "TRIO Askeladden"
    await henrik.writes("Rosen eller Aske")
    await henrik.writes("TRIO")
    await henrik.presses_on(before, "first")
    assert henrik.heard == ["which-group"]


async def test_there_may_be_none_of_what_was_chosen(house: House) -> None:
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    await house.henrik.writes("rytme")
    await house.henrik.presses_all("insight", "course")
    assert house.henrik.heard == ["[whom-none]", "for-whom"]
    await house.henrik.presses("group")
    assert house.henrik.heard == ["[whom-none]", "for-whom"]
    await house.henrik.presses("all")
    assert house.henrik.heard == ["often"]


async def test_more_groups_than_buttons_are_found_by_typing(
    room: Classroom, henrik: Resident
) -> None:
    for number in range(30):
        sits_down(room.house, ("ida", "leader"), name=f"Afdeling {number}")
    await henrik.writes("rytme")
    await henrik.presses_all("insight", "group")
    assert len(henrik.last.labels) == 7
    await henrik.writes("afdeling 29")
    assert henrik.heard == ["often"]


# --- one person


async def test_one_person_by_name_is_told_and_gets_nothing_more_often(
    room: Classroom, henrik: Resident
) -> None:
    house = room.house
    await house.karin.writes("rytme")
    await house.karin.presses_all("digest", "weeks-4", "skip", "skip", "skip", "save")
    await asks_for(henrik, "digest", "person", "karin lund")
    await henrik.presses_all("weeks-1", "fri", "skip", "skip")
    assert "fredag hver 4. uge" in henrik.said_to
    await henrik.presses("save")
    [rule] = every_rule(house)
    assert (rule.scope, rule.rule.every_weeks, rule.rule.weekday) == (house.karin.id, 4, 5)
    assert told(house, house.karin) == 1


async def test_what_somebody_stopped_is_not_started_by_somebody_else(
    room: Classroom, henrik: Resident
) -> None:
    house = room.house
    await house.karin.writes("rytme")
    await house.karin.presses_all("digest", "never", "save")
    await asks_for(henrik, "digest", "person", "karin@example.org")
    await henrik.presses_all("weeks-4", "skip", "skip", "skip", "save")
    assert [one.rule.off for one in every_rule(house)] == [True]
    assert told(house, house.karin) == 0


async def test_two_of_the_same_name_are_told_apart_by_their_e_mail(
    room: Classroom, henrik: Resident
) -> None:
    house = room.house
    house.moves_in("mette2")
    house.reads(
        lambda unit: people.rename(
            unit, people.get_person(unit, house.residents["mette2"].id), "Mette Holm"
        )
    )
    await asks_for(henrik, "insight", "person", "Mette Holm")
    assert henrik.heard == ["[whom-many]", "which-person"]
    assert "Mette Holm (mette2@example.org)" in henrik.last.labels
    await henrik.writes("Mette Holm (mette2@example.org)")
    await henrik.presses_all("never", "save")
    assert [one.scope for one in every_rule(house)] == [house.residents["mette2"].id]


async def test_what_two_have_agreed_on_is_said_to_stay(room: Classroom, henrik: Resident) -> None:
    await asks_for(henrik, "dialogue", "group", "Rosengården")
    await henrik.presses_all("weeks-4", "skip", "skip", "skip")
    assert henrik.said_to.count(", 10.00") == 10
    await henrik.presses("save")
    assert told(room.house, room.house.mette) == 0


async def test_a_quiet_week_for_all_moves_what_two_have_agreed_on_and_is_told(
    house: House,
) -> None:
    house.reads(lambda unit: people.change_person(unit, house.henrik.id, roles="hr"))
    await house.henrik.writes("rytme")
    await house.henrik.presses_all("dialogue", "all", "weeks-2", "skip", "skip")
    await house.henrik.writes("uge 48")
    await house.henrik.presses("save")
    assert told(house, house.mette) == 1
    planned = {one.kind: one.due_at.date().isoformat() for one in house.planned(house.mette)}
    assert planned["after"] == "2026-11-30", "the Monday after the quiet week"


# --- between the question and the answer


async def test_a_course_that_has_ended_meanwhile_changes_nothing(
    room: Classroom, henrik: Resident
) -> None:
    await henrik.writes("rytme")
    await henrik.presses_all("insight", "course", "first", "never")
    ends(room)
    await henrik.presses("save")
    assert henrik.heard == ["[rhythm-gone]", "which-course"]
    assert every_rule(room.house) == []
    await henrik.presses("skip")
    assert henrik.heard[-1] == "stays"


async def test_a_group_that_has_ended_meanwhile_leaves_the_others_to_choose_from(
    room: Classroom, henrik: Resident
) -> None:
    house = room.house
    other = sits_down(house, ("tom", "tr"), name="Askeladden")
    await asks_for(henrik, "insight", "group", "Rosengården")
    await henrik.presses_all("weeks-4", "skip", "skip", "skip")
    house.reads(lambda unit: groups.end_group(unit, house.clock(), room.trio))
    await henrik.presses("save")
    assert henrik.heard == ["[rhythm-gone]", "which-group"]
    assert henrik.last.labels[0] == "TRIO Askeladden"
    await henrik.presses("first")
    assert "Tom Holm" in henrik.said_to, "shown anew, for somebody in that group"
    await henrik.presses("save")
    assert [one.scope for one in every_rule(house)] == [other]


async def test_whoever_lost_the_role_meanwhile_changes_nothing_for_others(
    room: Classroom, henrik: Resident
) -> None:
    house = room.house
    await henrik.writes("rytme")
    await henrik.presses_all("digest", "all", "never")
    house.reads(lambda unit: people.change_person(unit, henrik.id, roles="leader"))
    await henrik.presses("save")
    assert henrik.heard == ["[rhythm-not-yours]", "for-whom"]
    assert every_rule(house) == []
    await henrik.presses("person")
    assert henrik.heard == ["[rhythm-not-yours]", "for-whom"]
    await henrik.presses_all("me", "save")
    assert [(one.level, one.scope) for one in every_rule(house)] == [("person", henrik.id)]


async def test_whoever_lost_the_role_learns_no_names(room: Classroom, henrik: Resident) -> None:
    await henrik.writes("rytme")
    await henrik.presses_all("insight", "person")
    room.house.reads(lambda unit: people.change_person(unit, henrik.id, roles="leader"))
    await henrik.writes("Holm")
    assert henrik.heard == ["[rhythm-not-yours]", "for-whom"]
    assert not henrik.ever_saw("Ida Holm")


async def test_an_answer_of_an_earlier_branch_does_no_harm(
    room: Classroom, henrik: Resident
) -> None:
    """Days moved for nudges, and a group: left behind for everybody's insights."""
    await henrik.writes("rytme")
    await henrik.presses_all("nudge", "group", "first", "come", "later-2", "skip", "skip")
    await changes(henrik, "for-whom", "all")
    await changes(henrik, "which", "insight")
    await henrik.presses_all("weeks-3", "skip", "save")
    [rule] = every_rule(room.house)
    assert (rule.level, rule.scope, rule.kind) == ("organisation", "", "insight")
    assert rule.rule == Rule(every_weeks=3)


async def test_the_program_may_be_restarted_at_any_moment(make_house: MakeHouse) -> None:
    room = classroom(make_house, restless=True)
    henrik = room.house.henrik
    await asks_for(henrik, "nudge", "group", "rosen")
    await henrik.presses_all("come", "later-1", "skip", "skip", "save")
    assert [one.rule.offset for one in every_rule(room.house)] == [1]


async def test_a_participant_may_have_nudges_at_another_hour_and_quiet_weeks_of_her_own(
    room: Classroom,
) -> None:
    mette = room.house.mette
    await mette.writes("rytme")
    await mette.presses_all("nudge", "come")
    assert mette.heard == ["at"], "the days are the course's"
    await mette.writes("11")
    await mette.writes("uge 2")
    assert ", 11.00" in mette.said_to
    await mette.presses("save")
    [rule] = every_rule(room.house)
    assert (rule.level, rule.rule.at, rule.rule.quiet) == ("person", time(11), ("2027-W02",))


async def test_only_whom_a_course_concerns_is_asked_about_nudges(room: Classroom) -> None:
    await room.who("ida").writes("rytme")
    assert "nudge" not in room.who("ida").last.choices
    assert not room.who("ida").shown("now").text.endswith(":\n"), "nothing is said to come"
    await room.house.mette.writes("rytme")
    assert "nudge" in room.house.mette.last.choices
