"""Courses: the calendar of all cohorts, and one cohort with its modules, people and what comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.course import planning, programmes
from bot.course.refusals import CourseRefused, worded
from bot.people_file import as_email
from bot.web.console.calendar import first_of, month_of, taking_place
from bot.web.console.room import UNFIT, Here, Posted, Room, missing
from bot.web.forms import Form
from flows.programme import Opens, Programme
from storage import cohorts, directory, groups, organisation, rosters
from storage.cohorts import Cohort
from storage.database import Unit
from storage.groups import KINDS, Group
from storage.organisation import Closed

router = APIRouter(prefix="/courses")
COMING = 12
"""How many of the coming days with nudges are told."""
ORDER = ("running", "paused", "planned", "ended")


class All(NamedTuple):
    cohorts: list[Cohort]
    sizes: dict[str, tuple[int, int]]
    programmes: list[Programme]
    closed: list[Closed]


class Coming(NamedTuple):
    """On a day, so many people get what opens this."""

    day: date
    opens: Counter[Opens]


class Known(NamedTuple):
    cohort: Cohort
    programme: Programme | None
    people: int
    groups: list[Group]
    coming: Sequence[Coming]


class Moving(NamedTuple):
    """What a move would do: how many nudges get another time, come in addition, or not at all."""

    day: date
    moved: int
    more: int
    fewer: int


@router.get("")
async def calendar(room: Here, month: str = "") -> Response:
    found = await room.read(_all)
    by_id = {one.id: one for one in found.programmes}
    taking = taking_place(
        (one for one in found.cohorts if one.state != "ended"), by_id, room.language
    )
    shown = month_of(
        first_of(month, room.today), taking, found.closed, room.parts.holidays, room.language
    )
    coming = {one.cohort.id: one for one in reversed(taking) if one.day >= room.today}
    listed = sorted(found.cohorts, key=lambda one: ORDER.index(one.state))
    return room.show(
        "courses", "courses", month=shown, found=found, by_id=by_id, coming=coming, listed=listed
    )


def _all(unit: Unit) -> All:
    known = [one.programme for one in programmes.all_known(unit)]
    return All(
        cohorts.cohorts(unit), rosters.sizes(unit), known,
        organisation.closed_from(unit, date.min),
    )  # fmt: skip


@router.get("/{cohort}")
async def one(room: Here, cohort: str) -> Response:
    return await _show(room, cohort)


@router.get("/{cohort}/move/{module}")
async def look_at_move(room: Here, cohort: str, module: str, day: str = "") -> Response:
    """With a day: what moving the module there would do. Nothing is changed."""
    wanted = _day(day)
    fault = room.texts["wrong_day"] if day and wanted is None else ""
    moving = None
    if wanted is not None:
        try:
            moving = await room.read(lambda unit: _moving(unit, room, cohort, module, wanted))
        except CourseRefused as refused:
            fault = worded(refused, room.language)
    return await _show_move(room, cohort, module, day, fault, moving)


@router.post("/{cohort}/move/{module}")
async def move(room: Here, cohort: str, module: str, form: Posted) -> Response:
    day = _day(form["day"])
    if day is None:
        fault = room.texts["wrong_day"]
        return await _show_move(room, cohort, module, form["day"], fault, None)

    def work(unit: Unit) -> planning.Moved:
        there = _there(unit, cohort)
        return planning.move(unit, room.parts, there, module, day, room.today, by=room.visitor.id)

    try:
        done = await room.write(work)
    except CourseRefused as refused:
        fault = worded(refused, room.language)
        return await _show_move(room, cohort, module, form["day"], fault, None)
    return room.back(f"/admin/courses/{cohort}", "moved", planned=done.planned, told=done.told)


@router.post("/{cohort}/pause")
async def pause(room: Here, cohort: str, form: Posted) -> Response:
    return await _change(room, cohort, "paused", planning.pause)


@router.post("/{cohort}/resume")
async def resume(room: Here, cohort: str, form: Posted) -> Response:
    return await _change(room, cohort, "resumed", planning.resume)


@router.get("/{cohort}/end")
async def ask_to_end(room: Here, cohort: str) -> Response:
    return room.show("course_end", "courses", known=await _known(room, cohort))


@router.post("/{cohort}/end")
async def end(room: Here, cohort: str, form: Posted) -> Response:
    return await _change(room, cohort, "ended", planning.end)


@router.post("/{cohort}/join")
async def join(room: Here, cohort: str, form: Posted) -> Response:
    email = as_email(form["email"])

    def work(unit: Unit) -> str:
        one = directory.find_by_email(unit, email) if email else None
        if one is None or one.status != "active":
            return "no-email" if email is None else "unknown" if one is None else "left"
        planning.join(unit, room.parts, _there(unit, cohort), [one.id], by=room.visitor.id)
        return ""

    return await _took_in(room, cohort, form, "email", work)


@router.post("/{cohort}/group")
async def add_group(room: Here, cohort: str, form: Posted) -> Response:
    def work(unit: Unit) -> str:
        found = find_group(unit, form["group"])
        if found is None:
            return "no-group"
        there = _there(unit, cohort)
        planning.add_groups(unit, room.parts, there, [found.id], by=room.visitor.id)
        return ""

    return await _took_in(room, cohort, form, "group", work)


def find_group(unit: Unit, written: str) -> Group | None:
    """ "Rosengården", or "trio:Rosengården" where there is one of another kind by that name."""
    kind, _, name = written.strip().rpartition(":")
    kinds = [one for one in KINDS if one == kind.strip().lower()] or (KINDS if not kind else ())
    found = (groups.group_named(unit, one, " ".join(name.split())) for one in kinds)
    return next((one for one in found if one is not None), None)


async def _took_in(
    room: Room, cohort: str, form: Form, field: str, work: Callable[[Unit], str]
) -> Response:
    try:
        fault = await room.write(work)
    except CourseRefused as refused:
        return await _show(room, cohort, refusal=worded(refused, room.language))
    if fault:
        return await _show(room, cohort, faults={field: fault}, form=form)
    return room.back(f"/admin/courses/{cohort}", f"course_{field}")


async def _change(room: Room, cohort: str, said: str, change: Callable[..., Any]) -> Response:
    def work(unit: Unit) -> None:
        change(unit, room.parts, _there(unit, cohort), by=room.visitor.id)

    try:
        await room.write(work)
    except CourseRefused as refused:
        return await _show(room, cohort, refusal=worded(refused, room.language))
    return room.back(f"/admin/courses/{cohort}", said)


async def _show(
    room: Room, cohort: str, *, faults: dict[str, str] | None = None, form: Form | None = None,
    refusal: str = "",
) -> Response:  # fmt: skip
    known = await _known(room, cohort)
    status = UNFIT if faults or refusal else 200
    return room.show(
        "course", "courses", status, known=known, faults=faults or {}, form=form or {},
        refusal=refusal,
    )  # fmt: skip


async def _show_move(
    room: Room, cohort: str, module: str, day: str, fault: str, moving: Moving | None
) -> Response:
    known = await _known(room, cohort)
    found = known.programme.module(module) if known.programme else None
    if found is None or module not in known.cohort.days:
        raise missing()
    return room.show(
        "course_move", "courses", UNFIT if fault else 200, known=known, module=found,
        day=day, refused=fault, moving=moving,
    )  # fmt: skip


async def _known(room: Room, cohort: str) -> Known:
    return await room.read(lambda unit: _look_up(unit, room, cohort))


def _look_up(unit: Unit, room: Room, cohort: str) -> Known:
    there = _there(unit, cohort)
    days: dict[date, Counter[Opens]] = {}
    for entry in planning.entries_of(unit, room.parts, there):
        day = entry.due.at.astimezone(room.zone).date()
        if day in days or len(days) < COMING:
            days.setdefault(day, Counter())[entry.due.nudge.opens] += 1
    some = (groups.get_group(unit, one) for one in cohorts.groups_of(unit, cohort))
    return Known(
        there, programmes.find(unit, there.programme),
        rosters.sizes(unit).get(cohort, (0, 0))[0], [one for one in some if one],
        [Coming(day, opens) for day, opens in days.items()],
    )  # fmt: skip


def _there(unit: Unit, cohort: str) -> Cohort:
    found = cohorts.get_cohort(unit, cohort)
    if found is None:
        raise missing()
    return found


def _moving(unit: Unit, room: Room, cohort: str, module: str, day: date) -> Moving:
    """Raises CourseRefused."""
    there = _there(unit, cohort)
    planning.check_move(unit, room.parts, there, module, day, room.today)
    elsewhere = there._replace(days={**there.days, module: day})
    before, after = (
        {
            (one.person, one.due.nudge.id, one.due.group): one.due.at
            for one in planning.entries_of(unit, room.parts, each)
        }
        for each in (there, elsewhere)
    )
    both = before.keys() & after.keys()
    moved = sum(before[one] != after[one] for one in both)
    return Moving(day, moved, len(after) - len(both), len(before) - len(both))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
