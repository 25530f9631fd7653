"""A rhythm of occasions: every N weeks from an anchor, at a local time, around days off.

The series is fixed by its nominal dates, anchor + k * N weeks. A nominal date that is no contact
day (weekend, holiday, leave, closed, paused) is moved to the next contact day at the same local
time, and dropped when that is closer than five days to the next nominal date: then the next
occasion is soon enough, and nothing piles up after leave.

With a weekly rhythm the five days leave room for a move of two days: a Monday may become a
Tuesday or a Wednesday, while a Friday that meets a holiday is dropped, since the Monday after
would give two occasions within four days. A week's pause is then the kinder answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from pydantic import AwareDatetime, BaseModel, Field, field_validator

from flows.calendar import (
    SEARCH_DAYS,
    PersonCalendar,
    WallClock,
    at_local,
    is_contact_day,
    local_date,
    next_contact_day,
)

FEWEST_DAYS_TO_NEXT = 5
HORIZON_DAYS = 3660  # ten years: a search that finds nothing by then has found nothing


class Cadence(BaseModel, frozen=True, extra="forbid"):
    """`at` is a local time; the occasion is a meeting, so it may lie outside contact hours."""

    anchor: date
    every_weeks: int = Field(ge=1, le=26)
    at: WallClock


class Override(BaseModel, frozen=True, extra="forbid"):
    """What happened to one occasion, named by its nominal date: skipped (which wins) or moved.
    With neither it changes nothing; for a date outside the series it is ignored."""

    slot: date
    moved_to: AwareDatetime | None = None
    skipped: bool = False

    @field_validator("moved_to")
    @classmethod
    def _in_utc(cls, moved_to: datetime | None) -> datetime | None:
        return moved_to and moved_to.astimezone(UTC)


class Slot(BaseModel, frozen=True, extra="forbid"):
    """`nominal` is the occasion's key and stays when it moves; `at` is UTC."""

    nominal: date
    at: datetime


def next_slot(
    cadence: Cadence,
    calendar: PersonCalendar,
    after: datetime,
    overrides: Sequence[Override] = (),
) -> Slot | None:
    """The earliest occasion strictly after `after`; None when ten years hold none.

    Two occasions at the same instant are one; it keeps the earlier nominal date. With several
    overrides for one date the last is used.
    """
    if not overrides:
        return _next_regular(cadence, calendar, after, {})
    changed = {
        override.slot: override for override in overrides if override.skipped or override.moved_to
    }
    regular = _next_regular(cadence, calendar, after, changed)
    slots = [slot for slot in _moved(cadence, changed) if slot.at > after]
    if regular is not None:
        slots.append(regular)
    return min(slots, key=lambda slot: (slot.at, slot.nominal), default=None)


def upcoming(
    cadence: Cadence,
    calendar: PersonCalendar,
    after: datetime,
    count: int,
    overrides: Sequence[Override] = (),
) -> list[Slot]:
    """At most `count` occasions after `after`, the earliest first."""
    slots: list[Slot] = []
    while len(slots) < count:
        slot = next_slot(cadence, calendar, after, overrides)
        if slot is None:
            break
        slots.append(slot)
        after = slot.at
    return slots


def _moved(cadence: Cadence, changed: Mapping[date, Override]) -> Iterator[Slot]:
    for nominal, override in changed.items():
        if override.moved_to and not override.skipped and _in_series(cadence, nominal):
            yield Slot(nominal=nominal, at=override.moved_to)


def _in_series(cadence: Cadence, day: date) -> bool:
    return day >= cadence.anchor and not (day - cadence.anchor).days % (cadence.every_weeks * 7)


def _next_regular(
    cadence: Cadence,
    calendar: PersonCalendar,
    after: datetime,
    changed: Mapping[date, Override],
) -> Slot | None:
    """The first occasion without an override. Occasions keep the order of their nominal dates,
    since none is moved to within five days of the next: the search may start at today's."""
    anchor, step = cadence.anchor.toordinal(), cadence.every_weeks * 7
    today = local_date(calendar, after).toordinal()
    horizon = min(max(today, anchor) + HORIZON_DAYS, date.max.toordinal() - SEARCH_DAYS)
    turn = max(0, (today - anchor) // step)
    while (ordinal := anchor + turn * step) <= horizon:
        nominal = date.fromordinal(ordinal)
        day = _contact_day_from(calendar, nominal)
        reached = day.toordinal() if day else ordinal + SEARCH_DAYS
        early_enough = ordinal + step - reached >= FEWEST_DAYS_TO_NEXT
        if day is not None and early_enough and nominal not in changed:
            at = at_local(calendar, day, cadence.at)
            if at > after:
                return Slot(nominal=nominal, at=at)
        # All nominal dates before the next contact day would be moved onto it: leap over them.
        turn = max(turn + 1, (reached - anchor) // step)
    return None


def _contact_day_from(calendar: PersonCalendar, day: date) -> date | None:
    return day if is_contact_day(calendar, day) else next_contact_day(calendar, day)
