"""Who is in the simulation: leaders in a chain of nearest leaders, each with their own hours."""

from __future__ import annotations

import random
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
class Leader:
    """`nearest`: the number of the nearest leader, None at the top."""

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
    nearest: int | None

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]


def make_leaders(count: int, dice: random.Random) -> list[Leader]:
    """In groups of three to six, filled from the top of the chain downwards."""
    leads: list[int | None] = [None]
    boss = 0
    while len(leads) < count:
        size = min(dice.randint(*GROUPS), count - len(leads))
        leads += [boss] * size
        boss += 1
    return [_make_leader(number, nearest, dice) for number, nearest in enumerate(leads)]


def _make_leader(number: int, nearest: int | None, dice: random.Random) -> Leader:
    channel = (LOOKING_UP, BLIND)[number % 2]
    return Leader(
        number=number,
        name=f"{dice.choice(NAMES)}{number:05d} Prøve",
        email=f"leder{number}@example.org",
        language=dice.choices(LANGUAGES, (4, 1))[0],
        zone=dice.choices(ZONES, ZONE_WEIGHTS)[0],
        days=dice.choice(DAYS),
        hours=dice.choice(HOURS),
        budget=dice.choice(BUDGETS),
        channel=channel,
        external_id=f"{channel}-{number}",
        nearest=nearest,
    )


def settle_in(
    unit: Unit, parts: Parts, leaders: list[Leader], dice: random.Random
) -> dict[int, str]:
    """Adds everybody with their pairs and dialogues; the person ids by number."""
    ids = {leader.number: _add(unit, parts, leader) for leader in leaders}
    for leader in leaders:
        if leader.nearest is not None and dice.random() < 0.95:
            _pair(unit, parts, ids[leader.number], ids[leader.nearest], dice)
    return ids


def _add(unit: Unit, parts: Parts, leader: Leader) -> str:
    start, end = leader.hours
    person = people.add_person(
        unit, parts.ids, parts.clock(), name=leader.name, email=leader.email,
        language=leader.language, zone=leader.zone, working_days=leader.days,
        hours_from=start, hours_to=end, budget_per_week=leader.budget,
    )  # fmt: skip
    people.add_address(unit, parts.ids, person.id, leader.channel, leader.external_id)
    return person.id


def _pair(unit: Unit, parts: Parts, leader: str, nearest: str, dice: random.Random) -> None:
    now = parts.clock()
    pair = pairs.begin_pair(unit, parts.ids, now, leader, nearest)
    weeks = dice.choices((1, 2, 3, 4), (1, 4, 1, 2))[0]
    first = (now + timedelta(days=dice.randint(2, 7 * weeks + 2))).date()
    rule = Rule(anchor=first, every_weeks=weeks, at=dice.choice(TALKS_AT))
    cadence = cadences.begin_cadence(unit, parts.ids, leader, rule, pair=pair.id)
    plan_cadence(unit, parts, cadence, now)


def welcome(unit: Unit, parts: Parts, person: str, slot: str) -> None:
    """What an invited person meets first."""
    talk = Talk(unit, parts, people.get_person(unit, person))
    talk.begin("welcome")
    talk.flush(slot)


def first_moment(now: datetime, dice: random.Random) -> datetime:
    """When somebody is welcomed: some time in the first week."""
    return now + timedelta(minutes=dice.randint(60, 4 * 24 * 60))
