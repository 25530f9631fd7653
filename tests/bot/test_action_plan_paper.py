"""The action plan as a page to bring along."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.papers.action_plan import ActionPlan, Looked, Planned, make_action_plan
from flows.model import LANGUAGES, Language

ON = date(2027, 5, 12)
LOOK = Looked(on=date(2027, 3, 24), went="partly", seen="Det går trægt", act="adjust")
ONE = Planned(
    plan="Fem minutters overlap", aim="Mindre tvivl", do="Tre uger", help="Hanne", looks=(LOOK,)
)


def reader(*actions: Planned, language: Language = "da") -> PdfReader:
    plan = ActionPlan(name="Mette Østergård", course="Ledelse", on=ON, actions=actions)
    return PdfReader(BytesIO(make_action_plan(plan, language)))


def text_of(made: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in made.pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", range(4))
def test_up_to_three_actions_are_one_tagged_page(count: int, language: Language) -> None:
    made = reader(*[ONE] * count, language=language)
    assert len(made.pages) == 1
    assert "/MarkInfo" in made.trailer["/Root"]
    page = made.pages[0].mediabox
    assert page.width > page.height


def test_everything_that_was_written_stands_on_it() -> None:
    said = text_of(reader(ONE))
    for words in ("Mette Østergård", ONE.plan, ONE.aim, ONE.do, ONE.help, LOOK.seen):
        assert words in said


def test_what_was_written_is_never_markup() -> None:
    odd = "#panic() $x$ *fed* _skrå_ <a> \\ [b] @c"
    assert odd in text_of(reader(Planned(plan=odd)))


def test_more_words_than_a_page_holds_go_on_to_the_next() -> None:
    long = Planned(plan="Vi prøver os frem. " * 150, do="slut-på-det-hele")
    made = reader(long, ONE, ONE)
    assert len(made.pages) > 1
    said = text_of(made)
    assert said.count(ONE.help) == 2
    assert "slut-på-det-hele" in said


def test_one_word_without_end_stays_on_the_page() -> None:
    assert len(reader(Planned(plan="x" * 300)).pages) == 1
