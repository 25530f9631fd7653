"""Who is in the try-out, and when it begins."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.parts import Parts
from bot.planning import plan_cadence
from bot.talk import Talk
from flows.cadence import Cadence as Rule
from flows.calendar import PersonCalendar, at_local, is_working_day, local_date
from flows.model import Language
from storage import cadences, organisation, outbox, pairs, people, reminders
from storage.database import Unit
from storage.reminders import Reminder

ZONE = "Europe/Copenhagen"
BEGINS = time(8, 50)
TALKS_AT = time(10, 0)
MOVED_BY = "demo_clock_ahead_seconds"
LANGUAGE = "demo_language"
PLANNED = 40
"""More than the story's people ever have planned at once."""
HELP_ROUTES = {
    "da": [
        "Tillidsrepræsentanten: Sofie, træffes på lokal 41",
        "HR: Jonas, som kan tale fortroligt med dig",
        "Din egen læge",
    ],
    "en": [
        "The union representative: Sofie, extension 41",
        "HR: Jonas, who can talk with you in confidence",
        "Your own doctor",
    ],
}


class Phone(NamedTuple):
    id: str
    name: str
    role: dict[Language, str]


METTE = Phone("mette", "Mette", {"da": "leder", "en": "leader"})
KARIN = Phone("karin", "Karin", {"da": "Mettes nærmeste leder", "en": "Mette's nearest leader"})
PHONES = (METTE, KARIN)


def first_morning(now: datetime, holidays: frozenset[date]) -> datetime:
    """The coming Monday morning that is a working day, for the story to begin on."""
    calendar = PersonCalendar(zone=ZONE, holidays=holidays)
    day = local_date(calendar, now) + timedelta(days=1)
    while day.isoweekday() != 1 or not is_working_day(calendar, day):
        day += timedelta(days=1)
    return at_local(calendar, day, BEGINS)


def tell(unit: Unit, parts: Parts, language: Language) -> None:
    """Adds Mette, Karin and Karin's own nearest leader, their dialogues, and Mette's welcome."""
    now = parts.clock()
    ids = {}
    for name, last, email in (
        ("Mette", "Holm", "mette@example.org"),
        ("Karin", "Lund", "karin@example.org"),
        ("Henrik", "Dahl", "henrik@example.org"),
    ):
        person = people.add_person(
            unit, parts.ids, now, name=f"{name} {last}", email=email, language=language, zone=ZONE
        )
        ids[name] = person.id
    for phone in PHONES:
        people.add_address(unit, parts.ids, ids[phone.name], "web", phone.id)
    organisation.put_setting(unit, "help_routes", json.dumps(HELP_ROUTES, ensure_ascii=False))
    monday = local_date(PersonCalendar(zone=ZONE), now)
    _talks(unit, parts, ids["Mette"], ids["Karin"], monday + timedelta(days=2))
    _talks(unit, parts, ids["Karin"], ids["Henrik"], monday + timedelta(days=8))
    welcome = Talk(unit, parts, people.get_person(unit, ids["Mette"]))
    welcome.begin("welcome")
    welcome.flush("demo:welcome")


def _talks(unit: Unit, parts: Parts, leader: str, nearest: str, first: date) -> None:
    rule = Rule(anchor=first, every_weeks=2, at=TALKS_AT)
    pair = pairs.begin_pair(unit, parts.ids, parts.clock(), leader, nearest)
    cadence = cadences.begin_cadence(unit, parts.ids, leader, rule, pair=pair.id)
    plan_cadence(unit, parts, cadence, parts.clock())


def planned_for_phones(unit: Unit) -> list[Reminder]:
    """What will come of itself to those who have a phone on the page, the soonest first."""
    return [
        one
        for one in reminders.planned(unit, PLANNED)
        if people.reached_at(unit, one.person) and cadences.cadence_by_id(unit, one.subject)
    ]


def next_for_phones(unit: Unit) -> datetime | None:
    """When something next happens that the page can show."""
    found = [outbox.next_due(unit), *(one.due_at for one in planned_for_phones(unit)[:1])]
    return min((at for at in found if at), default=None)
