"""Who is in the simulation: leaders in a chain of nearest leaders, the representatives of their
TRIOs, and those who run it; each with their own hours."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.parts import Parts
from bot.planning import plan_cadence
from bot.talk import Talk
from flows.cadence import Cadence as Rule
from flows.model import LANGUAGES, Language
from storage import cadences, pairs, people
from storage.database import Unit

GROUPS = (3, 6)
HAVE_A_NEAREST = 0.95
NAMES = (
    "Anne", "Bo", "Cecilie", "Dorte", "Erik", "Freja", "Gitte", "Hans", "Ida", "Jens", "Kirsten",
    "Lars", "Maja", "Niels", "Oline", "Peter", "Rikke", "Søren", "Tove", "Ulla",
)  # fmt: skip
ZONES = ("Europe/Copenhagen", "Europe/London", "America/Nuuk", "Atlantic/Faroe")
ZONE_WEIGHTS = (7, 1, 1, 1)
HOURS = (
    ("08:00", "16:00"), ("07:00", "15:00"), ("09:00", "17:00"), ("08:30", "14:30"),
    ("10:00", "18:00"),
)  # fmt: skip
DAYS = ("12345", "12345", "12345", "1234", "1245", "2345", "135")
BUDGETS = (4, 4, 4, 3, 5)
TALKS_AT = (time(9), time(10), time(13), time(14, 30))
LOOKING_UP, BLIND = "slack", "telegram"
"""The platform that can tell whether a message arrived, and the one that cannot."""


@dataclass(frozen=True)
class Somebody:
    """`nearest`: the number of the nearest leader, None for whoever has none. `roles`: as the
    people file has them."""

    number: int
    name: str
    email: str
    language: Language
    zone: str
    days: str
    hours: tuple[str, str]
    budget: int
    channel: str
    external_id: str
    nearest: int | None = None
    roles: str = "leader"


def make_leaders(count: int, dice: random.Random) -> list[Somebody]:
    """In groups of three to six, filled from the top of the chain downwards."""
    leads: list[int | None] = [None]
    boss = 0
    while len(leads) < count:
        size = min(dice.randint(*GROUPS), count - len(leads))
        leads += [boss if dice.random() < HAVE_A_NEAREST else None for _ in range(size)]
        boss += 1
    return [make_somebody(number, dice, nearest) for number, nearest in enumerate(leads)]


def make_somebody(
    number: int, dice: random.Random, nearest: int | None = None, roles: str = "leader"
) -> Somebody:
    channel = (LOOKING_UP, BLIND)[number % 2]
    return Somebody(
        number=number,
        name=f"{dice.choice(NAMES)}{number:05d} Prøve",
        email=f"nr{number}@example.org",
        language=dice.choices(LANGUAGES, (4, 1))[0],
        zone=dice.choices(ZONES, ZONE_WEIGHTS)[0],
        days=dice.choice(DAYS),
        hours=dice.choice(HOURS),
        budget=dice.choice(BUDGETS),
        channel=channel,
        external_id=f"{channel}-{number}",
        nearest=nearest,
        roles=roles,
    )


def connect(unit: Unit, parts: Parts, somebody: Somebody, person: str) -> None:
    """What no people file says: where they are reached, and how often at most."""
    people.change_person(unit, person, budget_per_week=somebody.budget)
    people.add_address(unit, parts.ids, person, somebody.channel, somebody.external_id)


def agree_on_dialogues(
    unit: Unit, parts: Parts, ids: Mapping[int, str], dice: random.Random
) -> None:
    """Every pair has its series."""
    for number in sorted(ids):
        pair = pairs.pair_of(unit, ids[number])
        if pair is None:
            continue
        now = parts.clock()
        weeks = dice.choices((1, 2, 3, 4), (1, 4, 1, 2))[0]
        first = (now + timedelta(days=dice.randint(2, 7 * weeks + 2))).date()
        rule = Rule(anchor=first, every_weeks=weeks, at=dice.choice(TALKS_AT))
        cadence = cadences.begin_cadence(unit, parts.ids, pair.leader, rule, pair=pair.id)
        plan_cadence(unit, parts, cadence, now)


def welcome(unit: Unit, parts: Parts, person: str, slot: str) -> None:
    """What an invited person meets first."""
    talk = Talk(unit, parts, people.get_person(unit, person))
    talk.begin("welcome")
    talk.flush(slot)


def first_moment(now: datetime, dice: random.Random) -> datetime:
    """When somebody is welcomed: some time in the first week."""
    return now + timedelta(minutes=dice.randint(60, 4 * 24 * 60))
