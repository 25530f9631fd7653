"""One's curve, agreement sheet and action plan: to look at here, and as files."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from fastapi.responses import Response

from bot.papers.curve import THEMES, Curve, describe_curve, draw_curve
from bot.papers.desk import PAPERS
from bot.papers.own import curve_of, plan_of
from bot.web.frame import PRIVATE
from bot.web.me.room import Here, missing

router = APIRouter(prefix="/papers")
# Its own style gives the picture its dark colours; a page itself allows no style in line.
PICTURE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
FILES = ("sheet", "plan", "calendar")


@router.get("")
async def papers(room: Here) -> Response:
    curve, plan = await room.read(
        lambda unit, me: (curve_of(unit, me), plan_of(unit, room.parts, me))
    )
    rows = [(day, _values(curve, at)) for at, day in enumerate(curve.days)]
    return room.show(
        "papers", "papers", plan=plan, described=describe_curve(curve, room.language),
        rows=rows[::-1], themes=THEMES,
    )  # fmt: skip


def _values(curve: Curve, at: int) -> list[int | None]:
    return [curve.values[theme][at] for theme in THEMES]


@router.get("/curve.svg")
async def picture(room: Here) -> Response:
    curve = await room.read(lambda unit, me: curve_of(unit, me))
    drawn = draw_curve(curve, room.language)
    return Response(drawn, media_type="image/svg+xml", headers={**PRIVATE, **PICTURE})


@router.get("/file/{name}")
async def file(room: Here, name: str) -> Response:
    """As an attachment: it is saved where its owner wants it, not kept by the browser."""
    if name not in FILES:
        raise missing()
    draw = await room.read(lambda unit, me: PAPERS[name](unit, room.parts, me))
    paper = await asyncio.to_thread(draw)
    return Response(paper.content, media_type=paper.media_type, headers=saved_as(paper.filename))


def saved_as(name: str) -> dict[str, str]:
    """`name`: one of ours, so plain letters."""
    return {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
