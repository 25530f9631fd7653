"""Many small works in one durable commit: what a burst of turns costs is the disk's sync.

Each work runs inside its own savepoint: one that fails is undone alone and the others stand.
Nobody is told that a work succeeded before the commit that holds it is on disk.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

from storage.database import Database, Unit
from storage.errors import StorageError
from storage.sqlite import driver_of

T = TypeVar("T")
Work = Callable[[Unit], T]

TOGETHER = 64  # works in one commit, so that the first one does not wait for a whole queue


class Closed(StorageError):
    """Work was handed in after the writer was closed."""


def run_together(database: Database, works: Sequence[Work[T]]) -> list[T | Exception]:
    """Runs the works in one transaction and commits once.

    Gives each one's result, or the exception that undid it alone. Raises when the commit, or
    the database itself, fails: then none of them stands.
    """
    with database.write() as unit:
        return [_inside_savepoint(unit, work) for work in works]


def _inside_savepoint(unit: Unit, work: Work[T]) -> T | Exception:
    # Straight to the driver: SQLAlchemy's begin_nested costs more than the works' statements.
    driver = driver_of(unit.connection)
    driver.execute("SAVEPOINT work")
    try:
        result = work(unit)
    except Exception as error:  # it is handed to whoever asked for this work
        if unit.database.is_sqlite and not driver.in_transaction:
            raise  # a full disk, for instance: SQLite has undone the others too
        driver.execute("ROLLBACK TO work")
        driver.execute("RELEASE work")
        return error
    driver.execute("RELEASE work")
    return result


class Writer:
    """The one thread that writes: takes all that wait, and commits them together."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: SimpleQueue[tuple[Work[Any], Future[Any]] | None] = SimpleQueue()
        self._closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> Future[T]:
        """The future resolves after the commit; with the work's exception it was undone alone."""
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise Closed("The program is stopping and takes no more work. Start it again.")
            self._waiting.put((work, future))
        return future

    def close(self) -> None:
        """Does what was handed in, then stops. May be called twice."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while self._commit_once():
            pass

    def _commit_once(self) -> bool:
        """Waits for work and commits it; False when the writer was closed."""
        batch: list[tuple[Work[Any], Future[Any]]] = []
        entry = self._waiting.get()
        while entry is not None:
            work, future = entry
            if future.set_running_or_notify_cancel():
                batch.append((work, future))
            if len(batch) >= TOGETHER or self._waiting.empty():
                break
            entry = self._waiting.get()
        if batch:
            _settle(self._database, batch)
        return entry is not None


def _settle(database: Database, batch: list[tuple[Work[Any], Future[Any]]]) -> None:
    futures = [future for _, future in batch]
    try:
        results = run_together(database, [work for work, _ in batch])
    except BaseException as error:  # noqa: BLE001 -- nobody may wait for ever for the answer
        for future in futures:
            future.set_exception(error)
        return
    for future, result in zip(futures, results, strict=True):
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)
