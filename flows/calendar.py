"""When a person may be contacted: zones, working days, leave, the gate and snoozes.

Instants in and out are timezone-aware UTC; days and clocks are the person's own local ones.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field, model_validator

SEARCH_DAYS = 400  # longer than a year of leave: beyond it there are, in effect, no working days
LATER_TODAY = timedelta(hours=3)
LAST_DAY = date.max - timedelta(days=2)  # so that any zone can still tell its midnight
SETTLING_IN = timedelta(minutes=15)  # nobody wants the bot to be the first thing at the desk

Snooze = Literal["later-today", "tomorrow-morning", "next-working-day", "after-leave"]


@lru_cache(maxsize=1024)  # ZoneInfo's own cache keeps only the eight last used
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _known_zone(name: str) -> str:
    try:
        _zone(name)
    except (LookupError, ValueError, OSError) as problem:
        raise ValueError(
            f"unknown time zone {name!r}; use an IANA name such as 'Europe/Copenhagen'"
        ) from problem
    return name


def _wall_clock(clock: time) -> time:
    if clock.tzinfo is not None:
        raise ValueError(f"{clock} has an offset; give a local time such as 09:00")
    return clock.replace(fold=0)


WallClock = Annotated[time, AfterValidator(_wall_clock)]
ZoneName = Annotated[str, AfterValidator(_known_zone)]
IsoWeekday = Annotated[int, Field(ge=1, le=7)]


class Span(BaseModel, frozen=True, extra="forbid"):
    """Whole local days, both ends included."""

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"a span ends {self.last}, before it begins {self.first}; swap them")
        return self


class PersonCalendar(BaseModel, frozen=True, extra="forbid"):
    """One person's working time; `closed` is the organisation's, `leave` the person's own.
    `paused_until` is the first day of contact again; `date.max` pauses without an end."""

    zone: ZoneName
    working_days: frozenset[IsoWeekday] = frozenset({1, 2, 3, 4, 5})
    hours_from: WallClock = time(8)
    hours_to: WallClock = time(16)
    leave: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()
    holidays: frozenset[date] = frozenset()
    paused_until: date | None = None

    @model_validator(mode="after")
    def _hours_in_order(self) -> Self:
        if self.hours_from >= self.hours_to:
            raise ValueError(
                f"working hours run from {self.hours_from} to {self.hours_to}; "
                "'from' must be earlier than 'to', within one day"
            )
        return self


def _local(calendar: PersonCalendar, at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"the instant {at} has no time zone; give it in UTC")
    return at.astimezone(_zone(calendar.zone))


def local_date(calendar: PersonCalendar, at: datetime) -> date:
    return _local(calendar, at).date()


def at_local(calendar: PersonCalendar, day: date, clock: time) -> datetime:
    """The UTC instant of a wall-clock time: in a spring gap the first valid minute after it,
    in an autumn fold the first of the two."""
    local = datetime.combine(day, clock.replace(fold=0), _zone(calendar.zone))
    earlier, later = local, local.replace(fold=1)
    if earlier.utcoffset() < later.utcoffset():  # type: ignore[operator]  # aware: never None
        return _offset_change(calendar, later.astimezone(UTC), earlier.astimezone(UTC))
    return earlier.astimezone(UTC)


def _offset_change(calendar: PersonCalendar, low: datetime, high: datetime) -> datetime:
    """The first second in (low, high] with another UTC offset than `low` has."""
    low = low.replace(microsecond=0)
    before = _local(calendar, low).utcoffset()
    steps = -((low - high) // timedelta(seconds=1))
    unchanged = 0
    while steps - unchanged > 1:
        middle = (unchanged + steps) // 2
        if _local(calendar, low + timedelta(seconds=middle)).utcoffset() == before:
            unchanged = middle
        else:
            steps = middle
    return low + timedelta(seconds=steps)


def _span_over(calendar: PersonCalendar, day: date) -> Span | None:
    for spans in (calendar.leave, calendar.closed):
        for span in spans:
            if span.first <= day <= span.last:
                return span
    return None


def _is_ordinary_day(calendar: PersonCalendar, day: date) -> bool:
    return day.isoweekday() in calendar.working_days and day not in calendar.holidays


def is_working_day(calendar: PersonCalendar, day: date) -> bool:
    """A weekday the person works, no holiday, no leave, not closed. A pause does not count:
    the person works, and only wants no contact (see `is_contact_day`)."""
    return _is_ordinary_day(calendar, day) and _span_over(calendar, day) is None


def next_working_day(calendar: PersonCalendar, day: date) -> date | None:
    """Strictly after `day`; None when there is none within 400 days."""
    ordinal = day.toordinal() + 1
    horizon = min(day.toordinal() + SEARCH_DAYS, LAST_DAY.toordinal())
    while ordinal <= horizon:
        candidate = date.fromordinal(ordinal)
        span = _span_over(calendar, candidate)
        if span is None and _is_ordinary_day(calendar, candidate):
            return candidate
        ordinal = (span.last if span else candidate).toordinal() + 1  # leap over a whole leave
    return None


def working_days_before(calendar: PersonCalendar, day: date, n: int) -> date | None:
    """The n-th working day strictly before `day` (n = 0: `day` itself, whatever it is);
    None when 400 days pass without one."""
    if n < 0:
        raise ValueError(f"{n} working days before {day}: the number must be 0 or more")
    for _ in range(n):
        earlier = _previous_working_day(calendar, day)
        if earlier is None:
            return None
        day = earlier
    return day


def _previous_working_day(calendar: PersonCalendar, day: date) -> date | None:
    ordinal = day.toordinal() - 1
    horizon = max(day.toordinal() - SEARCH_DAYS, date.min.toordinal())
    while ordinal >= horizon:
        candidate = date.fromordinal(ordinal)
        span = _span_over(calendar, candidate)
        if span is None and _is_ordinary_day(calendar, candidate):
            return candidate
        ordinal = (span.first if span else candidate).toordinal() - 1
    return None


def _is_paused(calendar: PersonCalendar, day: date) -> bool:
    return calendar.paused_until is not None and day < calendar.paused_until


def is_contact_day(calendar: PersonCalendar, day: date) -> bool:
    return not _is_paused(calendar, day) and is_working_day(calendar, day)


def next_contact_day(calendar: PersonCalendar, day: date) -> date | None:
    """The first working day strictly after `day` that is not paused; None when there is none
    within 400 days of `day` or of the end of the pause."""
    if calendar.paused_until is not None and day < calendar.paused_until:
        day = calendar.paused_until - timedelta(days=1)
    return next_working_day(calendar, day)


def may_contact(calendar: PersonCalendar, at: datetime) -> bool:
    """The gate: asked when a contact is planned and again at the moment of sending."""
    local = _local(calendar, at)
    if not calendar.hours_from <= local.time() < calendar.hours_to:
        return False
    return is_contact_day(calendar, local.date())


def next_opening(calendar: PersonCalendar, at: datetime) -> datetime | None:
    """`at` itself when the gate is open, else the first open instant after it; None when no
    contact day follows (see `next_contact_day`)."""
    if may_contact(calendar, at):
        return at
    day: date | None = local_date(calendar, at)
    if day is not None and not is_contact_day(calendar, day):
        day = next_contact_day(calendar, day)
    while day is not None:
        opening = _opening_on(calendar, day, at)
        if opening is not None:
            return opening
        day = next_contact_day(calendar, day)
    return None


def _opening_on(calendar: PersonCalendar, day: date, at: datetime) -> datetime | None:
    """The first open instant of the day from `at` on. The gate can open only when the clock
    reaches `hours_from` (twice in a fold) or jumps past it."""
    openings = [at_local(calendar, day, calendar.hours_from)]
    midnight = at_local(calendar, day, time.min)
    tomorrow = midnight + timedelta(days=1)
    if _local(calendar, midnight).utcoffset() != _local(calendar, tomorrow).utcoffset():
        again = datetime.combine(day, calendar.hours_from.replace(fold=1), _zone(calendar.zone))
        openings.append(again.astimezone(UTC))
        openings.append(_offset_change(calendar, midnight, tomorrow))
    return min((o for o in openings if o >= at and may_contact(calendar, o)), default=None)


def snooze(calendar: PersonCalendar, choice: Snooze, now: datetime) -> datetime | None:
    """An instant at which the gate is open; None only when no contact day follows.

    "later-today" too late in the day becomes the next working morning. "tomorrow-morning" and
    "next-working-day" lead to the same morning; they are two ways of saying it. "after-leave"
    without any leave now or later is the next working morning.
    """
    if choice not in get_args(Snooze):
        raise ValueError(f"unknown snooze {choice!r}; choose one of {', '.join(get_args(Snooze))}")
    today = local_date(calendar, now)
    if choice == "later-today":
        soon = next_opening(calendar, now + LATER_TODAY)
        if soon is not None and local_date(calendar, soon) == today:
            return soon
    if choice == "after-leave":
        today = _end_of_leave(calendar, today)
    return _morning_after(calendar, today)


def _end_of_leave(calendar: PersonCalendar, today: date) -> date:
    """The last day of the leave over today, else of the next one, else today."""
    covering = [span.last for span in calendar.leave if span.first <= today <= span.last]
    if covering:
        return max(covering)
    coming = [span for span in calendar.leave if span.first > today]
    return min(coming, key=lambda span: (span.first, span.last)).last if coming else today


def _morning_after(calendar: PersonCalendar, day: date) -> datetime | None:
    morning = next_contact_day(calendar, day)
    if morning is None:
        return None
    settled = at_local(calendar, morning, calendar.hours_from) + SETTLING_IN
    if may_contact(calendar, settled):
        return settled
    return next_opening(calendar, at_local(calendar, morning, time.min))


def within_budget(
    contacts: Sequence[datetime], now: datetime, per_week: int, calendar: PersonCalendar
) -> bool:
    """Whether one more contact fits into the person's local ISO week (Monday to Sunday)."""
    week = local_date(calendar, now).isocalendar()[:2]
    made = sum(local_date(calendar, contact).isocalendar()[:2] == week for contact in contacts)
    return made < per_week
