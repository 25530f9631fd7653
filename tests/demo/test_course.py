"""The course in the try-out: lived through under the movable clock, and steered from the console."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from bot.clock import SetClock
from bot.course import programmes
from bot.demo.cast import PHONES
from bot.demo.colleagues import Heard, answer_to
from bot.demo.run import make_demo
from bot.demo.story import course_days
from bot.demo.theatre import Theatre
from flows.wording import Choice, Message, Span
from storage import people, transcript
from storage.database import Unit
from tests.demo.conftest import Comes
from tests.demo.house import BEGINS_BEFORE, House
from tests.demo.test_http import clock_moves

MARK = re.compile(r'name="form" value="([^"]+)"')


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    app = make_demo(tmp_path / "demo.db", base=SetClock(BEGINS_BEFORE))
    found: Theatre = app.state.theatre
    await found.open()
    yield found
    found.wired.close()


async def reach(theatre: Theatre, day: date) -> None:
    """By pressing "what happens next", as often as it takes."""
    while theatre.clock().date() < day:
        await theatre.move_clock("next")
        moving = theatre._moving
        assert moving is not None
        await moving


def heard(unit: Unit) -> dict[str, Counter[str]]:
    """Phone -> how often each step was said there."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for phone in PHONES:
        profile = people.find_by_address(unit, "web", phone.id)
        assert profile is not None
        for line in transcript.lines_after(unit, profile, 0):
            if line.direction == "out":
                found[phone.id][json.loads(line.body)["name"]] += 1
    return found


def asked_to_meet(unit: Unit) -> Counter[tuple[str, str]]:
    """(group, nudge) -> how many of its members have been asked to find a time."""
    groups = dict(unit.connection.execute(text("SELECT id, name FROM groups")).all())
    rows = unit.connection.execute(text(
        "SELECT reminder.subject_id FROM reminder JOIN outbox ON outbox.state = 'sent' "
        "AND outbox.slot_key LIKE 'reminder:' || reminder.id || '@%' "
        "WHERE reminder.kind = 'nudge' AND reminder.subject_id LIKE '%' || :what || '%'"
    ), {"what": ":trio-"}).scalars()  # fmt: skip
    subjects = [subject.split(":") for subject in rows]
    return Counter((groups[group], nudge) for _, group, nudge, _ in subjects)


def held(unit: Unit) -> Counter[str]:
    found = unit.connection.execute(text(
        "SELECT groups.name FROM meeting JOIN groups ON groups.id = meeting.group_id "
        "WHERE meeting.state = 'all-met'"
    ))  # fmt: skip
    return Counter(found.scalars())


async def test_a_year_of_the_course_brings_everybody_what_is_theirs(theatre: Theatre) -> None:
    """And the TRIO that never meets is asked once for each module, and then left alone."""
    await reach(theatre, date(2027, 5, 20))
    said = await theatre.read(heard)
    for phone, steps in {
        "mette": ("about", "usability-before", "insight", "invite", "talked", "usability"),
        "karin": ("digest", "insight", "leader#0"),
        "tove": ("insight",),
        "ali": ("insight",),
        "henrik": ("courses", "figures"),
    }.items():
        assert [step for step in steps if not said[phone][step]] == [], phone
    assert said["henrik"]["courses"] <= 7
    assert sum(said[phone]["find"] for phone in ("mette", "tove", "ali")) == 4

    asked = await theatre.read(asked_to_meet)
    times = {"trio-1", "trio-2", "trio-3", "trio-after"}
    assert {nudge for group, nudge in asked if group == "Skovbakken"} == times
    assert {count for (group, _), count in asked.items() if group == "Skovbakken"} == {1}
    assert await theatre.read(held) == {"Solgården": 4}


