"""Figure 15: group figures of 1,000 organisations over 26 periods, and of 300 organisations' courses
over 8 quarters, and who can be told from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from flows.figures import Given, figure
from tests.benchmarks.rounds import Figure
from tests.flows.attack import PERIODS, Publish, a_year, recovered
from tests.flows.attack_courses import QUARTERS, two_years

ORGANISATIONS, WITH_COURSES = 1_000, 300
Life = Callable[[int, Publish], Iterator[tuple[dict[str, int], list[Given]]]]


def measure(folder: Path) -> list[Figure]:
    groups = f"organisations over {PERIODS} periods"
    courses = f"organisations' courses, their modules and the dialogue over {QUARTERS} quarters"
    return [_lost(ORGANISATIONS, groups, a_year), _lost(WITH_COURSES, courses, two_years)]


def _lost(count: int, of_what: str, life: Life) -> Figure:
    given = lost = people = 0
    for seed in range(count):
        for answers, ledger in life(seed, figure):
            given += len(ledger)
            people += len(answers)
            lost += len(recovered(answers, ledger))
    what = (
        f"people recovered from {given:,} figures of {count:,} {of_what} ({people:,} people and "
        "viewers who look at them)"
    )
    return Figure("15", what, str(lost), "at most 0", lost == 0)
