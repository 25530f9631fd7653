import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table

from bot.clock import SetClock
from bot.export import EVERYTHING, PAGE, copy_of, files_of, write_files
from bot.export_page import PARTS, make_page
from bot.export_texts import HEADINGS
from bot.parts import Parts
from bot.wiring import holidays_around
from flows.load import shipped_catalogue
from flows.model import LANGUAGES
from storage import people
from storage.database import Database
from storage.erase import owner_columns
from storage.export import SECTIONS, WITHHELD, gather
from storage.ids import SeededIds
from storage.schema import metadata
from storage.tables import PERSON_REF
from tests.bot.office import KARIN, METTE, MINE, NOT_MINE, NOW, THEIRS, Office, furnish

CATALOGUE = shipped_catalogue()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return furnish(tmp_path)


@pytest.fixture
def database(office: Office) -> Iterator[Database]:
    opened = office.open()
    yield opened
    opened.close()


def told_to(database: Database, email: str) -> dict[str, Any]:
    with database.read() as unit:
        profile = people.find_by_email(unit, email)
        assert profile is not None
        return gather(unit, profile)


def files_for(office: Office, database: Database, email: str) -> dict[str, bytes]:
    clock = SetClock(NOW)
    parts = Parts(
        catalogue=CATALOGUE,
        clock=clock,
        ids=SeededIds(1),
        holidays=holidays_around(clock),
        erase_log=office.log,
    )
    with database.read() as unit:
        profile = people.find_by_email(unit, email)
        assert profile is not None
        return files_of(copy_of(unit, parts, profile))


def columns_that_are_somebodys() -> set[tuple[str, str]]:
    """(table, column) by which a row is a person's: straight, or with a row that is a person's."""
    found: set[tuple[str, str]] = set()
    owned: set[Table] = set()
    for each in metadata.sorted_tables:  # what is pointed at comes first
        owners = [*owner_columns(each), *(one for one in each.columns if one.info == PERSON_REF)]
        if not owners:
            owners = [one for one in each.columns if _goes_with(one, owned)]
        if owners:
            owned.add(each)
            found |= {(each.name, one.name) for one in owners}
    return found


def _goes_with(column: Column[Any], owned: set[Table]) -> bool:
    return any(
        one.ondelete == "CASCADE" and one.column.table in owned for one in column.foreign_keys
    )


def test_every_table_with_a_person_in_it_is_told_or_withheld_for_a_reason() -> None:
    told = {(section.whose.table.name, section.whose.name) for section in SECTIONS}
    withheld = {one for one in columns_that_are_somebodys() if one[0] in WITHHELD}
    assert told | withheld == columns_that_are_somebodys()
    assert {name for name, _ in withheld} == set(WITHHELD)


def test_every_section_has_something_of_somebody_who_did_everything(database: Database) -> None:
    told = told_to(database, METTE)
    assert [name for name, rows in told.items() if not rows] == []


def test_every_word_of_ones_own_is_in_the_copy(database: Database) -> None:
    written = json.dumps(told_to(database, METTE), ensure_ascii=False)
    assert [mark for mark in MINE.values() if mark not in written] == []
    assert METTE in written


def test_what_was_shared_is_told_while_it_is_shared_and_nothing_else_of_others(
    database: Database,
) -> None:
    written = json.dumps(told_to(database, METTE), ensure_ascii=False)
    assert THEIRS["received"] in written
    assert [mark for mark in NOT_MINE.values() if mark in written] == []


def test_the_nearest_leader_gets_what_was_shared_with_them_and_no_more(
    database: Database,
) -> None:
    told = told_to(database, KARIN)
    assert [one["text"] for one in told["shares_received"]] == [MINE["given"]]
    written = json.dumps(told, ensure_ascii=False)
    assert [name for name, mark in MINE.items() if mark in written] == ["given"]


def test_others_are_told_by_name_and_never_by_their_id(database: Database) -> None:
    told = told_to(database, METTE)
    with database.read() as unit:
        karin = people.find_by_email(unit, KARIN)
    assert karin is not None
    assert karin.id not in json.dumps(told)
    assert told["pairs"][0]["nearest_leader"] == "Karin Lund"


def test_the_copy_is_whole_without_conversion(database: Database) -> None:
    told = told_to(database, METTE)
    assert json.loads(json.dumps(told)) == told
    assert told["pulse"][0]["value"] == 2
    assert told["person"]["created_at"] == NOW.isoformat()
    assert told["occurrences"][0]["outcome"] == "yes"
    assert told["agreements"][0]["text"] == MINE["agreement"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_part_and_every_word_as_text(database: Database, language: str) -> None:
    told = told_to(database, METTE)
    page = make_page(told, language, CATALOGUE, date(2026, 1, 5))  # type: ignore[arg-type]
    assert page.startswith("<!doctype html>")
    assert all(HEADINGS[name][language] in page for name in PARTS)  # type: ignore[index]
    assert "answer-mark &lt;script&gt;alert(1)&lt;/script&gt; &amp; æøå" in page
    assert "<script" not in page
    wanted = {**MINE, **THEIRS}
    chat_only = wanted.pop("said")
    assert [mark for mark in wanted.values() if mark.split(" ")[0] not in page] == []
    assert chat_only not in page


def test_a_page_of_somebody_who_has_done_nothing_says_so(database: Database) -> None:
    told = {name: [] for name in told_to(database, METTE)} | {"person": {"name": "Ny"}}
    page = make_page(told, "da", CATALOGUE, date(2026, 1, 5))
    assert page.count("Ikke noget.") == len(PARTS) - 2


def test_papers_come_along_only_when_there_is_something_on_them(
    office: Office, database: Database
) -> None:
    assert set(files_for(office, database, METTE)) == {
        EVERYTHING,
        PAGE,
        "sheet.pdf",
        "curve.svg",
    }
    assert set(files_for(office, database, KARIN)) == {EVERYTHING, PAGE}


def test_the_files_are_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "for" / "mette"
    write_files(folder, {PAGE: b"hello"})
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / PAGE).stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten_and_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "empty").mkdir()
    for name in ("link", "empty"):
        with pytest.raises(FileExistsError):
            write_files(tmp_path / name, {PAGE: b"hello"})
    assert not (tmp_path / "elsewhere").exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_copy_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        write_files(tmp_path / "copy", {PAGE: b"hello", "none/there": b""})
    assert list(tmp_path.iterdir()) == []
