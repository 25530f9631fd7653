"""The pace that platforms ask for, kept in the database so that replicas share one budget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.people import vault_of
from storage.tables import Pace, table

_pace = table(Pace)
_of = select(_pace.c.free_at).where(_pace.c.scope_index.in_(bindparam("scopes", expanding=True)))


def _put(insert: Any) -> Any:
    statement = insert(_pace).values(scope_index=bindparam("scope"), free_at=bindparam("free_at"))
    return statement.on_conflict_do_update(
        index_elements=["scope_index"], set_={"free_at": statement.excluded.free_at}
    )


_put_sqlite, _put_postgresql = _put(sqlite.insert), _put(postgresql.insert)


def take(unit: Unit, limits: Sequence[tuple[str, timedelta]]) -> datetime:
    """Reserves the next moment that all limits (scope, time between two) allow; gives it."""
    now = unit.now_database()
    index = vault_of(unit).index
    scopes = [index(scope) for scope, _ in limits]
    taken = unit.connection.execute(_of, {"scopes": scopes}).scalars().all()
    at: datetime = max([now, *taken])
    statement = _put_sqlite if unit.database.is_sqlite else _put_postgresql
    rows = [{"scope": index(scope), "free_at": at + between} for scope, between in limits]
    if rows:
        unit.connection.execute(statement, rows)
    return at


def hold(unit: Unit, scope: str, until: datetime) -> None:
    """The platform itself has said how long to wait."""
    statement = _put_sqlite if unit.database.is_sqlite else _put_postgresql
    row = {"scope": vault_of(unit).index(scope), "free_at": until}
    unit.connection.execute(statement, row)


def forget_old(unit: Unit) -> None:
    """Scopes that have been free for a while: a row for each chat would stay for ever."""
    before = unit.now_database() - timedelta(hours=1)
    unit.connection.execute(delete(_pace).where(_pace.c.free_at < before))
