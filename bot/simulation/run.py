"""`simulate`: years of many leaders in minutes, replayed exactly by the same seed."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.simulation.office import Office
from bot.simulation.report import Report
from bot.simulation.stage import Stage

DAYS_A_YEAR = 365.25


def simulate(
    leaders: int,
    weeks: int,
    seed: int,
    faults: bool,
    *,
    folder: Path,
    courses: bool = True,
    database_url: str | None = None,
    progress: Callable[[float], None] = lambda done: None,
    office: Callable[..., Office] = Office,
) -> Report:
    """Runs the real program for `leaders` over `weeks` of a set clock. `courses`: with their
    representatives, groups, HR and all that a course brings; else pairs and dialogues alone.

    `folder` gets the database, unless `database_url` names one; it must be empty of an earlier
    run. `progress` hears how much is done, from 0 to 1. `office` is the program, for tests that
    plant a bug in it.
    """
    began = time.perf_counter()
    stage = Stage(
        leaders, weeks, seed, faults, courses=courses, folder=folder,
        database_url=database_url, office=office,
    )  # fmt: skip
    with _quiet():
        report = asyncio.run(stage.play(progress))
    return _timed(report, time.perf_counter() - began)


def _timed(report: Report, seconds: float) -> Report:
    years = report.leaders * report.weeks * 7 / DAYS_A_YEAR
    return report.model_copy(
        update={
            "wall_seconds": round(seconds, 2),
            "leader_years_per_minute": round(years / seconds * 60, 1),
        }
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Faults that were asked for are counted, not logged."""
    outbound = logging.getLogger("bot.outbound")
    before = outbound.disabled
    outbound.disabled = True
    try:
        yield
    finally:
        outbound.disabled = before
