"""Cadences: what is set at which level, and setting one after seeing what it would bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot import rhythm_filled
from bot.course import programmes
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from bot.rhythm_filled import OFF, Filled, Where
from bot.rhythm_levels import level_named, scope_of, written_as
from bot.rhythm_seen import foresee
from bot.rhythm_words import describe, describe_rule
from bot.web.console.room import UNFIT, Here, Posted, Room
from bot.web.forms import Form
from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN
from flows.model import Language
from flows.rhythm import DEFAULTS, KINDS, LEVELS, Kind, Level, Rule
from storage import directory, groups, rules
from storage.database import Unit

router = APIRouter(prefix="/cadences")
SHOWN = 10
FIELD = {"whom": "which"}
"""What this page calls a field of what is filled in, where it calls it otherwise."""
FIELDS = ("kind", "level", "which", "weeks", "weekday", "at", "offset", "quiet", "off", "for")


class Line(NamedTuple):
    """One rule as it is shown. `which`: as it is written in the form."""

    kind: Kind
    level: Level
    which: str
    how: str


class Seen(NamedTuple):
    """What a change would bring, for one person whom it concerns."""

    name: str
    how: str
    times: list[str]


class Read(NamedTuple):
    """A form that was read. `change` is None where something is at fault. `example`: the id of
    the person to show it for, if one was named."""

    change: Change | None
    example: str | None
    faults: dict[str, str]


@router.get("")
async def cadences(room: Here) -> Response:
    return await _show(room)


@router.post("")
async def change(room: Here, form: Posted) -> Response:
    """`do`: "see" shows what it would bring; "save" saves; "remove" takes a level's rule away."""
    read = await room.read(lambda unit: _read(unit, room, form))
    if read.change is None:
        return await _show(room, read.faults, form)
    wanted = read.change
    if form["do"] not in ("save", "remove"):
        return await _show(room, form=form, seen=await _seen(room, read))
    by = room.visitor.id
    count = await room.write(lambda unit: set_rule(unit, room.parts, wanted, by))
    return room.back("/admin/cadences", "cadence", count=count)


async def _show(
    room: Room, faults: Mapping[str, str] | None = None, form: Form | None = None,
    seen: Seen | str = "",
) -> Response:  # fmt: skip
    lines, places = await room.read(lambda unit: (_lines(unit, room), _places(unit)))
    usual = [
        Line(kind, "organisation", "", describe(kind, rhythm, room.language))
        for kind, rhythm in DEFAULTS.items()
    ]
    entered = {name: form[name] if form else "" for name in FIELDS}
    return room.show(
        "cadences", "cadences", UNFIT if faults else 200, lines=lines, usual=usual, seen=seen,
        entered=entered, faults=faults or {}, kinds=KINDS, levels=LEVELS,
        weekdays=weekdays_in(room.language), places=places,
    )  # fmt: skip


def _places(unit: Unit) -> list[str]:
    """The courses and groups that may be meant, as they are written."""
    courses = [one.programme.id for one in programmes.all_known(unit)]
    return [*courses, *(f"{one.kind}:{one.name}" for one in groups.groups(unit))]


def weekdays_in(language: Language) -> tuple[str, ...]:
    return WEEKDAYS_DA if language == "da" else WEEKDAYS_EN


def _lines(unit: Unit, room: Room) -> list[Line]:
    return [
        Line(
            one.kind, one.level, written_as(unit, one.level, one.scope),
            describe_rule(one.rule, room.language),
        )
        for one in rules.all_rules(unit)
    ]  # fmt: skip


async def _seen(room: Room, read: Read) -> Seen | str:
    return await room.read(lambda unit: _foresee(unit, room, read))


def _foresee(unit: Unit, room: Room, read: Read) -> Seen | str:
    """ "nobody" where it concerns nobody."""
    change = read.change
    found = foresee(unit, room.parts, change, SHOWN, read.example) if change else None
    if change is None or found is None:
        return "nobody"
    clock = "%H.%M" if room.language == "da" else "%H:%M"
    days = weekdays_in(room.language)
    times = [f"{days[at.weekday()]} {room.day(at.date())}, {at:{clock}}" for at in found.times]
    return Seen(found.name, describe(change.kind, found.rhythm, room.language), times)


# --- the form


def _read(unit: Unit, room: Room, form: Form) -> Read:
    level = level_named(form["level"]) or "organisation"
    scope = scope_of(unit, level, form["which"])
    kind = next((one for one in KINDS if one == form["kind"]), KINDS[0])
    if form["do"] == "remove" and scope is not None:
        return Read(Change(level, scope, kind, Rule()), None, {})
    filled = _filled(form, kind, str(Where(level, scope)) if scope is not None else "")
    found = rhythm_filled.read(unit, filled, room.visitor.id, room.today)
    faults: dict[str, str] = {FIELD.get(name, name): one for name, one in found.faults.items()}
    named = form["for"].strip()
    example = directory.find_by_email(unit, named) if named else None
    if named and example is None:
        faults["for"] = "unknown-person"
    if faults:
        return Read(None, None, faults)
    return Read(found.change, example.id if example else None, {})


def _filled(form: Form, kind: Kind, whom: str) -> Filled:
    said = {name: form[name] for name in ("weeks", "weekday", "at", "offset", "quiet")}
    return Filled(kind, whom, **said, off=OFF if form["off"] else "")
