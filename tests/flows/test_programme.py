"""A programme's file: what it may say, and everything that is told of one that is wrong."""

from __future__ import annotations

import re
from datetime import date

import pytest

from flows.check_words import NEVER
from flows.course_days import WRONG as WRONG_DAYS
from flows.course_days import faults_of
from flows.course_days import worded as worded_day
from flows.load import shared_insights, shipped_catalogue, shipped_programmes
from flows.model import LANGUAGES
from flows.programme import OPENS, BadProgramme, Fault, Programme, Text, load_programme
from flows.programme_words import WRONG, worded

COURSE = """
id = "course"
version = 1
source = "seed 001"
title = { da = "Kursus", en = "Course" }
about = { da = "Om det", en = "About it" }

[[modules]]
id = "day-1"
title = { da = "Dag 1", en = "Day 1" }
about = { da = "Første", en = "First" }

[[modules.articles]]
title = { da = "Artikel", en = "Article" }
url = "https://example.org/article"
minutes = 8

[[modules]]
id = "day-2"
title = { da = "Dag 2", en = "Day 2" }
about = { da = "Anden", en = "Second" }

[[nudges]]
id = "read"
module = "day-1"
before = 8
for = "leader"
opens = "articles"

[[nudges]]
id = "note"
module = "day-1"
between = "1/3"
for = "leader"
opens = "insight"
insight = "own"

[[nudges]]
id = "rate"
module = "day-2"
months = 4
for = "leader"
opens = "evaluation"
evaluation = { phase = "later" }

[[nudges]]
id = "meet"
module = "day-2"
before = 10
for = "convener"
opens = "trio-meeting"

[[insights]]
id = "own"
title = { da = "Egen", en = "Own" }
text = { da = "Tekst", en = "Text" }
source = { da = "Kilde", en = "Source" }
"""


def faults(text: str) -> list[Fault]:
    with pytest.raises(BadProgramme) as refused:
        load_programme(text, "course.toml", shared_insights())
    return refused.value.faults


def test_a_course_is_read_as_it_is_written() -> None:
    course = load_programme(COURSE)
    assert [one.id for one in course.modules] == ["day-1", "day-2"]
    [article] = course.modules[0].articles
    assert (article.title.within("en"), article.minutes) == ("Article", 8)
    assert course.following("day-1") == course.module("day-2")
    assert course.following("day-2") is None
    insight = course.insight("own")
    assert insight is not None
    assert insight.text.within("da") == "Tekst"


def test_a_shared_insight_comes_along_by_its_name() -> None:
    course = load_programme(COURSE.replace('"own"', '"iglo"', 1), "c.toml", shared_insights())
    assert course.insight("iglo") == shared_insights()["iglo"]


