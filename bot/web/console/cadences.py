"""Cadences: what is set at which level, and setting one after seeing what it would bring."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.rhythm import Change
from bot.rhythm_change import set_rule
from bot.rhythm_levels import level_named, scope_of, written_as
from bot.rhythm_seen import foresee
from bot.rhythm_words import describe
from bot.web.console.room import UNFIT, Here, Posted, Room
from bot.web.forms import Form
from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN
from flows.model import Language
from flows.rhythm import DEFAULTS, KINDS, LEVELS, Kind, Level, Rule, settle, week_span
from storage import directory, rules
from storage.database import Unit

router = APIRouter(prefix="/cadences")
SHOWN = 10
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
    read = await room.read(lambda unit: _read(unit, form))
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
    lines = await room.read(lambda unit: _lines(unit, room))
    usual = [
        Line(kind, "organisation", "", describe(kind, rhythm, room.language))
        for kind, rhythm in DEFAULTS.items()
    ]
    entered = {name: form[name] if form else "" for name in FIELDS}
    return room.show(
        "cadences", "cadences", UNFIT if faults else 200, lines=lines, usual=usual, seen=seen,
        entered=entered, faults=faults or {}, kinds=KINDS, levels=LEVELS,
        weekdays=weekdays_in(room.language),
    )  # fmt: skip


def weekdays_in(language: Language) -> tuple[str, ...]:
    return WEEKDAYS_DA if language == "da" else WEEKDAYS_EN


def _lines(unit: Unit, room: Room) -> list[Line]:
    return [
        Line(
            one.kind, one.level, written_as(unit, one.level, one.scope),
            describe(one.kind, settle(one.kind, {one.level: [one.rule]}), room.language),
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


def _read(unit: Unit, form: Form) -> Read:
    faults: dict[str, str] = {}
    kind = next((one for one in KINDS if one == form["kind"]), KINDS[0])
    level = level_named(form["level"]) or "organisation"
    scope = scope_of(unit, level, form["which"])
    if scope is None:
        faults["which"] = "scope"
    named = form["for"].strip()
    example = directory.find_by_email(unit, named) if named else None
    if named and example is None:
        faults["for"] = "unknown-person"
    rule = Rule() if form["do"] == "remove" else _rule(form, faults)
    if scope is None or faults:
        return Read(None, None, faults)
    if form["do"] != "remove":
        rule = _over(rules.rule_at(unit, level, scope, kind), rule)
    return Read(Change(level, scope, kind, rule), example.id if example else None, {})


def _rule(form: Form, faults: dict[str, str]) -> Rule:
    weeks = _whole(form["weeks"], 1, 26, faults, "weeks")
    offset = _whole(form["offset"], -10, 10, faults, "offset")
    rule = Rule(
        every_weeks=weeks, weekday=_whole(form["weekday"], 1, 7, faults, "weekday"),
        at=_time(form["at"], faults), offset=offset, quiet=_quiet(form["quiet"], faults),
        off=True if form["off"] else None,
    )  # fmt: skip
    if rule == Rule() and not faults:
        faults["weeks"] = "nothing"
    return rule


def _over(had: Rule | None, said: Rule) -> Rule:
    """What is not said stays as the level has it, save for "not at all", which any other word
    takes back."""
    kept = {**(had.model_dump() if had else {}), "off": None}
    new = said.model_dump(exclude_none=True, exclude_defaults=True)
    return Rule.model_validate({**kept, **new})


def _whole(text: str, least: int, most: int, faults: dict[str, str], field: str) -> int | None:
    written = text.strip()
    if not written:
        return None
    digits = written.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 4 and least <= int(written) <= most:
        return int(written)
    faults[field] = field
    return None


def _time(text: str, faults: dict[str, str]) -> time | None:
    try:
        return time.fromisoformat(text.strip().replace(".", ":").zfill(5)) if text.strip() else None
    except ValueError:
        faults["at"] = "time"
        return None


def _quiet(text: str, faults: dict[str, str]) -> tuple[str, ...]:
    weeks = tuple(text.replace(",", " ").split())
    try:
        for week in weeks:
            week_span(week)
    except ValueError:
        faults["quiet"] = "quiet"
        return ()
    return weeks
