"""SQLite: one file that holds every promise about commits, locks and erasure."""

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from storage.errors import (
    CannotCreate,
    DatabaseLocked,
    DiskFull,
    NotADatabase,
    StorageError,
)

NOW = "SELECT CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER) * 1000"

# Set on every new connection. FULL because NORMAL may lose commits at a power cut; secure_delete
# because a deleted text otherwise stays in the file; temporary pages never leave the memory.
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16384",  # 16 MB: else a big insert writes its pages out again and again
)


def make_engine(path: Path, *, durable: bool, wait_seconds: float) -> Engine:
    """An engine on a file that exists from now on; `durable=False` is for simulations."""
    create_file(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        hide_parameters=True,
        connect_args={"timeout": wait_seconds, "check_same_thread": False},
    )
    synchronous = "PRAGMA synchronous=FULL" if durable else "PRAGMA synchronous=OFF"

    @event.listens_for(engine, "connect")
    def prepare(driver: sqlite3.Connection, record: object) -> None:
        driver.isolation_level = None  # we say BEGIN ourselves, below
        mode = driver.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if mode != "wal":
            raise CannotCreate(_no_wal(path))
        for pragma in (*PRAGMAS, synchronous):
            driver.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("immediate", False)
        driver_of(connection).execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def driver_of(connection: Connection) -> Any:
    """The driver's own connection: for the few statements where SQLAlchemy's way costs more."""
    return connection.connection.driver_connection


def create_file(path: Path) -> None:
    """Makes the folder (0700) and the file (0600), or says why not."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise CannotCreate(
            f"The database {path} cannot be opened for writing ({error.strerror}). Let the user "
            "who runs the program own the folder, or name another file in TILLIDSRUM_DATABASE_URL."
        ) from None
    with contextlib.suppress(PermissionError):  # a file that belongs to somebody else stays so
        path.chmod(0o600)


def _no_wal(path: Path) -> str:
    return (
        f"The folder of {path} does not allow SQLite's write-ahead log; it is perhaps a network "
        "folder. Put the database on a local disk, or use PostgreSQL."
    )


def clear_error(error: BaseException | None, where: str) -> StorageError | None:
    """What an error of the driver means for whoever runs the program; None: nothing we know."""
    if not isinstance(error, sqlite3.Error):
        return None
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DatabaseLocked(
                f"{where} is in use by another process that does not let go. Stop the other one "
                "(a second `tillidsrum run`, a backup, an open database browser) and try again."
            )
        case sqlite3.SQLITE_FULL:
            return DiskFull(f"The disk of {where} is full. Make room; nothing was half saved.")
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return NotADatabase(
                f"{where} is not a SQLite database, or it is damaged. Name the right file in "
                "TILLIDSRUM_DATABASE_URL, or put a backup back with `tillidsrum db restore FILE`."
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return CannotCreate(
                f"{where} cannot be written. Let the user who runs the program own the file and "
                "its folder, and see that the disk is not mounted read-only."
            )
        case sqlite3.SQLITE_IOERR:
            return StorageError(f"The disk of {where} gives errors. Check the disk; have a backup.")
        case _:
            return None
