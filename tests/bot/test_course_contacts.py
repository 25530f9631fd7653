"""What a nudge becomes when its moment has come: the dialogue of its programme, or silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.asking import Asking
from bot.contacts import CONTACTS
from bot.contacts.case import Dropped, Opens
from bot.course import facts, planning, plans
from bot.parts import About
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from flows.conversation import Place
from flows.load import shipped_catalogue
from flows.rhythm import Kind, Rule
from storage import meetings, notes, outbox, people, preferences, ratings
from storage.cohorts import Cohort
from storage.database import Unit
from storage.ratings import Rated
from storage.reminders import Reminder
from tests.bot.school import DAYS, School, course, nudge


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    school = School(tmp_path)
    yield school
    school.close()


def due(school: School, name: str, to: str) -> Reminder:
    """Fires what is due at the nudge's own time."""
    day, _, clock = school.planned(to)[name].partition(" ")
    fired = school.reach(date.fromisoformat(day), clock)
    mine = [one for one in fired if one.person == school.people[to]]
    return next(one for one in mine if plans.written_in(one.subject).nudge == name)


def why_not(school: School, reminder: Reminder) -> str | None:
    found = school.becomes(reminder)
    assert not isinstance(found, Opens)
    return found.reason if found else None


def test_a_nudge_opens_its_dialogue_about_its_module(school: School) -> None:
    cohort = school.starts()
    found = school.becomes(due(school, "read-1", "bo"))
    assert isinstance(found, Opens)
    assert found.dialogue == "articles"
    about = found.about
    assert (about.cohort, about.module, about.nudge) == (cohort.id, "one", "read-1")
    assert about.group is None
    assert about.reminder is not None


def test_a_meeting_is_about_its_group(school: School) -> None:
    school.starts()
    found = school.becomes(due(school, "meet-1", "mette"))
    assert isinstance(found, Opens)
    assert (found.dialogue, found.about.group) == ("trio-meeting", school.trio)


def test_a_meeting_after_the_last_module_is_about_the_course(school: School) -> None:
    late = nudge("meet-3", "two", "convener", "trio-meeting", after=5)
    school.imports(course(late))
    school.starts(programme=course(late))
    found = school.becomes(due(school, "meet-3", "mette"))
    assert isinstance(found, Opens)
    assert found.about.module == ""


@pytest.mark.parametrize("state", ["pause", "end"])
def test_a_paused_or_ended_course_is_silent(school: School, state: str) -> None:
    cohort = school.starts()
    reminder = due(school, "read-1", "bo")
    school.does(lambda unit: getattr(planning, state)(unit, school.parts, cohort))
    assert school.becomes(reminder) is None


def test_whoever_has_left_the_course_hears_nothing(school: School) -> None:
    cohort = school.starts()
    reminder = due(school, "read-1", "bo")
    bo = school.people["bo"]
    school.does(lambda unit: planning.leave(unit, school.parts, cohort, bo))
    assert why_not(school, reminder) == "not in the course"


def test_without_articles_nobody_is_asked_to_read(school: School) -> None:
    school.imports(course(articles=False))
    school.starts(programme=course(articles=False))
    assert why_not(school, due(school, "read-1", "bo")) == "no articles"


def test_insights_can_be_turned_off_and_on(school: School) -> None:
    school.starts()
    reminder = due(school, "point", "tom")
    tom = school.people["tom"]
    school.does(lambda unit: preferences.put(unit, tom, preferences.INSIGHTS, preferences.OFF))
    assert why_not(school, reminder) == "opted out"
    assert school.does(
        lambda unit: preferences.who_chose(unit, "insights", "off", school.people.values())
    ) == {tom}
    school.does(lambda unit: preferences.put(unit, tom, preferences.INSIGHTS, None))
    assert isinstance(school.becomes(reminder), Opens)


def test_a_plan_that_is_made_is_not_asked_for(school: School) -> None:
    school.starts()
    reminder = due(school, "plan", "bo")
    bo = school.profile("bo")

    def write(*steps: str) -> None:
        for step in steps:
            place = Place(step)
            school.does(
                lambda unit, at=place: notes.save_note(  # type: ignore[misc]
                    unit, school.ids, school.clock(), bo, "c", "development-plan", at, "Uro"
                )
            )

    write("affects", "theme")
    assert isinstance(school.becomes(reminder), Opens)
    write("new-effect")
    assert why_not(school, reminder) == "the plan is made"


