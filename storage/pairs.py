"""A leader and their nearest leader: one open pair per leader, closed when it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update

from storage.database import Unit
from storage.ids import Ids
from storage.people import Profile, get_person
from storage.prepared import Prepared
from storage.tables import PAIR_OPEN, table
from storage.tables import Pair as PairRow
from storage.upsert import insert_many

_pair = table(PairRow)
_COLUMNS = (_pair.c.id, _pair.c.leader_id, _pair.c.nearest_leader_id)
_of_leader = Prepared(select(*_COLUMNS).where(_pair.c.leader_id == bindparam("leader"), PAIR_OPEN))
_of_nearest = Prepared(
    select(*_COLUMNS)
    .where(_pair.c.nearest_leader_id == bindparam("nearest"), _pair.c.ended_at.is_(None))
    .order_by(_pair.c.started_at, _pair.c.id)
)
_by_id = Prepared(
    select(*_COLUMNS).where(_pair.c.id == bindparam("pair"), _pair.c.ended_at.is_(None))
)
_insert = insert(_pair)
_close = update(_pair).where(_pair.c.leader_id == bindparam("leader"), PAIR_OPEN)


class Pair(NamedTuple):
    id: str
    leader: str
    nearest_leader: str


def pair_of(unit: Unit, leader: str) -> Pair | None:
    """The leader's open pair."""
    row = _of_leader.first(unit, {"leader": leader})
    return Pair(*row) if row else None


def open_pair(unit: Unit, pair: str) -> Pair | None:
    """The pair with that id, None once it is closed."""
    row = _by_id.first(unit, {"pair": pair})
    return Pair(*row) if row else None


def pairs_led_by(unit: Unit, nearest_leader: str) -> list[Pair]:
    rows = _of_nearest.all(unit, {"nearest": nearest_leader})
    return [Pair(*row) for row in rows]


def open_pairs(unit: Unit) -> list[Pair]:
    """Everybody's."""
    rows = unit.connection.execute(select(*_COLUMNS).where(PAIR_OPEN))
    return [Pair(*row) for row in rows]


def begin_pairs(unit: Unit, ids: Ids, now: datetime, led: Sequence[tuple[str, str]]) -> None:
    """Begins pairs of (leader, nearest leader) at once, of leaders who have none."""
    rows = [
        {"id": ids(), "leader_id": leader, "nearest_leader_id": nearest, "started_at": now}
        for leader, nearest in led
    ]
    insert_many(unit, _pair, rows)


def nearest_leader_of(unit: Unit, leader: str) -> Profile | None:
    pair = pair_of(unit, leader)
    return get_person(unit, pair.nearest_leader) if pair else None


def end_pair(unit: Unit, now: datetime, leader: str) -> None:
    unit.connection.execute(_close.values(ended_at=now), {"leader": leader})


def reopen_pair(unit: Unit, pair: str, leader: str) -> bool:
    """Undoes the end of the leader's pair; False when they have an open one."""
    if pair_of(unit, leader):
        return False
    theirs = (_pair.c.id == pair) & (_pair.c.leader_id == leader)
    return unit.connection.execute(update(_pair).where(theirs).values(ended_at=None)).rowcount == 1


def begin_pair(unit: Unit, ids: Ids, now: datetime, leader: str, nearest_leader: str) -> Pair:
    """Closes the leader's pair, if any, and begins another; nothing of the old one follows."""
    if leader == nearest_leader:
        raise ValueError("a leader cannot be their own nearest leader")
    end_pair(unit, now, leader)
    pair = Pair(ids(), leader, nearest_leader)
    row = {
        "id": pair.id,
        "leader_id": leader,
        "nearest_leader_id": nearest_leader,
        "started_at": now,
    }
    unit.connection.execute(_insert, row)
    return pair
