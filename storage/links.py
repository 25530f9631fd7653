"""Links by which somebody comes to be known on another channel. Of the token and the code only
blind indexes are kept: whoever reads the database can open nothing."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select, update

from storage.database import Unit
from storage.ids import Ids
from storage.people import vault_of
from storage.tables import Link as LinkRow
from storage.tables import table

FORGOTTEN = timedelta(days=7)
"""How long a link that has run out is kept, to say something kind to whoever still has it."""

_link = table(LinkRow)
_COLUMNS = (
    _link.c.id, _link.c.person_id, _link.c.code_index, _link.c.channel, _link.c.external_id,
    _link.c.expires_at,
)  # fmt: skip
_by_token = select(*_COLUMNS).where(_link.c.token_index == bindparam("token"))
_by_opener = select(*_COLUMNS).where(
    _link.c.channel == bindparam("channel"), _link.c.external_id == bindparam("external")
)


class Link(NamedTuple):
    """`external_id`: who has opened it; `code_index`: what the code must be, once there is one."""

    id: str
    person: str
    code_index: bytes | None
    channel: str
    external_id: str | None
    expires_at: datetime


def make_link(
    unit: Unit, ids: Ids, now: datetime, person: str, channel: str, lasts: timedelta, token: str
) -> str:
    """The link's id. An earlier one of the person's to the channel is worth nothing any more."""
    theirs = (_link.c.person_id == person) & (_link.c.channel == channel)
    unit.connection.execute(delete(_link).where(theirs))
    row = {
        "id": ids(), "person_id": person, "channel": channel, "made_at": now, "tries": 0,
        "token_index": vault_of(unit).index(_token(token)), "expires_at": now + lasts,
    }  # fmt: skip
    unit.connection.execute(insert(_link), row)
    return str(row["id"])


def find_link(unit: Unit, token: str) -> Link | None:
    values = {"token": vault_of(unit).index(_token(token))}
    row = unit.connection.execute(_by_token, values).first()
    return Link(*row) if row else None


def opened_from(unit: Unit, channel: str, external_id: str) -> Link | None:
    """The link that was last opened from there."""
    values = {"channel": channel, "external": external_id}
    row = unit.connection.execute(_by_opener, values).first()
    return Link(*row) if row else None


def bind(unit: Unit, link: Link, external_id: str) -> None:
    """Notes who has opened it; another link that they opened before is worth nothing any more."""
    before = (_link.c.channel == link.channel) & (_link.c.external_id == external_id)
    unit.connection.execute(delete(_link).where(before))
    _change(unit, link.id, external_id=external_id)


def set_code(unit: Unit, link: str, code: str) -> None:
    _change(unit, link, code_index=_code_index(unit, link, code))


def code_fits(unit: Unit, link: Link, code: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(_code_index(unit, link.id, code), link.code_index or b"")


def count_try(unit: Unit, link: str) -> int:
    """How many times a code was tried by now, this one included."""
    _change(unit, link, tries=_link.c.tries + 1)
    query = select(_link.c.tries).where(_link.c.id == link)
    tries: int = unit.connection.execute(query).scalar_one()
    return tries


def drop_link(unit: Unit, link: str) -> None:
    unit.connection.execute(delete(_link).where(_link.c.id == link))


def forget_old(unit: Unit, now: datetime) -> None:
    unit.connection.execute(delete(_link).where(_link.c.expires_at < now - FORGOTTEN))


def _token(token: str) -> str:
    # The index takes an e-mail however it is written; a token's capitals do count.
    return f"link:{token.encode().hex()}"


def _code_index(unit: Unit, link: str, code: str) -> bytes:
    """With the link's own id in it: another link's code is worth nothing here."""
    return vault_of(unit).index(f"code:{link.encode().hex()}:{code}")


def _change(unit: Unit, link: str, **columns: object) -> None:
    unit.connection.execute(update(_link).where(_link.c.id == link).values(**columns))
