"""What one has shared, with whom, and taking it back; and what others have shared with one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.parts import today_of
from bot.web.me.room import Here, Posted, Room, missing
from storage import pairs, people, shares
from storage.database import Unit
from storage.people import Profile
from storage.shares import Shared

router = APIRouter(prefix="/shared")


class Item(NamedTuple):
    """`name`: of whom it is shared with, or by."""

    id: str
    kind: str
    text: str
    name: str
    on: str


@router.get("")
async def shared(room: Here) -> Response:
    mine, theirs = await room.read(
        lambda unit, me: (_mine(unit, room, me), list(_theirs(unit, room, me)))
    )
    return room.show("shared", "shared", mine=mine, theirs=theirs)


@router.get("/{share}/withdraw")
async def ask_to_withdraw(room: Here, share: str) -> Response:
    mine = await room.read(lambda unit, me: _mine(unit, room, me))
    found = next((one for one in mine if one.id == share), None)
    if found is None:
        raise missing()
    return room.show("withdraw", "shared", one=found)


@router.post("/{share}/withdraw")
async def withdraw(room: Here, share: str, form: Posted) -> Response:
    """Of one's own only. What is taken back already stays so."""
    await room.write(lambda unit, me: shares.withdraw_share(unit, room.now, me, share))
    return room.back("/me/shared", "withdrawn")


def _mine(unit: Unit, room: Room, me: Profile) -> list[Item]:
    found = reversed(shares.shared_by(unit, me))
    return [_item(room, me, one, people.get_person(unit, one.recipient)) for one in found]


def _theirs(unit: Unit, room: Room, me: Profile) -> Iterator[Item]:
    own = pairs.pair_of(unit, me.id)
    nearest = [own.nearest_leader] if own else []
    for author in (*nearest, *(pair.leader for pair in pairs.pairs_led_by(unit, me.id))):
        for one in reversed(shares.shared_with(unit, me, author)):
            yield _item(room, me, one, people.get_person(unit, author))


def _item(room: Room, me: Profile, one: Shared, other: Profile) -> Item:
    return Item(one.id, one.kind, one.text, other.name, _day(room, me, one.shared_at))


def _day(room: Room, me: Profile, at: datetime) -> str:
    return room.day(today_of(me, at))
