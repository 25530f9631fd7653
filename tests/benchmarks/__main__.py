"""`python -m tests.benchmarks [NUMBER ...]`: the figures of docs/performance.md.

Nothing here fails a build: a time tells about a machine as much as about a program.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import (
    cohort,
    command,
    console,
    digest,
    due,
    figures,
    people,
    slack_forged,
    slack_posts,
    telegram_pace,
    turn,
    years,
)
from tests.benchmarks.rounds import Figure

MEASURES: dict[str, tuple[str, Callable[[Path], list[Figure]]]] = {
    "1": ("one turn, against the library and against sqlite3 (figures 1 and 2)", turn.measure),
    "3": ("1,000 people due, among many and with jobs (figures 3 and 4)", due.measure),
    "5": ("the command's help (figure 5)", command.measure),
    "6": ("leader-years a minute (figure 6)", years.measure),
    "7": ("what Slack posts, and how soon it is told (figures 7 and 8)", slack_posts.measure),
    "9": ("what Slack has not posted (figure 9)", slack_forged.measure),
    "11": ("20,000 people imported (figure 11)", people.measure),
    "12": ("a cohort's calendar, for many and for few (figure 12)", cohort.measure),
    "13": ("a digest's questions to the database (figure 13)", digest.measure),
    "14": ("a console page with many and with few (figure 14)", console.measure),
    "15": ("whom group figures give away (figure 15)", figures.measure),
    "16": (
        "3,000 messages to Telegram at its pace, and a chat with many (16 and 17)",
        telegram_pace.measure,
    ),
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("numbers", nargs="*", choices=[[], *MEASURES], metavar="NUMBER")
    chosen = asked.parse_args().numbers or list(MEASURES)
    print(_machine(), flush=True)
    for number in chosen:
        what, measure = MEASURES[number]
        print(f"\n{what}", flush=True)
        start = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
            figures = measure(Path(folder))
        print("\n".join(map(_line, figures)))
        print(f"    ({time.perf_counter() - start:.0f} s)", flush=True)


def _machine() -> str:
    cores, (busy, _, _) = os.cpu_count(), os.getloadavg()
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {cores} cores, "
        f"{busy:.1f} processes running on them when this began"
    )


def _line(figure: Figure) -> str:
    holds = {True: "holds", False: "DOES NOT HOLD", None: ""}[figure.holds]
    wanted = f"{figure.wanted}: {holds}" if figure.wanted else ""
    return f"{figure.number:>3}  {figure.measured:>12}  {wanted:<28}  {figure.what}"


if __name__ == "__main__":
    main()
