"""What is filled in about a rhythm is read in one way, whoever asked for it; and names are found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.course import planning
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from bot.rhythm_chat import save, wanted
from bot.rhythm_filled import OFF, ON, Filled, Read, Where, read
from bot.rhythm_own import held_back
from bot.rhythm_seen import foresee
from bot.rhythm_whom import Called, all_called, find, is_there
from flows.cadence import Cadence
from flows.rhythm import Level, Rule
from storage import cadences, erase, groups, pairs, people, rules
from storage.database import Unit
from tests.bot.school import NOW, School

TODAY = date(2027, 1, 4)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    school = School(tmp_path)
    yield school
    school.close()


def filled(
    school: School, kind: str, whom: str = "organisation:", by: str | None = "karin",
    over: bool = True, **fields: str,
) -> Read:  # fmt: skip
    """`whom`, `by`: somebody's name, or a `Where` as it is written."""
    scope = str(Where("person", school.people[whom])) if whom in school.people else whom
    who = school.people[by] if by else None
    entered = Filled(kind, scope, **fields)
    return school.does(lambda unit: read(unit, entered, who, TODAY, over=over))


def change_of(school: School, kind: str, *whom_and_by: str | None, **fields: Any) -> Change:
    found = filled(school, kind, *whom_and_by, **fields)  # type: ignore[arg-type]
    assert found.change is not None, found.faults
    return found.change


def sets(school: School, kind: str, whom: str, by: str, **fields: str) -> None:
    change = change_of(school, kind, whom, by, **fields)
    school.does(lambda unit: set_rule(unit, school.parts, change, school.people[by]))


def agrees(school: School, every_weeks: int = 2) -> None:
    """Mette and Karin talk on Wednesdays at ten."""

    def begin(unit: Unit) -> None:
        mette = school.people["mette"]
        pair = pairs.pair_of(unit, mette)
        assert pair is not None
        rule = Cadence(anchor=date(2027, 1, 6), every_weeks=every_weeks, at=time(10))
        cadences.begin_cadence(unit, school.ids, mette, rule, pair=pair.id)

    school.does(begin)


# --- the fields


def test_every_field_says_what_it_says(school: School) -> None:
    found = filled(
        school, "digest", weeks=" 3 ", weekday="ons", at="kl. 13.30", quiet="uge 7 og 8", off=ON
    )
    assert found.faults == {}
    assert found.change is not None
    assert found.change.rule == Rule(
        every_weeks=3, weekday=3, at=time(13, 30), quiet=("2027-W07", "2027-W08"), off=False
    )


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"weeks": "0"}, {"weeks": "weeks"}),
        ({"weeks": "27"}, {"weeks": "weeks"}),
        ({"weeks": "²"}, {"weeks": "weeks"}),
        ({"weeks": "9" * 5000}, {"weeks": "weeks"}),
        ({"offset": "9" * 5000}, {"offset": "offset"}),
        ({"quiet": "9" * 5000}, {"quiet": "quiet"}),
        ({"weeks": "-1", "at": "25:00"}, {"weeks": "weeks", "at": "time"}),
        ({"weekday": "mon-fri"}, {"weekday": "weekday"}),
        ({"quiet": "til sommer"}, {"quiet": "quiet"}),
        ({"offset": "2"}, {"offset": "offset-where"}),
        ({"offset": "11"}, {"offset": "offset"}),
        ({"off": "perhaps"}, {"weeks": "nothing"}),
        ({}, {"weeks": "nothing"}),
    ],
)
def test_what_cannot_be_is_told_by_the_field(
    school: School, fields: dict[str, str], faults: dict[str, str]
) -> None:
    found = filled(school, "dialogue", **fields)
    assert (found.change, found.faults) == (None, faults)


@pytest.mark.parametrize(
    ("kind", "whom", "faults"),
    [
        ("party", "organisation:", {"kind": "kind"}),
        ("dialogue", "", {"whom": "gone"}),
        ("dialogue", "group:", {"whom": "gone"}),
        ("dialogue", "organisation:x", {"whom": "gone"}),
        ("dialogue", "club:x", {"whom": "gone"}),
        ("party", "group", {"kind": "kind", "whom": "gone"}),
    ],
)
def test_what_is_no_kind_and_nobodys_is_told(
    school: School, kind: str, whom: str, faults: dict[str, str]
) -> None:
    assert filled(school, kind, whom, weeks="2").faults == faults


def test_a_courses_days_are_moved_for_many_and_not_for_one(school: School) -> None:
    assert filled(school, "nudge", offset="2 dage tidligere").faults == {}
    assert filled(school, "nudge", "bo", offset="-2").faults == {"offset": "offset-where"}
    assert filled(school, "nudge", weekday="3", at="10").faults == {"weeks": "planned"}


