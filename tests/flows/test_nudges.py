"""When a course's nudges come: examples, and promises as checks that take the module they judge.

`test_nudges_teeth.py` runs the same checks against planted bugs.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st

from flows import calendar as calendars
from flows import nudges as real
from flows.calendar import PersonCalendar, Span
from flows.load import shipped_programmes
from flows.nudges import MOST_A_WEEK, Due, Pace, depends_on, is_over, thinned, when
from flows.programme import Nudge, Programme
from tests.flows.test_calendar import works
from tests.flows.test_dates import CHANGES, DAY, Situation, prove, situations

TEXT = {"da": "Titel", "en": "Title"}


def nudge(name: str = "one", *, opens: str = "action-plan", **how: Any) -> Nudge:
    return Nudge.model_validate(
        {"id": name, "for": "leader", "opens": opens, "module": "m1", **how}
    )


@lru_cache(maxsize=256)
def programme(*nudges: Nudge, modules: int = 3) -> Programme:
    named = [{"id": f"m{n}", "title": TEXT, "about": TEXT} for n in range(1, modules + 1)]
    return Programme.model_validate(
        {
            "id": "p",
            "version": 1,
            "source": "seed 001",
            "title": TEXT,
            "about": TEXT,
            "modules": named,
            "nudges": nudges,
        }
    )


# --- Situations -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Meeting:
    """A person's calendar, a nudge, and three modules' days near to what is in the calendar."""

    person: Situation
    nudge: Nudge
    days: dict[str, date]
    pace: Pace

    def at(self, module: ModuleType, days: dict[str, date] | None = None) -> datetime | None:
        own = self.person.calendar_in(calendars)
        found: datetime | None = module.when(
            programme(self.nudge), days or self.days, self.nudge, own, self.pace
        )
        return found

    def day(self, module: ModuleType) -> date | None:
        at = self.at(module)
        return at.astimezone(ZoneInfo(self.person.calendar["zone"])).date() if at else None

    def workdays(self, first: date, last: date) -> int:
        """How many lie between the two, neither counted."""
        every = (first + n * DAY for n in range(1, (last - first).days))
        return sum(works(self.person.calendar, day) for day in every)


TIMES = st.one_of(
    st.integers(0, 12).map(lambda n: {"before": n}),
    st.integers(0, 12).map(lambda n: {"after": n}),
    st.sampled_from(["1/8", "1/3", "1/2", "2/3", "9/10"]).map(lambda part: {"between": part}),
    st.integers(1, 13).map(lambda n: {"months": n}),
)
PACES = st.builds(
    Pace, at=st.sampled_from([time(9, 5), time(14), time(7)]),
    offset=st.sampled_from([0, 0, 0, 1, -2, 5]), weekday=st.sampled_from([None, None, 2, 7]),
)  # fmt: skip


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    person = draw(situations())
    first = person.day + draw(st.integers(-5, 15)) * DAY
    gaps = [draw(st.one_of(st.integers(1, 9), st.integers(10, 90))) for _ in range(2)]
    days = {"m1": first, "m2": first + gaps[0] * DAY, "m3": first + sum(gaps) * DAY}
    opens = draw(st.sampled_from(["action-plan", "insight"]))
    more = {"insight": "x"} if opens == "insight" else {}
    module = draw(st.sampled_from(["m1", "m2", "m3"]))
    one = nudge(module=module, opens=opens, **more, **draw(TIMES))
    return Meeting(person, one, days, draw(PACES))


# --- Checks ---------------------------------------------------------------------------------------


def check_it_comes_on_a_working_day(module: ModuleType, given: Meeting) -> None:
    day = given.day(module)
    if day is not None:
        assert works(given.person.calendar, day)


def check_it_comes_at_the_hour_or_the_opening(module: ModuleType, given: Meeting) -> None:
    at, own = given.at(module), given.person.calendar
    if at is None or given.day(module) in CHANGES[own["zone"]]:
        return
    local = at.astimezone(ZoneInfo(own["zone"])).time()
    within = own["hours_from"] <= given.pace.at < own["hours_to"]
    assert local == (given.pace.at if within else own["hours_from"])


def check_before_is_so_many_working_days_before(module: ModuleType, given: Meeting) -> None:
    day, days = given.day(module), given.nudge.before
    held = given.days[given.nudge.module]
    if days is None or day is None:
        return
    wanted = max(0, days - given.pace.offset)
    assert day <= held
    if day == held:
        assert wanted == 0
    else:
        off_that_day = wanted == 0 and not works(given.person.calendar, held)
        assert given.workdays(day, held) == (0 if off_that_day else wanted - 1)


def check_after_is_so_many_working_days_after(module: ModuleType, given: Meeting) -> None:
    day, days = given.day(module), given.nudge.after
    held = given.days[given.nudge.module]
    if days is None or day is None:
        return
    wanted = max(0, days + given.pace.offset)
    if wanted == 0:
        between = [held + n * DAY for n in range((day - held).days)]
        assert not any(works(given.person.calendar, one) for one in between)
    else:
        assert day > held
        assert given.workdays(held, day) == wanted - 1


def check_what_comes_after_never_reaches_the_next(module: ModuleType, given: Meeting) -> None:
    day, held = given.day(module), list(given.days.values())
    following = [one for one in held if one > given.days[given.nudge.module]]
    if day is not None and given.nudge.before is None:
        assert day >= given.days[given.nudge.module]
        assert not following or day < following[0]


def check_between_lies_between(module: ModuleType, given: Meeting) -> None:
    day = given.day(module)
    if given.nudge.between is None:
        return
    held = given.days[given.nudge.module]
    following = min((one for one in given.days.values() if one > held), default=None)
    if following is None:
        assert day is None
    elif given.workdays(held, following):
        assert day is not None
        assert held < day < following


def check_only_its_own_modules_decide(module: ModuleType, given: Meeting) -> None:
    deciding = module.depends_on(programme(given.nudge), given.nudge)
    others = {name: day + 400 * DAY for name, day in given.days.items() if name not in deciding}
    later = given.days | {name: day for name, day in others.items() if name > max(deciding)}
    assert given.at(module, later) == given.at(module)


CHECKS = (
    check_it_comes_on_a_working_day,
    check_it_comes_at_the_hour_or_the_opening,
    check_before_is_so_many_working_days_before,
    check_after_is_so_many_working_days_after,
    check_what_comes_after_never_reaches_the_next,
    check_between_lies_between,
    check_only_its_own_modules_decide,
)


@pytest.mark.parametrize("check", CHECKS)
def test_whatever_the_calendar(check: Any) -> None:
    prove(check, real, meetings(), max_examples=120)


# --- Thinning -------------------------------------------------------------------------------------

ORDINARY = PersonCalendar(zone="Europe/Copenhagen")
MONDAY = datetime(2027, 1, 4, 8, 5, tzinfo=UTC)
OPENS = st.sampled_from(["trio-meeting", "development-plan", "evaluation", "articles", "insight"])


@st.composite
def crowds(draw: st.DrawFn) -> tuple[list[Due], list[datetime], int]:
    days = draw(st.lists(st.tuples(st.integers(0, 27), OPENS), max_size=12))
    dues = [
        Due(MONDAY + day * DAY, real_nudge(n, opens)) for n, (day, opens) in enumerate(days)
    ]  # fmt: skip
    said = [MONDAY + day * DAY for day in draw(st.lists(st.integers(0, 27), max_size=4))]
    return dues, said, draw(st.integers(1, 3))


def real_nudge(number: int, opens: str) -> Nudge:
    more: dict[str, Any] = {"insight": {"insight": "x"}}.get(opens, {})
    return nudge(f"n{number}", opens=opens, before=0, **more)


def week(at: datetime) -> date:
    day = at.astimezone(ZoneInfo("Europe/Copenhagen")).date()
    return day - day.weekday() * DAY


def check_no_week_holds_more_than_two(module: ModuleType, given: Any) -> None:
    dues, said, weeks = given
    kept = module.thinned(dues, ORDINARY, said, weeks)
    for monday in {week(due.at) for due in kept}:
        there = [at for at in [*said, *(due.at for due in kept)] if week(at) == monday]
        already = sum(week(at) == monday for at in said)
        assert len(there) <= max(MOST_A_WEEK, already)


def check_what_weighs_most_is_kept(module: ModuleType, given: Any) -> None:
    dues, said, weeks = given
    kept = module.thinned(dues, ORDINARY, said, weeks)
    order = list(real.HEAVIEST_FIRST)
    for due in dues:
        if due.nudge in {one.nudge for one in kept} or due.nudge.opens == "insight":
            continue
        there = [one for one in kept if week(one.at) == week(due.at)]
        room = MOST_A_WEEK - sum(week(at) == week(due.at) for at in said)
        assert len(there) >= min(MOST_A_WEEK, max(0, room))
        lighter = [
            one for one in there if order.index(one.nudge.opens) > order.index(due.nudge.opens)
        ]
        assert not lighter


def check_insights_keep_their_distance(module: ModuleType, given: Any) -> None:
    dues, said, weeks = given
    kept = [
        due for due in module.thinned(dues, ORDINARY, said, weeks) if due.nudge.opens == "insight"
    ]
    mondays = sorted(week(due.at) for due in kept)
    assert all(b - a >= timedelta(weeks=weeks) for a, b in pairwise(mondays))


def check_an_insight_has_a_morning_of_its_own(module: ModuleType, given: Any) -> None:
    dues, said, weeks = given
    kept = module.thinned(dues, ORDINARY, said, weeks)
    for due in kept:
        others = [*said, *(one.at for one in kept if one is not due)]
        if due.nudge.opens == "insight":
            assert due.at.date() not in {at.date() for at in others}
            assert due.at.isoweekday() < 6 or due in dues


CROWD_CHECKS = (
    check_an_insight_has_a_morning_of_its_own,
    check_no_week_holds_more_than_two,
    check_what_weighs_most_is_kept,
    check_insights_keep_their_distance,
)


@pytest.mark.parametrize("check", CROWD_CHECKS)
def test_however_many_there_are(check: Any) -> None:
    prove(check, real, crowds(), max_examples=120)


# --- Examples -------------------------------------------------------------------------------------

HOLIDAY = date(2027, 5, 6)  # Ascension day, a Thursday
DAYS = {"m1": date(2027, 5, 10), "m2": date(2027, 6, 14), "m3": date(2027, 9, 6)}


def day_of(one: Nudge, own: PersonCalendar = ORDINARY, pace: Pace = real.ORDINARY) -> date | None:
    at = when(programme(one), DAYS, one, own, pace)
    return at.astimezone(ZoneInfo(own.zone)).date() if at else None


def test_the_working_day_before_a_monday_is_friday() -> None:
    assert day_of(nudge(before=1)) == date(2027, 5, 7)


def test_a_holiday_and_ones_own_leave_are_no_working_days() -> None:
    away = ORDINARY.model_copy(
        update={
            "holidays": frozenset([HOLIDAY]),
            "leave": (Span(first=date(2027, 5, 7), last=date(2027, 5, 7)),),
        }
    )
    assert day_of(nudge(before=1), away) == date(2027, 5, 5)


def test_on_a_module_day_off_it_comes_the_working_day_before() -> None:
    part_time = ORDINARY.model_copy(update={"working_days": frozenset({2, 3, 4})})
    assert day_of(nudge(before=0), part_time) == date(2027, 5, 6)
    assert day_of(nudge(after=0), part_time) == date(2027, 5, 11)


def test_a_third_of_the_way_is_a_third_of_the_days() -> None:
    assert day_of(nudge(between="1/3")) == date(2027, 5, 21)


def test_an_insight_comes_on_its_weekday() -> None:
    thursdays = Pace(weekday=4)
    assert day_of(nudge(between="1/3", opens="insight", insight="x"), ORDINARY, thursdays) == date(
        2027, 5, 20
    )


def test_months_after_the_end_of_a_month_are_its_last_day() -> None:
    days = {"m3": date(2027, 8, 31)}
    one = nudge(module="m3", months=6)
    at = when(programme(one), days, one, ORDINARY)
    assert at is not None
    assert at.date() == date(2028, 2, 29)


def test_somebody_who_begins_at_ten_hears_at_ten() -> None:
    late = ORDINARY.model_copy(update={"hours_from": time(10)})
    at = when(programme(nudge(before=1)), DAYS, nudge(before=1), late)
    assert at == datetime(2027, 5, 7, 8, 0, tzinfo=UTC)


def test_a_module_without_a_date_has_no_nudges() -> None:
    assert when(programme(nudge(before=1)), {}, nudge(before=1), ORDINARY) is None


def test_what_leads_up_to_a_module_is_over_when_it_has_been() -> None:
    assert not is_over(DAYS, nudge(before=1), DAYS["m1"])
    assert is_over(DAYS, nudge(before=1), DAYS["m1"] + DAY)
    assert not is_over(DAYS, nudge(after=1), DAYS["m1"] + 90 * DAY)


def test_between_two_modules_both_decide() -> None:
    assert depends_on(programme(), nudge(between="1/2")) == ("m1", "m2")
    assert depends_on(programme(), nudge(before=2)) == ("m1",)


# --- The programmes that come along ---------------------------------------------------------------

SPACES = {"close": timedelta(weeks=4), "usual": timedelta(weeks=7), "wide": timedelta(weeks=16)}


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("name", shipped_programmes())
def test_a_shipped_programme_lets_go_of_insights_alone_and_only_when_it_is_packed(
    name: str, space: str
) -> None:
    shipped = shipped_programmes()[name].programme
    modules = enumerate(shipped.modules)
    days = {one.id: date(2027, 1, 14) + n * SPACES[space] for n, one in modules}
    theirs = [one for one in shipped.nudges if one.for_ != "nearest-leader" and not one.pilot]
    ats = {one: when(shipped, days, one, ORDINARY) for one in theirs}
    dues = [Due(at, one) for one, at in ats.items() if at is not None]
    assert len(dues) == len(theirs)
    let_go = set(theirs) - {due.nudge for due in thinned(dues, ORDINARY)}
    assert {one.opens for one in let_go} <= {"insight"}
    assert space == "close" or not let_go
