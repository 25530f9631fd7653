"""Figure 12: planning a whole cohort's calendar, for ten times as many participants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.clock import SetClock
from bot.course import planning
from bot.course.planning import Draft
from bot.danish_holidays import danish_holidays
from bot.parts import Parts
from flows.load import shipped_catalogue, shipped_programmes
from storage import groups, pairs, people
from storage.database import Database, Unit
from storage.encryption import Vault, new_secret_key, parse_secret_key
from storage.erasures import EraseLog
from storage.groups import Member
from storage.ids import RandomIds
from storage.start import start
from tests.benchmarks.rounds import Figure, at_most, interleaved, told

FEW, MANY, ROUNDS = 500, 5_000, 6
LIMIT = 11.0
TEAM, SHARED = 12, 5
"""So many leaders have the same nearest leader; so many TRIOs share a TR and an AMR."""
AWAY = 10
"""Everybody whose number this divides has a leave of their own, so a calendar of their own."""
NOW = datetime(2027, 1, 4, 7, 0, tzinfo=UTC)
PROGRAMME = shipped_programmes()["municipal-course"].programme
DAYS = {
    one.id: date(2027, 2, 4) + number * timedelta(weeks=6)
    for number, one in enumerate(PROGRAMME.modules)
}


def measure(folder: Path) -> list[Figure]:
    folder.mkdir(parents=True, exist_ok=True)
    parts = Parts(
        shipped_catalogue(), SetClock(NOW), RandomIds(), danish_holidays(range(2026, 2029)),
        EraseLog(folder / "erased"),
    )  # fmt: skip
    sides = {str(count): _rounds(folder, parts, count) for count in (FEW, MANY)}
    spent = interleaved(sides)
    few, many = spent[str(FEW)], spent[str(MANY)]
    what = f"planning {MANY:,} participants ({many:.2f} s) against {FEW:,} ({few:.3f} s)"
    each = f"{many / MANY * 1000:.2f} ms"
    return [
        at_most("12", what, many / few, LIMIT),
        told("12a", "of it for each participant with their TRIO", each),
    ]


def _rounds(folder: Path, parts: Parts, count: int) -> Iterator[Callable[[], object]]:
    vault = Vault(parse_secret_key(new_secret_key()))
    url = f"sqlite:///{folder / f'cohort{count}.db'}"
    database = start(url, vault=vault, log=parts.erase_log)
    with database.write() as unit:
        leaders, trios = _employ(unit, parts, count)
    for number in range(ROUNDS):
        draft = Draft(PROGRAMME, f"Cohort {number}", DAYS, leaders, trios)
        yield lambda draft=draft: _start(database, parts, draft)  # type: ignore[misc]
        with database.write() as unit:
            for emptied in ("reminder", "participant", "cohort_group", "cohort_module", "cohort"):
                unit.connection.exec_driver_sql(f"DELETE FROM {emptied}")
    database.close()


def _start(database: Database, parts: Parts, draft: Draft) -> None:
    with database.write() as unit:
        _, planned = planning.start(unit, parts, draft, NOW.date())
    assert planned > 30 * len(draft.people), planned


def _employ(unit: Unit, parts: Parts, count: int) -> tuple[list[str], list[str]]:
    """The leaders and their TRIOs."""
    leaders = _people(unit, parts, "leader", count)
    nearest = _people(unit, parts, "nearest", -(-count // TEAM))
    elected = _people(unit, parts, "elected", 2 * -(-count // SHARED))
    for number, leader in enumerate(leaders):
        if number % AWAY == 0:
            first = date(2027, 3, 1) + timedelta(days=number % 90)
            people.add_leave(unit, parts.ids, leader, first, first + timedelta(days=4))
    led = [(leader, nearest[number // TEAM]) for number, leader in enumerate(leaders)]
    pairs.begin_pairs(unit, parts.ids, NOW, led)
    wanted = [("trio", f"Sted {number}") for number in range(count)]
    made = groups.make_groups(unit, parts.ids, NOW, wanted)  # type: ignore[arg-type]
    trios = [one.id for one in made.values()]
    seats: list[Member] = []
    for number, (trio, leader) in enumerate(zip(trios, leaders, strict=True)):
        tr, amr = elected[2 * (number // SHARED)], elected[2 * (number // SHARED) + 1]
        seats += [Member(trio, leader, "leader"), Member(trio, tr, "tr"), Member(trio, amr, "amr")]
    groups.join(unit, parts.ids, NOW, seats)
    return leaders, trios


def _people(unit: Unit, parts: Parts, kind: str, count: int) -> list[str]:
    rows = [
        {
            "name": f"{kind} {number}", "email": f"{kind}{number}@example.org", "language": "da",
            "zone": "Europe/Copenhagen", "hours_from": f"0{7 + number % 3}:00",
        }
        for number in range(count)
    ]  # fmt: skip
    return people.add_people(unit, parts.ids, NOW, rows)
