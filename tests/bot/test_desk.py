"""A person's own papers, for whichever channel asks: theirs, in their language, and only theirs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.channels.base import DeliveryFailed
from bot.commands.store import parts_of
from bot.papers.desk import PAPERS, Desk
from bot.settings import Settings
from storage import erase, people
from storage.cohorts import begin_cohort
from storage.database import Database
from storage.ids import SeededIds
from tests.bot.office import METTE, MINE, NOT_MINE, NOW, furnish

DAYS = {"start": date(2026, 1, 14), "module-1": date(2026, 2, 25)}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = furnish(tmp_path).open()
    yield database
    database.close()


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, parts_of(Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}")))


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("curve", "image/png", b"\x89PNG"),
        ("sheet", "application/pdf", b"%PDF"),
        ("plan", "application/pdf", b"%PDF"),
        ("calendar", "text/calendar", b"BEGIN:VCALENDAR"),
        ("export", "application/zip", b"PK"),
        ("courses", "image/png", b"\x89PNG"),
        ("days", "image/png", b"\x89PNG"),
    ],
)
async def test_every_paper_is_made(desk: Desk, name: str, kind: str, begins: bytes) -> None:
    paper = await desk.paper("web", "mette", name)
    assert paper.media_type == kind
    assert paper.content.startswith(begins)
    assert paper.words
    assert paper.filename.isascii()


async def test_the_curve_is_told_in_words_too(desk: Desk) -> None:
    words = (await desk.paper("web", "mette", "curve")).words
    assert "4" in words


async def test_how_the_courses_go_is_drawn_for_nobody_but_whoever_runs_them(
    desk: Desk, database: Database
) -> None:
    empty = await desk.paper("web", "mette", "courses")
    with database.write() as unit:
        begin_cohort(unit, SeededIds(3), NOW, "municipal-course", "Nyborg", DAYS)
    assert await desk.paper("web", "mette", "courses") == empty
    with database.write() as unit:
        mette = people.find_by_email(unit, METTE)
        assert mette is not None
        people.change_person(unit, mette.id, roles="hr")
    seen = await desk.paper("web", "mette", "courses")
    assert "Nyborg" in seen.words
    assert seen.content != empty.content


async def test_the_export_holds_what_the_command_writes(desk: Desk) -> None:
    paper = await desk.paper("web", "mette", "export")
    with zipfile.ZipFile(io.BytesIO(paper.content)) as folder:
        names = set(folder.namelist())
        everything = folder.read("tillidsrum.json").decode()
    assert names == {"tillidsrum.json", "tillidsrum.html", "sheet.pdf", "curve.svg"}
    assert MINE["note"] in everything
    assert NOT_MINE["their-note"] not in everything


async def test_the_same_paper_is_the_same_file(desk: Desk) -> None:
    first, second = [await desk.paper("web", "mette", "curve") for _ in range(2)]
    assert first == second


async def test_papers_are_in_the_persons_language(desk: Desk, database: Database) -> None:
    danish = await desk.paper("web", "mette", "sheet")
    with database.write() as unit:
        mette = people.find_by_email(unit, METTE)
        assert mette is not None
        people.change_person(unit, mette.id, language="en")
    english = await desk.paper("web", "mette", "sheet")
    assert (danish.filename, english.filename) == ("aftale.pdf", "agreement.pdf")


@pytest.mark.parametrize("name", PAPERS)
async def test_nobody_gets_papers_at_an_address_that_is_nobodys(desk: Desk, name: str) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await desk.paper("telegram", "mette", name)
    assert failed.value.permanent


async def test_who_was_erased_has_no_papers(desk: Desk, database: Database) -> None:
    with database.write() as unit:
        mette = people.find_by_email(unit, METTE)
        assert mette is not None
        erase.delete_rows(unit, mette.id)
    with pytest.raises(DeliveryFailed, match="nobody is known there"):
        await desk.paper("web", "mette", "curve")


async def test_a_paper_that_there_is_not_is_refused(desk: Desk) -> None:
    with pytest.raises(DeliveryFailed, match="no such paper"):
        await desk.paper("web", "mette", "../secret")
