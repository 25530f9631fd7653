"""How a group finds a time to meet: whose turn it is to call it, how long to wait for answers,
which of the proposed times suits best, and who comes in whose place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from flows.calendar import (
    PersonCalendar,
    at_local,
    local_date,
    next_opening,
    next_working_day,
    working_days_before,
)

MORNING = time(9, 5)
DAYS_TO_DECIDE = 2
"""Working days before the first time proposed by which it is settled, whoever has answered."""
HURRY = timedelta(hours=2)
"""The least that people are given to answer in, when the first time is close."""
MOST_TIMES = 3


class Seat(NamedTuple):
    person: str
    role: str
    substitute: bool = False


class Proposed(NamedTuple):
    """A time that was proposed; `fits`: whom it fits, of those who have answered."""

    id: str
    at: datetime
    fits: frozenset[str] = frozenset()


def members(seats: Iterable[Seat]) -> list[str]:
    """Those of a group in the order in which they came, each once; its substitutes only while it
    has nobody else."""
    seats = list(seats)
    own = [seat.person for seat in seats if not seat.substitute]
    return list(dict.fromkeys(own or [seat.person for seat in seats]))


def callers(seats: Iterable[Seat]) -> list[str]:
    """Who may call the group together: a network's facilitators, else its members."""
    seats = list(seats)
    leading = [seat for seat in seats if seat.role == "facilitator" and not seat.substitute]
    return members(leading or seats)


def whose_turn(
    able: Sequence[str], held: Sequence[str], not_now: Collection[str] = ()
) -> str | None:
    """Who calls the next meeting: of those who can, whoever has not done so for the longest time.
    `able`: in the order in which they came; `held`: who called the earlier ones, oldest first;
    `not_now`: who is away, or has passed it on. None when there is nobody."""
    latest = {person: at for at, person in enumerate(held)}
    left = [person for person in able if person not in not_now]
    return min(left, key=lambda person: latest.get(person, -1), default=None)


def stand_ins(seats: Iterable[Seat], cannot: Collection[str]) -> list[str]:
    """The substitutes of members for whom none of the times fits: they stand in by their role."""
    seats = list(seats)
    own = set(members(seats))
    roles = {seat.role for seat in seats if seat.person in cannot and not seat.substitute}
    found = (
        seat.person
        for seat in seats
        if seat.substitute and seat.role in roles and seat.person not in own
    )
    return list(dict.fromkeys(found))


def ranked(times: Iterable[Proposed], now: datetime) -> list[Proposed]:
    """The times that are still to come, the best first: the one that fits most people, and of
    those that fit as many the soonest."""
    coming = (one for one in times if one.at > now)
    return sorted(coming, key=lambda one: (-len(one.fits), one.at, one.id))


def everybody_answered(voters: Collection[str], answered: Collection[str]) -> bool:
    return set(voters) <= set(answered)


def nobody_can(times: Iterable[Proposed]) -> bool:
    """Whether none of them fits anybody but whoever proposed it."""
    return not any(one.fits for one in times)


def decided_by(calendar: PersonCalendar, first: datetime, now: datetime) -> datetime | None:
    """When the convener is asked to settle it, though not all have answered: two working days
    before the first time; when that is too soon, the next working morning, or in two hours. None
    when no working hours are left before it."""
    day = working_days_before(calendar, local_date(calendar, first), DAYS_TO_DECIDE)
    wanted = at_local(calendar, day, MORNING) if day else now
    morning = _next_morning(calendar, now)
    for at in (wanted, morning, now + HURRY):
        opens = next_opening(calendar, at) if at is not None and at >= now + HURRY else None
        if opens is not None and opens < first:
            return opens
    return None


def asked_after(calendar: PersonCalendar, meeting: datetime) -> datetime | None:
    """The morning of the working day after the meeting."""
    return _next_morning(calendar, meeting)


def _next_morning(calendar: PersonCalendar, at: datetime) -> datetime | None:
    day = next_working_day(calendar, local_date(calendar, at))
    return next_opening(calendar, at_local(calendar, day, MORNING)) if day else None
