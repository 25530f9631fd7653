"""How the courses go: what the visitor's own digest says, and the bands they have been given there.

Nothing is worked out by opening the page, and no answer can be reached from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.course.progress import Overview, Progress, overview_of
from bot.course.progress_words import course_line, rated_lines
from bot.papers.course_line import WIDTH, Courses, describe_courses, draw_courses
from bot.web.console.room import Here, Room, missing
from bot.web.frame import PRIVATE

router = APIRouter(prefix="/figures")
# Its own style gives the picture its dark colours; a page itself allows no style in line.
PICTURE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


class Told(NamedTuple):
    """One cohort, or the dialogue: the words of it, and of the picture that stands beside them.
    `at`: the picture's number."""

    title: str
    line: str
    figures: Sequence[str]
    described: str
    at: int


@router.get("")
async def figures(room: Here) -> Response:
    overview = await _overview(room)
    told = [_told(room, one, at) for at, one in enumerate(_each(overview))]
    return room.show("figures", "figures", told=told, width=WIDTH)


@router.get("/{at}.svg")
async def drawn(room: Here, at: int) -> Response:
    each = _each(await _overview(room))
    if not 0 <= at < len(each):
        raise missing()
    svg = draw_courses(_sheet(room, each[at]))
    return Response(svg, media_type="image/svg+xml", headers={**PRIVATE, **PICTURE})


async def _overview(room: Room) -> Overview:
    viewer, language, today = room.visitor.id, room.language, room.today
    return await room.read(lambda unit: overview_of(unit, viewer, language, today))


def _each(overview: Overview) -> list[Overview]:
    """Each course by itself, and the dialogue."""
    alone = [Overview((one,), None) for one in overview.courses]
    return [*alone, Overview((), overview.dialogue)] if overview.dialogue else alone


def _sheet(room: Room, overview: Overview) -> Courses:
    return Courses(overview, room.today, room.language)


def _told(room: Room, overview: Overview, at: int) -> Told:
    course: Progress | None = next(iter(overview.courses), None)
    return Told(
        course.name if course else room.texts["figures_dialogue"],
        course_line(course, room.language, room.today) if course else "",
        list(rated_lines(overview, room.language)),
        describe_courses(_sheet(room, overview)),
        at,
    )
