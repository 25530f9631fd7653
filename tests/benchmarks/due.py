"""Figures 3 and 4: 1,000 people due, among many and among few, and through a job store."""

from __future__ import annotations

import asyncio
import base64
import random
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.clock import SetClock
from bot.firing import fire_due
from bot.settings import Settings
from bot.wiring import Wired, build
from storage.columns import to_microseconds
from storage.database import Unit
from storage.sqlite import driver_of
from tests.benchmarks import job_store
from tests.benchmarks.rounds import Figure, at_least, at_most, interleaved, told

NOW = datetime(2026, 9, 21, 7, 0, tzinfo=UTC)
DUE, FEW, MANY = 1_000, 10_000, 1_000_000
ROUNDS, JOB_ROUNDS = 9, 4
PERSON = """INSERT INTO person (id, language, zone, working_days, hours_from, hours_to, roles,
 budget_per_week, status, created_at)
 VALUES (?, 'da', 'Europe/Copenhagen', '12345', '08:00', '16:00', '', 4, 'active', 0)"""
REMINDER = """INSERT INTO reminder (id, person_id, kind, subject_id, slot_date, ordinal, due_at, state)
 VALUES (?, ?, 'prepare', ?, '2026-09-23', 1, ?, 'planned')"""
AGAIN = ("UPDATE reminder SET state = 'planned' WHERE state = 'fired'", "DELETE FROM outbox")


def measure(folder: Path) -> list[Figure]:
    with asyncio.Runner() as runner:
        spent = interleaved({
            "few": _our_acts(folder / "few", FEW),
            "many": _our_acts(folder / "many", MANY),
        })  # fmt: skip
        stores = interleaved({
            "ours": _our_acts(folder / "ours", FEW, JOB_ROUNDS),
            "as it comes": job_store.acts(folder / "jobs", runner.run, FEW, DUE, JOB_ROUNDS, tuned=False),
            "tuned": job_store.acts(folder / "tuned", runner.run, FEW, DUE, JOB_ROUNDS, tuned=True),
        })  # fmt: skip
    return _figures(spent, stores)


def _figures(spent: dict[str, float], stores: dict[str, float]) -> list[Figure]:
    few, many = spent["few"], spent["many"]
    sizes = f"{many * 1e3:.1f} ms among {MANY:,}, {few * 1e3:.1f} ms among {FEW:,}"
    ours, tuned, usual = stores["ours"], stores["tuned"], stores["as it comes"]
    jobs = f"ours {DUE / ours:,.0f} a second, the job store {DUE / tuned:,.0f}"
    return [
        at_most("3", f"time to find and plan {DUE:,} due people ({sizes})", many / few, 1.3),
        at_least("4", f"the same against a job per person, with WAL ({jobs})", tuned / ours, 10),
        told("4a", f"its usual settings: {DUE / usual:,.0f} a second", f"{usual / ours:.1f} times"),
    ]


def _our_acts(folder: Path, count: int, rounds: int = ROUNDS) -> Iterator[Callable[[], object]]:
    wired = _opened(folder)
    _fill(wired, count)
    for _ in range(rounds):
        yield lambda: _fire_all(wired)
        with wired.database.write() as unit:
            for statement in AGAIN:
                unit.connection.exec_driver_sql(statement)
        wired.database.checkpoint()
    wired.close()


def _opened(folder: Path) -> Wired:
    key = SecretStr(base64.b64encode(secrets.token_bytes(32)).decode())
    settings = Settings(database_url=f"sqlite:///{folder}/due.db", secret_key=key)
    return build(settings, clock=SetClock(NOW))


def _fill(wired: Wired, count: int) -> None:
    """`DUE` of them due now, at random among the others, who are due in the fortnight to come."""
    draw = random.Random(1)
    ids = [base64.urlsafe_b64encode(draw.randbytes(8)).decode().rstrip("=") for _ in range(count)]
    due = frozenset(draw.sample(range(count), DUE))
    with wired.database.write() as unit:
        driver = driver_of(unit.connection)
        driver.executemany(PERSON, ((one,) for one in ids))
        driver.executemany(REMINDER, _reminders(ids, due, draw))
    wired.database.checkpoint()


def _reminders(ids: list[str], due: frozenset[int], draw: random.Random) -> Iterator[tuple[Any, ...]]:
    for number, person in enumerate(ids):
        later = timedelta(seconds=draw.randrange(3600, 14 * 86400))
        at = NOW if number in due else NOW + later
        yield f"r{person}", person, f"c{person}", to_microseconds(at)


def _fire_all(wired: Wired) -> None:
    fired = 0
    while some := wired.writer.submit(lambda unit: fire_due(unit, wired.parts)).result():
        fired += some
    assert fired == DUE, fired


def _planned(unit: Unit) -> int:
    return int(unit.connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one())
