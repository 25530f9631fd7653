"""Where a person is reached: several addresses, one of them preferred."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update

from storage.database import Unit
from storage.ids import Ids
from storage.people import Reached, add_address
from storage.prepared import Prepared
from storage.tables import Address, table

_address = table(Address)
_COLUMNS = (_address.c.id, _address.c.channel, _address.c.external_id)
_by_id = Prepared(select(*_COLUMNS).where(_address.c.id == bindparam("address")))
_at = Prepared(
    select(_address.c.id, _address.c.person_id).where(
        _address.c.channel == bindparam("channel"), _address.c.external_id == bindparam("external")
    )
)
_of = (
    select(*_COLUMNS)
    .where(_address.c.person_id == bindparam("person"))
    .order_by(_address.c.preferred.desc(), _address.c.id)
)


class Held(NamedTuple):
    """An address and whose it is."""

    id: str
    person: str


def get_address(unit: Unit, address: str) -> Reached | None:
    """None once it is gone."""
    row = _by_id.first(unit, {"address": address})
    return Reached(*row) if row else None


def address_at(unit: Unit, channel: str, external_id: str) -> Held | None:
    row = _at.first(unit, {"channel": channel, "external": external_id})
    return Held(*row) if row else None


def addresses_of(unit: Unit, person: str) -> list[Reached]:
    """All of them, the preferred one first."""
    return [Reached(*row) for row in unit.connection.execute(_of, {"person": person})]


def prefer(unit: Unit, person: str, address: str) -> None:
    """Messages go to this address of the person's from now on."""
    theirs = update(_address).where(_address.c.person_id == person)
    unit.connection.execute(theirs.values(preferred=_address.c.id == address))


def remove(unit: Unit, address: str) -> None:
    unit.connection.execute(delete(_address).where(_address.c.id == address))


def add_preferred(unit: Unit, ids: Ids, person: str, channel: str, external_id: str) -> str:
    address = add_address(unit, ids, person, channel, external_id)
    prefer(unit, person, address)
    return address
