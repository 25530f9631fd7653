"""A copy of somebody's data as files that are theirs: everything, a page to read, their papers."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from bot.export_page import make_page
from bot.papers.curve import Curve, draw_curve
from bot.papers.own import curve_of, sheet_of
from bot.papers.sheet import Sheet, make_sheet
from bot.parts import Parts, today_of
from flows.model import Language
from storage.database import Unit
from storage.export import gather
from storage.people import Profile

EVERYTHING, PAGE, SHEET, CURVE = "tillidsrum.json", "tillidsrum.html", "sheet.pdf", "curve.svg"
"""The names of the files: always these, never anything of a person's."""


class Copied(NamedTuple):
    """What was read in one transaction; the files are made of it afterwards."""

    everything: str
    page: str
    language: Language
    sheet: Sheet
    curve: Curve


def everything_of(unit: Unit, profile: Profile) -> str:
    """What `storage.export.gather` gives, as JSON text."""
    return _written(gather(unit, profile))


def _written(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2)


def copy_of(unit: Unit, parts: Parts, profile: Profile) -> Copied:
    told = gather(unit, profile)
    today = today_of(profile, parts.clock())
    return Copied(
        everything=_written(told),
        page=make_page(told, profile.language, parts.catalogue, today),
        language=profile.language,
        sheet=sheet_of(unit, parts, profile),
        curve=curve_of(unit, profile),
    )


def files_of(copied: Copied) -> dict[str, bytes]:
    """File name -> content; the sheet and the curve only where there is something on them."""
    made = {EVERYTHING: copied.everything.encode(), PAGE: copied.page.encode()}
    if _has_words(copied.sheet):
        made[SHEET] = make_sheet(copied.sheet, copied.language)
    if copied.curve.days:
        made[CURVE] = draw_curve(copied.curve, copied.language).encode()
    return made


def _has_words(sheet: Sheet) -> bool:
    boxes = (sheet.goals, sheet.matters, sheet.my_agreements, sheet.to_align, sheet.our_agreements)
    return any(boxes)


def write_files(folder: Path, made: Mapping[str, bytes]) -> None:
    """Makes the folder (0700) and the files (0600). Raises FileExistsError when there is anything
    at that path, OSError when it cannot be written; then nothing is left behind."""
    _make_parents(folder)
    folder.mkdir(mode=0o700)
    try:
        for name, content in made.items():
            _write(folder / name, content)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make_parents(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        # A file on the way is not the folder itself being there.
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
