"""The people file (CSV) read and checked line by line, before anything is changed."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple, get_args
from zoneinfo import available_timezones

from flows.model import LANGUAGES, Language
from storage.groups import KINDS, Kind
from storage.groups import ROLES as GROUP_ROLES
from storage.groups import Role as GroupRole

Role = Literal["leader", "representative", "hr", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
COLUMNS = (
    "email", "name", "nearest_leader_email", "roles", "language", "time_zone", "working_days",
    "working_hours", "groups",
)  # fmt: skip
REQUIRED = ("email", "name")
LONGEST_EMAIL, LONGEST_NAME = 254, 120
ROW = "row"
"""The column of a fault that is about the whole row."""

Wrong = Literal[
    "unreadable", "no-columns", "unknown-column", "column-twice", "cells", "missing", "no-email",
    "long-name", "twice", "self", "unknown-leader", "cycle", "no-role", "no-language", "no-zone",
    "no-days", "no-hours", "no-group", "only-admin",
]  # fmt: skip

_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\"]+\.[^@\s<>()\[\],;:\\\".]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_DAY = {
    name: number
    for number, names in enumerate(
        ("mon man", "tue tir", "wed ons", "thu tor", "fri fre", "sat lør", "sun søn"), start=1
    )
    for name in names.split()
}
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?")
_ROLE_WORDS: dict[str, GroupRole] = {
    "leader": "leader", "leder": "leader", "tr": "tr", "amr": "amr", "member": "member",
    "medlem": "member", "facilitator": "facilitator",
}  # fmt: skip
_SUBSTITUTE = re.compile(r"[\s-]*(substitute|suppleant)$")
_ZONES = frozenset(available_timezones())


class Fault(NamedTuple):
    """`about` is what the sentence needs besides: never a cell that may be somebody's words."""

    line: int
    column: str
    wrong: Wrong
    about: str = ""


class Place(NamedTuple):
    """A place in a group, which the file names and need not be there yet."""

    kind: Kind
    name: str
    role: GroupRole
    substitute: bool


@dataclass(frozen=True)
class Row:
    """One person. What is None was left empty: it stays as it is, or becomes the default."""

    line: int
    email: str
    name: str
    nearest: str | None = None
    roles: str | None = None
    language: Language | None = None
    zone: str | None = None
    days: str | None = None
    hours: tuple[str, str] | None = None
    places: tuple[Place, ...] | None = None


