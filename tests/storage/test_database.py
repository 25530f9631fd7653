import sqlite3
import stat
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from storage.database import Database, Unit, open_database
from storage.encryption import Vault
from storage.errors import (
    CannotConnect,
    CannotCreate,
    DatabaseLocked,
    DiskFull,
    NotADatabase,
    WrongKey,
)
from storage.migrate import upgrade
from storage.schema import metadata
from storage.tables import Audit, Person, Setting, table
from tests.storage.rows import NOW, add_person

setting, audit, person = table(Setting), table(Audit), table(Person)
COUNT = select(setting.c.value).where(setting.c.key == "count")


def note_down(unit: Unit, what: str, at: datetime = NOW) -> None:
    unit.connection.execute(insert(audit), {"at": at, "what": what})


def noted(database: Database) -> list[str]:
    with database.read() as unit:
        return list(unit.connection.execute(select(audit.c.what).order_by(audit.c.seq)).scalars())


def test_what_a_unit_wrote_stands_when_it_ends(database: Database) -> None:
    with database.write() as unit:
        note_down(unit, "one")
        note_down(unit, "two")
    assert noted(database) == ["one", "two"]


def test_nothing_stands_when_an_exception_leaves_the_unit(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as unit:
            note_down(unit, "one")
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    assert noted(database) == []


def test_a_commit_is_there_when_the_database_is_opened_again(
    database: Database, database_url: str, vault: Vault
) -> None:
    with database.write() as unit:
        note_down(unit, "kept")
    database.close()
    again = open_database(database_url, vault=vault)
    assert noted(again) == ["kept"]
    again.close()


def test_two_writers_who_read_before_they_write_lose_nothing(database: Database) -> None:
    with database.write() as unit:
        unit.connection.execute(insert(setting), {"key": "count", "value": "0"})
    both_ready, errors = threading.Barrier(2), []
    reading = COUNT if database.is_sqlite else COUNT.with_for_update()

    def count_up() -> None:
        both_ready.wait(timeout=10)
        for _ in range(25):
            try:
                with database.write() as unit:
                    value = int(unit.connection.execute(reading).scalar_one())
                    more = update(setting).where(setting.c.key == "count")
                    unit.connection.execute(more.values(value=str(value + 1)))
            except DatabaseLocked as error:
                errors.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with database.read() as unit:
        assert (unit.connection.execute(COUNT).scalar_one(), errors) == ("50", [])


def test_a_writing_unit_holds_the_write_lock_before_its_first_statement(
    sqlite_database: Database,
) -> None:
    other = sqlite3.connect(str(sqlite_database.path), timeout=0, isolation_level=None)
    with sqlite_database.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    with sqlite_database.read():
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    other.close()


def test_a_reader_sees_one_state_while_others_write(sqlite_database: Database) -> None:
    with sqlite_database.read() as reading:
        assert reading.connection.execute(select(func.count()).select_from(audit)).scalar() == 0
        with sqlite_database.write() as unit:
            note_down(unit, "meanwhile")
        assert reading.connection.execute(select(func.count()).select_from(audit)).scalar() == 0
    assert noted(sqlite_database) == ["meanwhile"]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
    ],
)
def test_every_connection_keeps_the_promises(
    sqlite_database: Database, pragma: str, value: object
) -> None:
    with sqlite_database.read() as first, sqlite_database.write() as second:
        for unit in (first, second):
            assert unit.connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_the_file_and_its_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'store.db'}")
    upgrade(database)
    assert stat.S_IMODE((tmp_path / "var").stat().st_mode) == 0o700
    files = sorted((tmp_path / "var").iterdir())
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 3
    database.close()


def test_a_row_without_its_person_is_refused(database: Database) -> None:
    leave = metadata.tables["leave"]
    row = {"id": "l", "person_id": "nobody", "first_day": NOW.date(), "last_day": NOW.date()}
    with pytest.raises(IntegrityError), database.write() as unit:
        unit.connection.execute(insert(leave), row)


@pytest.mark.parametrize("clock_hours", [-5, 0, 2])
def test_moments_come_back_in_utc_to_the_microsecond(database: Database, clock_hours: int) -> None:
    zone = timezone(timedelta(hours=clock_hours))
    written = datetime(2026, 10, 25, 2, 30, 15, 123457, tzinfo=zone)
    with database.write() as unit:
        note_down(unit, "then", written)
    with database.read() as unit:
        read = unit.connection.execute(select(audit.c.at)).scalar_one()
        found = unit.connection.execute(select(audit.c.what).where(audit.c.at <= written)).all()
    assert (read, read.tzinfo, len(found)) == (written, UTC, 1)


