"""Many small works in one durable commit: what a burst of turns costs is the disk's sync.

Each work runs inside its own savepoint: one that fails is undone alone and the others stand.
Nobody is told that a work succeeded before the commit that holds it is on disk.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from itertools import groupby
from queue import SimpleQueue
from typing import Any, NamedTuple, Protocol, TypeVar

from storage.database import Database, Unit
from storage.errors import StorageError
from storage.sqlite import driver_of

T = TypeVar("T")
Work = Callable[[Unit], T]

TOGETHER = 64  # works in one commit, so that the first one does not wait for a whole queue


class Round(Protocol):
    """Who waits for works that were handed in together; spoken to from the writer's thread."""

    def wants(self, at: int) -> bool:
        """Asked once, before the work at `at` is begun."""
        ...

    def told(self, outcomes: Sequence[tuple[int, Any]]) -> None:
        """Of all that one commit settled: where in the round, and the result or the exception."""
        ...


class _Alone:
    """One work, for whose future a thread waits."""

    def __init__(self) -> None:
        self.future: Future[Any] = Future()

    def wants(self, at: int) -> bool:
        return self.future.set_running_or_notify_cancel()

    def told(self, outcomes: Sequence[tuple[int, Any]]) -> None:
        ((_, outcome),) = outcomes
        if isinstance(outcome, BaseException):
            self.future.set_exception(outcome)
        else:
            self.future.set_result(outcome)


class _Entry(NamedTuple):
    work: Work[Any]
    round: Round
    at: int


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
        self._waiting: SimpleQueue[_Entry | None] = SimpleQueue()
        self._closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Work[T]) -> Future[T]:
        """The future resolves after the commit; with the work's exception it was undone alone."""
        alone = _Alone()
        self.hand_in([work], alone)
        return alone.future

    def hand_in(self, works: Sequence[Work[Any]], together: Round) -> None:
        """Several at once; each stands or is undone alone. Raises Closed."""
        with self._lock:
            if self._closed:
                raise Closed("The program is stopping and takes no more work. Start it again.")
            for at, work in enumerate(works):
                self._waiting.put(_Entry(work, together, at))

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
        batch: list[_Entry] = []
        entry = self._waiting.get()
        while entry is not None:
            if entry.round.wants(entry.at):
                batch.append(entry)
            if len(batch) >= TOGETHER or self._waiting.empty():
                break
            entry = self._waiting.get()
        if batch:
            _settle(self._database, batch)
        return entry is not None


def _settle(database: Database, batch: Sequence[_Entry]) -> None:
    outcomes: Sequence[Any]
    try:
        outcomes = run_together(database, [entry.work for entry in batch])
    except BaseException as error:  # noqa: BLE001 -- nobody may wait for ever for the answer
        outcomes = [error] * len(batch)
    told = zip(batch, outcomes, strict=True)
    # A round's works were put in the queue one after the other.
    for together, its in groupby(told, key=lambda one: one[0].round):
        together.told([(entry.at, outcome) for entry, outcome in its])
