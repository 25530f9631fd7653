"""The statements of every turn: built once, and run on SQLite's driver itself.

SQLAlchemy's `execute` costs several times what such a small statement does (docs/performance.md).
The statement stays a Core statement, with its types; PostgreSQL runs it in SQLAlchemy's own way.
"""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnDefault, Select, UpdateBase
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from storage.database import Unit

Process = Callable[[Any], Any]
Values = Mapping[str, Any]
Statement = Select[*tuple[Any, ...]] | UpdateBase

_DIALECT = sqlite.dialect()
_named: Any = collections.namedtuple  # called with names that are known only at run time


class Prepared:
    """A statement whose values are named parameters, or constants; no IN with a list."""

    def __init__(self, statement: Statement, on_postgresql: Statement | None = None) -> None:
        """`on_postgresql`: where PostgreSQL needs another one (a lock, its own INSERT)."""
        compiled = statement.compile(dialect=_DIALECT)
        assert isinstance(compiled, SQLCompiler)
        # SQLAlchemy counts the rows of an INSERT only when it is asked to.
        self._elsewhere = (statement if on_postgresql is None else on_postgresql).execution_options(
            preserve_rowcount=True
        )
        self._sql = compiled.string
        self._constants = _constants(compiled)
        self._parameters = [(one, _to_store(compiled, one)) for one in compiled.positiontup or ()]
        columns = list(_columns(statement)) if isinstance(statement, Select) else []
        self._make = _row_of([name for name, _ in columns])
        self._read = [(at, process) for at, (_, process) in enumerate(columns) if process]

    def first(self, unit: Unit, values: Values) -> Any:
        """The first row, by name and by position; None if there is none."""
        if unit.driver is None:
            return unit.connection.execute(self._elsewhere, values).first()
        found = unit.driver.execute(self._sql, self._bound(values)).fetchone()
        return None if found is None else self._as_row(found)

    def all(self, unit: Unit, values: Values) -> Sequence[Any]:
        if unit.driver is None:
            return unit.connection.execute(self._elsewhere, values).all()
        rows = unit.driver.execute(self._sql, self._bound(values)).fetchall()
        return [self._as_row(row) for row in rows]

    def change(self, unit: Unit, values: Values) -> int:
        """How many rows were inserted, updated or deleted."""
        if unit.driver is None:
            return unit.connection.execute(self._elsewhere, values).rowcount
        changed: int = unit.driver.execute(self._sql, self._bound(values)).rowcount
        return changed

    def change_each(self, unit: Unit, rows: Sequence[Values]) -> None:
        """The same for each of the rows."""
        if not rows:
            return
        if unit.driver is None:
            unit.connection.execute(self._elsewhere, rows)
        else:
            unit.driver.executemany(self._sql, self._bound_each(rows))

    def _bound(self, values: Values) -> list[Any]:
        constants = self._constants
        bound = []
        for name, process in self._parameters:
            value = values[name] if name in values else constants[name]
            bound.append(process(value) if process else value)
        return bound

    def _bound_each(self, rows: Sequence[Values]) -> Iterator[list[Any]]:
        """The same for many rows with the same names."""
        names = [name for name, _ in self._parameters]
        left_out = {name: self._constants[name] for name in names if name not in rows[0]}
        values_of = itemgetter(*names, names[0])  # two at least: it gives a tuple then
        to_store = [(at, one) for at, (_, one) in enumerate(self._parameters) if one]
        for row in rows:
            bound = list(values_of({**left_out, **row} if left_out else row))[:-1]
            for at, process in to_store:
                bound[at] = process(bound[at])
            yield bound

    def _as_row(self, found: tuple[Any, ...]) -> Any:
        if not self._read:
            return self._make(found)
        columns = list(found)
        for at, process in self._read:
            columns[at] = process(columns[at])
        return self._make(columns)


def _constants(compiled: SQLCompiler) -> dict[str, Any]:
    """What the statement itself says, and the defaults of the columns that it leaves out."""
    said = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
    defaults = {
        column.key: column.default.arg
        for column in compiled.insert_prefetch
        if isinstance(column.default, ColumnDefault)
    }
    return said | defaults


def _to_store(compiled: SQLCompiler, name: str) -> Process | None:
    kind = compiled.binds[name].type.dialect_impl(_DIALECT)
    process: Process | None = kind.bind_processor(_DIALECT)
    return process


def _columns(statement: Select[*tuple[Any, ...]]) -> Iterator[tuple[str, Process | None]]:
    for column in statement.selected_columns:
        kind = column.type.dialect_impl(_DIALECT)
        yield str(column.name), kind.result_processor(_DIALECT, None)


def _row_of(names: Sequence[str]) -> Process:
    made = _named("_Row", names, rename=True)
    make: Process = made._make
    return make
