"""The audit log: what was done and when, the newest first. Names stand only where somebody has
done something about somebody else; what a person does with their own data is told without."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.console.room import Here
from storage import audit, directory
from storage.audit import Line
from storage.database import Unit
from storage.directory import Listed

router = APIRouter()


@router.get("/log")
async def log(room: Here, before: int | None = None) -> Response:
    def look(unit: Unit) -> tuple[list[Line], bool, dict[str, Listed]]:
        lines, more = audit.latest(unit, before=before)
        done = [line for line in lines if line.by]
        ids = {one for line in done for one in (line.by, line.person) if one}
        return lines, more, directory.named(unit, ids)

    lines, more, names = await room.read(look)
    older = f"/admin/log?before={lines[-1].seq}" if more else ""
    return room.show("log", "log", lines=lines, names=names, older=older, paged=before is not None)
