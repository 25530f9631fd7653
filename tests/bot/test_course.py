"""A cohort: everybody gets what is theirs at its time; what changes moves what is planned, and
nothing that was sent is sent again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import rhythm_change
from bot.course import planning, plans, programmes
from bot.course.refusals import WORDS, CourseRefused, worded
from bot.leaving import leave
from bot.opening import part_waits
from bot.planning import ensure_planned, replan_person
from bot.rhythm import Change
from flows.calendar import may_contact
from flows.model import LANGUAGES
from flows.rhythm import Kind, Rule
from storage import erase, outbox, people, retention
from storage.cohorts import Cohort
from storage.database import Unit
from storage.reminders import Reminder
from tests.bot.school import DAYS, ZONE, School, course, nudge


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    school = School(tmp_path)
    yield school
    school.close()


def names(fired: list[Reminder]) -> list[str]:
    return sorted(plans.written_in(one.subject).nudge for one in fired)


def refused(school: School, work: Any) -> CourseRefused:
    with pytest.raises(CourseRefused) as found:
        school.does(work)
    return found.value


# --- who gets what, and when


def test_everybody_gets_what_is_theirs(school: School) -> None:
    school.starts()
    leaders = {"plan", "point", "read-1", "day-1", "follow-1", "bring-2", "rate"}
    assert set(school.planned("bo")) == leaders
    assert set(school.planned("mette")) == leaders | {"meet-1"}
    assert set(school.planned("tom")) == {"point", "meet-2"}
    assert set(school.planned("anna")) == {"point"}
    assert set(school.planned("karin")) == {"heads-up"}


def test_it_comes_so_many_working_days_before_at_five_past_nine(school: School) -> None:
    school.starts()
    assert school.planned("bo")["plan"] == "2027-01-21 09:05"
    assert school.planned("bo")["day-1"] == "2027-03-11 09:05"
    # Ascension Day, 6 May, is no working day.
    assert school.planned("tom")["meet-2"] == "2027-04-28 09:05"


def test_a_pilot_has_an_evaluation_of_its_own(school: School) -> None:
    school.starts(pilot=True)
    assert school.planned("bo")["rate-pilot"] == "2027-03-15 09:05"


def test_conveners_take_turns_and_substitutes_have_none(school: School) -> None:
    school.hires("kirsten")
    school.joins(school.trio, substitute=True, tr="kirsten")
    five = [
        nudge(f"meet-{n}", "two", "convener", "trio-meeting", before=60 - 10 * n) for n in range(5)
    ]
    school.imports(course(*five))
    school.starts(programme=course(*five))
    asked = Counter(name for name in ("mette", "tom", "anna") for _ in school.planned(name))
    assert asked == {"mette": 2, "tom": 2, "anna": 1}
    assert school.planned("kirsten") == {}


def test_a_network_is_called_together_by_its_facilitator(school: School) -> None:
    network = school.forms("Nord", "network", facilitator="karin", member="tom")
    school.joins(network, member="anna")
    some = (
        nudge("net", "two", "convener", "network-meeting", before=10),
        nudge("day", "two", "leader", "action-plan", before=0),
    )
    school.imports(course(*some))
    school.starts(programme=course(*some), groups=[network], people=[])
    assert set(school.planned("karin")) == {"net"}
    assert set(school.planned("tom")) == set(school.planned("anna")) == {"day"}


def test_the_preview_is_what_starting_plans_and_writes_nothing(school: School) -> None:
    def preview(unit: Any) -> list[tuple[str, str, datetime]]:
        found = planning.preview(unit, school.parts, school.draft(), school.today)
        return sorted((one.person, one.due.nudge.id, one.due.at) for one in found)

    seen = school.does(preview)
    assert school.rows("SELECT count(*) FROM cohort") == [(0,)]
    assert school.rows("SELECT count(*) FROM reminder") == [(0,)]
    school.starts()
    planned = {
        (person, name, at)
        for who, person in school.people.items()
        for name, at in school.planned(who).items()
    }
    assert {
        (person, name, f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}") for person, name, at in seen
    } == planned


def test_nobody_is_planned_for_on_their_day_off(school: School) -> None:
    def away(unit: Any) -> None:
        people.add_leave(
            unit, school.ids, school.people["bo"], date(2027, 1, 18), date(2027, 1, 22)
        )
        people.change_person(unit, school.people["bo"], hours_from="10:00", hours_to="14:00")

    school.does(away)
    school.starts()
    assert school.planned("bo")["plan"] == "2027-01-14 10:00"


# --- a module is moved


def test_moving_a_module_moves_what_is_planned_around_it_and_nothing_else(school: School) -> None:
    cohort = school.starts()
    before = {name: school.planned(name) for name in school.people}
    school.moves(cohort, "two", date(2027, 5, 20))
    after = {name: school.planned(name) for name in school.people}
    assert set(after["bo"]) == set(before["bo"])
    moved = {name for name, at in after["bo"].items() if at != before["bo"][name]}
    assert moved == {"bring-2", "follow-1", "rate"}
    assert after["karin"] == before["karin"]
    assert (before["tom"]["meet-2"], after["tom"]["meet-2"]) == (
        "2027-04-28 09:05",
        "2027-05-04 09:05",
    )


def test_what_was_sent_is_never_sent_again(school: School) -> None:
    cohort = school.starts()
    fired = names(school.reach(date(2027, 3, 1)))
    assert fired.count("read-1") == 2
    school.moves(cohort, "one", date(2027, 4, 15))
    later = names(school.reach(date(2027, 4, 16)))
    assert not {"plan", "read-1", "meet-1", "heads-up"} & set(later)
    assert later.count("day-1") == 2


def told(school: School, name: str) -> list[tuple[datetime, str]]:
    """The notes to somebody of a module's move that wait: when, and their key."""
    mine = f"person_id = '{school.people[name]}'"
    rows = school.rows(f"SELECT not_before, slot_key FROM outbox WHERE {mine} ORDER BY id")
    return [
        (datetime.fromtimestamp(at / 1_000_000, ZONE), key)
        for at, key in rows
        if key.startswith("told:module-moved:")
    ]