def test_what_is_evaluated_is_not_asked_about(school: School) -> None:
    cohort = school.starts()
    reminder = due(school, "rate", "bo")
    bo = school.profile("bo")

    def rate(phase: str) -> None:
        school.does(
            lambda unit: ratings.record(
                unit, school.ids, bo, "c", school.today, Rated(cohort.id, phase), "usability", 4
            )
        )

    rate("before")
    assert isinstance(school.becomes(reminder), Opens)
    rate("later")
    assert why_not(school, reminder) == "evaluated already"


def test_a_module_that_was_moved_away_takes_its_nudge_along(school: School) -> None:
    cohort = school.starts()
    reminder = due(school, "read-1", "bo")
    school.moves(cohort, "one", date(2027, 4, 15))
    assert why_not(school, reminder) == "moved"
    # Eight working days before, Easter not counted.
    assert school.planned("bo")["read-1"] == "2027-04-05 09:05"


def test_a_module_that_has_been_is_not_prepared_for(school: School) -> None:
    school.starts()
    reminder = due(school, "read-1", "bo")
    school.reach(DAYS["one"] + timedelta(days=1))
    assert why_not(school, reminder) == "the module has been"


def set_quiet(school: School, kind: Kind, *weeks: str) -> None:
    change = Change("organisation", "", kind, Rule(quiet=weeks))
    school.does(lambda unit: set_rule(unit, school.parts, change, None))


def test_what_waited_into_a_quiet_week_waits_for_its_end(school: School) -> None:
    school.starts()
    reminder = due(school, "read-1", "bo")
    set_quiet(school, "nudge", "2027-W09")
    assert why_not(school, reminder) == "a quiet week"
    assert school.planned("bo")["read-1"] == "2027-03-08 08:00"


def test_what_would_be_of_no_use_after_the_quiet_weeks_does_not_come(school: School) -> None:
    school.starts()
    reminder = due(school, "read-1", "bo")
    set_quiet(school, "nudge", "2027-W09", "2027-W10")
    assert why_not(school, reminder) == "a quiet week"
    assert "read-1" not in school.planned("bo")


def test_an_insight_that_waited_into_a_quiet_week_does_not_come(school: School) -> None:
    school.starts()
    reminder = due(school, "point", "anna")
    later = reminder.due_at + timedelta(days=7)
    set_quiet(school, "insight", "{}-W{:02}".format(*later.isocalendar()))
    school.reach(later.date())
    assert why_not(school, reminder) == "a quiet week"
    assert "point" not in school.planned("anna")


def test_a_full_week_does_not_put_a_nudge_off_into_a_quiet_one(school: School) -> None:
    school.starts()
    reminder = due(school, "read-1", "bo")
    set_quiet(school, "nudge", "2027-W10")
    fill_the_week(school, "bo")
    assert why_not(school, reminder) == "weekly budget"
    assert "read-1" not in school.planned("bo")


def fill_the_week(school: School, name: str) -> None:
    """With two contacts as gentle as a nudge."""

    def fill(unit: Unit) -> None:
        now, person = school.clock(), school.people[name]
        rows = [(f"reminder:gone-{at}@1", person, now, None) for at in range(2)]
        outbox.plan_contacts(unit, now, rows)
        for row in outbox.claim(unit, "w", now, timedelta(minutes=1), 9):
            outbox.mark_sent(unit, row.id, now, None)

    school.does(fill)


def test_a_dialogue_that_is_not_there_is_silent(school: School) -> None:
    school.starts()
    reminder = due(school, "read-1", "bo")
    dialogues = {"contract": shipped_catalogue()["contract"]}
    fewer = shipped_catalogue().model_copy(update={"dialogues": dialogues})
    found = school.becomes(reminder, catalogue=fewer)
    assert found == Dropped("no such dialogue")


# --- whose turn it is


def meeting(school: School, cohort: Cohort, module: str, by: str, state: str) -> None:
    def make(unit: Unit) -> None:
        person = school.people[by]
        made = meetings.open_meeting(
            unit, school.ids, school.clock(), school.trio, cohort.id, module, person
        )
        meetings.change_meeting(unit, made.id, state=state)

    school.does(make)


@pytest.mark.parametrize("state", ["set", "all-met", "some-met", "nothing"])
def test_a_meeting_that_is_set_or_settled_is_not_asked_about(school: School, state: str) -> None:
    cohort = school.starts()
    meeting(school, cohort, "one", "anna", state)
    assert why_not(school, due(school, "meet-1", "mette")) == "the meeting is found"


