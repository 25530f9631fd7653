"""How many people can be reached: counts, of nobody in particular."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select

from storage.database import Unit
from storage.tables import Address, Person, table

_person, _address = table(Person), table(Address)
_active = select(func.count()).select_from(_person).where(_person.c.status == "active")
_reached = _active.where(select(_address.c.id).where(_address.c.person_id == _person.c.id).exists())
_addresses = select(_address.c.channel, func.count()).group_by(_address.c.channel)


class Reach(NamedTuple):
    """`people`: all that are active; `without`: those of them who have no address."""

    people: int
    without: int


def reach(unit: Unit) -> Reach:
    people = unit.connection.execute(_active).scalar_one()
    return Reach(people, people - unit.connection.execute(_reached).scalar_one())


def addresses(unit: Unit) -> dict[str, int]:
    """Channel -> how many addresses people have there."""
    found: dict[str, int] = dict(unit.connection.execute(_addresses).all())
    return found
