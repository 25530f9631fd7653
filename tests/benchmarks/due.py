"""Figures 3 and 4: 1,000 people due, among many and among few, and through a job store."""

from __future__ import annotations

import asyncio
import base64
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.clock import SetClock
from bot.firing import fire_due
from bot.settings import Settings
from bot.wiring import Wired, build
from storage.columns import to_microseconds
from storage.sqlite import driver_of
from tests.benchmarks import job_store
from tests.benchmarks.ours import KEY
from tests.benchmarks.rounds import Figure, at_least, at_most, interleaved, told

NOW = datetime(2026, 9, 21, 7, 0, tzinfo=UTC)
DUE, FEW, MANY = 1_000, 10_000, 1_000_000
ROUNDS, JOB_ROUNDS = 12, 4
Rows = Sequence[int]
Act = Callable[[], object]
Choose = Callable[[random.Random, int], Rows]
PERSON = """INSERT INTO person (id, language, zone, working_days, hours_from, hours_to, roles,
 budget_per_week, status, created_at)
 VALUES (?, 'da', 'Europe/Copenhagen', '12345', '08:00', '16:00', '', 4, 'active', 0)"""
REMINDER = """INSERT INTO reminder
 (id, person_id, kind, subject_id, slot_date, ordinal, due_at, state)
 VALUES (?, ?, 'prepare', ?, '2026-09-23', 1, ?, 'planned')"""


def measure(folder: Path) -> list[Figure]:
    few, many = folder / "few", folder / "many"
    spent = interleaved(
        {"few": _our_acts(few, FEW, _together), "many": _our_acts(many, MANY, _together)}
    )
    strewn = interleaved(
        {"few": _our_acts(few, FEW, _strewn), "many": _our_acts(many, MANY, _strewn)}
    )
    with asyncio.Runner() as runner:
        run = partial(job_store.acts, run=runner.run, people=FEW, due=DUE, rounds=JOB_ROUNDS)
        stores = interleaved(
            {
                "ours": _our_acts(few, FEW, _together, JOB_ROUNDS),
                "its usual settings": run(folder / "usual", tuned=False),
                "our pragmas": run(folder / "tuned", tuned=True),
            }
        )
    return [*_among_more(spent, strewn), *_against_jobs(stores)]


def _among_more(spent: dict[str, float], strewn: dict[str, float]) -> list[Figure]:
    return [
        at_most(
            "3", f"time to find and plan {DUE:,} due people {_sizes(spent)}", _ratio(spent), 1.3
        ),
        told("3a", f"planned in no order at all {_sizes(strewn)}", f"{_ratio(strewn):.2f} times"),
    ]


def _ratio(spent: dict[str, float]) -> float:
    return spent["many"] / spent["few"]


def _sizes(spent: dict[str, float]) -> str:
    many, few = spent["many"] * 1e3, spent["few"] * 1e3
    return f"({many:.1f} ms among {MANY:,}, {few:.1f} ms among {FEW:,})"


def _against_jobs(stores: dict[str, float]) -> list[Figure]:
    """Against the quicker of its two ways."""
    ours = stores.pop("ours")
    rates = ", ".join(f"{how} {DUE / spent:,.0f}" for how, spent in stores.items())
    what = f"due people a second ({DUE / ours:,.0f}) against a job per person ({rates})"
    return [at_least("4", what, min(stores.values()) / ours, 10)]


def _together(draw: random.Random, count: int) -> Rows:
    """Planned one after the other when they were last due, as the running program does."""
    first = draw.randrange(1, count - DUE)
    return range(first, first + DUE)


def _strewn(draw: random.Random, count: int) -> Rows:
    """Anywhere among all: as when everybody has just been entered at once."""
    return draw.sample(range(1, count + 1), DUE)


def _our_acts(folder: Path, count: int, choose: Choose, rounds: int = ROUNDS) -> Iterator[Act]:
    is_new = not folder.exists()
    wired = _opened(folder)
    if is_new:
        _fill(wired, count)
    draw = random.Random(2)
    with closing(sqlite3.connect(folder / "due.db")) as beside:
        for _ in range(rounds):
            _make_due(beside, choose(draw, count))
            yield lambda: _fire_all(wired)
    wired.close()


def _make_due(beside: sqlite3.Connection, rows: Rows) -> None:
    """Other people every time, so that no round finds what an earlier one left in memory."""
    with beside:
        beside.execute("DELETE FROM outbox")
        beside.execute("UPDATE reminder SET state = 'done' WHERE state = 'fired'")
        due = [(to_microseconds(NOW), row) for row in rows]
        beside.executemany("UPDATE reminder SET state = 'planned', due_at = ? WHERE rowid = ?", due)
    beside.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _opened(folder: Path) -> Wired:
    settings = Settings(database_url=f"sqlite:///{folder}/due.db", secret_key=SecretStr(KEY))
    return build(settings, clock=SetClock(NOW))


def _fill(wired: Wired, count: int) -> None:
    """Everybody has a reminder planned in the fortnight to come."""
    draw = random.Random(1)
    ids = [base64.urlsafe_b64encode(draw.randbytes(8)).decode().rstrip("=") for _ in range(count)]
    with wired.database.write() as unit:
        driver = driver_of(unit.connection)
        driver.executemany(PERSON, ((one,) for one in ids))
        driver.executemany(REMINDER, _reminders(ids, draw))


def _reminders(ids: list[str], draw: random.Random) -> Iterator[tuple[Any, ...]]:
    for person in ids:
        later = timedelta(seconds=draw.randrange(3600, 14 * 86400))
        yield f"r{person}", person, f"c{person}", to_microseconds(NOW + later)


def _fire_all(wired: Wired) -> None:
    fired = 0
    while some := wired.writer.submit(lambda unit: fire_due(unit, wired.parts)).result():
        fired += some
    assert fired == DUE, fired
