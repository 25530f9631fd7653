"""Two or more ways of doing the same, timed in turns, so that a busy machine is busy for all."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the table. `wanted`: "at least 6.0 times", or empty for what is only told."""

    number: str
    what: str
    measured: str
    wanted: str = ""
    holds: bool | None = None


def at_least(number: str, what: str, ratio: float, limit: float) -> Figure:
    return Figure(number, what, f"{ratio:.2f} times", f"at least {limit:.2f}", ratio >= limit)


def at_most(number: str, what: str, ratio: float, limit: float) -> Figure:
    return Figure(number, what, f"{ratio:.2f} times", f"at most {limit:.2f}", ratio <= limit)


def told(number: str, what: str, measured: str) -> Figure:
    return Figure(number, what, measured)


def seconds_of(act: Callable[[], object]) -> float:
    """Without the collector, which would strike one side at random."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter()
        act()
        return time.perf_counter() - start
    finally:
        gc.enable()


def interleaved(sides: Mapping[str, Iterable[Callable[[], object]]]) -> dict[str, float]:
    """Median seconds of each side. A side gives one act for each round, made ready untimed; the
    first round warms up and does not count, and every other round goes in the opposite order."""
    acts = {name: iter(rounds) for name, rounds in sides.items()}
    spent: dict[str, list[float]] = {name: [] for name in acts}
    names = list(acts)
    while True:
        for name in names:
            act = next(acts[name], None)
            if act is None:
                return {one: median(times[1:]) for one, times in spent.items()}
            spent[name].append(seconds_of(act))
        names.reverse()