# --- over what there was


def test_what_is_not_said_stays_and_no_quiet_weeks_are_said_by_a_word(school: School) -> None:
    sets(school, "digest", "organisation:", "karin", weeks="3", at="10", quiet="uge 7")
    for said, quiet in (("", ("2027-W07",)), ("uge 8", ("2027-W08",)), ("ingen", ())):
        found = change_of(school, "digest", weekday="5", quiet=said)
        assert found.rule == Rule(every_weeks=3, weekday=5, at=time(10), quiet=quiet)
    anew = change_of(school, "digest", weekday="5", over=False)
    assert anew.rule == Rule(weekday=5)


def test_any_word_takes_not_at_all_back(school: School) -> None:
    sets(school, "digest", "organisation:", "karin", off=OFF)
    found = change_of(school, "digest", at="10")
    assert found.rule == Rule(at=time(10))


def test_nobody_makes_it_come_more_often_to_somebody_than_they_chose(school: School) -> None:
    sets(school, "insight", "mette", "mette", weeks="4", quiet="uge 7")
    by_another = change_of(school, "insight", "mette", "karin", weeks="1", quiet="uge 8")
    by_command = change_of(school, "insight", "mette", None, weeks="2")
    by_herself = change_of(school, "insight", "mette", "mette", weeks="1")
    assert by_another.rule == Rule(every_weeks=4, quiet=("2027-W07", "2027-W08"))
    assert by_command.rule.every_weeks == 4
    assert by_herself.rule.every_weeks == 1


def test_what_somebody_stopped_only_they_start_again(school: School) -> None:
    sets(school, "insight", "mette", "mette", off=OFF)
    by_another = change_of(school, "insight", "mette", "karin", weeks="4", off=ON)
    by_herself = change_of(school, "insight", "mette", "mette", weeks="4")
    assert (by_another.rule.off, by_herself.rule.off) == (True, None)


def test_ones_own_dialogue_begins_with_what_was_agreed(school: School) -> None:
    agrees(school)
    own = change_of(school, "dialogue", "mette", "mette", at="11")
    assert own.rule == Rule(every_weeks=2, weekday=3, at=time(11))
    by_another = change_of(school, "dialogue", "mette", "karin", at="11")
    assert by_another.rule == Rule(at=time(11))


# --- for whom


def called(school: School, level: Level, written: str) -> list[str]:
    def look(unit: Unit) -> list[Called]:
        return find(unit, level, written, "da")

    return [one.name for one in school.does(look)]


def test_groups_are_found_by_a_part_of_the_name_and_the_very_name_counts_first(
    school: School,
) -> None:
    school.forms("Rosen", leader="bo")
    school.forms("Rosen", kind="leadership", leader="karin")
    assert called(school, "group", "gården") == ["TRIO Rosengården"]
    assert called(school, "group", "trio rosen") == ["TRIO Rosen"]
    assert called(school, "group", "rosen trio") == ["TRIO Rosen", "TRIO Rosengården"]
    assert called(school, "group", "ledergruppen") == ["ledergruppen Rosen"]
    assert called(school, "group", "…") == []
    assert called(school, "group", "Solsikken") == []


def test_only_courses_that_go_on_are_there(school: School) -> None:
    course = Where("programme", "course")
    assert school.does(lambda unit: all_called(unit, "programme", "da")) == []
    cohort = school.starts()
    assert school.does(lambda unit: all_called(unit, "programme", "da")) == [
        Called(course, "Tekst")
    ]
    assert school.does(lambda unit: is_there(unit, course))
    school.does(lambda unit: planning.end(unit, school.parts, cohort))
    assert not school.does(lambda unit: is_there(unit, course))
    assert called(school, "programme", "tekst") == []


def test_people_are_found_by_name_and_e_mail_while_they_are_here(school: School) -> None:
    assert called(school, "person", "met") == ["Mette"]
    assert called(school, "person", "METTE@example.org ") == ["Mette"]
    school.does(lambda unit: people.change_person(unit, school.people["mette"], status="left"))
    assert called(school, "person", "mette") == called(school, "person", "mette@example.org") == []
    where = Where("person", school.people["mette"])
    assert not school.does(lambda unit: is_there(unit, where))


def test_a_group_that_has_ended_is_not_there(school: School) -> None:
    where = Where("group", school.trio)
    assert school.does(lambda unit: is_there(unit, where))
    school.does(lambda unit: groups.end_group(unit, NOW, school.trio))
    assert not school.does(lambda unit: is_there(unit, where))


