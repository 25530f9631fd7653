"""`tillidsrum simulate`: weeks of made-up leaders, lived through with the real parts."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from bot.commands.progress import bar
from bot.commands.texts import say
from bot.simulation.report import Report
from bot.simulation.run import simulate

PARTS = 100


def run(leaders: int, weeks: int, seed: int, faults: bool, as_json: bool) -> int:
    with (
        tempfile.TemporaryDirectory(prefix="tillidsrum-") as folder,
        bar(say("simulate.progress"), PARTS) as shown,
    ):
        report = simulate(
            leaders,
            weeks,
            seed,
            faults,
            folder=Path(folder),
            progress=lambda done: _show(shown, done),
        )
    if as_json:
        click.echo(report.as_json())
    else:
        _tell(report)
    return 1 if report.violations.any() else 0


def _show(shown: tqdm[Any], done: float) -> None:
    """`done` from 0 to 1."""
    shown.update(round(done * PARTS) - shown.n)


def _tell(report: Report) -> None:
    if report.violations.any():
        broken = report.violations.model_dump().items()
        listed = ", ".join(f"{promise} {count}" for promise, count in broken if count)
        click.echo(say("simulate.broken", violations=listed))
        for line in report.first_violations:
            click.echo(line)
    else:
        click.echo(say("simulate.kept", **report.model_dump()))
