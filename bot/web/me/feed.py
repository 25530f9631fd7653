"""The calendar subscription: an address that tells a calendar program when, and with whom.

Who knows the address sees times and names, so there is nothing else in it: no word of anybody's.
It knows no visit; it is closed, or made anew, at /me/groups.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import NamedTuple

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from icalendar import CLASS, TRANSP, Calendar, Event

from bot.papers.invitation import Invitation, make_invitation
from bot.papers.own import invitation_of
from bot.parts import Parts
from bot.web.me.coming import ModuleDay, module_days
from bot.web.reads import read
from flows.model import Language
from storage import pages, people
from storage.database import Unit

router = APIRouter()
ASKED_AGAIN = timedelta(hours=4)
"""What programs that listen to it are told to wait between two looks."""
A_DAY = timedelta(days=1)


class Found(NamedTuple):
    invitation: Invitation
    days: list[ModuleDay]
    language: Language


@router.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"], include_in_schema=False)
async def calendar(request: Request, token: str) -> Response:
    wired = request.app.state.wired
    found = await read(wired.database, lambda unit: _find(unit, wired.parts, token))
    if found is None:
        raise HTTPException(404, "there is no such calendar")
    body = write(found)
    mark = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": mark, "Cache-Control": "private, no-cache"}
    if _has(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=headers)


def write(found: Found) -> bytes:
    """The same bytes for as long as nothing in it has changed that day."""
    made: Calendar = Calendar.from_ical(make_invitation(found.invitation, found.language))
    made.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT4H")
    for one in found.days:
        made.add_component(_whole_day(one, found.invitation.made_at))
    written: bytes = made.to_ical()
    return written


def _find(unit: Unit, parts: Parts, token: str) -> Found | None:
    whose = pages.whose_feed(unit, token)
    me = people.get_person(unit, whose) if whose else None
    if me is None or me.status != "active":
        return None
    invitation = invitation_of(unit, parts, me)
    morning = datetime.combine(invitation.made_at.date(), time(), invitation.made_at.tzinfo)
    return Found(
        invitation.model_copy(update={"made_at": morning}),
        module_days(unit, parts, me, me.language),
        me.language,
    )


def _whole_day(one: ModuleDay, made_at: datetime) -> Event:
    return Event.new(
        uid=one.uid, stamp=made_at, start=one.day, end=one.day + A_DAY,
        summary=f"{one.course}: {one.title}", classification=CLASS.PRIVATE,
        transparency=TRANSP.TRANSPARENT,
    )  # fmt: skip


def _has(asked: str, mark: str) -> bool:
    """Whether what the program has is what there is; a proxy may have weakened the mark."""
    return mark in (one.strip().removeprefix("W/") for one in asked.split(",")) or asked == "*"