def test_only_whoever_runs_it_sets_it_for_others(school: School) -> None:
    def may(name: str, whom: Where, **fields: Any) -> Read:
        entered = Filled("insight", str(whom), weeks="4")
        return school.does(
            lambda unit: wanted(unit, people.get_person(unit, school.people[name]), entered, TODAY)
        )

    own = Where("person", school.people["bo"])
    everybody = Where("organisation")
    assert may("bo", own).change is not None
    assert may("bo", everybody).faults == may("mette", own).faults == {"whom": "not-yours"}
    school.does(lambda unit: people.change_person(unit, school.people["bo"], roles="leader,hr"))
    assert may("bo", everybody).change is not None


# --- what it would bring


def test_somebody_whose_dialogues_are_not_agreed_is_shown_first(school: School) -> None:
    agrees(school)
    change = change_of(school, "dialogue", weeks="4")
    shown = school.does(lambda unit: foresee(unit, school.parts, change, 3))
    assert shown is not None
    assert (shown.name, shown.agreed, shown.rhythm.every_weeks) == ("Mette", True, 2)

    def pair_up(unit: Unit) -> None:
        pairs.begin_pair(unit, school.ids, NOW, school.people["tom"], school.people["karin"])

    school.does(pair_up)
    shown = school.does(lambda unit: foresee(unit, school.parts, change, 3))
    assert shown is not None
    assert (shown.name, shown.agreed, shown.rhythm.every_weeks) == ("Tom", False, 4)


def test_a_courses_nudges_are_shown_for_somebody_whom_it_concerns(school: School) -> None:
    change = change_of(school, "nudge", at="10")
    assert school.does(lambda unit: foresee(unit, school.parts, change, 3)) is None
    school.starts(people=[school.people["bo"]], groups=[])
    shown = school.does(lambda unit: foresee(unit, school.parts, change, 3))
    assert shown is not None
    assert shown.name == "Bo"
    assert len(shown.times) == 3


def test_of_a_course_whoever_has_the_most_to_come_is_shown(school: School) -> None:
    change = change_of(school, "nudge", at="10")
    school.starts(people=[school.people["bo"]])
    who = [school.people[name] for name in ("anna", "bo", "mette", "tom")]
    times = school.does(
        lambda unit: [foresee(unit, school.parts, change, 10, one).times for one in who]  # type: ignore[union-attr]
    )
    shown = school.does(lambda unit: foresee(unit, school.parts, change, 10))
    assert shown is not None
    assert len({len(some) for some in times}) > 1
    assert len(shown.times) == max(len(some) for some in times)


@pytest.mark.parametrize(
    ("rules_there", "weeks", "held"),
    [
        ([], "1", None),
        ([("organisation:", {"weeks": "4"})], "1", ("organisation", False)),
        ([("organisation:", {"weeks": "4"})], "8", None),
        ([("organisation:", {"weeks": "2"}), ("group", {"weeks": "4"})], "2", ("group", False)),
        ([("group", {"off": OFF})], "2", ("group", True)),
        ([("organisation:", {"off": OFF}), ("group", {"off": ON})], "2", None),
    ],
)
def test_what_holds_back_what_somebody_chose_is_known(
    school: School, rules_there: Any, weeks: str, held: Any
) -> None:
    for whom, fields in rules_there:
        where = f"group:{school.trio}" if whom == "group" else whom
        sets(school, "insight", where, "karin", **fields)
    change = change_of(school, "insight", "mette", "mette", weeks=weeks)
    mette = school.profile("mette")
    assert school.does(lambda unit: held_back(unit, mette, change)) == held


def test_a_rule_of_ones_own_is_kept_beside_what_was_agreed_anew(school: School) -> None:
    agrees(school)
    mette = school.profile("mette")
    change = change_of(school, "dialogue", "mette", "mette", weeks="3", quiet="uge 7")
    school.does(lambda unit: save(unit, school.parts, mette, change))
    [kept] = school.does(rules.all_rules)
    assert kept.rule == Rule(every_weeks=3, weekday=3, at=time(10), quiet=("2027-W07",))
    [(weeks, by_rule)] = school.rows("SELECT every_weeks, by_rule FROM cadence WHERE active = 1")
    assert (weeks, by_rule) == (3, 0)


def test_a_rhythm_for_somebody_who_has_been_erased_since_sets_nothing(school: School) -> None:
    change = change_of(school, "digest", "karin", "karin", weeks="4")
    school.does(lambda unit: erase.delete_rows(unit, school.people["karin"]))
    assert school.does(lambda unit: set_rule(unit, school.parts, change, None)) == 0
    assert school.does(rules.all_rules) == []
