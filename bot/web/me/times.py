"""When one may be written to: working days and hours, days away, a pause; and in which language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from bot.effects.profile import DAYS, PAUSES
from bot.facts import ZONE_WORDS
from bot.planning import replan_person
from bot.web.forms import Form
from bot.web.me.room import UNFIT, Here, Posted, Room, obey, today
from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN
from flows.model import LANGUAGES
from storage import leave, people
from storage.database import Unit
from storage.leave import Leave
from storage.people import Profile

router = APIRouter(prefix="/times")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
LONGEST = timedelta(days=2 * 366)
"""How far ahead a day off or a pause may lie: further is a slip of the finger."""


@router.get("")
async def times(room: Here) -> Response:
    return await _show(room)


@router.post("/hours")
async def hours(room: Here, form: Posted) -> Response:
    start, end = form["from"][:5], form["to"][:5]
    days = [day for day in DAYS if day in form.every("day")]
    faults = {}
    if not (CLOCK.fullmatch(start) and CLOCK.fullmatch(end) and start < end):
        faults["hours"] = "wrong_hours"
    if not days:
        faults["days"] = "wrong_days"
    if faults:
        return await _show(room, faults, form)

    def work(unit: Unit, me: Profile) -> None:
        obey(unit, room.parts, me, "set-working-days", list(days))
        obey(unit, room.parts, me, "set-hours", f"{start}-{end}")

    await room.write(work)
    return room.back("/me/times", "hours")


@router.post("/leave")
async def add_leave(room: Here, form: Posted) -> Response:
    first, last = _day(form["first"]), _day(form["last"] or form["first"])
    here = await room.read(lambda unit, me: today(room, me))
    if first is None or last is None or not here <= last or not first <= last <= here + LONGEST:
        return await _show(room, {"leave": "wrong_leave"}, form)
    span = first, last

    def work(unit: Unit, me: Profile) -> None:
        known = [(one.first, one.last) for one in leave.leave_of(unit, me.id, here)]
        if span not in known:
            people.add_leave(unit, room.parts.ids, me.id, *span)
            replan_person(unit, room.parts, me.id)

    await room.write(work)
    return room.back("/me/times", "leave")


@router.post("/leave/{away}/remove")
async def remove_leave(room: Here, away: str, form: Posted) -> Response:
    def work(unit: Unit, me: Profile) -> None:
        if leave.remove_leave(unit, me.id, away):
            replan_person(unit, room.parts, me.id)

    await room.write(work)
    return room.back("/me/times", "leave_gone")


@router.post("/pause")
async def pause(room: Here, form: Posted) -> Response:
    """`for`: as the chat's choices, or "until" with a day; "resume" ends it."""
    wanted = form["for"]
    if wanted == "until":
        until = _day(form["until"])
        here = await room.read(lambda unit, me: today(room, me))
        if until is None or not here < until <= here + LONGEST:
            return await _show(room, {"pause": "wrong_until"}, form)
        wanted = until.isoformat()
    elif wanted not in (*PAUSES, "resume"):
        return await _show(room, {"pause": "wrong_pause"}, form)
    await room.write(lambda unit, me: obey(unit, room.parts, me, "set-pause", wanted))
    return room.back("/me/times", "resumed" if wanted == "resume" else "paused")


@router.post("/language")
async def language(room: Here, form: Posted) -> Response:
    """The chat's and this page's."""
    wanted = next((one for one in LANGUAGES if one == form["language"]), room.language)
    await room.write(lambda unit, me: obey(unit, room.parts, me, "set-language", wanted))
    return room.back(f"/me/times?lang={wanted}", "language")


async def _show(
    room: Room, faults: Mapping[str, str] | None = None, form: Form | None = None
) -> Response:
    found = await room.read(lambda unit, me: _times(unit, room, me))
    shown = {**found, **_entered(form, faults or {})}
    names = WEEKDAYS_DA if room.language == "da" else WEEKDAYS_EN
    return room.show(
        "times", "times", UNFIT if faults else 200, faults=faults or {},
        weekdays=dict(zip(DAYS, names, strict=True)), pauses=_pauses(room), **shown,
    )  # fmt: skip


def _times(unit: Unit, room: Room, me: Profile) -> dict[str, Any]:
    here, until = today(room, me), me.paused_until
    away: list[Leave] = leave.leave_of(unit, me.id, here)
    return {
        "start": me.hours_from, "end": me.hours_to, "zone": _zone(room, me),
        "ticked": [day for day, number in DAYS.items() if number in me.working_days],
        "away": away, "until": until if until and until > here else None,
        "speaks": me.language, "first": "", "last": "", "until_day": "",
    }  # fmt: skip


def _zone(room: Room, me: Profile) -> str:
    words = ZONE_WORDS.get(me.zone)
    return words[room.language] if words else me.zone


def _entered(form: Form | None, faults: Mapping[str, str]) -> dict[str, Any]:
    """What was written stays there to be mended."""
    if form is None:
        return {}
    if "leave" in faults:
        return {"first": form["first"], "last": form["last"]}
    if "pause" in faults:
        return {"until_day": form["until"]}
    return {"start": form["from"], "end": form["to"], "ticked": form.every("day")}


def _pauses(room: Room) -> dict[str, str]:
    labels = room.options("pause", "how-long")
    return {one: labels[one] for one in PAUSES}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
