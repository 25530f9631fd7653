"""Where a person is reached: one address on each channel, one of them preferred.

An address may be closed by whom it belongs to, who then blocked the bot there: nothing is sent
until they write from it. One that another took the place of is kept until it was told so.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, update

from storage.database import Unit
from storage.ids import Ids
from storage.people import CLOSED, REPLACED, Reached, add_address
from storage.prepared import Prepared
from storage.tables import Address, Outbox, table

OPEN = "open"
_address, _outbox = table(Address), table(Outbox)
_COLUMNS = (_address.c.id, _address.c.channel, _address.c.external_id, _address.c.state)
_by_id = Prepared(select(*_COLUMNS).where(_address.c.id == bindparam("address")))
_at = Prepared(
    select(_address.c.id, _address.c.person_id, _address.c.state, _address.c.preferred).where(
        _address.c.channel == bindparam("channel"), _address.c.external_id == bindparam("external"),
        _address.c.state != REPLACED,
    )
)  # fmt: skip
_of = (
    select(*_COLUMNS)
    .where(_address.c.person_id == bindparam("person"), _address.c.state != REPLACED)
    .order_by(_address.c.preferred.desc(), _address.c.id)
)
_to_be_told = select(_outbox.c.address_id).where(
    _outbox.c.address_id == _address.c.id,
    _outbox.c.state.in_(("planned", "claimed", "started", "unknown")),
)


class Held(NamedTuple):
    """An address and whose it is."""

    id: str
    person: str
    state: str
    preferred: bool


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
    """Also where somebody used to be reached whose address was replaced by another."""
    here = (_address.c.channel == channel) & (_address.c.external_id == external_id)
    unit.connection.execute(delete(_address).where(here, _address.c.state == REPLACED))
    address = add_address(unit, ids, person, channel, external_id)
    prefer(unit, person, address)
    return address


# --- closed by the person, and opened again


def close(unit: Unit, address: str) -> None:
    """Nothing more is sent there until something is heard from it."""
    _set_state(unit, address, CLOSED)


def heard_from(unit: Unit, held: Held) -> None:
    """It is open (again), and preferred when the one that was preferred is closed."""
    if held.state == CLOSED:
        _set_state(unit, held.id, OPEN)
    if not held.preferred and addresses_of(unit, held.person)[0].is_closed:
        prefer(unit, held.person, held.id)


def closed_counts(unit: Unit) -> dict[str, int]:
    """Channel -> how many addresses are closed, of nobody in particular."""
    query = select(_address.c.channel, func.count()).where(_address.c.state == CLOSED)
    found: dict[str, int] = dict(unit.connection.execute(query.group_by(_address.c.channel)).all())
    return found


# --- replaced by another on the same channel


def replace(unit: Unit, person: str, channel: str) -> list[str]:
    """The person's addresses on the channel are theirs no more; what still waits for one of them
    goes to the one that they prefer by then. Gives them, to be told so."""
    theirs = (
        (_address.c.person_id == person) & (_address.c.channel == channel)
        & (_address.c.state != REPLACED)
    )  # fmt: skip
    found = list(unit.connection.execute(select(_address.c.id).where(theirs)).scalars())
    unit.connection.execute(update(_address).where(theirs).values(state=REPLACED, preferred=False))
    waits = _outbox.c.address_id.in_(found) & (_outbox.c.state == "planned")
    unit.connection.execute(update(_outbox).where(waits).values(address_id=None))
    return found


def forget_replaced(unit: Unit) -> None:
    """Those that have been told, or could not be."""
    told = (_address.c.state == REPLACED) & ~_to_be_told.exists()
    unit.connection.execute(delete(_address).where(told))


def _set_state(unit: Unit, address: str, state: str) -> None:
    unit.connection.execute(update(_address).where(_address.c.id == address).values(state=state))
