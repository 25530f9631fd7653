"""Figure 5: how long a person waits for `tillidsrum --help`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.rounds import Figure, at_most, interleaved

ROUNDS = 16


def measure(folder: Path) -> list[Figure]:
    """The installed command, as somebody in a shell would start it."""
    command = Path(sys.executable).with_name("tillidsrum")
    spent = interleaved({
        "ours": _acts([str(command), "--help"]),
        "sqlmodel": _acts([sys.executable, "-c", "import sqlmodel"]),
        "nothing": _acts([sys.executable, "-c", ""]),
    })  # fmt: skip
    ours, other, nothing = (spent[name] * 1e3 for name in ("ours", "sqlmodel", "nothing"))
    what = (
        f"tillidsrum --help ({ours:.0f} ms) against importing sqlmodel ({other:.0f} ms; "
        f"an empty Python takes {nothing:.0f} ms)"
    )
    return [at_most("5", what, ours / other, 1.0)]


def _acts(command: Sequence[str]) -> Iterator[Callable[[], object]]:
    for _ in range(ROUNDS):
        yield partial(subprocess.run, command, check=True, stdout=subprocess.DEVNULL)
