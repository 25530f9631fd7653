"""What holds for the whole organisation: help routes, closed days, the floor, retention."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.console.room import UNFIT, Here, Posted, Room
from bot.web.forms import Form
from flows.model import LANGUAGES
from storage import audit, organisation
from storage.database import Unit
from storage.organisation import FLOOR, HIGHEST_FLOOR, KEPT_DAYS, Closed, HelpRoutes

router = APIRouter(prefix="/settings")
MOST_ROUTES, LONGEST_ROUTE = 12, 200
LONGEST_CLOSED = 92
"""Days. A longer period is most likely a slip."""


class Known(NamedTuple):
    routes: HelpRoutes
    closed: list[Closed]
    floor: int
    days: int


@router.get("")
async def settings(room: Here) -> Response:
    return await _show(room)


@router.post("/routes")
async def routes(room: Here, form: Posted) -> Response:
    written = {one: _lines(form[f"routes_{one}"]) for one in LANGUAGES}
    checked = _day(form["checked"])
    faults = {
        f"routes_{one}": "routes" for one, lines in written.items()
        if len(lines) > MOST_ROUTES or any(len(line) > LONGEST_ROUTE for line in lines)
    }  # fmt: skip
    if checked is None or checked > room.today:
        faults["checked"] = "checked"
    if faults or checked is None:
        return await _show(room, faults, form)
    return await _change(
        room, "routes", "help routes changed",
        lambda unit: organisation.put_help_routes(unit, written, checked),
    )  # fmt: skip


@router.post("/closed")
async def close(room: Here, form: Posted) -> Response:
    first, last = _day(form["first"]), _day(form["last"] or form["first"])
    faults = {}
    if first is None:
        faults["first"] = "day"
    if last is None:
        faults["last"] = "day"
    if first is None or last is None:
        return await _show(room, faults, form)
    if last < first or last < room.today or (last - first).days > LONGEST_CLOSED:
        fault = "order" if last < first else "past" if last < room.today else "long"
        return await _show(room, {"last": fault}, form)
    return await _change(
        room, "closed", "closed days entered",
        lambda unit: organisation.close(unit, room.parts.ids, first, last),
    )  # fmt: skip


@router.post("/open")
async def open_again(room: Here, form: Posted) -> Response:
    return await _change(
        room, "opened", "closed days taken back",
        lambda unit: organisation.open_again(unit, form["closed"]),
    )  # fmt: skip


@router.post("/floor")
async def floor(room: Here, form: Posted) -> Response:
    now = await room.read(organisation.floor)
    to = _number(form["floor"])
    if to is None or not now <= to <= HIGHEST_FLOOR:
        return await _show(room, {"floor": "floor"}, form)
    return await _change(
        room, "floor", f"floor of group figures raised to {to}",
        lambda unit: organisation.raise_floor(unit, to),
    )  # fmt: skip


@router.post("/retention")
async def retention(room: Here, form: Posted) -> Response:
    days = _number(form["days"])
    if days is None or days not in KEPT_DAYS:
        return await _show(room, {"days": "days"}, form)
    return await _change(
        room, "retention", f"texts are kept for {days} days",
        lambda unit: organisation.put_retention(unit, days),
    )  # fmt: skip


async def _change(room: Room, said: str, what: str, work: Any) -> Response:
    def noted(unit: Unit) -> None:
        work(unit)
        audit.note(unit, room.now, what, None, by=room.visitor.id)

    await room.write(noted)
    return room.back("/admin/settings", said)


async def _show(
    room: Room, faults: Mapping[str, str] | None = None, form: Form | None = None
) -> Response:
    known = await room.read(lambda unit: _look_up(unit, room))
    entered = {**_as_entered(known, room.today), **(form or {})}
    return room.show(
        "settings", "settings", UNFIT if faults else 200, known=known, entered=entered,
        faults=faults or {}, lowest=FLOOR, highest=HIGHEST_FLOOR, kept=KEPT_DAYS,
        most=MOST_ROUTES, longest=LONGEST_ROUTE,
    )  # fmt: skip


def _look_up(unit: Unit, room: Room) -> Known:
    return Known(
        organisation.all_help_routes(unit), organisation.closed_from(unit, room.today),
        organisation.floor(unit), organisation.retention(unit, room.parts.retention).days,
    )  # fmt: skip


def _as_entered(known: Known, today: date) -> dict[str, str]:
    routes = {f"routes_{one}": "\n".join(known.routes.routes.get(one, ())) for one in LANGUAGES}
    return {
        **routes, "checked": today.isoformat(), "first": "", "last": "",
        "floor": str(known.floor), "days": str(known.days),
    }  # fmt: skip


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _number(text: str) -> int | None:
    written = text.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 6 else None
