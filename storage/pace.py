"""The pace that platforms ask for, kept in the database so that replicas share one budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.people import vault_of
from storage.prepared import Prepared
from storage.tables import Pace, table

IDLE = timedelta(seconds=1)
COMMIT = timedelta(seconds=0.1)
"""Longer than it takes from a moment's being given until what goes at it is on its way."""

GAP = timedelta(seconds=0.02)
"""How long a limit may stand idle because another asks for time."""

_pace = table(Pace)
_one = Prepared(
    select(_pace.c.scope_index, _pace.c.free_at).where(_pace.c.scope_index == bindparam("scope"))
)
# Two replicas must not both be given the same moment; SQLite writes one at a time anyhow.
_of_locked = (
    select(_pace.c.scope_index, _pace.c.free_at)
    .where(_pace.c.scope_index.in_(bindparam("scopes", expanding=True)))
    .order_by(_pace.c.scope_index)
    .with_for_update()
)


def _put(insert: Any) -> Any:
    statement = insert(_pace).values(scope_index=bindparam("scope"), free_at=bindparam("free_at"))
    return statement.on_conflict_do_update(
        index_elements=["scope_index"], set_={"free_at": statement.excluded.free_at}
    )


_put_each = Prepared(_put(sqlite.insert), _put(postgresql.insert))
_add = (
    postgresql.insert(_pace)
    .values(scope_index=bindparam("scope"), free_at=bindparam("free_at"))
    .on_conflict_do_nothing()
)


class Wait(NamedTuple):
    """For how long, and which of the limits asks for it ("" if none does). `is_taken`: the moment
    was reserved."""

    time: timedelta
    scope: str
    is_taken: bool = True


def take(unit: Unit, limits: Sequence[tuple[str, timedelta]], within: timedelta) -> Wait:
    """Reserves the next moment that all limits (scope, time between two), the widest first, allow,
    if it is not farther away than `within` and no wider limit, which others share, stands idle
    until then. Any other moment is only told."""
    if not limits:
        return Wait(timedelta(), "")
    index = vault_of(unit).index
    scopes = {index(scope): scope for scope, _ in limits}
    free = {scopes[row.scope_index]: row.free_at for row in _read(unit, sorted(scopes))}
    # Not before there is nothing to wait for any more: all who waited would else go at once.
    now = unit.now_database()
    at, scope = max([(now, ""), *((until, scope) for scope, until in free.items())])
    if at - now <= within and at - _wider(limits, free, scope, at, now) <= GAP:
        next_ones = [(one, _next(at, between, free.get(one))) for one, between in limits]
        _set(unit, [(index(one), until) for one, until in next_ones])
        return Wait(at - now, scope)
    return Wait(at - now, scope, is_taken=False)


def _wider(
    limits: Sequence[tuple[str, timedelta]],
    free: Mapping[str, datetime],
    scope: str,
    at: datetime,
    now: datetime,
) -> datetime:
    """When all limits would be free that are wider than the one that asks for `at`."""
    names = [name for name, _ in limits]
    wider = names[: names.index(scope)] if scope else []
    return max([now, *(free[name] for name in wider if name in free)]) if wider else at


def _next(at: datetime, between: timedelta, was_free: datetime | None) -> datetime:
    """The first of many goes as late as its commit is done, and those after it keep their moments:
    so that they are not too close together, it gets that time too."""
    first = was_free is None or at - was_free > IDLE
    return at + max(between, COMMIT if first else between)


def _read(unit: Unit, scopes: list[bytes]) -> Sequence[Any]:
    """The rows, which are nobody else's until the commit."""
    if unit.database.is_sqlite:
        rows = (_one.first(unit, {"scope": scope}) for scope in scopes)
        return [row for row in rows if row]
    found = unit.connection.execute(_of_locked, {"scopes": scopes}).all()
    if len(found) == len(scopes):
        return found
    # What is not there cannot be locked, and two that add it wait for each other.
    long_free = unit.now_database() - 2 * IDLE
    unit.connection.execute(_add, [{"scope": scope, "free_at": long_free} for scope in scopes])
    return unit.connection.execute(_of_locked, {"scopes": scopes}).all()


def hold(unit: Unit, scope: str, time: timedelta) -> None:
    """The platform itself has said how long to wait."""
    _set(unit, [(vault_of(unit).index(scope), unit.now_database() + time)])


def _set(unit: Unit, free: Sequence[tuple[bytes, datetime]]) -> None:
    _put_each.change_each(unit, [{"scope": scope, "free_at": free_at} for scope, free_at in free])


def forget_old(unit: Unit) -> None:
    """Scopes that have been free for a while: a row for each chat would stay for ever."""
    before = unit.now_database() - timedelta(hours=1)
    unit.connection.execute(delete(_pace).where(_pace.c.free_at < before))
