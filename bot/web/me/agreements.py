"""One's agreements with oneself and of the pair, how they go, and letting them rest or end."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.papers.own import RHYTHM_WORDS
from bot.parts import About
from bot.web.me.room import Here, Posted, Room, missing, obey
from storage import agreements, pairs
from storage.agreements import Agreement
from storage.database import Unit
from storage.people import Profile

router = APIRouter(prefix="/agreements")
CHECKS = 4
SAID = {"rest": "rests", "wake": "woken", "end": "ended"}
FROM = {"active": ("rest", "end"), "resting": ("wake", "end")}
"""State -> what may be done with it."""


class Kept(NamedTuple):
    """An agreement and its latest checks, the newest first."""

    one: Agreement
    rhythm: str
    follow_up_on: date | None
    checks: list[tuple[date, str]]


@router.get("")
async def mine(room: Here) -> Response:
    own, ours = await room.read(lambda unit, me: _all(unit, room, me))
    return room.show(
        "agreements", "agreements", own=own, ours=ours, choices=FROM,
        kinds=room.options("contract", "agreement-kind"),
        how=room.options("contract-check", "how"),
    )  # fmt: skip


@router.get("/{agreement}/end")
async def ask_to_end(room: Here, agreement: str) -> Response:
    found = await room.read(lambda unit, me: agreements.get_agreement(unit, me, agreement))
    if found is None or found.pair is not None or found.state not in FROM:
        raise missing()
    return room.show("agreement_end", "agreements", one=found)


@router.post("/{agreement}")
async def change(room: Here, agreement: str, form: Posted) -> Response:
    """`do`: rest, wake or end. What is no longer so (a page left open) changes nothing."""
    wanted = form["do"]

    def work(unit: Unit, me: Profile) -> bool:
        found = agreements.get_agreement(unit, me, agreement)
        if found is None or found.pair is not None or wanted not in FROM.get(found.state, ()):
            return False
        about = About(agreement=agreement)
        obey(unit, room.parts, me, "adjust-agreement", wanted, about)
        return True

    done = await room.write(work)
    return room.back("/me/agreements", SAID[wanted] if done else "as_it_was")


def _all(unit: Unit, room: Room, me: Profile) -> tuple[list[Kept], list[Kept]]:
    checks: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for agreement, on, how in agreements.checks_of(unit, me):
        checks[agreement].insert(0, (on, how))
    pair = pairs.pair_of(unit, me.id)
    ours = agreements.pair_agreements(unit, me, pair.id) if pair else []
    own = agreements.own_agreements(unit, me)
    return [_kept(room, one, checks) for one in own], [_kept(room, one, checks) for one in ours]


def _kept(room: Room, one: Agreement, checks: dict[str, list[tuple[date, str]]]) -> Kept:
    rhythm = RHYTHM_WORDS.get(one.rhythm, {}).get(room.language, "")
    on = date.fromisoformat(one.follow_up_on) if one.follow_up_on else None
    return Kept(one, rhythm, on, checks[one.id][:CHECKS])
