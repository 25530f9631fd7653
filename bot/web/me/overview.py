"""The first page: what comes next, and the ways to everything else."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.papers.invitation import PlannedDialogue
from bot.web.me.coming import ModuleDay, meetings_ahead, module_days
from bot.web.me.room import Here, Room, today
from storage import agreements, shares
from storage.database import Unit
from storage.people import Profile

router = APIRouter()
NEXT = 3


class Glance(NamedTuple):
    name: str
    zone: str
    quiet_until: str
    ahead: list[PlannedDialogue]
    days: list[ModuleDay]
    agreements: int
    shared: int


@router.get("")
async def overview(room: Here) -> Response:
    found = await room.read(lambda unit, me: _glance(unit, room, me))
    return room.show("overview", "overview", found=found)


def _glance(unit: Unit, room: Room, me: Profile) -> Glance:
    until = me.paused_until
    return Glance(
        me.first_name,
        me.zone,
        room.day(until) if until and until > today(room, me) else "",
        meetings_ahead(unit, room.parts, me)[:NEXT],
        module_days(unit, room.parts, me, room.language)[:NEXT],
        len(agreements.own_agreements(unit, me, "active")),
        len(shares.shared_by(unit, me)),
    )