@dataclass
class PeopleFile:
    """`faults`: what is wrong with rows, which are then not among `rows`."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def as_email(text: str) -> str | None:
    """The address as it is compared and kept: None if it is none."""
    email = unicodedata.normalize("NFC", text.strip().removeprefix("mailto:")).lower()
    fits = len(email) <= LONGEST_EMAIL and _EMAIL.fullmatch(email)
    return email if fits else None


def read_people(content: bytes) -> PeopleFile:
    """The rows of a file in UTF-8, with commas, or semicolons as a Danish spreadsheet writes."""
    found = PeopleFile()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found.faults.append(Fault(line, ROW, "unreadable", "UTF-8"))
        return found
    try:
        _read(text, found)
    except csv.Error:
        found.faults.append(Fault(_broken_at(text), ROW, "unreadable", "CSV"))
    return found


def _broken_at(text: str) -> int:
    """The line where the row begins that is no CSV: mostly a quote that is never closed."""
    began = 1
    lines = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    try:
        for _ in lines:
            began = lines.line_num + 1
    except csv.Error:
        pass
    return began


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return ";" if head.count(";") > head.count(",") else ","


def _read(text: str, found: PeopleFile) -> None:
    lines = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text), strict=True)
    columns = [cell.strip().lower() for cell in next(lines, [])]
    found.faults.extend(_of_columns(columns))
    if found.faults:
        return
    began, seen = lines.line_num + 1, dict[str, int]()
    for cells in lines:
        line, began = began, lines.line_num + 1
        if any(cell.strip() for cell in cells):
            _take(found, line, columns, cells, seen)


def _of_columns(columns: list[str]) -> Iterator[Fault]:
    for name in REQUIRED:
        if name not in columns:
            yield Fault(1, name, "no-columns", ", ".join(COLUMNS))
    for at, name in enumerate(columns, start=1):
        if name not in COLUMNS:
            yield Fault(1, str(at), "unknown-column", ", ".join(COLUMNS))
        elif name in columns[: at - 1]:
            yield Fault(1, name, "column-twice")


def _take(
    found: PeopleFile, line: int, columns: list[str], cells: list[str], seen: dict[str, int]
) -> None:
    if len(cells) != len(columns):
        found.faults.append(Fault(line, ROW, "cells", f"{len(cells)}/{len(columns)}"))
        return
    reading = _Reading(line, dict(zip(columns, [cell.strip() for cell in cells], strict=True)))
    row = reading.row()
    first = seen.setdefault(row.email, line) if row.email else line
    if first != line:
        reading.faults.append(Fault(line, "email", "twice", str(first)))
    if reading.faults:
        found.faults.extend(reading.faults)
    else:
        found.rows.append(row)


class _Reading:
    """One row being read: every cell is looked at, so that all that is wrong is told at once."""

    def __init__(self, line: int, cells: dict[str, str]) -> None:
        self.line = line
        self.cells = cells
        self.faults: list[Fault] = []

    def row(self) -> Row:
        email = self._email("email") or ""
        nearest = self._email("nearest_leader_email")
        if nearest is not None and nearest == email:
            self._wrong("nearest_leader_email", "self")
        return Row(
            self.line, email, self._name(), nearest,
            self._roles(), self._language(), self._zone(), self._days(), self._hours(),
            self._places(),
        )  # fmt: skip

    def _wrong(self, column: str, wrong: Wrong, about: str = "") -> None:
        self.faults.append(Fault(self.line, column, wrong, about))

    def _email(self, column: str) -> str | None:
        written = self.cells.get(column, "")
        if not written:
            if column in REQUIRED:
                self._wrong(column, "missing")
            return None
        email = as_email(written)
        if email is None:
            self._wrong(column, "no-email")
        return email

    def _name(self) -> str:
        name = " ".join(unicodedata.normalize("NFC", self.cells.get("name", "")).split())
        if not name:
            self._wrong("name", "missing")
        elif len(name) > LONGEST_NAME or _CONTROL.search(name):
            self._wrong("name", "long-name", str(LONGEST_NAME))
        return name

    def _roles(self) -> str | None:
        roles, all_known = roles_in(self.cells.get("roles", ""))
        if not all_known:
            self._wrong("roles", "no-role", ", ".join(ROLES))
        return roles

    def _language(self) -> Language | None:
        written = self.cells.get("language", "").lower()
        if not written:
            return None
        found = next((one for one in LANGUAGES if one == written), None)
        if found is None:
            self._wrong("language", "no-language", ", ".join(LANGUAGES))
        return found

    def _zone(self) -> str | None:
        written = self.cells.get("time_zone", "")
        if written and written not in _ZONES:
            self._wrong("time_zone", "no-zone")
        return written or None

    def _days(self) -> str | None:
        written = self.cells.get("working_days", "")
        days = days_in(written) if written else None
        if written and days is None:
            self._wrong("working_days", "no-days")
        return days

    def _hours(self) -> tuple[str, str] | None:
        written = self.cells.get("working_hours", "")
        hours = hours_in(written) if written else None
        if written and hours is None:
            self._wrong("working_hours", "no-hours")
        return hours

    def _places(self) -> tuple[Place, ...] | None:
        written = self.cells.get("groups", "")
        if written in ("-", "–"):
            return ()  # an empty cell leaves it as it is
        parts = [one.strip() for one in written.split(";") if one.strip()]
        places = [place_in(part) for part in parts]
        if None in places:
            self._wrong("groups", "no-group")
        return tuple(dict.fromkeys(one for one in places if one)) or None


@lru_cache(maxsize=4096)
def roles_in(written: str) -> tuple[str | None, bool]:
    """The roles that we know, in their own order, and whether there are no others."""
    wanted = {one for one in re.split(r"[\s,;|]+", written.lower()) if one}
    return ",".join(role for role in ROLES if role in wanted) or None, wanted <= set(ROLES)


@lru_cache(maxsize=4096)
def place_in(written: str) -> Place | None:
    """ "trio:Rosengården:amr", "trio:Rosengården:tr-substitute", "leadership:Ældre" or
    "network:Øst:facilitator"."""
    kind, _, rest = written.partition(":")
    name, _, word = rest.partition(":")
    name = " ".join(unicodedata.normalize("NFC", name).split())
    seat = _seat_in(kind, word)
    if seat is None or not name or len(name) > LONGEST_NAME:
        return None
    found, role, substitute = seat
    return Place(found, name, role, substitute)


@lru_cache(maxsize=4096)
def _seat_in(kind: str, word: str) -> tuple[Kind, GroupRole, bool] | None:
    """The kind of group, the role there, and whether as a substitute."""
    found = next((one for one in KINDS if one == kind.strip().lower()), None)
    if found is None:
        return None
    word = word.strip().lower()
    plain = _SUBSTITUTE.sub("", word)
    role = _ROLE_WORDS.get(plain) if plain else None
    if not plain and found != "trio":
        role = GROUP_ROLES[found][0]
    return (found, role, plain != word) if role and role in GROUP_ROLES[found] else None


@lru_cache(maxsize=4096)
def days_in(written: str) -> str | None:
    """ "12345", "mon-fri" or "man, tir, tor" as the digits of the days, Monday first."""
    days: set[int] = set()
    for part in filter(None, re.split(r"[\s,;]+", re.sub(r"\s*[-–]\s*", "-", written.lower()))):
        if re.fullmatch(r"[1-7]+", part):
            days |= {int(one) for one in part}
            continue
        first, _, last = part.partition("-")
        begins, ends = _day(first), _day(last or first)
        if begins is None or ends is None or ends < begins:
            return None
        days |= set(range(begins, ends + 1))
    return "".join(map(str, sorted(days))) or None


def _day(name: str) -> int | None:
    if re.fullmatch(r"[1-7]", name):
        return int(name)
    return _DAY.get(name[:3]) if len(name) >= 3 else None


@lru_cache(maxsize=4096)
def hours_in(written: str) -> tuple[str, str] | None:
    """ "8-16" or "08.00 - 16.30" as from and to, on the same day."""
    found = _HOURS.fullmatch(written)
    if found is None:
        return None
    begins, ends = (
        (int(hour), int(minute or 0)) for hour, minute in (found.group(1, 2), found.group(3, 4))
    )
    if not begins < ends or max(begins[1], ends[1]) > 59 or ends[0] > 23:
        return None
    return f"{begins[0]:02}:{begins[1]:02}", f"{ends[0]:02}:{ends[1]:02}"
