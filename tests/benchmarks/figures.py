"""Figure 15: group figures of 1,000 organisations over 26 periods, and who can be told from them."""

from __future__ import annotations

from pathlib import Path

from flows.figures import figure
from tests.benchmarks.rounds import Figure
from tests.flows.attack import PERIODS, a_year, recovered

ORGANISATIONS = 1_000


def measure(folder: Path) -> list[Figure]:
    given = lost = people = 0
    for seed in range(ORGANISATIONS):
        for answers, ledger in a_year(seed, figure):
            given += len(ledger)
            people += len(answers)
            lost += len(recovered(answers, ledger))
    what = (
        f"people recovered from {given:,} figures of {ORGANISATIONS:,} organisations over "
        f"{PERIODS} periods ({people:,} people and viewers who look at them)"
    )
    return [Figure("15", what, str(lost), "at most 0", lost == 0)]
