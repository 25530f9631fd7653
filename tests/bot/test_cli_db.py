"""The database's commands, and the doctor."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from storage import addresses, people
from storage.database import open_database
from storage.encryption import new_secret_key, parse_secret_key
from storage.ids import SeededIds
from tests.bot.calling import answer, call, free_port
from tests.bot.office import KARIN, METTE, NOW, Office, furnish

NEW_KEY = new_secret_key()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away from anybody's .env."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return furnish(tmp_path)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as held:
        yield held.getsockname()[1]


# --- db


def test_upgrading_makes_the_database_and_then_finds_it_current(tmp_path: Path) -> None:
    first = call("db", "upgrade", "--json", TILLIDSRUM_SECRET_KEY=NEW_KEY)
    again = call("db", "upgrade", "--json", TILLIDSRUM_SECRET_KEY=NEW_KEY)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert [answer(one)["changed"] for one in (first, again)] == [True, False]
    assert (tmp_path / "var" / "tillidsrum.db").is_file()


def test_a_backup_put_back_erases_again_whoever_was_erased_since(office: Office) -> None:
    assert call("db", "backup", "backup.db", office=office).exit_code == 0
    assert call("erase", METTE, "--yes", office=office).exit_code == 0
    refused = call("db", "restore", "backup.db", office=office)
    assert refused.exit_code == 1
    assert "--replace" in refused.stderr
    restored = call("db", "restore", "backup.db", "--replace", "--json", office=office)
    assert restored.exit_code == 0, restored.output
    assert answer(restored)["erased_again"] == 1
    assert Path(answer(restored)["aside"]).is_file()
    assert call("erase", METTE, "--yes", office=office).exit_code == 1
    assert call("erase", KARIN, "--yes", office=office).exit_code == 0


def test_a_backup_overwrites_nothing(office: Office) -> None:
    (office.folder / "backup.db").write_text("something else")
    result = call("db", "backup", "backup.db", office=office)
    assert result.exit_code == 1
    assert (office.folder / "backup.db").read_text() == "something else"


def test_what_is_no_backup_is_not_put_back(office: Office) -> None:
    (office.folder / "letter.txt").write_text("Dear Karin")
    result = call("db", "restore", "letter.txt", "--replace", office=office)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert call("erase", METTE, "--yes", office=office).exit_code == 0


def test_nothing_is_put_back_under_a_program_that_runs(office: Office) -> None:
    assert call("db", "backup", "backup.db", office=office).exit_code == 0
    running = open_database(office.url)
    with running.write():
        result = call("db", "restore", "backup.db", "--replace", office=office)
    running.close()
    assert result.exit_code == 1
    assert "is in use. Stop the program" in result.stderr


def test_a_backup_that_is_not_there_is_told(office: Office) -> None:
    result = call("db", "restore", "backup.db", office=office)
    assert result.exit_code == 1
    assert "There is no file backup.db." in result.stderr


# --- doctor


def checks(result: Result) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for one in answer(result)["checks"]:
        found.setdefault(one["name"], []).append(one["ok"])
    return found


def test_a_new_key_is_printed_and_nothing_else() -> None:
    result = call("doctor", "--new-key", TILLIDSRUM_NO_SUCH="1")
    assert result.exit_code == 0
    assert len(parse_secret_key(result.stdout)) == 32
    assert len(result.stdout.splitlines()) == 1


def test_a_well_kept_office_is_well(office: Office) -> None:
    result = call("doctor", "--json", office=office, TILLIDSRUM_PORT=free_port())
    found = checks(result)
    assert found.pop("dialogues") in ([True], [False])  # their own test says which
    assert found == {
        "settings": [True],
        "login": [True],
        "key": [True, True],
        "folders": [True],
        "database": [True],
        "clock": [True],
        "people": [True],
        "address": [True],
        "slack": [True],
        "telegram": [True],
        "papers": [True],
    }


def test_each_thing_that_is_wrong_is_told_with_its_mend(office: Office, taken_port: int) -> None:
    (office.folder / "var").chmod(0o755)
    settings = {"TILLIDSRUM_SECRET_KEY": NEW_KEY, "TILLIDSRUM_PORT": str(taken_port)}
    result = call("doctor", "--json", office=office, **settings)
    found = checks(result)
    assert result.exit_code == 1
    assert found["key"] == [True, False]
    assert found["folders"] == [False]
    assert found["address"] == [False]
    assert "chmod 700" in result.stdout


def test_who_has_no_address_or_closed_it_is_counted_and_not_named(office: Office) -> None:
    database = office.open()
    with database.write() as unit:
        people.add_person(unit, SeededIds(9), NOW, name="Birgit Holt", email="birgit@example.org")
        mette = people.find_by_email(unit, METTE)
        assert mette is not None
        addresses.close(unit, addresses.addresses_of(unit, mette.id)[0].id)
    database.close()
    result = call("doctor", "--json", office=office, TILLIDSRUM_PORT=free_port())
    said = [one["text"] for one in answer(result)["checks"] if one["name"] == "people"]
    assert [[int(one) for one in re.findall(r"\d+", text)] for text in said] == [[3, 1], [1]]
    assert [name for name in ("Mette", "Karin", "Birgit", METTE) if name in result.output] == []


def test_settings_that_cannot_be_read_do_not_end_the_examination() -> None:
    result = call("doctor", "--json", TILLIDSRUM_PROT="1", TILLIDSRUM_PORT="x")
    assert result.exit_code == 1
    assert checks(result)["settings"] == [False, False]
    assert checks(result)["papers"] == [True]


def test_the_doctor_makes_nothing(tmp_path: Path) -> None:
    result = call("doctor", "--json", TILLIDSRUM_SECRET_KEY=NEW_KEY, TILLIDSRUM_PORT=free_port())
    assert checks(result)["database"] == [True]
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_behind_is_told(office: Office) -> None:
    database = open_database(office.url)
    with database.write() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    database.close()
    result = call("doctor", "--json", office=office, TILLIDSRUM_PORT=free_port())
    assert checks(result)["database"] == [False]
    assert "tillidsrum db upgrade" in result.stdout
