import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from storage.database import Database, open_database
from storage.encryption import Vault
from storage.errors import NotADatabase, SchemaMissing, SchemaTooNew, WrongKey
from storage.migrate import current_revision, head_revision, require_current, upgrade
from storage.migrations.draft import draft
from storage.schema import metadata


@pytest.fixture
def empty(empty_url: str) -> Database:
    return open_database(empty_url, wait_seconds=5)


def test_an_empty_database_upgraded_is_what_the_tables_say(empty: Database) -> None:
    assert current_revision(empty) is None
    assert upgrade(empty)
    with empty.read() as unit:
        options = {"compare_type": True, "compare_server_default": True}
        history = MigrationContext.configure(unit.connection, opts=options)
        assert compare_metadata(history, metadata) == []
    assert current_revision(empty) == head_revision()
    empty.close()


def test_an_upgraded_database_has_the_partial_indexes_of_the_tables(empty: Database) -> None:
    upgrade(empty)
    kind = "sqlite" if empty.is_sqlite else "postgresql"
    with empty.read() as unit:
        there = {
            index["name"]: "where" in str(index["dialect_options"])
            for each in metadata.tables
            for index in inspect(unit.connection).get_indexes(each)
            if not index.get("duplicates_constraint")
        }
    wanted = {
        index.name: index.dialect_options[kind]["where"] is not None
        for each in metadata.tables.values()
        for index in each.indexes
    }
    assert there == wanted
    assert sum(wanted.values()) >= 6
    empty.close()


def test_a_second_upgrade_changes_nothing(empty: Database) -> None:
    assert upgrade(empty)
    assert not upgrade(empty)
    require_current(empty)
    empty.close()


def test_processes_that_start_together_upgrade_once(empty_url: str) -> None:
    ready, changed, errors = threading.Barrier(3), [], []

    def start() -> None:
        database = open_database(empty_url, vault=Vault(bytes(32)), wait_seconds=20)
        ready.wait(timeout=10)
        try:
            changed.append(upgrade(database))
        except Exception as error:
            errors.append(error)
            raise
        finally:
            database.close()

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert (sorted(changed), errors) == ([False, False, True], [])


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(empty: Database) -> None:
    with empty.write() as unit:
        unit.connection.execute(text("CREATE TABLE letters (id INTEGER)"))
        # The second migration makes this table: the first one is then already done.
        unit.connection.execute(text("CREATE VIEW pulse AS SELECT id FROM letters"))
    with pytest.raises(Exception, match="pulse"):
        upgrade(empty)
    assert current_revision(empty) is None
    assert not empty.has_table("person")
    empty.close()


def test_a_database_from_a_newer_program_is_refused(database: Database) -> None:
    with database.write() as unit:
        unit.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for check in (upgrade, require_current):
        with pytest.raises(SchemaTooNew, match=r"newer version.*9999.*Install that version"):
            check(database)


def test_tables_that_are_not_ours_are_left_alone(empty: Database) -> None:
    with empty.write() as unit:
        unit.connection.execute(text("CREATE TABLE person (id INTEGER)"))
    with pytest.raises(NotADatabase, match=r"not made by Tillidsrum \(person\)"):
        upgrade(empty)
    assert not empty.has_table("outbox")
    empty.close()


def test_a_program_that_may_not_upgrade_says_who_does(empty: Database) -> None:
    with pytest.raises(SchemaMissing, match="tillidsrum db upgrade"):
        require_current(empty)
    empty.close()


def test_the_first_upgrade_remembers_the_master_key(empty_url: str) -> None:
    database = open_database(empty_url, vault=Vault(bytes(32)))
    upgrade(database)
    database.close()
    with pytest.raises(WrongKey):
        open_database(empty_url, vault=Vault(bytes(range(32))))


def test_references_are_checked_again_after_an_upgrade(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(database)
    with database.read() as unit:
        assert unit.connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()


def test_an_upgrade_does_not_leave_rows_without_their_person(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    upgrade(database, to="0001")
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as careless:
        careless.execute("INSERT INTO leave VALUES ('l', 'nobody', '2026-01-05', '2026-01-09')")
    with pytest.raises(NotADatabase, match="without what they belong to, in leave"):
        upgrade(database)
    assert current_revision(database) == "0001"
    database.close()


def test_no_migration_is_missing_for_the_tables_as_they_are() -> None:
    assert [line.strip() for line in draft().splitlines()][1:-1] == ["pass"]
