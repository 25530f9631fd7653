"""Opening the store, and the unit of work in which everything happens.

    with database.write() as unit:
        unit.connection.execute(...)

A unit commits when its block ends and rolls back when an exception leaves it. A writing unit
takes SQLite's write lock at once (BEGIN IMMEDIATE): what it reads stays true until it commits.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, inspect, make_url, select
from sqlalchemy.dialects import postgresql as postgresql_dialect
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import ArgumentError, DBAPIError

from storage import postgresql, sqlite
from storage.columns import from_microseconds
from storage.encryption import Vault, wrong_key_message
from storage.errors import CannotConnect, CannotCreate, StorageError, WrongKey
from storage.tables import Setting, table

Clock = Callable[[], datetime]

KEY_CHECK = "secret_key_check"
_setting = table(Setting)
_key_check = select(_setting.c.value).where(_setting.c.key == KEY_CHECK)


@dataclass(frozen=True, slots=True)
class Unit:
    """One transaction: a Core connection and the database it belongs to. `driver`: SQLite's own
    connection, None for PostgreSQL."""

    connection: Connection
    database: "Database"
    driver: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        driver = sqlite.driver_of(self.connection) if self.database.is_sqlite else None
        object.__setattr__(self, "driver", driver)

    def now_database(self) -> datetime:
        """The database's clock in UTC, the same for every process: what leases are told by."""
        if self.database.clock is not None:
            return self.database.clock()
        if self.database.is_sqlite:
            return from_microseconds(self.connection.exec_driver_sql(sqlite.NOW).scalar_one())
        moment: datetime = self.connection.exec_driver_sql(postgresql.NOW).scalar_one()
        return moment.astimezone(UTC)


class Database:
    """An open store. `path` is the file of SQLite, None for PostgreSQL."""

    def __init__(
        self, engine: Engine, *, path: Path | None, vault: Vault | None, clock: Clock | None
    ) -> None:
        self.engine = engine
        self.path = path
        self.vault = vault
        self.clock = clock
        self.is_sqlite = path is not None
        self._writing = engine.execution_options(immediate=True)
        # What errors call it: never with the password.
        self.name = str(path) if path else engine.url.render_as_string(hide_password=True)

    def write(self) -> AbstractContextManager[Unit]:
        return self._unit(self._writing)

    def read(self) -> AbstractContextManager[Unit]:
        """Sees one and the same state from its first statement on (PostgreSQL: per statement)."""
        return self._unit(self.engine)

    @contextmanager
    def _unit(self, engine: Engine) -> Iterator[Unit]:
        with self.clear_errors(), engine.begin() as connection:
            yield Unit(connection, self)

    @contextmanager
    def clear_errors(self) -> Iterator[None]:
        """Turns what the driver says into the StorageError that names the mend."""
        try:
            yield
        except (DBAPIError, sqlite3.Error, psycopg.Error) as error:
            clear = self.clear_error(error)
            if clear is None:
                raise
            raise clear from None

    def clear_error(self, error: Exception) -> StorageError | None:
        """The StorageError that names the mend, or None for an error of another kind."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        return sqlite.clear_error(cause, self.name) or postgresql.clear_error(cause, self.name)

    def has_table(self, name: str) -> bool:
        with self.read() as unit:
            return inspect(unit.connection).has_table(name)

    def checkpoint(self) -> bool:
        """Empties SQLite's write-ahead log into the file; False while a reader holds it open."""
        if not self.is_sqlite:
            return True
        with self.engine.connect() as connection:
            busy = sqlite.driver_of(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return bool(busy.fetchone()[0] == 0)

    def close(self) -> None:
        self.engine.dispose()


def open_database(
    url: str,
    *,
    vault: Vault | None = None,
    clock: Clock | None = None,
    durable: bool = True,
    wait_seconds: float = 10.0,
) -> Database:
    """Opens `sqlite:///file.db` or `postgresql://user:password@host/name`.

    `clock` stands in for the database's own clock, for time travel; `durable=False` lets SQLite
    commit without waiting for the disk, for simulations. Raises a StorageError that names the
    mend; WrongKey when the vault is not the one the database was made with.
    """
    path = database_file(url)
    if path is not None:
        engine = sqlite.make_engine(path, durable=durable, wait_seconds=wait_seconds)
    else:
        engine = postgresql.make_engine(_parse(url), wait_seconds=wait_seconds)
    database = Database(engine, path=path, vault=vault, clock=clock)
    if database.has_table("setting"):
        confirm_key(database)
    return database


def confirm_key(database: Database) -> None:
    """Remembers at the first start which master key this is, and refuses another one after."""
    if database.vault is None:
        return
    with database.read() as unit:
        stored = unit.connection.execute(_key_check).scalar()
    if stored is None:
        stored = _remember_key(database, database.vault)
    if not database.vault.fits(stored):
        raise WrongKey(wrong_key_message())


def _remember_key(database: Database, vault: Vault) -> str:
    """What is stored in the end: processes that start together may each try to be the first."""
    dialect = sqlite_dialect if database.is_sqlite else postgresql_dialect
    first = dialect.insert(_setting).on_conflict_do_nothing()
    with database.write() as unit:
        unit.connection.execute(first, {"key": KEY_CHECK, "value": vault.check_value})
        stored: str = unit.connection.execute(_key_check).scalar_one()
        return stored


def _parse(url: str) -> URL:
    written = "postgresql" + url.removeprefix("postgres") if url.startswith("postgres:") else url
    try:
        where = make_url(written)
    except (ArgumentError, ValueError):
        raise CannotConnect(_not_a_url()) from None
    if where.drivername not in ("sqlite", "postgresql", postgresql.DRIVER):
        raise CannotConnect(_not_a_url())
    return where


def _not_a_url() -> str:
    return "TILLIDSRUM_DATABASE_URL must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."


def database_file(url: str) -> Path | None:
    """The file of a SQLite URL; None for PostgreSQL."""
    where = _parse(url)
    return _sqlite_file(where) if where.get_backend_name() == "sqlite" else None


def _sqlite_file(where: URL) -> Path:
    if not where.database or where.database == ":memory:" or where.query:
        raise CannotCreate(
            "TILLIDSRUM_DATABASE_URL must name a file and nothing more, for instance "
            "sqlite:///var/tillidsrum.db (three slashes: below this folder; four: from the root)."
        )
    return Path(where.database)
