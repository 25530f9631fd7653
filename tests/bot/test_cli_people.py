"""Export and erase: what an administrator may do for a person, without reading them."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import people
from storage.tables import Audit, Outbox, table
from tests.bot.calling import answer, call
from tests.bot.office import KARIN, METTE, MINE, NOT_MINE, Office, furnish

audit, outbox = table(Audit), table(Outbox)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from anybody's .env."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return furnish(tmp_path)


# --- export


def test_a_copy_is_written_for_the_person_and_nothing_of_it_is_shown(office: Office) -> None:
    result = call("export", METTE.upper(), "copy", office=office, says="yes\n")
    assert result.exit_code == 0, result.output
    files = {file.name for file in (office.folder / "copy").iterdir()}
    assert files == {"tillidsrum.json", "tillidsrum.html", "sheet.pdf", "curve.svg"}
    words = [*MINE.values(), *NOT_MINE.values(), "Mette", "Karin"]
    assert [word for word in words if word in result.output] == []


def test_the_person_is_told_and_the_copy_is_noted_without_content(office: Office) -> None:
    assert call("export", METTE, "copy", "--yes", office=office).exit_code == 0
    database = office.open()
    with database.read() as unit:
        mette = people.find_by_email(unit, METTE)
        assert mette is not None
        noted = unit.connection.execute(select(audit.c.what, audit.c.person_ref)).all()
        row = unit.connection.execute(
            select(outbox).where(outbox.c.slot_key.startswith("export:"))
        ).one()
        said = mette.key.open("outbox", "body_sealed", row.slot_key, row.body_sealed)
    database.close()
    assert ("exported by an administrator", mette.id) in [tuple(one) for one in noted]
    assert row.kind == "reply"
    assert row.person_id == mette.id
    assert json.loads(said)["name"] == "[exported-by-admin]"


def test_whoever_does_not_say_yes_makes_no_copy(office: Office) -> None:
    result = call("export", METTE, "copy", office=office, says="well\n")
    assert result.exit_code == 1
    assert result.stderr.endswith("Error: No copy was made.\n")
    assert call("export", METTE, "copy", office=office, says="").exit_code == 1
    assert not (office.folder / "copy").exists()


def test_a_copy_overwrites_nothing(office: Office) -> None:
    (office.folder / "copy").mkdir()
    result = call("export", METTE, "copy", "--yes", office=office)
    assert result.exit_code == 1
    assert "copy exists already. Name a new folder." in result.stderr


def test_a_copy_that_cannot_be_written_tells_nobody(office: Office) -> None:
    (office.folder / "a-file").write_text("")
    result = call("export", METTE, "a-file/copy", "--yes", office=office)
    assert result.exit_code == 1
    assert "a-file/copy cannot be written" in result.stderr
    database = office.open()
    with database.read() as unit:
        keys = unit.connection.execute(select(outbox.c.slot_key)).scalars().all()
    database.close()
    assert [key for key in keys if key.startswith("export:")] == []


# --- erase


def test_erasing_says_how_much_went_and_that_no_trace_is_left(office: Office) -> None:
    result = call("erase", METTE, office=office, says=f"{METTE.upper()} \n")
    assert result.exit_code == 0, result.output
    assert "note 1" in result.stdout
    assert "no traces are left" in result.stdout
    database = office.open()
    with database.read() as unit:
        assert people.find_by_email(unit, METTE) is None
        assert people.find_by_email(unit, KARIN) is not None
    database.close()
    assert len(office.log.read()) == 1


def test_another_address_the_second_time_erases_nobody(office: Office) -> None:
    result = call("erase", METTE, office=office, says=f"{KARIN}\n")
    assert result.exit_code == 1
    assert "nothing was erased" in result.stderr
    assert office.log.read() == []


def test_erasing_as_json_counts_rows_by_table(office: Office) -> None:
    result = call("erase", METTE, "--yes", "--json", office=office)
    assert result.exit_code == 0
    assert answer(result)["rows"]["note"] == 1
    assert answer(result)["traces_gone"] is True


def test_somebody_erased_already_is_not_found(office: Office) -> None:
    assert call("erase", METTE, "--yes", office=office).exit_code == 0
    assert call("erase", METTE, "--yes", office=office).exit_code == 1