NUDGE = "[[nudges]] 1 (read)"
WRONG_FILES = [
    ("id = [", "id =", Fault("", "", "no-toml")),
    ('source = "seed 001"\n', "", Fault("", "source", "missing")),
    ('title = { da = "Kursus", en = "Course" }', 'title = { da = "Kursus" }',
     Fault("", "title.en", "no-language")),
    ('version = 1', 'version = 1\ncolour = "red"', Fault("", "colour", "unknown")),
    ('version = 1', 'version = "one"', Fault("", "version", "no-number")),
    ('version = 1', 'version = 0', Fault("", "version", "no-number")),
    ('about = { da = "Første", en = "First" }', 'about = { da = "", en = "First" }',
     Fault("[[modules]] 1 (day-1)", "about.da", "no-text")),
    ('about = { da = "Første", en = "First" }', 'about = "First"',
     Fault("[[modules]] 1 (day-1)", "about", "no-table")),
    ("https://example.org/article", "http://example.org/article",
     Fault("[[modules]] 1 (day-1), [[articles]] 1", "url", "no-url")),
    ("https://example.org/article", "javascript:alert(1)",
     Fault("[[modules]] 1 (day-1), [[articles]] 1", "url", "no-url")),
    ("https://example.org/article", "https://user@example.org/",
     Fault("[[modules]] 1 (day-1), [[articles]] 1", "url", "no-url")),
    ("minutes = 8", "minutes = 0",
     Fault("[[modules]] 1 (day-1), [[articles]] 1", "minutes", "no-number")),
    ("minutes = 8", "minutes = 8\nminuts = 8",
     Fault("[[modules]] 1 (day-1), [[articles]] 1", "minuts", "unknown")),
    ('id = "note"', 'id = "read"', Fault("[[nudges]] 2 (read)", "id", "twice")),
    ('id = "day-2"', 'id = "Dag 2"', Fault("[[modules]] 2 (Dag 2)", "id", "no-name")),
    ("before = 8\n", "", Fault(NUDGE, "", "one-time")),
    ("before = 8\n", "before = 8\nafter = 2\n", Fault(NUDGE, "before, after", "one-time")),
    ("before = 8\n", "before = -1\n", Fault(NUDGE, "before", "no-number")),
    ('module = "day-1"\nbefore', 'module = "day-9"\nbefore', Fault(NUDGE, "module", "no-module")),
    ('opens = "articles"', 'opens = "article"', Fault(NUDGE, "opens", "not-one-of")),
    ('for = "leader"\nopens = "articles"', 'for = "everybody"\nopens = "articles"',
     Fault(NUDGE, "for", "not-one-of")),
    ('for = "leader"\nopens = "articles"', 'for = "convener"\nopens = "articles"',
     Fault(NUDGE, "for", "for-convener")),
    ('opens = "articles"', 'opens = "articles"\ninsight = "own"',
     Fault(NUDGE, "insight", "insight-only")),
    ('opens = "articles"', 'opens = "articles"\nevaluation = { phase = "after" }',
     Fault(NUDGE, "evaluation", "evaluation-only")),
    ('between = "1/3"', 'between = "third"', Fault("[[nudges]] 2 (note)", "between", "no-part")),
    ('between = "1/3"', 'between = "4/3"', Fault("[[nudges]] 2 (note)", "between", "no-part")),
    ('months = 4', 'between = "1/2"', Fault("[[nudges]] 3 (rate)", "between", "no-next")),
    ('insight = "own"\n', "", Fault("[[nudges]] 2 (note)", "insight", "wants-insight")),
    ('insight = "own"\n', 'insight = "none"\n',
     Fault("[[nudges]] 2 (note)", "insight", "no-insight")),
    ('evaluation = { phase = "later" }', "",
     Fault("[[nudges]] 3 (rate)", "evaluation", "wants-evaluation")),
    ('text = { da = "Tekst"', f'text = {{ da = "{"x" * 501}"',
     Fault("[[insights]] 1 (own)", "text.da", "too-long")),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "fault"), WRONG_FILES)
def test_what_is_wrong_is_told_with_its_table_and_key(right: str, wrong: str, fault: Fault) -> None:
    broken = wrong + COURSE if fault.wrong == "no-toml" else COURSE.replace(right, wrong, 1)
    assert broken != COURSE
    assert [one._replace(about="") for one in faults(broken)] == [fault]


def test_every_fault_there_is_has_a_file_that_shows_it() -> None:
    assert {fault.wrong for _, _, fault in WRONG_FILES} == set(WRONG)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_told_in_words_with_what_would_be_right(language: str) -> None:
    [fault] = faults(COURSE.replace('opens = "articles"', 'opens = "article"'))
    assert worded(fault, language).startswith("[[nudges]] 1 (read): opens ")
    assert all(name in worded(fault, language) for name in OPENS)
    [fault] = faults(COURSE.replace("minutes = 8", "minuts = 8\nminutes = 8"))
    assert "title, url, minutes" in worded(fault, language)
    for wrong, texts in WRONG.items():
        said = worded(Fault("[[nudges]] 1", "key", wrong, "this"), language)
        assert ("this" in said) == ("{about}" in texts[language])
        assert "{about}" not in said


def test_all_that_is_wrong_is_told_at_once() -> None:
    broken = COURSE.replace("before = 8\n", "").replace('"day-2"\nmonths', '"day-7"\nmonths')
    assert [(one.place, one.wrong) for one in faults(broken)] == [
        ("[[nudges]] 1 (read)", "one-time"),
        ("[[nudges]] 3 (rate)", "no-module"),
    ]


# --- what comes along

TEN = {
    "wellbeing-and-results", "what-it-costs", "reputation", "the-law", "innovation",
    "shared-responsibility", "open-channels", "stressors", "training-and-resources", "role-models",
}  # fmt: skip
MODELS = {
    "iglo", "six-golden-grains", "wellbeing-ladder", "culture", "psychological-safety",
    "self-determination", "resource-container", "scarf",
}  # fmt: skip


def shipped(name: str) -> Programme:
    return shipped_programmes()[name].programme


