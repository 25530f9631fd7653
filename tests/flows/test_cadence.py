"""Examples of the rhythm's rules, and its promises as checks that take the module they judge."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import perf_counter
from types import ModuleType
from typing import Any

import pytest
from hypothesis import strategies as st
from pydantic import ValidationError

from flows import cadence as real
from flows import calendar as real_calendar
from flows.cadence import Cadence, Override, Slot, next_slot, upcoming
from flows.calendar import PersonCalendar, at_local
from tests.flows.test_calendar import contactable, copenhagen, span, utc, wall
from tests.flows.test_dates import CLOCKS, DAY, FIRST, Situation, prove, situations

# --- Situations -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rhythm:
    person: Situation
    anchor: date
    every_weeks: int
    at: time
    skipped: frozenset[int]
    moved: dict[int, int]  # the nominal date's distance in rounds from today -> hours it is moved

    @property
    def after(self) -> datetime:
        return self.person.at

    def nominal(self, rounds: int) -> date:
        step = self.every_weeks * 7
        start = max(0, (self.person.day - self.anchor).days // step)
        return self.anchor + (start + rounds) * step * DAY

    def nominals(self) -> list[date]:
        """Enough rounds either side of `after` for what is asked."""
        return [day for n in range(-4, 60) if (day := self.nominal(n)) >= self.anchor]

    def moves(self) -> dict[date, datetime]:
        # 17 seconds past, so that no moved occasion meets another one exactly
        odd = timedelta(seconds=17)
        return {
            self.nominal(n): self.after + timedelta(hours=hours) + odd * (k + 1)
            for k, (n, hours) in enumerate(self.moved.items())
            if n not in self.skipped and self.nominal(n) >= self.anchor
        }

    def skips(self) -> set[date]:
        return {self.nominal(n) for n in self.skipped}

    def asked_of(self, module: ModuleType) -> tuple[Any, Any]:
        cadence = module.Cadence(anchor=self.anchor, every_weeks=self.every_weeks, at=self.at)
        return cadence, self.person.calendar_in(real_calendar)

    def overrides(self, module: ModuleType) -> list[Any]:
        moved = [module.Override(slot=day, moved_to=at) for day, at in self.moves().items()]
        return moved + [module.Override(slot=day, skipped=True) for day in self.skips()]


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    person = draw(situations())
    ahead = st.integers(-30, 60).map(lambda n: person.day + n * DAY)
    return Rhythm(
        person=person,
        anchor=draw(st.one_of(ahead, st.dates(FIRST, person.day))),
        every_weeks=draw(st.one_of(st.sampled_from([1, 2, 2, 3, 4]), st.integers(1, 26))),
        at=draw(CLOCKS),
        skipped=draw(st.frozensets(st.integers(-2, 4), max_size=2)),
        moved=draw(st.dictionaries(st.integers(-2, 4), st.integers(-500, 2000), max_size=2)),
    )


# --- Oracle ---------------------------------------------------------------------------------------


def first_minute(zone: str, day: date, clock: time) -> datetime:
    """The first instant whose wall clock has come to the time, found by trying offsets."""
    meant = datetime.combine(day, clock)
    around = [meant.replace(tzinfo=UTC) - timedelta(minutes=15 * n) for n in range(-56, 60)]
    exact = [at for at in around if wall(zone, at) == meant]
    if exact:
        return min(exact)
    minute, at = timedelta(minutes=1), min(at for at in around if wall(zone, at) > meant)
    while wall(zone, at - minute) > meant:
        at -= minute
    return at


def plodding_regulars(rhythm: Rhythm) -> list[tuple[datetime, date]]:
    calendar, slots = rhythm.person.calendar, []
    for nominal in rhythm.nominals():
        latest = rhythm.every_weeks * 7 - 5
        days = [nominal + n * DAY for n in range(latest + 1)]
        day = next((day for day in days if contactable(calendar, day)), None)
        if day is not None:
            slots.append((first_minute(calendar["zone"], day, rhythm.at), nominal))
        if len(slots) == 20:  # beyond any move, and more than is asked
            break
    return slots


def plodding_slots(rhythm: Rhythm) -> list[tuple[datetime, date]]:
    moves = rhythm.moves()
    untouched = [s for s in plodding_regulars(rhythm) if s[1] not in {*moves, *rhythm.skips()}]
    moved = [(at, nominal) for nominal, at in moves.items()]
    return sorted(slot for slot in untouched + moved if slot[0] > rhythm.after)


# --- Checks ---------------------------------------------------------------------------------------


def check_the_slots_are_those_of_the_oracle(module: ModuleType, given: Rhythm) -> None:
    expected = plodding_slots(given)[:4]
    slots = module.upcoming(*given.asked_of(module), given.after, 4, given.overrides(module))
    assert [(slot.at, slot.nominal) for slot in slots][: len(expected)] == expected


def check_the_next_slot_is_later_and_never_goes_back(module: ModuleType, given: Rhythm) -> None:
    asked, overrides = given.asked_of(module), given.overrides(module)
    first = module.next_slot(*asked, given.after, overrides)
    assert first is None or first.at > given.after
    for hours in (1, 26, 24 * 9, 24 * 40):
        after = given.after + timedelta(hours=hours)
        later = module.next_slot(*asked, after, overrides)
        assert later is None or later.at > after
        assert first is None or later is None or later.at >= first.at
        assert first is None or first.at <= after or later == first


def check_a_slot_falls_on_a_contact_day_unless_moved(module: ModuleType, given: Rhythm) -> None:
    moves, step = given.moves(), given.every_weeks * 7
    slots = module.upcoming(*given.asked_of(module), given.after, 5, given.overrides(module))
    for slot in slots:
        if slot.nominal in moves:
            assert slot.at == moves[slot.nominal]
            continue
        day = wall(given.person.calendar["zone"], slot.at).date()
        assert contactable(given.person.calendar, day)
        assert 0 <= (day - slot.nominal).days <= step - 5


def check_a_slot_keeps_its_local_time(module: ModuleType, given: Rhythm) -> None:
    zone = given.person.calendar["zone"]
    for slot in module.upcoming(*given.asked_of(module), given.after, 5):
        assert slot.at.tzinfo is UTC
        local = wall(zone, slot.at)
        assert slot.at == first_minute(zone, local.date(), given.at)
        assert local.time() == given.at or wall(zone, slot.at - timedelta(minutes=1)) < (
            datetime.combine(local.date(), given.at)
        )


def check_upcoming_is_the_next_slot_again_and_again(module: ModuleType, given: Rhythm) -> None:
    asked, overrides = given.asked_of(module), given.overrides(module)
    slots = module.upcoming(*asked, given.after, 6, overrides)
    after = given.after
    for slot in slots:
        assert module.next_slot(*asked, after, overrides) == slot
        after = slot.at
    assert len(slots) == 6 or module.next_slot(*asked, after, overrides) is None
    assert len({slot.nominal for slot in slots}) == len(slots)
    assert all((slot.nominal - given.anchor).days % (given.every_weeks * 7) == 0 for slot in slots)


def check_changing_one_slot_leaves_the_others(module: ModuleType, given: Rhythm) -> None:
    asked = given.asked_of(module)
    regular = module.upcoming(*asked, given.after, 6)
    changed = module.upcoming(*asked, given.after, 6 + 4, given.overrides(module))
    untouched = {*given.moves(), *given.skips()}
    kept = [slot for slot in regular if slot.nominal not in untouched]
    assert [slot for slot in changed if slot in kept] == kept
    assert not {slot.nominal for slot in changed} & given.skips()


CHECKS = (
    check_the_slots_are_those_of_the_oracle,
    check_the_next_slot_is_later_and_never_goes_back,
    check_a_slot_falls_on_a_contact_day_unless_moved,
    check_a_slot_keeps_its_local_time,
    check_upcoming_is_the_next_slot_again_and_again,
    check_changing_one_slot_leaves_the_others,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_cadence_keeps(check: Callable[[ModuleType, Rhythm], None]) -> None:
    prove(check, real, rhythms())


# --- Examples -------------------------------------------------------------------------------------

FORTNIGHTLY = Cadence(anchor=date(2026, 1, 5), every_weeks=2, at=time(9))
WEEKLY = Cadence(anchor=date(2026, 1, 5), every_weeks=1, at=time(9))
NEW_YEAR = utc("2026-01-01T00:00")


def days_of(slots: list[Slot]) -> list[date]:
    return [slot.at.date() for slot in slots]


def weekly_on(anchor: str) -> Cadence:
    return Cadence(anchor=date.fromisoformat(anchor), every_weeks=1, at=time(9))


@pytest.mark.parametrize(
    "values", [{"every_weeks": 0}, {"every_weeks": 27}, {"at": time(9, tzinfo=UTC)}]
)
def test_an_impossible_cadence_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Cadence(**({"anchor": date(2026, 1, 5), "every_weeks": 2, "at": time(9)} | values))


def test_a_move_to_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        Override(slot=date(2026, 1, 5), moved_to="2026-01-06T09:00")  # type: ignore[arg-type]


def test_the_first_slot_is_the_anchor_and_the_next_is_strictly_after() -> None:
    first = next_slot(FORTNIGHTLY, copenhagen(), NEW_YEAR)
    assert first == Slot(nominal=date(2026, 1, 5), at=utc("2026-01-05T08:00"))
    second = next_slot(FORTNIGHTLY, copenhagen(), first.at)
    assert second is not None
    assert second.nominal == date(2026, 1, 19)


def test_a_fortnight_stays_a_fortnight_through_a_53_week_year_and_both_clock_changes() -> None:
    slots = upcoming(FORTNIGHTLY, copenhagen(), NEW_YEAR, 60)
    assert {later.nominal - slot.nominal for slot, later in pairwise(slots)} == {14 * DAY}
    assert {wall("Europe/Copenhagen", slot.at).time() for slot in slots} == {time(9)}
    assert {slot.at.hour for slot in slots} == {7, 8}


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        ("Europe/Copenhagen", "2026-03-29", "02:30", "2026-03-29T01:00"),
        ("Europe/Copenhagen", "2026-10-25", "02:30", "2026-10-25T00:30"),
        ("Europe/Copenhagen", "2026-03-29", "03:00", "2026-03-29T01:00"),
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),
        ("Asia/Kathmandu", "2026-10-04", "09:00", "2026-10-04T03:15"),
    ],
)
def test_a_slot_at_a_clock_change_leaves_the_gap_and_takes_the_first_of_the_fold(
    zone: str, day: str, clock: str, instant: str
) -> None:
    calendar = PersonCalendar(zone=zone, working_days=frozenset(range(1, 8)))
    anchor, at = date.fromisoformat(day), time.fromisoformat(clock)
    cadence = Cadence(anchor=anchor, every_weeks=1, at=at)
    assert upcoming(cadence, calendar, NEW_YEAR, 1) == [Slot(nominal=anchor, at=utc(instant))]


def test_a_day_that_a_zone_never_had_becomes_the_first_minute_after() -> None:
    apia = PersonCalendar(zone="Pacific/Apia")
    assert at_local(apia, date(2011, 12, 30), time(9)) == utc("2011-12-30T10:00")


def test_a_slot_in_a_leave_is_moved_behind_it_when_the_next_is_far_enough() -> None:
    nine_days = copenhagen(leave=(span("2026-01-19", "2026-01-27"),))
    assert days_of(upcoming(FORTNIGHTLY, nine_days, NEW_YEAR, 3)) == [
        date(2026, 1, 5),
        date(2026, 1, 28),  # five days before 2 February
        date(2026, 2, 2),
    ]


def test_a_slot_closer_than_five_days_to_the_next_is_dropped() -> None:
    ten_days = copenhagen(leave=(span("2026-01-19", "2026-01-28"),))
    assert days_of(upcoming(FORTNIGHTLY, ten_days, NEW_YEAR, 2)) == [
        date(2026, 1, 5),
        date(2026, 2, 2),
    ]


def test_a_weekly_monday_moves_two_days_at_most() -> None:
    def after_days_off(*off: int) -> list[date]:
        calendar = copenhagen(holidays=frozenset(date(2026, 1, day) for day in off))
        return days_of(upcoming(WEEKLY, calendar, utc("2026-01-06T00:00"), 1))

    assert after_days_off(12) == [date(2026, 1, 13)]
    assert after_days_off(12, 13) == [date(2026, 1, 14)]
    assert after_days_off(12, 13, 14) == [date(2026, 1, 19)]


def test_a_weekly_friday_that_is_a_holiday_waits_for_the_next_friday() -> None:
    calendar = copenhagen(holidays=frozenset({date(2026, 1, 9)}))
    assert days_of(upcoming(weekly_on("2026-01-09"), calendar, NEW_YEAR, 1)) == [date(2026, 1, 16)]


def test_a_weekly_saturday_is_held_on_mondays() -> None:
    slots = upcoming(weekly_on("2026-01-10"), copenhagen(), NEW_YEAR, 2)
    assert [slot.nominal for slot in slots] == [date(2026, 1, 10), date(2026, 1, 17)]
    assert days_of(slots) == [date(2026, 1, 12), date(2026, 1, 19)]


def test_nothing_piles_up_after_a_long_leave() -> None:
    year_off = copenhagen(leave=(span("2026-01-01", "2027-06-30"),))
    slots = upcoming(WEEKLY, year_off, NEW_YEAR, 2)
    assert days_of(slots) == [date(2027, 7, 5), date(2027, 7, 12)]


def test_a_pause_moves_the_rhythm_to_its_end() -> None:
    paused = copenhagen(paused_until=date(2026, 1, 21))
    assert days_of(upcoming(FORTNIGHTLY, paused, NEW_YEAR, 2)) == [
        date(2026, 1, 21),
        date(2026, 2, 2),
    ]


def test_a_moved_slot_keeps_its_key_and_the_series_goes_on() -> None:
    moved = Override(slot=date(2026, 1, 19), moved_to=utc("2026-01-24T18:00"))
    assert upcoming(FORTNIGHTLY, copenhagen(), NEW_YEAR, 3, [moved]) == [
        Slot(nominal=date(2026, 1, 5), at=utc("2026-01-05T08:00")),
        Slot(nominal=date(2026, 1, 19), at=utc("2026-01-24T18:00")),
        Slot(nominal=date(2026, 2, 2), at=utc("2026-02-02T08:00")),
    ]


def test_a_skipped_slot_stays_away_even_when_it_was_moved_before() -> None:
    skipped = Override(slot=date(2026, 1, 5), moved_to=utc("2026-01-06T08:00"), skipped=True)
    first = next_slot(FORTNIGHTLY, copenhagen(), NEW_YEAR, [skipped])
    assert first is not None
    assert first.nominal == date(2026, 1, 19)


@pytest.mark.parametrize("slot", [date(2026, 1, 6), date(2025, 12, 22)])
def test_a_move_of_a_date_outside_the_series_is_ignored(slot: date) -> None:
    stray = Override(slot=slot, moved_to=utc("2026-01-02T09:00"))
    regular = next_slot(FORTNIGHTLY, copenhagen(), NEW_YEAR)
    assert next_slot(FORTNIGHTLY, copenhagen(), NEW_YEAR, [stray]) == regular


def test_two_slots_at_one_instant_are_one() -> None:
    onto_next = Override(slot=date(2026, 1, 5), moved_to=utc("2026-01-19T08:00"))
    slots = upcoming(FORTNIGHTLY, copenhagen(), NEW_YEAR, 2, [onto_next])
    assert [slot.nominal for slot in slots] == [date(2026, 1, 5), date(2026, 2, 2)]


@pytest.mark.parametrize(
    "calendar",
    [
        copenhagen(working_days=frozenset()),
        copenhagen(leave=(span("2020-01-01", "9999-12-31"),)),
        copenhagen(paused_until=date.max),
    ],
)
def test_a_person_who_is_always_away_has_no_slot_and_is_told_so_quickly(
    calendar: PersonCalendar,
) -> None:
    started = perf_counter()
    assert next_slot(FORTNIGHTLY, calendar, NEW_YEAR) is None
    assert upcoming(FORTNIGHTLY, calendar, NEW_YEAR, 10) == []
    assert perf_counter() - started < 0.5


def test_an_anchor_centuries_ago_costs_no_walk() -> None:
    old = Cadence(anchor=date(1, 1, 1), every_weeks=1, at=time(9))
    started = perf_counter()
    assert len(upcoming(old, copenhagen(), NEW_YEAR, 1000)) == 1000
    assert perf_counter() - started < 1