def test_moments_sort_as_time_does(database: Database) -> None:
    moments = [datetime(year, 7, 1, tzinfo=UTC) for year in (1969, 2026, 1970, 2300)]
    with database.write() as unit:
        for at in moments:
            note_down(unit, "then", at)
    with database.read() as unit:
        assert list(
            unit.connection.execute(select(audit.c.at).order_by(audit.c.at)).scalars()
        ) == sorted(moments)


def test_a_moment_without_a_time_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 5, 9, 0)
    with pytest.raises(StatementError, match="time zone"), database.write() as unit:
        note_down(unit, "then", naive)


def test_the_database_tells_the_time_in_utc(database: Database) -> None:
    with database.read() as unit:
        moment = unit.now_database()
    assert moment.tzinfo is UTC
    assert abs(moment - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_given_clock_stands_in_for_the_databases(database_url: str) -> None:
    database = open_database(database_url, clock=lambda: NOW)
    with database.read() as unit:
        assert unit.now_database() == NOW
    database.close()


def test_another_master_key_is_refused_at_the_door(database: Database, database_url: str) -> None:
    with pytest.raises(WrongKey, match="TILLIDSRUM_SECRET_KEY") as refused:
        open_database(database_url, vault=Vault(bytes(32)))
    assert "original key" in str(refused.value)
    open_database(database_url, vault=database.vault).close()


def test_no_error_of_a_statement_tells_its_values(database: Database, vault: Vault) -> None:
    with database.write() as unit:
        add_person(unit.connection, vault, "canary-mette")
        unit.connection.execute(insert(setting), {"key": "canary-key", "value": "1"})
    rows: list[tuple[Table, dict[str, Any]]] = [
        (setting, {"key": "canary-key", "value": "canary-value"}),
        (person, {"id": "canary-jens", "language": "canary-da", "zone": None, "created_at": NOW}),
        (metadata.tables["leave"], {"id": "canary-1", "person_id": "canary-nobody",
                                    "first_day": NOW.date(), "last_day": NOW.date()}),
    ]  # fmt: skip
    for into, row in rows:
        with pytest.raises(IntegrityError) as failed, database.write() as unit:
            unit.connection.execute(insert(into), row)
        assert "canary" not in f"{failed.value} {failed.value!r} {failed.value.orig!r}"


def test_a_locked_file_says_who_to_stop(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    database = open_database(url, wait_seconds=0.01)
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked, match=r"store\.db is in use.*Stop the other one"):
        upgrade(database)
    other.close()
    database.close()


def test_a_full_disk_says_so_and_leaves_nothing_half_saved(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(database)
    with database.read() as unit:
        pages = unit.connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def fill_the_disk() -> None:
        with database.write() as unit:
            unit.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            note_down(unit, "before")
            note_down(unit, "canary" * 100_000)

    with pytest.raises(DiskFull, match="Make room"):
        fill_the_disk()
    assert noted(database) == []
    database.close()


def test_another_file_is_not_taken_for_a_database(tmp_path: Path) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Kære Mette, " * 200)
    with pytest.raises(NotADatabase, match=r"letter\.db .*TILLIDSRUM_DATABASE_URL") as refused:
        open_database(f"sqlite:///{letter}")
    assert "Mette" not in str(refused.value)
    assert letter.read_text().startswith("Kære")


def test_a_folder_in_the_way_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotCreate, match="TILLIDSRUM_DATABASE_URL"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'store.db'}")
    with pytest.raises(CannotCreate, match="own the folder"):
        open_database(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("url", ["", "store.db", "mysql://u:canary@h/d", "http://[canary"])
def test_another_kind_of_url_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(CannotConnect, match="sqlite:///FILE") as refused:
        open_database(url)
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///a.db?mode=ro"])
def test_a_sqlite_url_must_name_a_file_and_nothing_more(url: str) -> None:
    with pytest.raises(CannotCreate, match="three slashes"):
        open_database(url)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(CannotConnect, match=r"127\.0\.0\.1") as refused:
        open_database("postgresql://mette:canary@127.0.0.1:1/none", wait_seconds=1)
    assert "canary" not in str(refused.value)