def texts(programme: Programme) -> list[Text]:
    modules = [text for one in programme.modules for text in (one.title, one.about)]
    insights = [text for one in programme.insights for text in (one.title, one.text, one.source)]
    return [programme.title, programme.about, *modules, *insights]


def test_the_municipal_course_is_a_workshop_and_three_modules_with_all_that_belongs_to_it() -> None:
    course = shipped("municipal-course")
    assert [one.for_ for one in course.modules] == ["trio", "leader", "leader", "leader"]
    for module in course.modules[1:]:
        before = {one.opens for one in course.nudges if one.module == module.id and one.before}
        assert {"articles", "trio-meeting"} <= before
    bring = [one for one in course.nudges if one.before == 1]
    assert [(one.module, one.opens) for one in bring] == [
        ("module-2", "action-plan"),
        ("module-3", "action-plan"),
    ]
    said = {one.insight for one in course.nudges if one.insight}
    assert said >= TEN | MODELS


def test_the_state_course_is_three_days_with_a_network_between() -> None:
    course = shipped("state-course")
    assert len(course.modules) == 3
    meetings = [one.module for one in course.nudges if one.opens == "network-meeting"]
    assert meetings == ["day-1", "day-2", "day-3"]
    assert not any(one.opens == "trio-meeting" for one in course.nudges)


@pytest.mark.parametrize("name", shipped_programmes())
def test_a_course_is_evaluated_before_after_and_later(name: str) -> None:
    plain = [one for one in shipped(name).nudges if one.evaluation and not one.pilot]
    phases = [one.evaluation.phase for one in plain if one.evaluation]
    assert phases == ["before", "after", "later"]
    pilot = [one.evaluation for one in shipped(name).nudges if one.evaluation and one.pilot]
    assert {one.of for one in pilot if one} == {"module"}


@pytest.mark.parametrize("name", shipped_programmes())
def test_a_shipped_programme_names_no_article_and_only_dialogues_that_there_are(name: str) -> None:
    assert not any(one.articles for one in shipped(name).modules)
    opened = {one.opens for one in shipped(name).nudges}
    assert opened <= set(shipped_catalogue().dialogues)


@pytest.mark.parametrize("name", shipped_programmes())
def test_its_words_ask_and_never_order_or_count(name: str) -> None:
    for text in texts(shipped(name)):
        for language in LANGUAGES:
            said = text.within(language)
            assert not [word for word in NEVER[language] if word in said.casefold()]
            assert not re.search(r"[*{}_`]", said)
        assert text.da != text.en or text.da.isascii()


# --- days


def wrong_days(**days: date) -> list[tuple[str, str]]:
    named = {name.replace("_", "-"): day for name, day in days.items()}
    found = faults_of(
        load_programme(COURSE), named, date(2027, 3, 1), frozenset([date(2027, 3, 25)])
    )
    return [(one.module, one.wrong) for one in found]


MONDAY, FRIDAY = date(2027, 3, 8), date(2027, 3, 12)


def test_days_in_order_on_working_days_are_fine() -> None:
    assert wrong_days(day_1=MONDAY, day_2=FRIDAY) == []


def test_each_day_that_cannot_be_is_told() -> None:
    assert wrong_days(day_1=MONDAY) == [("day-2", "missing")]
    assert wrong_days(day_1=MONDAY, day_2=FRIDAY, day_3=FRIDAY) == [("day-3", "unknown")]
    assert wrong_days(day_1=date(2027, 2, 26), day_2=FRIDAY) == [("day-1", "past")]
    assert wrong_days(day_1=MONDAY, day_2=date(2027, 3, 13)) == [("day-2", "weekend")]
    assert wrong_days(day_1=MONDAY, day_2=date(2027, 3, 25)) == [("day-2", "holiday")]
    assert wrong_days(day_1=FRIDAY, day_2=MONDAY) == [("day-2", "order")]
    assert wrong_days(day_1=MONDAY, day_2=MONDAY) == [("day-2", "order")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_off_is_told_with_days_that_would_do(language: str) -> None:
    days = {"day-1": MONDAY, "day-2": date(2027, 3, 27)}
    closed = frozenset([date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29)])
    [fault] = faults_of(load_programme(COURSE), days, date(2027, 3, 1), closed)
    assert (fault.before, fault.after) == (date(2027, 3, 24), date(2027, 3, 30))
    said = worded_day(fault, language)
    assert all(number in said for number in ("27", "24", "30", "2027"))
    assert set(WRONG_DAYS["missing"]) == set(LANGUAGES)
