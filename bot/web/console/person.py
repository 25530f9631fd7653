"""One person: who they are and how they are reached; roles, nearest leader, leaving, inviting."""

from __future__ import annotations

from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot import staffing
from bot.people_file import ROLES
from bot.staffing import Wrong
from bot.web.console.room import UNFIT, Here, Posted, Room, missing
from bot.web.forms import Form
from storage import audit, directory, groups
from storage.audit import Line
from storage.database import Unit
from storage.directory import Listed
from storage.groups import Group, Member

router = APIRouter(prefix="/people/{person}")
NAMES = {"telegram": "Telegram", "slack": "Slack", "web": "Tillidsrum"}


class Known(NamedTuple):
    """`lines`: what others have done about them; `doers`: who that was, by id."""

    one: Listed
    channels: list[str]
    nearest: Listed | None
    leads: list[Listed]
    places: list[tuple[Group, Member]]
    lines: list[Line]
    doers: dict[str, Listed]


@router.get("")
async def one(room: Here, person: str) -> Response:
    return await _show(room, person)


@router.get("/leave")
async def ask_to_leave(room: Here, person: str) -> Response:
    known = await _known(room, person)
    return room.show("person_leave", "people", known=known, fault="")


@router.post("/roles")
async def roles(room: Here, person: str, form: Posted) -> Response:
    wanted = form.every("role")
    done = await room.write(
        lambda unit: staffing.set_roles(unit, room.parts, room.visitor.id, person, wanted)
    )
    return await _answer(room, person, form, "roles", done)


@router.post("/nearest")
async def nearest(room: Here, person: str, form: Posted) -> Response:
    email = form["email"]
    done = await room.write(
        lambda unit: staffing.set_nearest(unit, room.parts, room.visitor.id, person, email)
    )
    return await _answer(room, person, form, "nearest", done)


@router.post("/leave")
async def leave(room: Here, person: str, form: Posted) -> Response:
    done = await room.write(
        lambda unit: staffing.mark_left(unit, room.parts, room.visitor.id, person)
    )
    if done is not None:
        known = await _known(room, person)
        return room.show("person_leave", "people", UNFIT, known=known, fault=done)
    return room.back(_at(person), "left")


@router.post("/return")
async def come_back(room: Here, person: str, form: Posted) -> Response:
    done = await room.write(
        lambda unit: staffing.mark_here(unit, room.parts, room.visitor.id, person)
    )
    return await _answer(room, person, form, "return", done)


@router.post("/invite")
async def invite(room: Here, person: str, form: Posted) -> Response:
    channel = form["channel"]
    way = room.parts.ways.get(channel)
    if way is None:
        return await _show(room, person, UNFIT, faults={"invite": "channel"})
    made = await room.write(
        lambda unit: staffing.invite(unit, room.parts, room.visitor.id, person, channel)
    )
    if made is None:
        return await _show(room, person, UNFIT, faults={"invite": "left"})
    return room.back(
        _at(person), "invited", channel=NAMES[channel], address=way(made.token),
        token=made.token, code=made.code or "",
    )  # fmt: skip


async def _answer(room: Room, person: str, form: Form, what: str, done: Wrong | None) -> Response:
    if done is None:
        return room.back(_at(person), what)
    return await _show(room, person, UNFIT, faults={what: done}, form=form)


async def _show(
    room: Room, person: str, status: int = 200, *, faults: dict[str, str] | None = None,
    form: Form | None = None,
) -> Response:  # fmt: skip
    known = await _known(room, person)
    entered: dict[str, Any] = {"email": known.nearest.email if known.nearest else ""}
    ticked: list[str] | tuple[str, ...] = known.one.role_names
    if form is not None and faults and "nearest" in faults:
        entered = {"email": form["email"]}
    if form is not None and faults and "roles" in faults:
        ticked = form.every("role")
    return room.show(
        "person", "people", status, known=known, faults=faults or {}, entered=entered,
        ticked=ticked, roles=ROLES, ways=[one for one in NAMES if one in room.parts.ways],
        names=NAMES,
    )  # fmt: skip


async def _known(room: Room, person: str) -> Known:
    known = await room.read(lambda unit: _look_up(unit, person))
    if known is None:
        raise missing()
    return known


def _look_up(unit: Unit, person: str) -> Known | None:
    one = directory.find(unit, person)
    if one is None:
        return None
    around, lines = directory.around(unit, [one]), audit.about(unit, person)
    return Known(
        one, around.channels.get(person, []), around.nearest.get(person),
        directory.led_by(unit, person), groups.memberships_of(unit, person), lines,
        directory.named(unit, (line.by for line in lines if line.by)),
    )  # fmt: skip


def _at(person: str) -> str:
    return f"/admin/people/{person}"
