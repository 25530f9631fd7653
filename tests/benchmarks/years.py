"""Figure 6: how many years of leaders' conversations are lived through in a minute."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from bot.simulation.run import simulate
from tests.benchmarks.rounds import Figure

LEADERS, WEEKS, SEEDS = 10, 26, (1, 2, 3)
WANTED = 60.0


def measure(folder: Path) -> list[Figure]:
    """Whole conversations through the real program and a database, without faults."""
    reports = []
    for seed in SEEDS:
        own = folder / str(seed)
        own.mkdir(parents=True)
        reports.append(simulate(LEADERS, WEEKS, seed, False, folder=own, courses=False))
    years = median(report.leader_years_per_minute for report in reports)
    turns = median(report.turns / report.wall_seconds for report in reports)
    what = (
        f"leader-years a minute, {LEADERS} leaders for {WEEKS} weeks ({turns:.0f} turns a second)"
    )
    return [Figure("6", what, f"{years:.0f}", f"at least {WANTED:.0f}", years >= WANTED)]
