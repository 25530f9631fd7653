"""The people file as the console takes it in: what it would do, and doing it."""

from __future__ import annotations

from typing import NamedTuple

from bot.parts import Parts
from bot.people_file import Fault, PeopleFile, Row, read_people
from bot.people_import import (
    Counts,
    Default,
    Known,
    check_leaders,
    counts_of,
    known_people,
    take_in,
)
from bot.roles import TRUSTED
from storage import directory
from storage.database import Unit

__all__ = ["Default", "Preview", "import_people", "preview"]


class Preview(NamedTuple):
    """`rows`: how many are good."""

    rows: int
    counts: Counts
    faults: list[Fault]


def preview(unit: Unit, by: str, content: bytes) -> Preview:
    """What the file would do; changes nothing."""
    found, known = _checked(unit, by, content)
    return Preview(len(found.rows), counts_of(found.rows, known), found.faults)


def import_people(
    unit: Unit, parts: Parts, by: str, content: bytes, default: Default, *, skip_bad: bool
) -> Preview:
    """Imports the file, unless a row of it is bad; then nothing, or with `skip_bad` the others."""
    found, known = _checked(unit, by, content)
    if not found.rows or (found.faults and not skip_bad):
        return Preview(len(found.rows), Counts(), found.faults)
    counts = take_in(unit, parts, found.rows, default, known, by=by)
    return Preview(len(found.rows), counts, found.faults)


def _checked(unit: Unit, by: str, content: bytes) -> tuple[PeopleFile, Known]:
    found, known = read_people(content), known_people(unit)
    doer = directory.find(unit, by)
    if doer is None or "admin" not in doer.role_names:
        _refuse_trust(found, known)
    check_leaders(found, known)
    return found, known


def _refuse_trust(file: PeopleFile, known: Known) -> None:
    """The file is no way around who may let somebody into the console."""
    bad = {row.line for row in file.rows if TRUSTED & _changed_roles(row, known)}
    file.faults.extend(Fault(line, "roles", "only-admin") for line in bad)
    file.rows = [row for row in file.rows if row.line not in bad]


def _changed_roles(row: Row, known: Known) -> set[str]:
    if row.roles is None:
        return set()
    before = known.people.get(row.email)
    return set(row.roles.split(",")) ^ set(before.roles.split(",") if before else ())
