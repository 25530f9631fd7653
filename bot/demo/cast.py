"""Who is in the try-out: the people of the sample file, and those of them who have a phone on the
page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot.demo.colleagues import NAME as COLLEAGUES
from bot.parts import Parts
from bot.people_file import Row, read_people
from bot.people_import import Default, known_people, take_in
from flows.model import Language
from storage import people
from storage.database import Unit

ZONE = "Europe/Copenhagen"
FILE = Path(__file__).with_name("sample-people.csv")


class Phone(NamedTuple):
    """`email`: of the person in the sample file whose phone it is."""

    id: str
    name: str
    email: str
    role: dict[Language, str]


METTE = Phone("mette", "Mette", "mette.holm@example.org", {"da": "leder", "en": "leader"})
KARIN = Phone(
    "karin", "Karin", "karin.lund@example.org",
    {"da": "Mettes nærmeste leder", "en": "Mette's nearest leader"},
)  # fmt: skip
TOVE = Phone(
    "tove", "Tove", "tove.thomsen@example.org",
    {"da": "tillidsrepræsentant i Mettes TRIO", "en": "union representative in Mette's TRIO"},
)  # fmt: skip
ALI = Phone(
    "ali", "Ali", "ali.amin@example.org",
    {"da": "arbejdsmiljørepræsentant i TRIO'en", "en": "health-and-safety representative"},
)  # fmt: skip
HENRIK = Phone(
    "henrik", "Henrik", "henrik.hr@example.org",
    {"da": "HR, driver kurset", "en": "HR, runs the course"},
)  # fmt: skip
ADMIN = "anna.admin@example.org"
PHONES = (METTE, KARIN, TOVE, ALI, HENRIK)
WITH_A_PHONE = {phone.email: phone for phone in PHONES}


def settle_in(unit: Unit, parts: Parts, language: Language) -> dict[str, str]:
    """Takes in the sample file as `people import` does, everybody in the story's language; e-mail
    -> person."""
    rows = [replace(row, language=language) for row in read_people(FILE.read_bytes()).rows]
    take_in(unit, parts, rows, Default(language, ZONE), known_people(unit))
    there = {email: profile.id for email, profile in people.by_email(unit).items()}
    for row in rows:
        people.add_address(unit, parts.ids, there[row.email], *_reached_at(row))
    return there


def _reached_at(row: Row) -> tuple[str, str]:
    phone = WITH_A_PHONE.get(row.email)
    return ("web", phone.id) if phone else (COLLEAGUES, row.email)
