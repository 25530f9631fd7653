"""Figures 16 and 17: how near to what Telegram takes a great many messages go, and whether a chat
with many of them holds up the others."""

from __future__ import annotations

import asyncio
import operator
import time
from pathlib import Path

from tests.benchmarks.rounds import Figure, at_least, at_most, told
from tests.benchmarks.telegram_company import Arrived, Waiting, delivered
from tests.fakes.telegram.limits import Rates

MANY, OTHERS, HELD = 3_000, 1_000, 20
ROUNDING = 0.05
"""Seconds: a little more than between two messages to anybody."""


def measure(folder: Path) -> list[Figure]:
    with asyncio.Runner() as runner:
        start = time.perf_counter()
        all_of_them = runner.run(delivered(folder / "many", [Waiting(n, 1) for n in _chats(MANY)]))
        spent = time.perf_counter() - start
        others = [Waiting(n, 1) for n in _chats(OTHERS)]
        alone = runner.run(delivered(folder / "alone", others))
        spread = [Waiting(10_000 + n, 1) for n in range(HELD)]
        apart = runner.run(delivered(folder / "apart", [*spread, *others]))
        held = runner.run(delivered(folder / "held", [Waiting(10_000, HELD), *others]))
    return [*_rate(all_of_them, spent), *_held_up(alone, apart, held)]


def _chats(count: int) -> range:
    return range(1, count + 1)


def _rate(arrived: Arrived, spent: float) -> list[Figure]:
    allowed = Rates().overall_per_second
    span = arrived.last()
    reached = (MANY - 1) / span
    what = (
        f"{MANY:,} messages to as many chats, {reached:.2f} a second of the {allowed} allowed, "
        f"{arrived.too_many} of them too many"
    )
    figure = at_least("16", what, reached / allowed, 0.98)
    return [
        figure._replace(holds=bool(figure.holds) and not arrived.too_many),
        told("16a", "the same without waiting for the pace", f"{MANY / spent:,.0f} a second"),
    ]


def _later(one: Arrived, other: Arrived) -> float:
    """By how many seconds at most the first, second … of the others got theirs later. Who of those
    that wait equally long is next, chance decides."""
    came, before = (sorted(run.at[chat][0] for chat in _chats(OTHERS)) for run in (one, other))
    return max(map(operator.sub, came, before))


def _held_up(alone: Arrived, apart: Arrived, held: Arrived) -> list[Figure]:
    others = _chats(OTHERS)
    later = _later(held, apart)
    ratio = held.last(others) / apart.last(others)
    what = (
        f"{OTHERS:,} others finish while {HELD} wait for one chat ({held.last(others):.2f} s), "
        f"against {HELD} to as many chats ({apart.last(others):.2f} s); each of them later by at "
        f"most {max(later, 0):.3f} s"
    )
    figure = at_most("17", what, ratio, 1.0)
    share = f"the same against nothing else at all: later by at most {_later(held, alone):.2f} s"
    return [
        figure._replace(holds=bool(figure.holds) and later <= ROUNDING),
        told("17a", share, f"{held.last(others) / alone.last(others):.3f} times"),
    ]
