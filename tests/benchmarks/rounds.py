"""Two or more ways of doing the same, timed in turns, so that a busy machine is busy for all."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
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


def interleaved(
    sides: Mapping[str, Iterable[Callable[[], object]]], acts: int = 1
) -> dict[str, float]:
    """Median seconds of each side's rounds, a round being `acts` acts that count together.

    A side makes each act ready untimed. The sides take turns, act by act, in an order that
    turns round; the first round warms up and does not count.
    """
    ready = {name: iter(side) for name, side in sides.items()}
    spent: dict[str, list[float]] = {name: [] for name in ready}
    names = list(ready)
    while all(_took_a_turn(ready[name], spent[name]) for name in names):
        names.reverse()
    return {name: median(_rounds(times, acts)[1:]) for name, times in spent.items()}


def _took_a_turn(acts: Iterator[Callable[[], object]], spent: list[float]) -> bool:
    act = next(acts, None)
    if act is not None:
        spent.append(seconds_of(act))
    return act is not None


def _rounds(times: list[float], acts: int) -> list[float]:
    return [sum(times[start : start + acts]) for start in range(0, len(times) - acts + 1, acts)]
