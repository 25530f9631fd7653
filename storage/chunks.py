"""Many values in one statement, but not more than a database takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

AT_ONCE = 500
T = TypeVar("T")


def by_many(wanted: Iterable[T]) -> Iterator[list[T]]:
    """In lists that fit into one statement."""
    rest = iter(wanted)
    while some := list(islice(rest, AT_ONCE)):
        yield some
