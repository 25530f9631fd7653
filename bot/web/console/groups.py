"""Groups: the list by kind, and one group with who is in it."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from bot.course import planning
from bot.people_file import LONGEST_NAME, as_email
from bot.web.console.room import UNFIT, Here, Posted, Room, missing
from bot.web.forms import Form
from storage import audit, directory, group_lists, groups
from storage.database import Unit
from storage.directory import Listed
from storage.groups import KINDS, ROLES, Group, Kind, Member, Role

router = APIRouter(prefix="/groups")


class Known(NamedTuple):
    """`members`: with who they are, as far as they are there still."""

    group: Group
    members: list[tuple[Member, Listed]]


@router.get("")
async def all_groups(room: Here, kind: str = "trio", q: str = "", after: str = "") -> Response:
    return await _list(room, _kind(kind), q.strip()[:LONGEST_NAME], after)


@router.post("")
async def make(room: Here, form: Posted) -> Response:
    kind, name = _kind(form["kind"]), _clean(form["name"])
    fault = "" if name and len(name) <= LONGEST_NAME else "name"

    def work(unit: Unit) -> str | None:
        if groups.group_named(unit, kind, name) is not None:
            return None
        made = groups.make_groups(unit, room.parts.ids, room.now, [(kind, name)])
        audit.note(unit, room.now, "group made", None, by=room.visitor.id)
        return made[kind, name].id

    made = None if fault else await room.write(work)
    if made is None:
        return await _list(room, kind, fault=fault or "twice", name=form["name"])
    return room.back(f"/admin/groups/{made}", "group_made")


@router.get("/{group}")
async def one(room: Here, group: str) -> Response:
    return await _show(room, group)


@router.get("/{group}/end")
async def ask_to_end(room: Here, group: str) -> Response:
    return room.show("group_end", "groups", known=await _known(room, group))


@router.post("/{group}/end")
async def end(room: Here, group: str, form: Posted) -> Response:
    known = await _known(room, group)

    def work(unit: Unit) -> None:
        groups.end_group(unit, room.now, group)
        audit.note(unit, room.now, "group ended", None, by=room.visitor.id)

    await room.write(work)
    return room.back(f"/admin/groups?kind={known.group.kind}", "group_ended")


@router.post("/{group}/join")
async def join(room: Here, group: str, form: Posted) -> Response:
    known = await _known(room, group)
    role = next((one for one in ROLES[known.group.kind] if one == form["role"]), None)
    substitute = form["substitute"] == "yes"
    done = "role" if role is None else await _take_in(room, known, form, role, substitute)
    if done:
        return await _show(room, group, UNFIT, fault=done, form=form)
    return room.back(f"/admin/groups/{group}", "joined")


@router.post("/{group}/leave")
async def leave(room: Here, group: str, form: Posted) -> Response:
    known = await _known(room, group)
    leaving = [
        member for member, _ in known.members
        if (member.person, member.role) == (form["person"], form["role"])
    ]  # fmt: skip

    def work(unit: Unit) -> None:
        groups.leave(unit, room.now, leaving)
        planning.groups_changed(unit, room.parts, [group])
        for member in leaving:
            audit.note(unit, room.now, "left a group", member.person, by=room.visitor.id)

    await room.write(work)
    return room.back(f"/admin/groups/{group}", "group_left")


async def _take_in(room: Room, known: Known, form: Form, role: Role, substitute: bool) -> str:
    """What is wrong with the address; "" once they are in."""
    email = as_email(form["email"])
    if email is None:
        return "no-email"

    def work(unit: Unit) -> str:
        one = directory.find_by_email(unit, email)
        if one is None or one.status != "active":
            return "unknown" if one is None else "left"
        member = Member(known.group.id, one.id, role, substitute)
        groups.join(unit, room.parts.ids, room.now, [member])
        planning.groups_changed(unit, room.parts, [known.group.id])
        audit.note(unit, room.now, "joined a group", one.id, by=room.visitor.id)
        return ""

    return await room.write(work)


async def _list(
    room: Room, kind: Kind, words: str = "", after: str = "", *, fault: str = "", name: str = ""
) -> Response:
    def look(unit: Unit) -> tuple[group_lists.Page, dict[str, int]]:
        page = group_lists.list_groups(unit, kind, words=words, after=after or None)
        return page, group_lists.counts(unit)

    page, counts = await room.read(look)
    asked = {"kind": kind, **({"q": words} if words else {})}
    more = {**asked, "after": page.groups[-1].group.name} if page.more else {}
    return room.show(
        "groups", "groups", UNFIT if fault else 200, kind=kind, kinds=KINDS, words=words,
        page=page, counts=counts, roles=ROLES, fault=fault, name=name,
        older=f"/admin/groups?{urlencode(more)}" if more else "",
        first=f"/admin/groups?{urlencode(asked)}" if after else "",
    )  # fmt: skip


async def _show(
    room: Room, group: str, status: int = 200, *, fault: str = "", form: Form | None = None
) -> Response:
    known = await _known(room, group)
    return room.show(
        "group", "groups", status, known=known, roles=ROLES[known.group.kind], fault=fault,
        form=form or {},
    )  # fmt: skip


async def _known(room: Room, group: str) -> Known:
    known = await room.read(lambda unit: _look_up(unit, group))
    if known is None:
        raise missing()
    return known


def _look_up(unit: Unit, group: str) -> Known | None:
    found = groups.get_group(unit, group)
    if found is None:
        return None
    members = groups.members_of(unit, group)
    people = directory.named(unit, (member.person for member in members))
    order = {role: at for at, role in enumerate(ROLES[found.kind])}
    members.sort(key=lambda one: (order.get(one.role, 9), one.substitute))
    return Known(found, [(one, people[one.person]) for one in members if one.person in people])


def _kind(written: str) -> Kind:
    return next((one for one in KINDS if one == written), KINDS[0])


def _clean(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
