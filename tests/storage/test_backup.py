import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from storage.backup import Restored, backup, restore
from storage.copying import copy_rows, is_empty
from storage.database import Database, open_database
from storage.encryption import Vault
from storage.erase import erase_person
from storage.erasures import EraseLog
from storage.errors import (
    DatabaseLocked,
    NotADatabase,
    SchemaTooNew,
    StorageError,
    WouldOverwrite,
    WrongKey,
)
from storage.migrate import upgrade
from storage.schema import metadata
from storage.tables import Outbox, table
from tests.storage.rows import NOW
from tests.storage.test_erase import CANARY, JENS, METTE, everything, fill

outbox = table(Outbox)


@pytest.fixture
def copy(database: Database, vault: Vault, tmp_path: Path) -> Path:
    """A backup of a database with Mette and Jens in it."""
    fill(database, vault)
    file = tmp_path / "monday.backup"
    backup(database, file)
    return file


@pytest.fixture
def opened(database_url: str, vault: Vault) -> Iterator[list[Database]]:
    databases: list[Database] = []
    yield databases
    for each in databases:
        each.close()


def put_back(
    database: Database, url: str, vault: Vault, log: EraseLog, file: Path, *, replace: bool = True
) -> Restored:
    database.close()
    return restore(file, url, vault=vault, log=log, replace=replace)


def test_a_backup_put_back_is_what_was_there(
    database: Database, database_url: str, vault: Vault, log: EraseLog, copy: Path
) -> None:
    before = everything(database)
    with database.write() as unit:
        unit.connection.execute(outbox.delete())
    restored = put_back(database, database_url, vault, log, copy)
    assert everything(database) == before
    assert restored.erased == 0


