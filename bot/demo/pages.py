"""The try-out over HTTP: the page, its stream of news, and what it may ask for."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict

from bot.channels.web.receive import Pressed, Said, receive
from bot.demo.cast import ADMIN, PHONES, Phone
from bot.demo.stream import stream
from bot.demo.theatre import Theatre
from bot.export import everything_of
from bot.papers.course_line import draw_courses
from bot.papers.curve import draw_curve
from bot.papers.desk import PAPERS
from bot.papers.own import courses_of, curve_of, two_weeks_of
from bot.papers.two_weeks import draw_two_weeks
from bot.web.door import SEE_OTHER
from bot.web.frame import pages
from bot.web.page_texts import page_texts
from flows.model import Language
from storage.database import Unit
from storage.people import Profile

router = APIRouter()
ACCEPTED = 202
FRESH = {"Cache-Control": "no-store"}
# Its own style gives the picture its dark colours; the page itself allows no style in line.
PICTURE = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


def _theatre(request: Request) -> Theatre:
    theatre: Theatre = request.app.state.theatre
    return theatre


def _phone(phone: str) -> Phone:
    found = next((one for one in PHONES if one.id == phone), None)
    if found is None:
        raise HTTPException(404, "no such phone")
    return found


Stage = Annotated[Theatre, Depends(_theatre)]
OnePhone = Annotated[Phone, Depends(_phone)]


class ClockMove(BaseModel):
    model_config = ConfigDict(extra="forbid")

    to: Literal["next", "course", "monday", "day", "hour"]


class Speaks(BaseModel):
    """`phone`: whose language, or None for everybody's: the page's own."""

    model_config = ConfigDict(extra="forbid")

    phone: str | None = None
    language: Language


@router.get("/")
async def home() -> Response:
    return RedirectResponse("/demo")


@router.get("/demo")
async def demo(request: Request, theatre: Stage, lang: Language | None = None) -> HTMLResponse:
    chosen = lang or theatre.language
    phones = [{"id": one.id, "name": one.name, "role": one.role[chosen]} for one in PHONES]
    shown_with = {"lang": chosen, "t": page_texts(chosen), "phones": phones, "home": "/demo"}
    return pages.TemplateResponse(request, "demo.html", shown_with)


@router.get("/demo/state")
async def state(theatre: Stage) -> JSONResponse:
    return JSONResponse(await theatre.state(), headers=FRESH)


@router.post("/demo/phones/{phone}/say", status_code=ACCEPTED)
async def say(theatre: Stage, phone: OnePhone, said: Said) -> dict[str, str]:
    await theatre.hear(phone, receive(phone.id, said))
    return {}


@router.post("/demo/phones/{phone}/press", status_code=ACCEPTED)
async def press(theatre: Stage, phone: OnePhone, pressed: Pressed) -> dict[str, str]:
    await theatre.hear(phone, receive(phone.id, pressed))
    return {}


@router.post("/demo/clock", status_code=ACCEPTED)
async def clock(theatre: Stage, move: ClockMove) -> dict[str, str]:
    await theatre.move_clock(move.to)
    return {}


@router.post("/demo/language", status_code=ACCEPTED)
async def language(theatre: Stage, speaks: Speaks) -> dict[str, str]:
    if speaks.phone is None:
        await theatre.speak_everywhere(speaks.language)
    else:
        await theatre.speak(_phone(speaks.phone), speaks.language)
    return {}


@router.post("/demo/restart", status_code=ACCEPTED)
async def restart(theatre: Stage) -> dict[str, str]:
    await theatre.start_over()
    return {}


@router.post("/demo/console")
async def console(theatre: Stage) -> Response:
    """Where the link leads that the administrator would get in their chat."""
    return RedirectResponse(await theatre.link_of(ADMIN, "admin"), SEE_OTHER)


@router.post("/demo/phones/{phone}/mine")
async def mine(theatre: Stage, phone: OnePhone) -> Response:
    return RedirectResponse(await theatre.link_of(phone.email, "me"), SEE_OTHER)


@router.get("/demo/events")
async def events(theatre: Stage, after: int = 0, act: int = 0) -> StreamingResponse:
    news = stream(theatre, after, act)
    headers = {**FRESH, "X-Accel-Buffering": "no"}
    return StreamingResponse(news, media_type="text/event-stream", headers=headers)


@router.get("/demo/phones/{phone}/curve.svg")
async def curve(theatre: Stage, phone: OnePhone) -> Response:
    def draw(unit: Unit, profile: Profile) -> str:
        return draw_curve(curve_of(unit, profile), profile.language)

    drawn = await theatre.of(phone, draw)
    return Response(drawn, media_type="image/svg+xml", headers={**FRESH, **PICTURE})


@router.get("/demo/phones/{phone}/courses.svg")
async def courses(theatre: Stage, phone: OnePhone) -> Response:
    parts = theatre.wired.parts
    drawn = await theatre.of(phone, lambda unit, who: draw_courses(courses_of(unit, parts, who)))
    return Response(drawn, media_type="image/svg+xml", headers={**FRESH, **PICTURE})


@router.get("/demo/phones/{phone}/days.svg")
async def days(theatre: Stage, phone: OnePhone) -> Response:
    parts = theatre.wired.parts
    drawn = await theatre.of(
        phone, lambda unit, who: draw_two_weeks(two_weeks_of(unit, parts, who))
    )
    return Response(drawn, media_type="image/svg+xml", headers={**FRESH, **PICTURE})


@router.get("/demo/phones/{phone}/sheet.pdf")
async def sheet(theatre: Stage, phone: OnePhone) -> Response:
    return await _paper(theatre, phone, "sheet")


@router.get("/demo/phones/{phone}/plan.pdf")
async def plan(theatre: Stage, phone: OnePhone) -> Response:
    return await _paper(theatre, phone, "plan")


@router.get("/demo/phones/{phone}/dialogue.ics")
async def dialogue(theatre: Stage, phone: OnePhone) -> Response:
    return await _paper(theatre, phone, "calendar")


async def _paper(theatre: Theatre, phone: Phone, name: str) -> Response:
    parts, read = theatre.wired.parts, PAPERS[name]
    draw = await theatre.of(phone, lambda unit, profile: read(unit, parts, profile))
    paper = await asyncio.to_thread(draw)
    return Response(paper.content, media_type=paper.media_type, headers=FRESH)


@router.get("/demo/phones/{phone}/export.json")
async def export(theatre: Stage, phone: OnePhone) -> Response:
    written = await theatre.of(phone, everything_of)
    return Response(written, media_type="application/json", headers=FRESH)
