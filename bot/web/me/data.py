"""A copy of everything, and deleting everything: asked twice, in the words of the chat."""

from __future__ import annotations

import asyncio
import logging

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.papers.desk import PAPERS
from bot.web.door import SEE_OTHER
from bot.web.frame import chosen_language, show, words_of
from bot.web.me.papers import saved_as
from bot.web.me.room import Here, Posted, Room, obey
from bot.web.me.texts import me_texts
from storage.database import Unit
from storage.erase import forget_erased, remove_traces
from storage.people import Profile

router = APIRouter()
ASKED = ("what-goes", "shared-too", "sure")
"""The steps of the dialogue that deletes, up to its question."""
COOKIES = ("__Host-tillidsrum-me", "tillidsrum-me")
log = logging.getLogger(__name__)


@router.get("/data")
async def data(room: Here) -> Response:
    days = room.parts.retention.days
    return room.show("data", "data", days=days)


@router.post("/data/export")
async def export(room: Here, form: Posted) -> Response:
    await room.write(lambda unit, me: obey(unit, room.parts, me, "export-data", "export"))
    draw = await room.read(lambda unit, me: PAPERS["export"](unit, room.parts, me))
    paper = await asyncio.to_thread(draw)
    return Response(paper.content, media_type=paper.media_type, headers=saved_as(paper.filename))


@router.get("/data/delete")
async def ask(room: Here) -> Response:
    what, shared, sure = (room.says("delete-my-data", step) for step in ASKED)
    choices = room.options("delete-my-data", "sure")
    return room.show("delete", "data", what=what, shared=shared, sure=sure, choices=choices)


@router.post("/data/delete")
async def delete(room: Here, form: Posted) -> Response:
    """`sure`: "delete" deletes; anything else keeps it all."""
    if form["sure"] != "delete":
        return room.back("/me/data", "kept")
    await room.write(lambda unit, me: _erase(unit, room, me))
    await _leave_no_trace(room)
    return farewell(room)


def farewell(room: Room) -> Response:
    """The visit of somebody who has been erased ends."""
    answer = RedirectResponse("/me/goodbye", SEE_OTHER)
    secure = room.parts.address.startswith("https://")
    for name in COOKIES:
        answer.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=secure)
    return answer


@router.get("/goodbye")
async def goodbye(request: Request) -> Response:
    """For somebody of whom nothing is known any more, so it asks nobody who they are."""
    language = chosen_language(request)
    words = {**words_of(language), **me_texts(language)}
    return show(request, "me/goodbye.html", language, t=words)


def _erase(unit: Unit, room: Room, me: Profile) -> None:
    obey(unit, room.parts, me, "erase-me", "delete")


async def _leave_no_trace(room: Room) -> None:
    database = room.wired.database
    forget_erased(database, room.visitor.id)
    if not await asyncio.to_thread(remove_traces, database):
        log.warning("the log still holds old pages after an erasure; the next one empties it")