def test_the_colleagues_leave_unanswered_what_is_not_theirs_to_answer() -> None:
    choices = tuple(Choice(token=f"c:1:{one}", label=one) for one in ("delete", "keep"))
    asked = Message(name="really", spans=(Span(text="?"),), choices=choices)
    assert answer_to(Heard("jonas.berg@example.org", asked, "da")) is None
    find = asked.model_copy(update={
        "name": "find", "choices": (Choice(token="c:1:set", label="Ja"),)
    })  # fmt: skip
    answered = answer_to(Heard("jonas.berg@example.org", find, "da"))
    assert answered is not None
    assert answered.token == "c:1:set"
    assert answer_to(Heard("signe.krogh@example.org", find, "da")) is None


def test_no_course_is_held_at_christmas(theatre: Theatre) -> None:
    with theatre.wired.database.read() as unit:
        programme = programmes.find(unit, "municipal-course")
    assert programme is not None
    days = dict(course_days(programme, date(2026, 12, 24), theatre.wired.parts.holidays))
    assert days["start"] == date(2027, 1, 7)


@contextmanager
def enters(house: House, address: str) -> Iterator[httpx.Client]:
    """Somebody who has pressed the button and then the one of the door."""
    with httpx.Client(base_url=house.url, timeout=20) as visit:
        _let_in(house, address, visit)
        yield visit


def _let_in(house: House, address: str, visit: httpx.Client) -> None:
    asked = visit.post(address)
    assert asked.status_code == 303
    link = asked.headers["location"]
    assert link.startswith(house.url)
    assert visit.get(link).status_code == 200
    token = urlsplit(link).query.removeprefix("token=")
    entered = visit.post(urlsplit(link).path, data={"token": token})
    assert entered.status_code == 303


def days_of(house: House) -> dict[str, str]:
    [course] = house.state()["courses"]
    return {one["title"]["da"].split(":")[0]: one["date"] for one in course["modules"]}


def test_a_module_moved_in_the_console_moves_in_the_try_out(house: House) -> None:
    before = days_of(house)
    with enters(house, "/demo/console") as anna:
        listed = anna.get("/admin/courses").text
        cohort = re.search(r"/admin/courses/(?!start)[\w-]+", listed)
        assert cohort is not None
        moving = f"{cohort[0]}/move/module-1"
        page = anna.get(moving)
        mark = MARK.search(page.text)
        assert mark is not None
        moved = anna.post(moving, data={"form": mark[1], "day": "2027-02-18"})
        assert moved.status_code == 303, moved.text
        clock_moves(house, "monday")
        assert anna.get("/admin").status_code == 200  # a week later she is still there
    after = days_of(house)
    assert before["Modul 1"] != after["Modul 1"] == "2027-02-18"
    assert {**before, "Modul 1": ""} == {**after, "Modul 1": ""}


def test_each_phone_leads_to_its_persons_own_page(house: House) -> None:
    with enters(house, "/demo/phones/tove/mine") as tove:
        assert "Tove" in tove.get("/me").text
        assert tove.get("/admin").status_code == 403


def test_the_next_course_day_is_reached_in_one_move(house: House) -> None:
    clock_moves(house, "course")
    state = house.state()
    [course] = state["courses"]
    assert state["now"].startswith(course["modules"][0]["date"])
    clock_moves(house, "course")
    [course] = house.state()["courses"]
    assert [one["when"] for one in course["modules"]] == ["held", "next", "later", "later"]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["da", "en"])
def test_hr_sees_the_course_from_the_try_out(house: House, comes: Comes, language: str) -> None:
    visit = comes(house, language)
    expect(visit.page.locator(".course-day")).to_have_count(4)
    expect(visit.page.locator(".course-next")).to_have_count(1)
    visit.page.get_by_role("tab", name="Henrik").click()
    with visit.page.expect_popup() as opened:
        visit.page.get_by_role("button", name=visit.words.page["console"]).click()
    console = opened.value
    console.get_by_role("button").last.click()
    expect(console).to_have_url(re.compile(r"/admin$"))
    expect(console.locator("h1")).to_be_visible()
    visit.move("course")
    expect(visit.page.locator(".course-next .course-title")).not_to_be_empty()
    expect(visit.log("henrik").locator(".message")).not_to_have_count(0)
