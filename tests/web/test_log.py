"""The log in the console: names only where somebody did something about somebody else."""

from __future__ import annotations

import ast
from pathlib import Path

import bot
from bot.web.page_texts_log import line_text
from storage import audit, erase
from tests.web.house import House, words

SOURCES = Path(bot.__file__).parent
SAMPLES = ("slack", "3", "admin", "me", "module-1")
SELDOM = {"simulation"}
"""A folder whose lines are no log."""


def noted_in_the_source() -> set[str]:
    """What is noted anywhere, each slot as ␀."""
    found = set()
    for file in SOURCES.rglob("*.py"):
        if SELDOM & set(file.parts):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            is_note = isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.note"
            if is_note and len(node.args) > 2:  # type: ignore[attr-defined]
                found.add(_template(node.args[2]))  # type: ignore[attr-defined]
    return {one for one in found if one}


def _template(written: ast.expr) -> str:
    if isinstance(written, ast.Constant):
        return str(written.value)
    if isinstance(written, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "␀" for one in written.values)
        return "".join(map(str, parts))
    return ""


def test_every_line_that_is_noted_has_danish_words() -> None:
    known = noted_in_the_source()
    assert len(known) > 15
    unworded = {
        line for line in known
        if all(line_text(line.replace("␀", one), "da") == line.replace("␀", one) for one in SAMPLES)
    }  # fmt: skip
    assert unworded == set()


def test_a_line_of_another_release_is_shown_as_it_was_written() -> None:
    assert line_text("something new", "da") == "something new"


async def test_what_somebody_does_with_their_own_data_is_told_without_a_name(house: House) -> None:
    note = audit.note
    house.does(lambda unit: note(unit, house.clock(), "export asked for", house.mette.id))
    browser = await house.enters(house.anna)
    assert "Mette" not in words(await browser.opens("/admin/log"))
    moved = "nearest leader changed"
    house.does(lambda unit: note(unit, house.clock(), moved, house.mette.id, by=house.henrik.id))
    shown = words(await browser.opens("/admin/log"))
    assert "Mette Holm" in shown
    assert "Henrik Holm" in shown
    own = words(await browser.opens(f"/admin/people/{house.mette.id}"))
    assert line_text(moved, "da") in own
    assert line_text("export asked for", "da") not in own


async def test_whoever_is_erased_has_no_name_in_the_log(house: House) -> None:
    at = house.clock()
    for by, about in ((house.henrik, house.mette), (house.mette, house.karin)):
        house.does(
            lambda unit, by=by, about=about: audit.note(  # type: ignore[misc]
                unit, at, "nearest leader changed", about.id, by=by.id
            )
        )
    erase.erase_person(house.wired.database, house.wired.parts.erase_log, house.mette.id)
    browser = await house.enters(house.anna)
    shown = words(await browser.opens("/admin/log"))
    assert "Mette" not in shown
    assert "Henrik Holm" in shown


async def test_the_log_goes_on_page_after_page(house: House) -> None:
    for one in range(120):
        house.does(lambda unit, one=one: audit.note(unit, house.clock(), f"line {one}", None))  # type: ignore[misc]
    browser = await house.enters(house.anna)
    path, seen = "/admin/log", ""
    for _ in range(3):
        shown = await browser.opens(path)
        seen += shown.text
        path = shown.text.partition('rel="next"')[0].rpartition('href="')[2].rstrip('" ')
    assert all(f"line {one}<" in seen for one in range(120))
