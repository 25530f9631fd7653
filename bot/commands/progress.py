"""A bar on the terminal for what takes more than two seconds; nothing when nobody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, TypeVar

from tqdm import tqdm

T = TypeVar("T")
PATIENCE = 2.0
GLANCE = 0.25


def bar(label: str, total: int | None = None, **more: Any) -> tqdm[Any]:
    """On stderr, from the third second on, only on a terminal."""
    return tqdm(total=total, desc=label, delay=PATIENCE, disable=None, leave=False, **more)


def over(label: str, steps: Iterable[T], total: int) -> Iterator[T]:
    with bar(label, total) as shown:
        for step in steps:
            yield step
            shown.update()


def waiting(label: str, work: Callable[[], T]) -> T:
    """Does a work that cannot say how far it is, and shows for how long it has been at it."""
    with (
        ThreadPoolExecutor(max_workers=1) as worker,
        bar(label, bar_format="{desc}: {elapsed}") as shown,
    ):
        doing = worker.submit(work)
        while not wait([doing], GLANCE).done:
            shown.update()
        return doing.result()
