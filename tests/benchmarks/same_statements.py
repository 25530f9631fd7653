"""The other side of figure 2: the statements of our turns, said again with sqlite3 alone.

They are recorded on one copy of the file while our program takes the turns, and said again on
another copy: the same statements with the same values, as many to a commit, as durable.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import event

from bot.wiring import Wired
from storage.group_commit import TOGETHER
from storage.sqlite import PRAGMAS

TURN_BEGINS, TURN_ENDS = "SAVEPOINT", "RELEASE"


class Statement(NamedTuple):
    sql: str
    values: Sequence[Any]


Turn = list[Statement]


class Recording:
    """Everything that is said to SQLite inside of a turn, turn by turn."""

    def __init__(self, wired: Wired) -> None:
        self.turns: list[Turn] = []
        self._inside = False
        engine = wired.database.engine
        recording = self

        class Listening(sqlite3.Cursor):
            def execute(self, sql: str, values: Any = (), /) -> Any:
                recording.note(sql, values)
                return super().execute(sql, values)

            def executemany(self, sql: str, rows: Iterable[Any], /) -> Any:
                many = [tuple(row) for row in rows]
                for values in many:
                    recording.note(sql, values)
                return super().executemany(sql, many)

        class Connection(sqlite3.Connection):
            def cursor(self, factory: Any = None) -> Any:
                return super().cursor(Listening)

            def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
                return self.cursor().execute(sql, values)  # type: ignore[no-any-return]

            def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
                return self.cursor().executemany(sql, rows)  # type: ignore[no-any-return]

        @event.listens_for(engine, "do_connect")
        def connect(dialect: Any, record: Any, arguments: Any, options: dict[str, Any]) -> None:
            options["factory"] = Connection

        engine.dispose()

    def note(self, sql: str, values: Any) -> None:
        if sql.startswith(TURN_BEGINS):
            self.turns.append([])
            self._inside = True
        elif sql.startswith(TURN_ENDS):
            self._inside = False
        elif self._inside:
            self.turns[-1].append(Statement(sql, tuple(values)))

    def take(self) -> list[Turn]:
        """What was recorded since the last time."""
        taken, self.turns = self.turns, []
        return taken


def connected(file: Path) -> sqlite3.Connection:
    """As our own connections are: the log, the waiting for the disk, the erasing of pages."""
    driver = sqlite3.connect(file, isolation_level=None)
    for pragma in ("PRAGMA journal_mode=WAL", *PRAGMAS, "PRAGMA synchronous=FULL"):
        driver.execute(pragma)
    return driver


def say_at_once(driver: sqlite3.Connection, turns: Sequence[Turn]) -> None:
    for start in range(0, len(turns), TOGETHER):
        _commit(driver, turns[start : start + TOGETHER])


def say_one_by_one(driver: sqlite3.Connection, turns: Sequence[Turn]) -> None:
    for turn in turns:
        _commit(driver, [turn])


def _commit(driver: sqlite3.Connection, turns: Sequence[Turn]) -> None:
    driver.execute("BEGIN IMMEDIATE")
    for turn in turns:
        for sql, values in turn:
            driver.execute(sql, values).fetchall()
    driver.execute("COMMIT")
