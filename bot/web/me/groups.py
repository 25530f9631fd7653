"""One's groups, when they meet, the days of one's course, and the calendar subscription."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.papers.invitation import PlannedDialogue
from bot.parts import today_of
from bot.web.door import TOKEN_BYTES
from bot.web.me.coming import ModuleDay, meetings_ahead, module_days
from bot.web.me.room import Here, Posted, Room
from storage import directory, groups, meetings, pages
from storage.database import Unit
from storage.groups import Group, Member
from storage.people import Profile

router = APIRouter(prefix="/groups")
FEED = "tillidsrum-feed"


class Circle(NamedTuple):
    """A group: one's own place in it, who else is in it, and what is known of its next meeting
    (`at`: in words; "finding", "none")."""

    group: Group
    place: Member
    others: list[str]
    at: str


class Found(NamedTuple):
    """`since`: the subscription's day. `made`: its address, the one time that it is shown."""

    circles: list[Circle]
    ahead: list[PlannedDialogue]
    days: list[ModuleDay]
    zone: str
    since: str
    made: str


@router.get("")
async def mine(room: Here) -> Response:
    return await _show(room)


@router.post("/feed")
async def subscribe(room: Here, form: Posted) -> Response:
    """A new address, shown this once; the one before is closed. `do`: "make" or "close"."""
    if form["do"] == "close":
        await room.write(lambda unit, me: pages.drop_feed(unit, me.id))
        return room.back("/me/groups", "feed_closed")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    await room.write(lambda unit, me: pages.make_feed(unit, room.now, me.id, token))
    answer = room.back("/me/groups", "feed_made")
    answer.set_cookie(
        FEED, token, max_age=120, path="/me/groups", httponly=True, samesite="lax",
        secure=room.parts.address.startswith("https://"),
    )  # fmt: skip
    return answer


async def _show(room: Room) -> Response:
    found = await room.read(lambda unit, me: _found(unit, room, me))
    answer = room.show("groups", "groups", **found._asdict())
    if FEED in room.request.cookies:
        answer.delete_cookie(FEED, path="/me/groups", httponly=True, samesite="lax")
    return answer


def _found(unit: Unit, room: Room, me: Profile) -> Found:
    since = pages.feed_since(unit, me.id)
    return Found(
        _circles(unit, room, me),
        meetings_ahead(unit, room.parts, me),
        module_days(unit, room.parts, me, room.language),
        me.zone,
        room.day(today_of(me, since)) if since else "",
        _just_made(unit, room, me),
    )


def _just_made(unit: Unit, room: Room, me: Profile) -> str:
    """The address, as long as the cookie tells one that is this person's and works."""
    token = room.request.cookies.get(FEED, "")
    works = token and pages.whose_feed(unit, token) == me.id
    return f"{room.parts.address}/calendar/{token}.ics" if works else ""


def _circles(unit: Unit, room: Room, me: Profile) -> list[Circle]:
    mine = groups.memberships_of(unit, me.id)
    members = groups.members_of(unit, *(group.id for group, _ in mine))
    known = directory.named(unit, {one.person for one in members})
    return [
        Circle(
            group,
            place,
            list(dict.fromkeys(
                known[one.person].name for one in members
                if one.group == group.id and one.person != me.id and one.person in known
            )),
            _meets(unit, room, me, group),
        )
        for group, place in mine
    ]  # fmt: skip


def _meets(unit: Unit, room: Room, me: Profile, group: Group) -> str:
    meeting = meetings.current_meeting(unit, room.now, group.id)
    if meeting is None:
        return "none"
    if meeting.state == "set" and meeting.starts_at is not None:
        return room.moment(meeting.starts_at, me.zone)
    return "finding"
