"""The last yard of a platform's pace: a moment that was reserved may be over when its commit is
done, and several that are late must not go at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


class Spacing:
    """The limits that hold for everybody, as far as this process sends. What each of the processes
    may send is shared out by `storage/pace.py`."""

    def __init__(self) -> None:
        self._free: dict[str, datetime] = {}

    def moment(self, limits: Sequence[tuple[str, timedelta]], at: datetime) -> datetime:
        """`at`, or later, if another one has the moment."""
        at = max([at, *(self._free[scope] for scope, _ in limits if scope in self._free)])
        self._free.update((scope, at + between) for scope, between in limits)
        return at