def test_whoever_has_called_none_is_asked_instead(school: School) -> None:
    cohort = school.starts()
    meeting(school, cohort, "start", "tom", "all-met")
    meeting(school, cohort, "one", "mette", "all-met")
    assert why_not(school, due(school, "meet-2", "tom")) == "it is another's turn"
    reminder = due(school, "meet-2", "anna")
    assert isinstance(school.becomes(reminder), Opens)
    # The group is not asked by two.
    school.does(lambda unit: planning.groups_changed(unit, school.parts, [school.trio]))
    assert not any("meet-2" in school.planned(name) for name in school.people)


def follows(school: School, reminder: Reminder) -> None:
    school.does(lambda unit: CONTACTS["nudge"].follows(school.case(unit, reminder)))


def test_a_group_does_not_wait_for_somebody_who_is_away(school: School) -> None:
    school.starts()
    reminder = due(school, "meet-1", "mette")
    until = date(2027, 4, 1)
    for name in ("mette", "tom"):
        person = school.people[name]
        school.does(lambda unit, one=person: people.change_person(unit, one, paused_until=until))  # type: ignore[misc]
    follows(school, reminder)
    assert "meet-1" in school.planned("anna")
    assert "meet-1" not in school.planned("tom")
    again = due(school, "meet-1", "anna")
    assert isinstance(school.becomes(again), Opens)
    follows(school, again)
    assert not any("meet-1" in school.planned(name) for name in school.people)


# --- what the dialogues know


def known(school: School, name: str, fact: str, about: About | None = None, **how: Any) -> Any:
    def ask(unit: Unit) -> Any:
        profile = people.get_person(unit, school.people[name])
        profile = profile._replace(**how)
        asking = Asking(unit, school.parts, profile, about or About(), school.clock())
        return facts.FACTS[fact](asking)

    return school.does(ask)


def about_of(school: School, nudge: str, to: str) -> About:
    found = school.becomes(due(school, nudge, to))
    assert isinstance(found, Opens)
    return found.about


def test_a_dialogue_knows_its_module_and_articles_in_the_persons_language(school: School) -> None:
    school.starts()
    about = about_of(school, "read-1", "bo")
    assert known(school, "bo", "module_title", about) == "Modul one"
    assert known(school, "bo", "module_title", about, language="en") == "Module one"
    assert known(school, "bo", "module_day", about) == "2027-03-11"
    assert known(school, "bo", "has_articles", about) is True
    [article] = known(school, "bo", "articles", about, language="en")
    assert article == {
        "title": "Text",
        "url": "https://example.org/a",
        "minutes": "5",
        "text": "Text (5 min): https://example.org/a",
    }


def test_an_insight_knows_its_words_and_source(school: School) -> None:
    school.starts()
    about = about_of(school, "point", "tom")
    told = [known(school, "tom", f"insight_{part}", about) for part in ("title", "text", "source")]
    assert told == ["Tekst", "Tekst", "Tekst"]


def test_where_in_the_course_one_is_is_known(school: School) -> None:
    school.starts()
    assert known(school, "bo", "occasion", about_of(school, "plan", "bo")) == "before"
    assert known(school, "bo", "occasion", about_of(school, "day-1", "bo")) == "day"
    follow = about_of(school, "follow-1", "bo")
    assert known(school, "bo", "occasion", follow) == "between"
    assert known(school, "bo", "next_module_title", follow) == "Modul two"
    assert known(school, "bo", "occasion", about_of(school, "rate", "bo")) == "after"


def test_an_evaluation_knows_of_what_and_in_which_phase(school: School) -> None:
    cohort = school.starts(pilot=True)
    about = about_of(school, "rate-pilot", "bo")
    assert known(school, "bo", "evaluation_phase", about) == "after"
    assert known(school, "bo", "is_pilot", about) is True

    def subject(unit: Unit) -> Any:
        profile = people.get_person(unit, school.people["bo"])
        return facts.evaluated(Asking(unit, school.parts, profile, about, school.clock()))

    assert school.does(subject) == (cohort.id, "after")


def test_what_one_begins_oneself_is_about_the_next_module(school: School) -> None:
    school.starts()
    school.reach(DAYS["one"])
    assert known(school, "tom", "module_title") == "Modul one"
    school.reach(DAYS["one"] + timedelta(days=1))
    assert known(school, "tom", "next_module_title") == "Modul two"
    assert known(school, "tom", "occasion") == ""


@pytest.mark.parametrize("fact", facts.FACTS)
def test_without_a_course_the_facts_are_empty(school: School, fact: str) -> None:
    assert not known(school, "karin", fact)
