"""How many people can be reached, and where: counts, of nobody in particular."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from storage.addresses import closed_counts
from storage.database import Unit
from storage.people import CLOSED, REPLACED
from storage.tables import Address, Person, table

_person, _address = table(Person), table(Address)
_theirs = (_address.c.person_id == _person.c.id) & (_address.c.state != REPLACED)
_active = select(func.count()).select_from(_person).where(_person.c.status == "active")
_reached = _active.where(select(_address.c.id).where(_theirs).exists())
_open = (
    select(_address.c.channel, func.count())
    .where(_address.c.state.not_in((CLOSED, REPLACED)))
    .group_by(_address.c.channel)
)


class Reach(NamedTuple):
    """`people`: all that are active; `without`: those of them who have no address at all."""

    people: int
    without: int


class Addresses(NamedTuple):
    """Channel -> how many are open, and how many were closed by those they belong to, who blocked
    the bot or whose account is gone."""

    open: dict[str, int]
    closed: dict[str, int]


def reach(unit: Unit) -> Reach:
    people = unit.connection.execute(_active).scalar_one()
    return Reach(people, people - unit.connection.execute(_reached).scalar_one())


def addresses(unit: Unit) -> Addresses:
    return Addresses(dict(unit.connection.execute(_open).all()), closed_counts(unit))
