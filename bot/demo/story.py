"""How the try-out begins: who talks with whom, a course that has been started, and the digests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from bot.course import planning
from bot.demo.cast import HENRIK, KARIN, METTE, ZONE, settle_in
from bot.parts import Parts
from bot.planning import plan_cadence
from bot.rhythm_change import ensure_followed
from bot.talk import Talk
from flows.cadence import Cadence as Rule
from flows.calendar import PersonCalendar, at_local, is_working_day, local_date
from flows.model import Language
from flows.programme import Programme
from flows.rhythm import Rule as Rhythm
from storage import cadences, groups, organisation, pairs, people, rules
from storage.database import Unit

BEGINS, TALKS_AT = time(8, 50), time(10, 0)
LANGUAGE = "demo_language"
HELP_ROUTES: Mapping[Language, list[str]] = {
    "da": [
        "Din tillidsrepræsentant eller arbejdsmiljørepræsentant",
        "HR: Henrik, som kan tale fortroligt med dig",
        "Din egen læge",
    ],
    "en": [
        "Your union or health-and-safety representative",
        "HR: Henrik, who can talk with you in confidence",
        "Your own doctor",
    ],
}
JONAS, BIRGIT = "jonas.berg@example.org", "birgit.friis@example.org"
ALONE = (
    "omar.hassan@example.org", "lene.brandt@example.org", "peter.holst@example.org",
    "bodil.kjaer@example.org", "rasmus.vang@example.org",
)  # fmt: skip
"""Who takes the course without a TRIO in it."""
TRIOS = ("Rosengården", "Solgården", "Skovbakken")
COURSE: Mapping[Language, str] = {
    "da": "Ældre og sundhed, hold 1",
    "en": "Elderly and health, cohort 1",
}
FIRST_DAY = timedelta(days=31)
"""From the story's first Monday to the start of the course, after the first fortnight."""
BETWEEN_DAYS = timedelta(weeks=5)
CHRISTMAS = ((12, 21), (1, 3))
"""Month and day of the first day and of the last on which the organisation is closed."""
DIGEST = Rhythm(every_weeks=2, weekday=4, at=time(9, 5))
SELDOM = Rhythm(every_weeks=4)


def first_morning(now: datetime, holidays: frozenset[date]) -> datetime:
    """The coming Monday morning that is a working day, for the story to begin on."""
    calendar = PersonCalendar(zone=ZONE, holidays=holidays)
    day = local_date(calendar, now) + timedelta(days=1)
    while day.isoweekday() != 1 or not is_working_day(calendar, day):
        day += timedelta(days=1)
    return at_local(calendar, day, BEGINS)


def tell(unit: Unit, parts: Parts, language: Language) -> None:
    """Adds the people of the sample file, their dialogues, the course and the digests; Mette is
    welcomed."""
    there = settle_in(unit, parts, language)
    monday = local_date(PersonCalendar(zone=ZONE), parts.clock())
    organisation.put_help_routes(unit, HELP_ROUTES, checked=monday)
    _close_for_christmas(unit, parts, monday)
    _talks(unit, parts, there[METTE.email], there[KARIN.email], monday + timedelta(days=2))
    _talks(unit, parts, there[KARIN.email], there[BIRGIT], monday + timedelta(days=8))
    _talks(unit, parts, there[JONAS], there[KARIN.email], monday + timedelta(days=9))
    _begin_course(unit, parts, there, monday, language)
    _set_digests(unit, parts, there[HENRIK.email])
    welcome = Talk(unit, parts, people.get_person(unit, there[METTE.email]))
    welcome.begin("welcome")
    welcome.flush("demo:welcome")


def _close_for_christmas(unit: Unit, parts: Parts, today: date) -> None:
    (month, day), (last_month, last_day) = CHRISTMAS
    for year in (today.year - 1, today.year, today.year + 1):
        first, last = date(year, month, day), date(year + 1, last_month, last_day)
        if last >= today:
            organisation.close(unit, parts.ids, first, last)


def _talks(unit: Unit, parts: Parts, leader: str, nearest: str, first: date) -> None:
    """The dialogues of a pair that the file has made, every other week."""
    pair = pairs.pair_of(unit, leader)
    if pair is None or pair.nearest_leader != nearest:
        raise LookupError("the sample file names another nearest leader")
    rule = Rule(anchor=first, every_weeks=2, at=TALKS_AT)
    cadence = cadences.begin_cadence(unit, parts.ids, leader, rule, pair=pair.id)
    plan_cadence(unit, parts, cadence, parts.clock())


def _set_digests(unit: Unit, parts: Parts, seldom: str) -> None:
    """For everybody, and for HR, who has chosen to hear of the courses more rarely."""
    now = parts.clock()
    rules.put_rule(unit, parts.ids, now, "organisation", "", "digest", DIGEST)
    rules.put_rule(unit, parts.ids, now, "person", seldom, "digest", SELDOM)
    ensure_followed(unit, parts)


def _begin_course(
    unit: Unit, parts: Parts, there: Mapping[str, str], monday: date, language: Language
) -> None:
    programme = planning.programme_called(unit, "municipal-course")
    trios = (groups.group_named(unit, "trio", name) for name in TRIOS)
    draft = planning.Draft(
        programme,
        COURSE[language],
        dict(course_days(programme, monday + FIRST_DAY, parts.holidays)),
        people=[there[email] for email in ALONE],
        groups=[one.id for one in trios if one],
    )
    planning.start(unit, parts, draft, monday, by=there[HENRIK.email])


def course_days(
    programme: Programme, first: date, holidays: frozenset[date]
) -> Iterator[tuple[str, date]]:
    """Each module five weeks after the one before it, and a week later where nobody is at work."""
    calendar, day = PersonCalendar(zone=ZONE, holidays=holidays), first
    for module in programme.modules:
        while _is_closed(day) or not is_working_day(calendar, day):
            day += timedelta(weeks=1)
        yield module.id, day
        day += BETWEEN_DAYS


def _is_closed(day: date) -> bool:
    first, last = CHRISTMAS
    return (day.month, day.day) >= first or (day.month, day.day) <= last
