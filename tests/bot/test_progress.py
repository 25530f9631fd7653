"""How the courses go, for whoever runs them: days, meetings as counts, and the bands they have been
given; the same in words and in a picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.course import planning
from bot.course.progress import Met, Overview, Progress, Rated, Stop, overview_of
from bot.course.progress_words import course_line, met_lines, rated_lines, say
from bot.papers.course_line import (
    SHOWN,
    WIDTH,
    Courses,
    courses_png,
    describe_courses,
    draw_courses,
)
from flows.figures import BANDS, Band, Given
from flows.model import LANGUAGES, Language
from storage import meetings, releases
from storage.cohorts import Cohort
from storage.database import Unit
from storage.meetings import State
from storage.releases import Released
from tests.bot.school import DAYS, School, course, nudge

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2027, 3, 20)
"""After the second of the three days."""


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    school = School(tmp_path)
    yield school
    school.close()


def overview(school: School, today: date = TODAY) -> Overview:
    karin = school.people["karin"]
    return school.does(lambda unit: overview_of(unit, karin, "da", today))


def meets(school: School, group: str, cohort: Cohort, module: str, state: State) -> None:
    def work(unit: Unit) -> None:
        made = meetings.open_meeting(
            unit, school.ids, school.clock(), group, cohort.id, module, school.people["mette"]
        )
        meetings.change_meeting(unit, made.id, state=state)

    school.does(work)


def is_given(school: School, question: str, band: Band | None, people: int = 8) -> None:
    """To Karin, as if she ran the courses."""
    behind = frozenset(f"{number:02x}" for number in range(people))
    given = Given(behind, band) if band else None
    released = Released(school.people["karin"], f"{question}:all", "2027-01-01", given)
    school.does(
        lambda unit: releases.put_release(unit, school.ids, school.clock(), released)
    )  # fmt: skip


# --- days and meetings


def test_a_course_has_its_days_those_that_have_been_and_the_next(school: School) -> None:
    school.starts()
    [one] = overview(school).courses
    assert [stop.held for stop in one.stops] == [True, True, False]
    assert one.next is not None
    assert one.next.day == DAYS["two"]


def test_meetings_are_counted_between_the_days_and_never_named(school: School) -> None:
    other = school.forms("Lindely", leader="bo")
    cohort = school.starts(groups=[school.trio, other])
    meets(school, school.trio, cohort, "one", "all-met")
    meets(school, other, cohort, "one", "some-met")
    meets(school, school.trio, cohort, "two", "set")
    [one] = overview(school).courses
    assert one.met == (Met(1, "trio", 2, 0, 0), Met(2, "trio", 0, 1, 1))
    told = " ".join(met_lines(one, "da"))
    assert "Rosengården" not in told
    assert "Lindely" not in told


def test_what_came_to_nothing_is_not_counted_against_anybody(school: School) -> None:
    cohort = school.starts()
    meets(school, school.trio, cohort, "one", "nothing")
    meets(school, school.trio, cohort, "two", "nothing")
    [one] = overview(school).courses
    assert one.met == (Met(1, "trio", 0, 0, 0), Met(2, "trio", 0, 0, 1))


def test_a_meeting_after_the_last_day_has_its_place_after_it(school: School) -> None:
    later = course(
        nudge("meet-2", "two", "convener", "trio-meeting", before=10),
        nudge("meet-after", "two", "convener", "trio-meeting", after=6),
    )
    school.imports(later)
    cohort = school.starts(programme=later)
    meets(school, school.trio, cohort, "two", "all-met")
    meets(school, school.trio, cohort, "", "set")
    [one] = overview(school, date(2027, 5, 20)).courses
    assert one.met == (Met(2, "trio", 1, 0, 0), Met(3, "trio", 0, 1, 0))


def test_a_network_meets_between_the_days_of_its_course(school: School) -> None:
    network = school.forms("Netværk Fyn", "network", member="bo")
    with_network = course(nudge("net", "one", "convener", "network-meeting", between="1/3"))
    school.imports(with_network)
    cohort = school.starts(programme=with_network, groups=[network], people=[])
    meets(school, network, cohort, "one", "all-met")
    [one] = overview(school).courses
    assert one.met == (Met(2, "network", 1, 0, 0),)


def test_a_pilot_is_named_one(school: School) -> None:
    school.starts(pilot=True)
    [one] = overview(school).courses
    assert one.pilot
    assert one.name in course_line(one, "da", TODAY)
    assert course_line(one, "da", TODAY) != course_line(one._replace(pilot=False), "da", TODAY)


def test_a_course_that_has_ended_stays_while_there_is_a_band_to_see(school: School) -> None:
    cohort = school.starts()
    is_given(school, f"{cohort.id}:after:focus", "high")
    another = school.starts(name="Et andet", groups=[], people=[school.people["mette"]])
    for one in (cohort, another):
        school.does(lambda unit, one=one: planning.end(unit, school.parts, one))  # type: ignore[misc]
    [one] = overview(school).courses
    assert (one.name, one.ended) == ("Nyborg 2027", True)


# --- bands


def test_bands_are_those_that_this_viewer_was_given(school: School) -> None:
    cohort = school.starts(pilot=True)
    is_given(school, f"{cohort.id}:before:usability", "low")
    is_given(school, f"{cohort.id}:one:after:relevance", "high")
    is_given(school, "tiltag-1:before:focus", "middle")
    found = overview(school)
    [one] = found.courses
    whole, module = one.rated
    assert (whole.title, whole.phases) == ("", {"before": {"usability": "low"}})
    assert (module.title, module.phases) == ("Modul one", {"after": {"relevance": "high"}})
    assert found.dialogue is not None
    assert found.dialogue.phases == {"before": {"focus": "middle"}}
    bo = school.does(lambda unit: overview_of(unit, school.people["bo"], "da", TODAY))
    assert bo.courses[0].rated == ()
    assert bo.dialogue is None


def test_where_there_is_to_be_no_figure_it_is_said(school: School) -> None:
    more = [school.hires(f"leder{number}") for number in range(5)]
    cohort = school.starts(people=more)
    for item in ("usability", "relevance", "focus"):
        is_given(school, f"{cohort.id}:before:{item}", None)
    found = overview(school)
    assert found.courses[0].rated == (Rated("", {"before": {}}),)
    assert len(list(rated_lines(found, "da"))) == 1


@pytest.mark.parametrize(("people", "told"), [(8, ["before", "after"]), (7, ["after"])])
def test_phases_stand_side_by_side_from_eight_answers_up(
    school: School, people: int, told: list[str]
) -> None:
    cohort = school.starts()
    is_given(school, f"{cohort.id}:before:usability", "low", people=9)
    is_given(school, f"{cohort.id}:after:usability", "high", people=people)
    assert list(overview(school).courses[0].rated[0].phases) == told


def test_what_was_given_last_counts_and_a_later_refusal_takes_nothing_back(school: School) -> None:
    cohort = school.starts()
    question = f"{cohort.id}:after:focus"
    is_given(school, question, "low")
    for period, given in (("2027-04-01", Given(frozenset(("aa",)), "high")), ("2027-07-01", None)):
        released = Released(school.people["karin"], f"{question}:all", period, given)
        school.clock.move_to(school.clock() + timedelta(minutes=1))
        school.does(
            lambda unit, one=released: releases.put_release(unit, school.ids, school.clock(), one)  # type: ignore[misc]
        )
    assert overview(school).courses[0].rated[0].phases == {"after": {"focus": "high"}}


def test_a_small_course_is_said_to_have_no_figures_before_anybody_has_answered(
    school: School,
) -> None:
    cohort = school.starts()
    found = overview(school)
    assert found.courses[0].small
    assert len(list(rated_lines(found, "da"))) == 1
    is_given(school, f"{cohort.id}:before:usability", None)
    assert list(rated_lines(overview(school), "da")) == list(rated_lines(found, "da"))


def test_a_band_that_was_given_stays_when_a_course_has_become_small(school: School) -> None:
    cohort = school.starts()
    is_given(school, f"{cohort.id}:before:usability", "low")
    [line] = rated_lines(overview(school), "da")
    assert say("low", "da") in line


# --- the picture


def some(count: int = 1, **changes: object) -> Overview:
    stops = (
        Stop("Opstart", date(2027, 1, 14), True),
        Stop("Modul 1: Lederens <rolle>", date(2027, 2, 25), True),
        Stop("Modul 2: Kultur", date(2027, 4, 15), False),
        Stop("Modul 3: Balance", date(2027, 6, 3), False),
    )
    met = (Met(1, "trio", 8, 0, 0), Met(2, "trio", 3, 4, 1))
    rated = (
        Rated("", {"before": {"usability": "middle", "relevance": "high", "focus": "low"}}),
        Rated("Modul 1: Lederens <rolle>", {"after": {"usability": "high"}}),
    )
    one = Progress("Nyborg", "Ledelse & trivsel", True, False, False, stops, met, rated)
    courses = tuple(one._replace(name=f"Nyborg {number}", **changes) for number in range(count))
    return Overview(courses, Rated("", {"after": {"focus": "high"}}))


def sheet(found: Overview, language: Language = "da") -> Courses:
    return Courses(found, TODAY, language)


def drawn(found: Overview, language: Language = "da") -> ElementTree.Element:
    return ElementTree.fromstring(draw_courses(sheet(found, language)))


def texts(picture: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("found", [some(), some(5), Overview((), None)], ids=["1", "5", "none"])
def test_the_picture_tells_a_screen_reader_all_that_it_shows(
    found: Overview, language: Language
) -> None:
    picture = drawn(found, language)
    said = picture.findtext(f"{SVG}desc")
    assert picture.get("role") == "img"
    assert said == describe_courses(sheet(found, language))
    assert said
    for course_ in found.courses:
        assert course_line(course_, language, TODAY) in said
    assert all(line in said for line in rated_lines(found, language))


def test_a_band_is_one_of_three_cells_and_no_number_stands_there() -> None:
    picture = drawn(some(met=(), stops=()))
    cells = [one.get("class") for one in picture.iter(f"{SVG}rect")][1:]
    rows, items = 3, 3
    assert len(cells) == rows * items * len(BANDS)
    assert cells.count("on-mark") == 5
    assert not any(character.isdigit() for said in texts(picture)[2:] for character in said
                   if "Modul" not in said)  # fmt: skip


def test_the_days_stand_in_their_order_and_what_has_been_is_ticked() -> None:
    picture = drawn(some())
    shown = texts(picture)
    titles = [one for one in shown if one.startswith(("Opstart", "Modul"))]
    assert titles[:4] == [one.title for one in some().courses[0].stops]
    assert len(list(picture.iter(f"{SVG}polyline"))) == 2
    assert len(list(picture.iter(f"{SVG}circle"))) == 4


def test_all_that_is_drawn_has_its_dark_colour() -> None:
    picture = drawn(some(2))
    style = picture.findtext(f"{SVG}style") or ""
    classes = {name for one in picture.iter() for name in (one.get("class") or "").split()}
    assert "prefers-color-scheme: dark" in style
    assert all(f".{name}{{" in style for name in classes)


def test_many_courses_make_no_endless_picture() -> None:
    few, many = drawn(some(SHOWN)), drawn(some(SHOWN + 6))
    assert float(many.get("height", "0")) < float(few.get("height", "0")) + 30


@pytest.mark.parametrize("found", [some(), Overview((), None)])
def test_the_png_is_three_times_as_wide_and_always_the_same(found: Overview) -> None:
    picture = courses_png(sheet(found))
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 3 * WIDTH
    assert picture == courses_png(sheet(found))


def test_a_long_course_is_no_taller_than_a_photo_may_be() -> None:
    stops = tuple(Stop(f"Modul {n}", date(2027, 1, n + 1), True) for n in range(25))
    rated = tuple(Rated(one.title, {"after": {"focus": "high"}}) for one in stops)
    picture = courses_png(sheet(some(SHOWN, stops=stops, rated=rated)))
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    assert width + height < 10_000
    assert height < 20 * width


def test_a_name_is_never_markup() -> None:
    assert "<rolle>" not in draw_courses(sheet(some()))
