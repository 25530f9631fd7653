"""How delivery goes: counts of the latest messages, by channel, state and reason. Of nobody in
particular, and never what was said."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select

from storage.database import Unit
from storage.people import REPLACED
from storage.tables import Address, Outbox, table

LATEST = 10_000
"""How many messages are looked at: the page then takes as long whatever the history."""

_outbox, _address = table(Outbox), table(Address)
_newest = select(func.max(_outbox.c.id))


class Tally(NamedTuple):
    """`channel`: where it went, or where the person is reached; "" if nowhere."""

    channel: str
    state: str
    reason: str
    messages: int


class Health(NamedTuple):
    """`since`: when the oldest message that was counted was planned."""

    tallies: list[Tally]
    since: datetime | None


def health(unit: Unit, since: datetime) -> Health:
    """Of the latest messages, those planned at `since` or later."""
    newest: int = unit.connection.execute(_newest).scalar() or 0
    recent = (_outbox.c.id > newest - LATEST) & (_outbox.c.planned_at >= since)
    preferred = (
        select(_address.c.channel)
        .where(_address.c.person_id == _outbox.c.person_id, _address.c.state != REPLACED)
        .order_by(_address.c.preferred.desc(), _address.c.id)
        .limit(1)
        .scalar_subquery()
    )
    given = (
        select(_address.c.channel).where(_address.c.id == _outbox.c.address_id).scalar_subquery()
    )
    where = func.coalesce(case((_outbox.c.address_id.is_not(None), given), else_=preferred), "")
    reason = func.coalesce(_outbox.c.reason, "")
    rows = select(
        where.label("channel"), _outbox.c.state, reason.label("reason")
    ).where(recent).subquery()  # fmt: skip
    grouped = (rows.c.channel, rows.c.state, rows.c.reason)
    counted = select(*grouped, func.count()).group_by(*grouped)
    tallies = [Tally(*row) for row in unit.connection.execute(counted)]
    oldest = unit.connection.execute(select(func.min(_outbox.c.planned_at)).where(recent)).scalar()
    return Health(sorted(tallies), oldest)
