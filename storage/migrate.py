"""Bringing a database up to this program's schema: safe to run from two processes at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from storage.database import Database, confirm_key
from storage.errors import NotADatabase, SchemaMissing, SchemaTooNew
from storage.schema import metadata
from storage.sqlite import driver_of

# Any number will do, as long as every process takes the same one.
LOCK = 7_264_501_903


def head_revision() -> str:
    """The revision this program needs."""
    head = _scripts().get_current_head()
    if head is None:
        raise SchemaMissing("The program was installed without its migrations. Install it again.")
    return head


def current_revision(database: Database) -> str | None:
    """The revision the database is at; None for an empty one."""
    with database.read() as unit:
        return _revision(unit.connection)


def upgrade(database: Database, *, to: str | None = None) -> bool:
    """Runs what is missing, in one transaction, and checks the master key; True if any ran.

    `to` stops at an older revision, for tests. Raises SchemaTooNew when a newer version of the
    program has been here.
    """
    wanted = to or head_revision()
    with _locked(database) as connection:
        before = _revision(connection)
        if before is not None:
            _refuse_newer(database, before)
        changed = before != wanted
        if changed:
            if before is None:
                _refuse_strangers(connection, database.name)
            command.upgrade(_config(connection), wanted)
            _refuse_broken_references(database, connection)
    confirm_key(database)
    return changed


def require_current(database: Database) -> None:
    """For the programs that must not change the schema themselves."""
    revision = current_revision(database)
    if revision is not None:
        _refuse_newer(database, revision)
    if revision != head_revision():
        raise SchemaMissing(
            f"{database.name} is not up to date. Run `tillidsrum db upgrade` and try again."
        )


@lru_cache(maxsize=1)
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(None))


def _config(connection: Connection | None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _locked(database: Database) -> Iterator[Connection]:
    """One transaction that no other upgrade runs beside."""
    with database.clear_errors(), database.engine.connect() as connection:
        connection.execution_options(immediate=True)
        if not database.is_sqlite:
            with connection.begin():
                # The other process may take long; the lock ends with the transaction.
                connection.exec_driver_sql("SET LOCAL lock_timeout = '300s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
                yield connection
            return
        with _references_unchecked(connection), connection.begin():
            yield connection


@contextmanager
def _references_unchecked(connection: Connection) -> Iterator[None]:
    # Building a table anew drops the old one, and with its rows everything that points at them.
    driver = driver_of(connection)
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _refuse_newer(database: Database, revision: str) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision not in known:
        raise SchemaTooNew(
            f"{database.name} was written by a newer version of Tillidsrum (schema {revision}). "
            "Install that version, or restore a backup from before the upgrade with "
            "`tillidsrum db restore FILE`."
        )


def _refuse_strangers(connection: Connection, name: str) -> None:
    ours = set(metadata.tables).intersection(inspect(connection).get_table_names())
    if ours:
        raise NotADatabase(
            f"{name} has tables that were not made by Tillidsrum ({', '.join(sorted(ours))}). "
            "Name a file or a database of its own in TILLIDSRUM_DATABASE_URL."
        )


def _refuse_broken_references(database: Database, connection: Connection) -> None:
    if not database.is_sqlite:
        return
    broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if broken:
        raise NotADatabase(
            f"The upgrade of {database.name} would leave rows without what they belong to, in "
            f"{', '.join(sorted(broken))}. Nothing was changed; restore a backup and try again."
        )
