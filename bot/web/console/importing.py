"""The people file: first everything that it would do and all that is wrong with it, then doing it.

Between the two the file lies in the page itself, where it can be mended, and nowhere here.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from bot import staffing_import
from bot.commands.people_wrong import WRONG
from bot.people_file import COLUMNS, Fault
from bot.staffing_import import Default, Preview
from bot.web.console.room import UNFIT, Here, Posted, Room
from bot.web.forms import Form

router = APIRouter(prefix="/people/import")
MOST_FAULTS = 500
"""How many problems a page shows; it tells how many more there are."""
AS_DANISH_SHEETS_WRITE = "cp1252"


@router.get("")
async def empty(room: Here) -> Response:
    return room.show("import", "people", columns=COLUMNS, written="", preview=None, fault="")


@router.post("/preview")
async def look(room: Here, form: Posted) -> Response:
    content = _content(form)
    if not content.strip():
        return room.show(
            "import", "people", UNFIT, columns=COLUMNS, written="", preview=None, fault="empty"
        )
    by = room.visitor.id
    found = await room.read(lambda unit: staffing_import.preview(unit, by, content))
    return _shown(room, content, found)


@router.post("")
async def take_in(room: Here, form: Posted) -> Response:
    content, skip = _content(form), form["skip"] == "yes"
    default = Default(room.wired.settings.language, room.wired.settings.time_zone)
    done = await room.write(
        lambda unit: staffing_import.import_people(
            unit, room.parts, room.visitor.id, content, default, skip_bad=skip
        )
    )
    if not done.rows or (done.faults and not skip):
        return _shown(room, content, done)
    counts = done.counts
    return room.back(
        "/admin/people", "imported", added=counts.added, changed=counts.changed, same=counts.same,
        moved=counts.moved, placed=counts.placed,
    )  # fmt: skip


def _content(form: Form) -> bytes:
    """The file that was chosen, else what stands in the page."""
    chosen = form.files.get("file", b"")
    return _as_utf8(chosen) if chosen.strip() else form["people"].encode()


def _as_utf8(content: bytes) -> bytes:
    """A Danish spreadsheet's "CSV" is often none in UTF-8; then it is one in Windows' letters."""
    try:
        return content.decode("utf-8-sig").encode()
    except UnicodeDecodeError:
        return content.decode(AS_DANISH_SHEETS_WRITE, "replace").encode()


def _shown(room: Room, content: bytes, found: Preview) -> Response:
    faults = [(fault, _worded(room, fault)) for fault in found.faults[:MOST_FAULTS]]
    return room.show(
        "import", "people", UNFIT if found.faults else 200, columns=COLUMNS,
        written=content.decode("utf-8", "replace"), preview=found, faults=faults, fault="",
        more=max(0, len(found.faults) - MOST_FAULTS),
    )  # fmt: skip


def _worded(room: Room, fault: Fault) -> str:
    return WRONG[fault.wrong][room.language].format(about=fault.about)
