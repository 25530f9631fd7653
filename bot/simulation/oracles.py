"""Judges of each message as it arrives, with calendar arithmetic of their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import bindparam, select

from bot.simulation.person import Act
from bot.simulation.platform import Arrival
from bot.simulation.population import Somebody
from bot.simulation.report import Violations
from storage.database import Unit
from storage.prepared import Prepared
from storage.tables import ClosedPeriod, Leave, Person, Reminder, table

CONTACT = re.compile(r"reminder:[^:@]+@\d+")
ASKED_FOR: Mapping[tuple[str, str], str] = {
    ("invite", "later-today"): "prepare", ("invite", "tomorrow-morning"): "prepare",
    ("invite-alone", "later-today"): "prepare", ("invite-alone", "tomorrow-morning"): "prepare",
    ("talked", "not-yet"): "after", ("how", "not-yet"): "meeting", ("read-them", "later"): "nudge",
}  # fmt: skip
"""(step, choice) -> the kind of contact that comes once more, because the person said so."""
OF_THE_DIALOGUE = ("prepare", "nearest", "from-nearest", "after")
KEPT_FOR_THE_DIALOGUE = 2
PAUSES = {"1-week": 7, "2-weeks": 14, "4-weeks": 28}
FIRST_KEPT = 5
"""Of each kind."""

Read = Callable[[], AbstractContextManager[Unit]]
_person, _leave, _closed = table(Person), table(Leave), table(ClosedPeriod)
_reminder = table(Reminder)
_times_of = Prepared(
    select(
        _person.c.id, _person.c.zone, _person.c.working_days, _person.c.hours_from,
        _person.c.hours_to, _person.c.paused_until,
    ).where(_person.c.id == bindparam("person"))
)  # fmt: skip
_away = Prepared(
    select(_leave.c.first_day, _leave.c.last_day).where(_leave.c.person_id == bindparam("person"))
)
_closed_days = Prepared(select(_closed.c.first_day, _closed.c.last_day))
_reminded = Prepared(
    select(_reminder.c.kind, _reminder.c.ordinal, _reminder.c.subject_id).where(
        _reminder.c.id == bindparam("reminder")
    )
)


class Verdicts:
    """Counts what was broken, and keeps the first in words that are nobody's own."""

    def __init__(self) -> None:
        self.violations = Violations()
        self.first: list[str] = []

    def add(self, kind: str, what: str) -> None:
        count = getattr(self.violations, kind) + 1
        setattr(self.violations, kind, count)
        if count <= FIRST_KEPT:
            self.first.append(f"{kind}: {what}")


@lru_cache(maxsize=64)
def days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year, categories=("public", "optional")))


class Contact(NamedTuple):
    """A contact as it arrived: the reminder that it says. `local`: when, by the person's own clock;
    `again`: the same reminder has been said before; `asked_for`: the person wanted it."""

    reminder: str
    kind: str
    ordinal: int
    subject: str
    local: datetime
    again: bool
    asked_for: bool

    @property
    def week(self) -> tuple[int, int]:
        year, week, _ = self.local.isocalendar()
        return year, week