def test_a_backup_is_one_file_for_its_owner_alone(copy: Path) -> None:
    assert [each.name for each in copy.parent.glob("monday*")] == ["monday.backup"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as driver:
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    driver.close()


def test_a_backup_holds_no_open_text(copy: Path, vault: Vault) -> None:
    assert f"{CANARY}@example.dk".encode() not in copy.read_bytes()


def test_a_backup_taken_while_others_write_is_whole(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    fill(database, vault)
    with database.write() as unit:
        unit.connection.execute(outbox.delete())
        backup(database, tmp_path / "monday.backup")
    copied = open_database(f"sqlite:///{tmp_path / 'monday.backup'}", vault=vault)
    with copied.read() as unit:
        assert len(unit.connection.execute(select(outbox.c.id)).all()) == 2
    copied.close()


def test_a_backup_does_not_overwrite(database: Database, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Kære Mette")
    with pytest.raises(WouldOverwrite, match="letter exists already"):
        backup(database, tmp_path / "letter")
    assert (tmp_path / "letter").read_text() == "Kære Mette"


def test_whoever_was_erased_stays_erased(
    database: Database, database_url: str, vault: Vault, log: EraseLog, copy: Path
) -> None:
    erase_person(database, log, METTE)
    assert METTE.encode() in copy.read_bytes()
    assert put_back(database, database_url, vault, log, copy).erased == 1
    left = everything(database)
    assert METTE not in left
    assert CANARY not in left
    assert JENS in left


def test_no_byte_of_the_erased_comes_back_with_the_file(
    sqlite_database: Database, vault: Vault, log: EraseLog, tmp_path: Path
) -> None:
    fill(sqlite_database, vault)
    backup(sqlite_database, tmp_path / "monday.backup")
    erase_person(sqlite_database, log, METTE)
    url = f"sqlite:///{sqlite_database.path}"
    put_back(sqlite_database, url, vault, log, tmp_path / "monday.backup")
    assert sqlite_database.path is not None
    for file in sqlite_database.path.parent.iterdir():
        assert METTE.encode() not in file.read_bytes()
        assert CANARY.encode() not in file.read_bytes()


def test_a_database_in_use_by_somebody_is_not_overwritten_unasked(
    database: Database, database_url: str, vault: Vault, log: EraseLog, copy: Path
) -> None:
    with database.write() as unit:
        unit.connection.execute(text("DELETE FROM audit"))
    before = everything(database)
    with pytest.raises(WouldOverwrite, match="--replace"):
        put_back(database, database_url, vault, log, copy, replace=False)
    assert everything(database) == before


def test_what_was_replaced_is_kept_aside(
    database: Database, database_url: str, vault: Vault, log: EraseLog, copy: Path
) -> None:
    with database.write() as unit:
        unit.connection.execute(text("DELETE FROM audit"))
    before = everything(database)
    restored = put_back(database, database_url, vault, log, copy)
    assert everything(database) != before
    assert restored.aside is not None
    aside = open_database(f"sqlite:///{restored.aside}", vault=vault)
    assert everything(aside) == before
    aside.close()


def test_a_running_program_keeps_its_database(
    sqlite_database: Database, vault: Vault, log: EraseLog, tmp_path: Path
) -> None:
    fill(sqlite_database, vault)
    backup(sqlite_database, tmp_path / "monday.backup")
    before = everything(sqlite_database)
    url = f"sqlite:///{sqlite_database.path}"
    with pytest.raises(DatabaseLocked, match="Stop the program"):
        restore(tmp_path / "monday.backup", url, vault=vault, log=log, replace=True)
    assert everything(sqlite_database) == before


def test_a_backup_of_another_master_key_is_refused_and_nothing_changes(
    database: Database, database_url: str, log: EraseLog, copy: Path
) -> None:
    before = everything(database)
    with pytest.raises(WrongKey):
        put_back(database, database_url, Vault(bytes(32)), log, copy)
    assert everything(database) == before
    assert list(copy.parent.glob("*.restoring*")) == []


@pytest.mark.parametrize("content", [b"", b"K\xc3\xa6re Mette" * 500, b"SQLite format 3\x00" * 64])
def test_another_file_is_not_taken_for_a_backup(
    database_url: str, vault: Vault, log: EraseLog, tmp_path: Path, content: bytes
) -> None:
    letter = tmp_path / "letter"
    letter.write_bytes(content)
    with pytest.raises(NotADatabase, match="letter"):
        restore(letter, database_url, vault=vault, log=log, replace=True)
    with pytest.raises(NotADatabase, match="no file"):
        restore(tmp_path / "none", database_url, vault=vault, log=log)


def test_a_damaged_backup_is_refused(
    database: Database, database_url: str, vault: Vault, log: EraseLog, copy: Path
) -> None:
    content = bytearray(copy.read_bytes())
    content[8192:20480] = b"\xff" * 12288
    copy.write_bytes(content)
    before = everything(database)
    with pytest.raises(StorageError):
        put_back(database, database_url, vault, log, copy)
    assert everything(database) == before


def test_a_backup_from_a_newer_program_is_refused(
    database: Database, database_url: str, vault: Vault, log: EraseLog, copy: Path
) -> None:
    with sqlite3.connect(copy) as driver:
        driver.execute("UPDATE alembic_version SET version_num = '9999'")
    driver.close()
    before = everything(database)
    with pytest.raises(SchemaTooNew):
        put_back(database, database_url, vault, log, copy)
    assert everything(database) == before


def test_a_damaged_database_can_be_replaced(
    sqlite_database: Database, vault: Vault, log: EraseLog, tmp_path: Path
) -> None:
    fill(sqlite_database, vault)
    backup(sqlite_database, tmp_path / "monday.backup")
    before = everything(sqlite_database)
    sqlite_database.close()
    assert sqlite_database.path is not None
    sqlite_database.path.write_bytes(b"not a database at all" * 1000)
    url = f"sqlite:///{sqlite_database.path}"
    restore(tmp_path / "monday.backup", url, vault=vault, log=log, replace=True)
    assert everything(sqlite_database) == before


def test_rows_are_numbered_on_from_where_the_other_database_was(
    database: Database, sqlite_database: Database, vault: Vault
) -> None:
    fill(sqlite_database, vault)
    copy_rows(sqlite_database, database)
    with database.write() as unit:
        highest = max(unit.connection.execute(select(outbox.c.id)).scalars())
        row = {"slot_key": "new", "person_id": JENS, "kind": "reply", "body_sealed": b"",
               "planned_at": NOW, "not_before": NOW}  # fmt: skip
        unit.connection.execute(insert(outbox), row)
        assert max(unit.connection.execute(select(outbox.c.id)).scalars()) == highest + 1


def test_a_database_moves_from_one_kind_to_the_other(
    database: Database, sqlite_database: Database, vault: Vault
) -> None:
    fill(sqlite_database, vault)
    assert is_empty(database)
    assert copy_rows(sqlite_database, database) > 2 * (len(metadata.tables) - 2)
    assert everything(database) == everything(sqlite_database)
    assert not is_empty(database)


def test_an_older_backup_is_upgraded_on_its_way_in(
    database_url: str, vault: Vault, log: EraseLog, tmp_path: Path
) -> None:
    old = open_database(f"sqlite:///{tmp_path / 'old.backup'}", vault=vault)
    upgrade(old, to="0001")
    old.close()
    restore(tmp_path / "old.backup", database_url, vault=vault, log=log, replace=True)
    database = open_database(database_url, vault=vault)
    assert database.has_table("share")
    database.close()
