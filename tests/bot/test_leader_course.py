"""The leader's own dialogues of a course: what they know, and what they leave behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.contacts import CONTACTS
from bot.contacts.case import Dropped, Opens
from bot.papers.own import plan_of
from bot.parts import About
from bot.talk import Talk
from flows import events
from storage import actions, conversations, notes, preferences
from storage.actions import Action, Plan
from storage.database import Unit
from tests.bot.chat import Chat, fired, nudged
from tests.bot.school import DAYS, School


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    school = School(tmp_path)
    yield school
    school.close()


def actions_of(school: School, name: str, *states: str) -> list[Action]:
    profile = school.profile(name)
    return school.does(lambda unit: actions.actions_of(unit, profile, *states))


def plans_one(chat: Chat) -> None:
    chat.presses("yes")
    chat.writes("fem minutters overlap", "mindre tvivl", "tre uger på prøve", "Hanne")


# --- the development plan


def test_what_is_answered_is_not_asked_again(school: School) -> None:
    bo = Chat(school, "bo")
    bo.begins("development-plan")
    bo.presses("now")
    bo.writes("mange vikarer")
    bo.says("rest")
    bo.begins("development-plan")
    assert bo.hears() == ["so-far", "begin"]
    bo.presses("now")
    assert bo.hears() == ["effect"]


def test_a_plan_that_is_changed_is_the_new_one(school: School) -> None:
    bo = Chat(school, "bo")
    bo.begins("development-plan")
    bo.presses("now")
    bo.writes("mange vikarer", "overblikket bliver væk", "ro i vagtskiftet")
    bo.begins("development-plan")
    bo.presses("theme")
    bo.writes("færre møder")
    bo.begins("development-plan")
    told = str(bo.facts()["development_plan"])
    assert "færre møder" in told
    assert "ro i vagtskiftet" not in told
    profile = school.profile("bo")
    written = school.does(lambda unit: notes.notes_of(unit, profile, "development-plan"))
    assert len(written) == 4


# --- the action plan


def test_an_action_is_kept_from_its_first_words_with_the_course_it_is_of(school: School) -> None:
    cohort = school.starts()
    bo = nudged(school, "day-1", "bo")
    assert bo.hears() == ["module-today", "make"]
    bo.presses("yes")
    bo.writes("fem minutters overlap")
    [action] = actions_of(school, "bo")
    assert (action.plan, action.state) == (Plan("fem minutters overlap"), "open")
    assert action.cohort == cohort.id
    bo.writes("mindre tvivl", "tre uger på prøve", "Hanne")
    [action] = actions_of(school, "bo")
    assert action.plan == Plan(
        "fem minutters overlap", "mindre tvivl", "tre uger på prøve", "Hanne"
    )  # fmt: skip


def test_it_is_asked_how_it_went_and_what_now(school: School) -> None:
    school.starts()
    plans_one(nudged(school, "day-1", "bo"))
    bo = nudged(school, "follow-1", "bo")
    assert bo.hears() == ["went#0"]
    bo.presses("partly")
    bo.writes("det går, når nogen minder om det")
    bo.presses("adjust")
    bo.writes("Hanne tager den om fredagen")
    [action] = actions_of(school, "bo", "open")
    [look] = action.studies
    assert (look.went, look.act) == ("partly", "adjust")
    assert look.seen.startswith("det går")
    assert look.adjusted.startswith("Hanne")
    assert action.plan.aim == "mindre tvivl"


@pytest.mark.parametrize(("act", "state"), [("done", "done"), ("drop", "dropped")])
def test_what_is_done_or_put_away_is_not_asked_about_again(
    school: School, act: str, state: str
) -> None:
    plans_one_by_herself = Chat(school, "bo")
    plans_one_by_herself.begins("action-plan")
    plans_one(plans_one_by_herself)
    bo = Chat(school, "bo")
    bo.begins("action-plan")
    bo.presses("not-begun", act)
    assert [one.state for one in actions_of(school, "bo")] == [state]
    bo.begins("action-plan")
    assert bo.hears() == ["make"]


def test_a_slip_of_the_thumb_leaves_the_action_open(school: School) -> None:
    bo = Chat(school, "bo")
    bo.begins("action-plan")
    plans_one(bo)
    bo.begins("action-plan")
    bo.presses("not-begun", "drop")
    bo.says("back")
    bo.presses("go-on")
    [action] = actions_of(school, "bo", "open")
    assert [look.act for look in action.studies] == ["go-on"]


def test_what_was_looked_at_yesterday_is_not_asked_about_on_the_day(school: School) -> None:
    school.starts()
    plans_one(nudged(school, "day-1", "bo"))
    bo = nudged(school, "bring-2", "bo")
    assert bo.hears() == ["bring-along", "look-closer"]
    assert bo.heard[0].shows == "plan"
    bo.presses("look", "worked")
    bo.writes("der er ro kl. 15")
    bo.presses("go-on")
    tomorrow = About(cohort=school_cohort(school), module="two", nudge="day-1")
    bo.begins("action-plan", tomorrow)
    assert "went#0" not in bo.hears()
    bo.begins("action-plan")
    assert "went#0" in bo.hears()


def school_cohort(school: School) -> str:
    [(cohort,)] = school.rows("select id from cohort")
    return str(cohort)


def test_without_a_plan_nothing_is_brought_along(school: School) -> None:
    school.starts()
    assert school.becomes(fired(school, "bring-2", "bo")) == Dropped("nothing to bring")


def test_three_open_actions_are_enough(school: School) -> None:
    bo = Chat(school, "bo")
    bo.begins("action-plan")
    bo.presses("yes")
    for last in (False, False, True):
        bo.writes("noget nyt")
        for _ in range(3):
            bo.says("skip")
        if not last:
            bo.presses("more")
    assert len(actions_of(school, "bo", "open")) == 3
    bo.begins("action-plan")
    for _ in range(3):
        bo.says("skip")
    assert bo.hears() == ["full"]


def test_the_page_holds_what_is_open_and_how_it_went(school: School) -> None:
    school.starts()
    plans_one(nudged(school, "day-1", "bo"))
    nudged(school, "follow-1", "bo").presses("not-begun", "go-on")
    profile = school.profile("bo")
    page = school.does(lambda unit: plan_of(unit, school.parts, profile))
    [planned] = page.actions
    assert planned.help == "Hanne"
    assert [look.went for look in planned.looks] == ["not-begun"]
    assert page.course


# --- articles


def test_later_is_once_more_on_the_next_working_morning_but_one(school: School) -> None:
    school.starts()
    bo = nudged(school, "read-1", "bo")
    came = school.today
    assert bo.hears() == ["read-them"]
    bo.presses("later")
    assert school.day("bo", "read-1") == "2027-03-03"
    assert came == date(2027, 3, 1)
    again = fired(school, "read-1", "bo")
    assert school.does(lambda unit: CONTACTS["nudge"].asked_for(school.case(unit, again)))
    opens = school.becomes(again)
    assert isinstance(opens, Opens)
    bo.begins(opens.dialogue, opens.about)
    assert bo.hears() == ["read-them-now"]
    bo.presses("not-for-me")
    assert "read-1" not in school.planned("bo")


def test_it_does_not_come_again_when_the_answer_is_changed(school: School) -> None:
    school.starts()
    bo = nudged(school, "read-1", "bo")
    bo.presses("later")
    assert "read-1" in school.planned("bo")
    profile = school.profile("bo")

    def change(unit: Unit) -> None:
        [(conversation,)] = school.rows_in(unit, "select id from conversation")
        talk = Talk(unit, school.parts, profile)
        for choice in ("revise-0", "read"):
            kept = conversations.load(unit, profile, conversation)
            assert kept is not None
            turn = kept.conversation.turn
            talk.take(kept, events.Press(today=talk.today, turn=turn, choice=choice))

    school.does(change)
    assert "read-1" not in school.planned("bo")


def test_a_module_that_moves_leaves_it_planned_once(school: School) -> None:
    cohort = school.starts()
    nudged(school, "read-1", "bo").presses("later")
    school.moves(cohort, "one", DAYS["one"] + timedelta(days=7))
    rows = school.rows(
        "select ordinal from reminder where state = 'planned' and subject_id like '%:read-1:%'"
        f" and person_id = '{school.people['bo']}'"
    )
    assert rows == [(2,)]


def test_only_the_programmes_addresses_may_be_pressed(school: School) -> None:
    school.starts()
    bo = nudged(school, "read-1", "bo")
    ours = [span.text for span in bo.heard[-1].spans if not span.theirs]
    assert "https://example.org/a" in ours


def test_what_a_person_wrote_is_never_an_address_of_ours(school: School) -> None:
    bo = Chat(school, "bo")
    bo.begins("action-plan")
    bo.presses("yes")
    bo.writes("se https://example.org/b", "mål", "sådan", "Hanne")
    bo.begins("action-plan")
    spans = [span for message in bo.heard for span in message.spans]
    assert [span.theirs for span in spans if "example.org/b" in span.text] == [True]


# --- insights


def test_no_more_insights_until_they_are_wanted_again(school: School) -> None:
    def chosen() -> str | None:
        return school.does(
            lambda unit: preferences.get(unit, school.people["anna"], preferences.INSIGHTS)
        )

    school.starts()
    anna = nudged(school, "point", "anna")
    assert anna.hears() == ["insight"]
    anna.presses("no-more")
    assert chosen() == preferences.OFF
    anna.begins("insight")
    assert anna.hears() == ["turn-on"]
    anna.presses("want")
    assert chosen() is None