class TimeJudge:
    """Contacts come at work, on a working day, and not too many in a week."""

    def __init__(self, verdicts: Verdicts, ids: Mapping[int, str], read: Read) -> None:
        self._verdicts = verdicts
        self._ids = ids
        self._read = read
        self._weeks: Counter[tuple[int, int, int]] = Counter()
        self._gentle: Counter[tuple[int, int, int]] = Counter()
        self._quiet: dict[int, date] = {}
        self._away: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
        self._said: set[str] = set()
        self._asked_for: Counter[tuple[int, str]] = Counter()
        self.contacts = 0

    def told_pause(self, number: int, choice: str, at: datetime) -> None:
        """The person chose a pause at `at` and was promised silence; or chose to end it."""
        with self._read() as unit:
            query = select(_person.c.zone).where(_person.c.id == self._ids[number])
            zone = unit.connection.execute(query).scalar_one()
        today = at.astimezone(ZoneInfo(zone)).date()
        self._quiet[number] = today + timedelta(days=PAUSES.get(choice, 0))

    def told_leave(self, number: int, first: date, last: date) -> None:
        self._away[number].append((min(first, last), max(first, last)))

    def forget_leave(self, number: int) -> None:
        """After somebody went back to change answers, only the store's word is taken."""
        self._away.pop(number, None)

    def pressed(self, number: int, act: Act) -> None:
        """The person has put a contact off, or said "not yet": one more is what they asked for."""
        kind = ASKED_FOR.get((act.seen.name if act.seen else "", act.choice))
        if kind:
            self._asked_for[number, kind] += 1

    def judge(self, somebody: Somebody, arrival: Arrival, *, quiet: bool) -> Contact | None:
        """What nobody asked for. `quiet`: the person has asked their platform not to be disturbed.
        None for what is no contact of its own: a part of one, or a note."""
        with self._read() as unit:
            row = _times_of.first(unit, {"person": self._ids[somebody.number]})
            away = [*self._spans(unit, row.id), *self._away[somebody.number]]
        local = arrival.at.astimezone(ZoneInfo(row.zone))
        when = f"{arrival.key} at {local:%Y-%m-%d %H:%M %Z}"
        if quiet and CONTACT.fullmatch(arrival.key):
            self._verdicts.add("outside_working_hours", f"{when}, not to be disturbed")
        if not _clock(row.hours_from) <= local.time() < _clock(row.hours_to):
            self._verdicts.add("outside_working_hours", when)
        paused = max(row.paused_until or date.min, self._quiet.get(somebody.number, date.min))
        if self._is_off(local.date(), row.working_days, away) or local.date() < paused:
            self._verdicts.add("on_holiday_or_leave", when)
        if not CONTACT.fullmatch(arrival.key):
            return None
        contact = self._contact(somebody.number, arrival, local)
        broken = list(self._count(somebody, contact))
        if not contact.asked_for:
            for kind in broken:
                self._verdicts.add(kind, f"{contact.kind}, {when}")
        elif broken or contact.kind == "nudge":
            # A second one that comes to the silent too, and fits, takes nothing of what was asked.
            self._asked_for[somebody.number, contact.kind] -= 1
        return contact

    def _contact(self, number: int, arrival: Arrival, local: datetime) -> Contact:
        self.contacts += 1
        reminder = reminder_in(arrival.key)
        with self._read() as unit:
            row = _reminded.first(unit, {"reminder": reminder})
        again = reminder in self._said
        self._said.add(reminder)
        asked_for = again if row.kind == "prepare" else row.ordinal > 1
        asked_for = asked_for and self._asked_for[number, row.kind] > 0
        return Contact(reminder, row.kind, row.ordinal, row.subject_id, local, again, asked_for)

    def _count(self, somebody: Somebody, contact: Contact) -> Iterator[str]:
        """What it breaks: all in all no more than the budget; and of those that are neither a first
        one about the dialogue nor an invitation two fewer, counted by themselves."""
        week = (somebody.number, *contact.week)
        self._weeks[week] += 1
        if self._weeks[week] > somebody.budget:
            yield "over_budget"
        of_the_dialogue = contact.kind in OF_THE_DIALOGUE
        if contact.kind == "meeting-invite" or (of_the_dialogue and contact.ordinal == 1):
            return
        self._gentle[week] += 1
        counted = self._weeks[week] if of_the_dialogue else self._gentle[week]
        if counted > somebody.budget - KEPT_FOR_THE_DIALOGUE:
            yield "gentle_over_budget"

    @staticmethod
    def _is_off(day: date, working_days: str, away: Iterable[tuple[date, date]]) -> bool:
        ordinary = str(day.isoweekday()) in working_days and day not in days_off(day.year)
        return not ordinary or any(first <= day <= last for first, last in away)

    @staticmethod
    def _spans(unit: Unit, person: str) -> list[tuple[date, date]]:
        own, everybodys = _away.all(unit, {"person": person}), _closed_days.all(unit, {})
        return [(first, last) for first, last in (*own, *everybodys)]


def reminder_in(slot_key: str) -> str:
    return slot_key.removeprefix("reminder:").partition("@")[0]


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))
