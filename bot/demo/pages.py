"""The try-out over HTTP: the page, its stream of news, and what it may ask for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, StreamingResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel

from bot.channels.web.receive import Pressed, Said, receive
from bot.demo.story import PHONES, Phone
from bot.demo.theatre import Theatre
from bot.demo.view import message, shown
from bot.papers.curve import draw_curve
from bot.papers.invitation import make_invitation
from bot.papers.own import curve_of, invitation_of, sheet_of
from bot.papers.sheet import make_sheet
from bot.web.page_texts import page_texts
from flows.model import Language
from storage import transcript
from storage.database import Unit
from storage.export import gather
from storage.people import Profile, find_by_address

router = APIRouter()
pages = Jinja2Templates(directory=Path(__file__).parent.parent / "web" / "templates")
ACCEPTED = 202
SILENCE = 20.0
"""Seconds after which a stream says that it lives."""


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
    to: Literal["next", "monday", "day", "hour"]


class Speaks(BaseModel):
    phone: str
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
    return JSONResponse(await theatre.state(), headers={"Cache-Control": "no-store"})


@router.post("/demo/phones/{phone}/say", status_code=ACCEPTED)
async def say(theatre: Stage, phone: OnePhone, said: Said) -> dict[str, str]:
    await theatre.hear(receive(phone.id, said))
    return {}


@router.post("/demo/phones/{phone}/press", status_code=ACCEPTED)
async def press(theatre: Stage, phone: OnePhone, pressed: Pressed) -> dict[str, str]:
    await theatre.hear(receive(phone.id, pressed))
    return {}


@router.post("/demo/clock", status_code=ACCEPTED)
async def clock(theatre: Stage, move: ClockMove) -> dict[str, str]:
    theatre.move_clock(move.to)
    return {}


@router.post("/demo/language", status_code=ACCEPTED)
async def language(theatre: Stage, speaks: Speaks) -> dict[str, str]:
    await theatre.speak(_phone(speaks.phone), speaks.language)
    return {}


@router.post("/demo/restart", status_code=ACCEPTED)
async def restart(theatre: Stage) -> dict[str, str]:
    await theatre.start_over()
    return {}


@router.get("/demo/events")
async def events(theatre: Stage, request: Request, after: int = 0) -> StreamingResponse:
    return StreamingResponse(
        _stream(theatre, request, after),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(theatre: Theatre, request: Request, seq: int) -> AsyncIterator[str]:
    """What is new since `seq`, and then whatever comes."""
    version, told, acts = -1, "", theatre.acts
    yield ": hello\n\n"
    while not await request.is_disconnected():
        if theatre.acts != acts:
            yield _event("restart", {}, seq)
            return
        news, seq = await _news(theatre, seq)
        for name, body in news:
            yield _event(name, body, seq)
        now = await theatre.picture()
        if (picture := json.dumps(now, ensure_ascii=False)) != told:
            told = picture
            yield _event("state", now, seq)
        version, alive = await _wait(theatre, version)
        if not alive:
            yield ": still here\n\n"


async def _wait(theatre: Theatre, version: int) -> tuple[int, bool]:
    try:
        async with asyncio.timeout(SILENCE):
            return await theatre.wired.chat.news_after(version), True
    except TimeoutError:
        return version, False


async def _news(theatre: Theatre, seq: int) -> tuple[list[tuple[str, dict[str, Any]]], int]:
    def read(unit: Unit) -> tuple[list[tuple[str, dict[str, Any]]], int]:
        lines = [
            (line, phone, profile)
            for phone in PHONES
            if (profile := find_by_address(unit, "web", phone.id))
            for line in transcript.lines_after(unit, profile, seq)
        ]
        lines.sort(key=lambda one: one[0].seq)
        found: list[tuple[str, dict[str, Any]]] = []
        for line, phone, profile in lines:
            if shown(line):
                found.append(
                    ("message", {"phone": phone.id, "message": message(phone, profile, line, {})})
                )
            else:
                heard = json.loads(line.body)
                found.append(
                    (
                        "settle",
                        {"phone": phone.id, "key": heard["settles"], "answered": heard["text"]},
                    )
                )
        return found, max((line.seq for line, _, _ in lines), default=seq)

    return await theatre.wired.write(read)


def _event(name: str, body: dict[str, Any], seq: int) -> str:
    return f"id: {seq}\nevent: {name}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"


@router.get("/demo/phones/{phone}/curve.svg")
async def curve(theatre: Stage, phone: OnePhone) -> Response:
    def draw(unit: Unit, profile: Profile) -> str:
        return draw_curve(curve_of(unit, profile), profile.language)

    return _paper(await theatre.of(phone, draw), "image/svg+xml")


@router.get("/demo/phones/{phone}/sheet.pdf")
async def sheet(theatre: Stage, phone: OnePhone) -> Response:
    content, language = await theatre.of(
        phone,
        lambda unit, profile: (sheet_of(unit, theatre.wired.parts, profile), profile.language),
    )
    return _paper(await asyncio.to_thread(make_sheet, content, language), "application/pdf")


@router.get("/demo/phones/{phone}/dialogue.ics")
async def dialogue(theatre: Stage, phone: OnePhone) -> Response:
    def make(unit: Unit, profile: Profile) -> bytes:
        return make_invitation(invitation_of(unit, theatre.wired.parts, profile), profile.language)

    return _paper(await theatre.of(phone, make), "text/calendar; charset=utf-8")


@router.get("/demo/phones/{phone}/export.json")
async def export(theatre: Stage, phone: OnePhone) -> Response:
    kept = await theatre.of(phone, gather)
    return _paper(json.dumps(kept, ensure_ascii=False, indent=2, default=str), "application/json")


def _paper(content: str | bytes, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers={"Cache-Control": "no-store"})