def test_whoever_was_told_of_the_date_hears_of_the_move_once_in_their_hours(school: School) -> None:
    cohort = school.starts()
    school.reach(date(2027, 3, 1), "22:00")
    moved = school.moves(cohort, "one", date(2027, 3, 18))
    # Mette and Bo got the articles, and Mette was asked about the meeting: one note each.
    assert moved.told == 2
    [(at, _)] = told(school, "bo")
    assert (at.date(), at.hour) == (date(2027, 3, 2), 8)
    assert told(school, "tom") == told(school, "karin") == []


def test_of_two_moves_before_the_morning_only_the_last_is_told(school: School) -> None:
    cohort = school.starts()
    school.reach(date(2027, 3, 1), "22:00")
    school.moves(cohort, "one", date(2027, 3, 18))
    school.moves(cohort, "one", date(2027, 3, 19))
    assert len(told(school, "bo")) == 1


def test_a_move_back_before_anybody_heard_of_it_is_none(school: School) -> None:
    cohort = school.starts()
    school.reach(date(2027, 3, 1), "22:00")
    school.moves(cohort, "one", date(2027, 3, 18))
    assert school.moves(cohort, "one", DAYS["one"]).told == 0
    assert told(school, "bo") == []


def test_a_note_of_a_move_that_was_held_up_into_the_evening_waits_for_the_morning(
    school: School,
) -> None:
    cohort = school.starts()
    school.reach(date(2027, 3, 1), "15:00")
    school.moves(cohort, "one", date(2027, 3, 18))
    school.reach(date(2027, 3, 1), "21:00")

    def waits(unit: Unit) -> list[datetime | None]:
        now = school.clock()
        rows = outbox.claim(unit, "w", now, timedelta(minutes=1), 9)
        return [part_waits(unit, school.parts, row) for row in rows]

    morning = datetime(2027, 3, 2, 8, tzinfo=ZONE)
    assert school.does(waits) == [morning, morning]


def test_before_anybody_was_told_of_a_date_nobody_hears_that_it_moved(school: School) -> None:
    cohort = school.starts()
    assert school.moves(cohort, "one", date(2027, 3, 18)).told == 0


