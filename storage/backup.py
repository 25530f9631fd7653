"""Backups: one SQLite file whichever database it came from, and back into either.

A backup holds everything sealed as it was; it is worth nothing without the master key, which is
not in it. Putting one back erases again, before anything is sent, whoever was erased since.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.copying import copy_rows, is_empty
from storage.database import Database, database_file, open_database
from storage.encryption import Vault
from storage.erase import replay
from storage.erasures import EraseLog
from storage.errors import DatabaseLocked, NotADatabase, StorageError, WouldOverwrite
from storage.migrate import upgrade
from storage.sqlite import clear_error, create_file, driver_of

SIDE_FILES = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside` is where what was there before is kept; `erased` had come back and are gone again."""

    aside: Path | None
    erased: int


def backup(database: Database, file: Path) -> None:
    """Writes a consistent backup while the program runs. Refuses to overwrite."""
    if file.exists():
        raise WouldOverwrite(f"{file} exists already. Name a new file for the backup.")
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    create_file(unfinished)
    if database.is_sqlite:
        _copy_file(database, unfinished)
    else:
        _copy_tables(database, unfinished)
    _to_disk(unfinished)
    unfinished.replace(file)


def restore(
    file: Path, url: str, *, vault: Vault, log: EraseLog, replace: bool = False
) -> Restored:
    """Puts a backup in the place of the database at `url`, with the program stopped.

    The backup is opened, upgraded, checked against the master key and has its erased people
    erased in a copy beside it first: whatever is wrong, the database is left as it was.
    """
    _refuse_other_files(file)
    target = database_file(url)
    staged = (target or file).with_name((target or file).name + ".restoring")
    try:
        erased = _stage(file, staged, vault, log)
        aside = (
            _swap_in(staged, target, replace)
            if target
            else _pour_in(staged, url, vault, file, replace)
        )
    finally:
        _remove(staged)
    return Restored(aside, erased)


def _copy_file(database: Database, file: Path) -> None:
    with (
        database.clear_errors(),
        database.engine.connect() as connection,
        closing(sqlite3.connect(file)) as copy,
    ):
        driver_of(connection).backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing left beside it


def _copy_tables(database: Database, file: Path) -> None:
    copy = open_database(f"sqlite:///{file}")
    try:
        upgrade(copy)
        copy_rows(database, copy)
        _as_one_file(copy)
    finally:
        copy.close()


def _as_one_file(database: Database) -> None:
    database.checkpoint()
    database.engine.dispose()
    with closing(sqlite3.connect(str(database.path))) as driver:
        driver.execute("PRAGMA journal_mode=DELETE")


def _refuse_other_files(file: Path) -> None:
    if not file.is_file():
        raise NotADatabase(f"There is no file {file}. Name the backup to put back.")
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as driver:
            sound = driver.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            ours = driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
            if sound and ours.fetchone():
                return
    except sqlite3.Error as error:
        raise clear_error(error, str(file)) or StorageError(_no_backup(file)) from None
    raise NotADatabase(_no_backup(file))


def _no_backup(file: Path) -> str:
    return (
        f"{file} is not a whole backup of Tillidsrum. Name a file that `tillidsrum db backup` made."
    )


def _stage(file: Path, staged: Path, vault: Vault, log: EraseLog) -> int:
    _remove(staged)
    create_file(staged)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(staged)) as copy:
        source.backup(copy)
    database = open_database(f"sqlite:///{staged}", vault=vault)
    try:
        upgrade(database)
        erased = replay(database, log)
        _as_one_file(database)
    finally:
        database.close()
    return erased


def _swap_in(staged: Path, target: Path, replace: bool) -> Path | None:
    aside = None
    if target.exists() and target.stat().st_size > 0:
        if not replace:
            raise WouldOverwrite(_say_replace(str(target)))
        _refuse_while_in_use(target)
        aside = _aside(target)
        target.replace(aside)
        for side in SIDE_FILES:
            target.with_name(target.name + side).unlink(missing_ok=True)
    _to_disk(staged)
    staged.replace(target)
    return aside


def _refuse_while_in_use(target: Path) -> None:
    """Also empties the log into the file, so that what is put aside is whole."""
    with closing(sqlite3.connect(target, timeout=1.0, isolation_level=None)) as driver:
        try:
            driver.execute("PRAGMA locking_mode=EXCLUSIVE")
            driver.execute("BEGIN EXCLUSIVE")
            driver.execute("COMMIT")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError:
            raise DatabaseLocked(
                f"{target} is in use. Stop the program, put the backup back, and start it again."
            ) from None
        except sqlite3.DatabaseError:
            return  # damaged: one of the reasons to put a backup back


def _pour_in(staged: Path, url: str, vault: Vault, file: Path, replace: bool) -> Path | None:
    source = open_database(f"sqlite:///{staged}")
    target = open_database(url, vault=vault)
    try:
        upgrade(target)
        aside = None
        if not is_empty(target):
            if not replace:
                raise WouldOverwrite(_say_replace(target.name))
            aside = _aside(file)
            backup(target, aside)
        copy_rows(source, target)
        return aside
    finally:
        source.close()
        target.close()


def _say_replace(name: str) -> str:
    return (
        f"{name} is not empty. Add --replace to put the backup in its place; "
        "what is there now is kept aside under another name."
    )


def _aside(target: Path) -> Path:
    return target.with_name(f"{target.name}.replaced-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")


def _remove(file: Path) -> None:
    for side in ("", *SIDE_FILES):
        file.with_name(file.name + side).unlink(missing_ok=True)


def _to_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
