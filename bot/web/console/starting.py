"""Starting a course: who, when, and its whole calendar before anything is written."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.course import planning, programmes
from bot.course.planning import Draft
from bot.course.refusals import CourseRefused, worded
from bot.people_file import as_email
from bot.web.console.courses import find_group
from bot.web.console.room import UNFIT, Here, Posted, Room, missing
from bot.web.forms import Form
from flows.programme import Opens, Programme
from storage import directory
from storage.database import Unit

router = APIRouter(prefix="/courses/start/{programme}")
MOST_LINES = 2_000


class Plan(NamedTuple):
    """The calendar that would be: in each month, how many of each kind. `heaviest`: how many one
    person gets in all, at the most."""

    months: dict[date, Counter[Opens]]
    total: int
    people: int
    heaviest: int


class Read(NamedTuple):
    """`unknown`: the lines that are nobody's address or no group's name, by field."""

    draft: Draft
    unknown: dict[str, list[str]]


@router.get("")
async def empty(room: Here, programme: str) -> Response:
    return _show(room, await _programme(room, programme), {})


@router.post("/preview")
async def look(room: Here, programme: str, form: Posted) -> Response:
    found = await _programme(room, programme)
    return await _try(room, found, form, begin=False)


@router.post("")
async def start(room: Here, programme: str, form: Posted) -> Response:
    found = await _programme(room, programme)
    return await _try(room, found, form, begin=True)


async def _try(room: Room, programme: Programme, form: Form, *, begin: bool) -> Response:
    bad = [one.id for one in programme.modules if _is_no_day(form[f"day_{one.id}"])]
    if bad:
        faults = {f"day_{one}": room.texts["wrong_day"] for one in bad}
        return _show(room, programme, form, faults=faults)

    def work(unit: Unit) -> Plan | str | Read:
        read = _read(unit, programme, form)
        if any(read.unknown.values()):
            return read
        if begin:
            return planning.start(unit, room.parts, read.draft, room.today, by=room.visitor.id)[
                0
            ].id
        return _planned(unit, room, read.draft)

    try:
        done = await (room.write(work) if begin else room.read(work))
    except CourseRefused as refused:
        return _show(room, programme, form, faults=_faults(room, refused))
    if isinstance(done, Read):
        return _show(room, programme, form, faults=_unknown(room, done))
    if isinstance(done, Plan):
        return _show(room, programme, form, plan=done)
    return room.back(f"/admin/courses/{done}", "started")


def _read(unit: Unit, programme: Programme, form: Form) -> Read:
    lines = form["people"].splitlines()[:MOST_LINES]
    emails = [one.strip() for line in lines for one in line.replace(";", ",").split(",")]
    people = {one: _person(unit, one) for one in emails if one}
    names = [one.strip() for one in form["groups"].splitlines()[:MOST_LINES] if one.strip()]
    some = {one: find_group(unit, one) for one in names}
    days = {
        one.id: date.fromisoformat(form[f"day_{one.id}"])
        for one in programme.modules if form[f"day_{one.id}"]
    }  # fmt: skip
    draft = Draft(
        programme, form["name"], days, [one for one in people.values() if one],
        [one.id for one in some.values() if one], pilot=form["pilot"] == "yes",
    )  # fmt: skip
    unknown = {
        "people": [one for one, person in people.items() if person is None],
        "groups": [one for one, group in some.items() if group is None],
    }
    return Read(draft, unknown)


def _person(unit: Unit, written: str) -> str | None:
    email = as_email(written)
    one = directory.find_by_email(unit, email) if email else None
    return one.id if one and one.status == "active" else None


def _planned(unit: Unit, room: Room, draft: Draft) -> Plan:
    entries = planning.preview(unit, room.parts, draft, room.today)
    months: dict[date, Counter[Opens]] = {}
    for entry in entries:
        month = entry.due.at.astimezone(room.zone).date().replace(day=1)
        months.setdefault(month, Counter())[entry.due.nudge.opens] += 1
    each = Counter(entry.person for entry in entries)
    return Plan(months, len(entries), len(each), max(each.values(), default=0))


def _faults(room: Room, refused: CourseRefused) -> dict[str, str]:
    """By the field that it is about."""
    if refused.reason == "days" and refused.faults:
        one_by_one = (
            (f"day_{fault.module}", CourseRefused("days", faults=[fault]))
            for fault in refused.faults
        )
        return {field: worded(one, room.language).partition("\n")[2] for field, one in one_by_one}
    field = "people" if refused.reason == "nobody" else "name"
    return {field: worded(refused, room.language)}


def _unknown(room: Room, read: Read) -> dict[str, str]:
    return {
        field: room.texts[f"unknown_{field}"].replace("{lines}", ", ".join(lines))
        for field, lines in read.unknown.items() if lines
    }  # fmt: skip


def _show(
    room: Room, programme: Programme, form: Form | dict[str, str], *,
    faults: dict[str, str] | None = None, plan: Plan | None = None,
) -> Response:  # fmt: skip
    return room.show(
        "course_start", "courses", UNFIT if faults else 200, programme=programme, form=form,
        faults=faults or {}, plan=plan,
    )  # fmt: skip


async def _programme(room: Room, programme: str) -> Programme:
    found = await room.read(lambda unit: programmes.find(unit, programme))
    if found is None:
        raise missing()
    return found


def _is_no_day(text: str) -> bool:
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError:
        return True
    return False