@pytest.mark.parametrize(
    ("module", "day", "wrong"),
    [
        ("one", date(2027, 3, 13), "weekend"),
        ("one", date(2027, 3, 25), "holiday"),
        ("one", date(2027, 5, 20), "order"),
        ("one", date(2026, 12, 1), "past"),
        ("four", date(2027, 5, 20), "unknown"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    school: School, module: str, day: date, wrong: str
) -> None:
    cohort = school.starts()
    before = school.planned("bo")
    why = refused(
        school,
        lambda unit: planning.move(unit, school.parts, cohort, module, day, school.today),
    )
    assert wrong in [fault.wrong for fault in why.faults]
    assert school.planned("bo") == before


def test_a_module_that_has_been_stays_where_it_was(school: School) -> None:
    cohort = school.starts()
    school.reach(date(2027, 3, 12))
    day = date(2027, 4, 1)
    why = refused(
        school, lambda unit: planning.move(unit, school.parts, cohort, "one", day, school.today)
    )
    assert [fault.wrong for fault in why.faults] == ["been"]


def test_what_was_sent_long_ago_is_still_known_when_a_module_is_put_off(school: School) -> None:
    cohort = school.starts()
    school.reach(date(2027, 3, 1))
    school.moves(cohort, "two", date(2027, 12, 9))
    school.moves(cohort, "one", date(2027, 10, 7))
    school.reach(date(2027, 7, 1))
    kept = timedelta(days=180)
    school.does(lambda unit: retention.forget_old(unit, school.clock(), kept))
    school.does(lambda unit: replan_person(unit, school.parts, school.people["bo"]))
    assert "day-1" in school.planned("bo")
    assert "read-1" not in school.planned("bo")


# --- pause and end


def test_a_pause_is_silent_and_swallows_what_it_lasts_over(school: School) -> None:
    cohort = school.starts()
    school.does(lambda unit: planning.pause(unit, school.parts, cohort))
    assert all(school.planned(name) == {} for name in school.people)
    school.reach(date(2027, 3, 1), "12:00")
    paused = school.cohort(cohort)
    school.does(lambda unit: planning.resume(unit, school.parts, paused))
    # What leads up to a module that is still to come is caught up with; all else of it is gone.
    assert set(school.planned("bo")) == {"read-1", "day-1", "follow-1", "bring-2", "rate"}
    assert school.planned("bo")["read-1"] == "2027-03-02 09:05"


def test_what_has_ended_stays_ended(school: School) -> None:
    cohort = school.starts()
    school.does(lambda unit: planning.end(unit, school.parts, cohort))
    ended = school.cohort(cohort)
    assert school.planned("bo") == {}
    for verb in (planning.resume, planning.pause, planning.end):
        assert (
            refused(school, lambda unit, do=verb: do(unit, school.parts, ended)).reason == "ended"
        )
    assert school.does(lambda unit: plans.plan(unit, school.parts, ended)) == 0


# --- people come and go


def test_somebody_who_comes_later_catches_up_one_morning_at_a_time(school: School) -> None:
    cohort = school.starts()
    school.reach(date(2027, 2, 2), "12:00")
    ida = school.hires("ida")
    school.does(lambda unit: planning.join(unit, school.parts, cohort, [ida]))
    assert school.planned("ida")["plan"] == "2027-02-03 09:05"
    assert "point" in school.planned("ida")
    school.reach(date(2027, 3, 10), "12:00")
    ole = school.hires("ole")
    school.does(lambda unit: planning.join(unit, school.parts, cohort, [ole]))
    assert school.planned("ole")["day-1"] == "2027-03-11 09:05"
    assert school.planned("ole")["read-1"] == "2027-03-11 09:05"
    assert not {"plan", "point"} & set(school.planned("ole"))


def test_whoever_leaves_the_course_gets_no_more_of_it(school: School) -> None:
    cohort = school.starts()
    mette = school.people["mette"]
    school.does(lambda unit: planning.leave(unit, school.parts, cohort, mette))
    # She is still in her TRIO, which goes on.
    assert set(school.planned("mette")) == {"point", "meet-1"}
    assert school.planned("karin") == {}
    assert school.planned("bo") != {}
    why = refused(school, lambda unit: planning.leave(unit, school.parts, cohort, mette))
    assert why.reason == "not-in-it"


def test_whoever_leaves_the_organisation_gets_nothing_and_another_convenes(school: School) -> None:
    school.starts()
    mette = school.profile("mette")
    school.does(lambda unit: leave(unit, school.parts, mette))
    assert school.planned("mette") == school.planned("karin") == {}
    assert "meet-1" in school.planned("tom")
    assert "meet-2" in school.planned("anna")


def test_whoever_leaves_the_organisation_is_not_told_what_was_on_its_way(school: School) -> None:
    cohort = school.starts()
    school.reach(date(2027, 3, 1), "22:00")
    school.moves(cohort, "one", date(2027, 3, 18))
    bo = school.profile("bo")
    school.does(lambda unit: leave(unit, school.parts, bo))
    query = f"SELECT state FROM outbox WHERE person_id = '{bo.id}'"
    assert school.rows(query) == [("dropped",)]


def test_a_new_member_gets_what_is_theirs_and_who_left_does_not(school: School) -> None:
    school.starts()
    school.quits(school.trio, "tr", "tom")
    school.hires("ulla")
    school.joins(school.trio, tr="ulla")
    assert school.planned("tom") == {}
    assert "point" in school.planned("ulla")
    everybody = ("mette", "anna", "ulla")
    assert sum("meet-2" in school.planned(name) for name in everybody) == 1


def test_a_group_that_was_asked_is_not_asked_again_when_its_members_change(school: School) -> None:
    school.starts()
    assert "meet-1" in names(school.reach(date(2027, 3, 1)))
    school.quits(school.trio, "leader", "mette")
    assert not any("meet-1" in school.planned(name) for name in school.people)
    assert sum("meet-2" in school.planned(name) for name in school.people) == 1


def test_when_the_convener_is_erased_another_is_found(school: School) -> None:
    school.starts()
    school.does(lambda unit: erase.delete_rows(unit, school.people["tom"]))
    assert not any("meet-2" in school.planned(name) for name in ("mette", "anna"))
    school.does(lambda unit: ensure_planned(unit, school.parts))
    assert sum("meet-2" in school.planned(name) for name in ("mette", "anna")) == 1
    planned = school.planned("mette")
    school.does(lambda unit: ensure_planned(unit, school.parts))
    assert school.planned("mette") == planned


def test_a_group_that_joins_brings_its_leader(school: School) -> None:
    cohort = school.starts(groups=[])
    assert school.planned("tom") == {}
    school.does(lambda unit: planning.add_groups(unit, school.parts, cohort, [school.trio]))
    assert "plan" in school.planned("mette")
    assert set(school.planned("tom")) == {"point", "meet-2"}


def test_other_hours_move_what_is_planned(school: School) -> None:
    school.starts()

    def later(unit: Any) -> None:
        people.change_person(unit, school.people["mette"], hours_from="11:00")
        replan_person(unit, school.parts, school.people["mette"])

    school.does(later)
    assert school.planned("mette")["plan"] == "2027-01-21 11:00"
    assert school.planned("mette")["meet-1"].endswith("11:00")
    assert school.planned("bo")["plan"] == "2027-01-21 09:05"


# --- starting is refused


def refusal(school: School, **how: Any) -> CourseRefused:
    draft = school.draft(**how)
    return refused(
        school, lambda unit: planning.start(unit, school.parts, draft, school.today)
    )  # fmt: skip


def test_a_cohort_without_people_name_or_dates_is_refused(school: School) -> None:
    assert refusal(school, people=[], groups=[]).reason == "nobody"
    assert refusal(school, name="  ").reason == "no-name"
    wrong = {**DAYS, "one": DAYS["two"], "start": date(2027, 2, 6)}
    found = refusal(school, days=wrong)
    assert [fault.wrong for fault in found.faults] == ["weekend", "order"]
    school.starts()
    assert refusal(school).reason == "name-taken"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_names_the_mend(school: School, language: Any) -> None:
    found = refusal(school, days={**DAYS, "start": date(2027, 2, 6)})
    lines = worded(found, language).splitlines()
    assert len(lines) == 2
    assert "8" in lines[1]  # Monday the eighth would do
    assert all(set(texts) == set(LANGUAGES) for texts in WORDS.values())


# --- programmes of one's own


def test_an_own_programme_takes_the_place_of_one_that_came_along(school: School) -> None:
    own = course().model_copy(update={"id": "municipal-course", "version": 7})
    school.imports(own)

    def version(unit: Any) -> tuple[int, bool]:
        found = programmes.known(unit, "municipal-course")
        assert found is not None
        return found.programme.version, found.own

    assert school.does(version) == (7, True)
    assert [one.programme.id for one in school.does(programmes.all_known)] == [
        "course",
        "municipal-course",
        "state-course",
    ]


def test_a_changed_programme_changes_what_is_planned_in_its_cohorts(school: School) -> None:
    school.starts()
    another = nudge("bring-2", "two", "leader", "action-plan", before=2)
    assert school.imports(course(another)) > 0
    assert school.planned("bo") == {"bring-2": "2027-05-11 09:05"}


def test_a_programme_without_a_module_that_has_a_date_is_refused(school: School) -> None:
    school.starts()
    fewer = course(nudge("plan", "start", "leader", "development-plan", before=10))
    fewer = fewer.model_copy(update={"modules": fewer.modules[:2]})
    with pytest.raises(CourseRefused) as found:
        school.imports(fewer)
    assert (found.value.reason, found.value.about) == ("modules-gone", "two")


# --- however it goes


def test_every_reminder_lies_in_its_persons_hours(school: School) -> None:
    school.hires("nora", zone="America/Nuuk", working_days="123", hours_to="12:00")
    everybody = list(school.people.values())
    cohort: Cohort = school.starts(people=everybody)
    school.moves(cohort, "two", date(2027, 6, 4))
    planned = school.does(lambda unit: plans_of(unit, school))
    assert len(planned) > 20
    assert all(may_contact(calendar, at) for calendar, at in planned)


def plans_of(unit: Any, school: School) -> list[tuple[Any, datetime]]:
    from_store = school.rows_in(unit, "SELECT person_id, due_at FROM reminder")
    found = []
    for person, due in from_store:
        profile = people.get_person(unit, person)
        at = datetime.fromtimestamp(due / 1_000_000, ZONE)
        found.append((school.parts.calendar(unit, profile, school.clock()), at))
    return found


# --- in somebody's rhythm


def set_rule(school: School, kind: Kind, rule: Rule, name: str | None = None) -> int:
    scope = school.people[name] if name else ""
    change = Change("person" if name else "organisation", scope, kind, rule)
    return school.does(lambda unit: rhythm_change.set_rule(unit, school.parts, change, None))


def test_a_rule_moves_the_nudges_that_are_planned(school: School) -> None:
    school.starts()
    assert set_rule(school, "nudge", Rule(at=time(13), offset=1)) > 0
    assert school.planned("bo")["plan"] == "2027-01-22 13:00"
    assert school.planned("tom")["point"] == "2027-02-25 09:05"
    # Nothing that leads up to a module comes after its day.
    assert school.planned("bo")["day-1"] == "2027-03-11 13:00"


def test_somebody_can_stop_what_a_course_brings_between_its_modules(school: School) -> None:
    school.starts()
    set_rule(school, "insight", Rule(off=True), "tom")
    assert "point" not in school.planned("tom")
    assert "point" in school.planned("anna")


def test_a_quiet_week_is_quiet_for_nudges_too(school: School) -> None:
    school.starts()
    set_rule(school, "nudge", Rule(quiet=("2027-W03",)))
    assert school.day("bo", "plan") == "2027-01-14"


def test_whoever_comes_late_catches_up_outside_of_quiet_weeks(school: School) -> None:
    cohort = school.starts(people=[school.people["anna"]])
    set_rule(school, "nudge", Rule(quiet=("2027-W04",)))
    school.reach(date(2027, 1, 22), "12:00")
    bo = [school.people["bo"]]
    school.does(lambda unit: planning.join(unit, school.parts, cohort, bo))
    assert school.day("bo", "plan") == "2027-02-01"


def test_a_rule_makes_way_for_what_is_caught_up_too(school: School) -> None:
    cohort = school.starts(people=[school.people["anna"]])
    school.reach(date(2027, 1, 22), "12:00")
    bo = [school.people["bo"]]
    school.does(lambda unit: planning.join(unit, school.parts, cohort, bo))
    assert school.day("bo", "plan") == "2027-01-25"
    set_rule(school, "nudge", Rule(quiet=("2027-W04",)))
    assert school.day("bo", "plan") == "2027-02-01"


def test_what_is_shown_before_a_rule_is_saved_is_what_comes(school: School) -> None:
    school.starts()
    bo, rule = school.profile("bo"), Rule(at=time(11))
    change = Change("person", bo.id, "nudge", rule)
    shown = school.does(
        lambda unit: rhythm_change.occasions(unit, school.parts, bo, "nudge", 10, change)
    )
    set_rule(school, "nudge", rule, "bo")
    planned = {name: at for name, at in school.planned("bo").items() if name != "point"}
    assert [f"{at.astimezone(ZONE):%Y-%m-%d %H:%M}" for at in shown] == sorted(planned.values())
