"""Every row from one database into another, whichever of the two kinds they are."""

from sqlalchemy import Table, insert, select

from storage.database import Database, Unit
from storage.schema import metadata

ROWS_AT_A_TIME = 1000


def copy_rows(source: Database, target: Database) -> int:
    """Copies all rows, in one transaction, in the place of what the target has; how many."""
    with source.read() as reading, target.write() as writing:
        if not source.is_sqlite:
            reading.connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _empty(writing)
        total = sum(_copy(each, reading, writing) for each in metadata.sorted_tables)
        if not target.is_sqlite:
            _number_on(writing)
    return total


def is_empty(database: Database) -> bool:
    """Whether nobody has used it: settings do not count."""
    with database.read() as unit:
        used = (select(each).limit(1) for each in metadata.sorted_tables if each.name != "setting")
        return all(unit.connection.execute(row).first() is None for row in used)


def _empty(unit: Unit) -> None:
    for each in reversed(metadata.sorted_tables):
        unit.connection.execute(each.delete())


def _copy(each: Table, reading: Unit, writing: Unit) -> int:
    count = 0
    rows = reading.connection.execution_options(yield_per=ROWS_AT_A_TIME).execute(select(each))
    for part in rows.mappings().partitions():
        writing.connection.execute(insert(each), [dict(row) for row in part])
        count += len(part)
    return count


def _number_on(unit: Unit) -> None:
    """PostgreSQL numbers rows from a sequence, which rows that bring their number do not move."""
    for each in metadata.sorted_tables:
        column = each.autoincrement_column
        if column is None:
            continue
        unit.connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{each.name}', '{column.name}'), "  # noqa: S608
            f"coalesce(max({column.name}), 1), max({column.name}) IS NOT NULL) FROM {each.name}"
        )
