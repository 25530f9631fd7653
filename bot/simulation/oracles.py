"""Judges of each message as it arrives, with calendar arithmetic of their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from sqlalchemy import bindparam, select

from bot.simulation.person import Act
from bot.simulation.phrases import marks_in
from bot.simulation.platform import Arrival
from bot.simulation.population import Leader
from bot.simulation.report import Violations
from flows.wording import Message, read_token
from storage.database import Unit
from storage.prepared import Prepared
from storage.tables import ClosedPeriod, Leave, Outbox, Person, table

CONTACT = re.compile(r"reminder:[^:@]+@\d+")
NAME = re.compile(r"[A-ZÆØÅ][a-zæøå]+(\d{5})\b")
PUT_OFF = ("later-today", "tomorrow-morning", "not-yet")
PAUSES = {"1-week": 7, "2-weeks": 14, "4-weeks": 28}
FIRST_KEPT = 20

Read = Callable[[], AbstractContextManager[Unit]]
_person, _leave, _closed = table(Person), table(Leave), table(ClosedPeriod)
_outbox = table(Outbox)
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


class Verdicts:
    """Counts what was broken, and keeps the first in words that are nobody's own."""

    def __init__(self) -> None:
        self.violations = Violations()
        self.first: list[str] = []

    def add(self, kind: str, what: str) -> None:
        setattr(self.violations, kind, getattr(self.violations, kind) + 1)
        if len(self.first) < FIRST_KEPT:
            self.first.append(f"{kind}: {what}")


@lru_cache(maxsize=64)
def _days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DK", years=year, categories=("public", "optional")))


class TimeJudge:
    """Contacts come at work, on a working day, and not too many in a week."""

    def __init__(self, verdicts: Verdicts, ids: dict[int, str], read: Read) -> None:
        self._verdicts = verdicts
        self._ids = ids
        self._read = read
        self._weeks: Counter[tuple[int, int, int]] = Counter()
        self._quiet: dict[int, date] = {}
        self._away: defaultdict[int, list[tuple[date, date]]] = defaultdict(list)
        self._said: set[str] = set()
        self._asked_for: Counter[int] = Counter()
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

    def asked_for(self, number: int) -> None:
        """The person has put a contact off, or said "not yet": one more is what they asked for."""
        self._asked_for[number] += 1

    def judge(self, leader: Leader, arrival: Arrival, *, quiet: bool) -> None:
        """`quiet`: the person has asked their platform not to be disturbed."""
        with self._read() as unit:
            row = _times_of.first(unit, {"person": self._ids[leader.number]})
            away = [*self._spans(unit, row.id), *self._away[leader.number]]
        local = arrival.at.astimezone(ZoneInfo(row.zone))
        when = f"{arrival.key} at {local:%Y-%m-%d %H:%M %Z}"
        if quiet and CONTACT.fullmatch(arrival.key):
            self._verdicts.add("outside_working_hours", f"{when}, not to be disturbed")
        if not _clock(row.hours_from) <= local.time() < _clock(row.hours_to):
            self._verdicts.add("outside_working_hours", when)
        paused = max(row.paused_until or date.min, self._quiet.get(leader.number, date.min))
        if self._is_off(local.date(), row.working_days, away) or local.date() < paused:
            self._verdicts.add("on_holiday_or_leave", when)
        if CONTACT.fullmatch(arrival.key) and not self._promised(leader, arrival):
            self._count(leader, local.date(), when)

    def _promised(self, leader: Leader, arrival: Arrival) -> bool:
        """Whether the person asked for it: they have had it before, or were to be asked again."""
        self.contacts += 1
        reminder = arrival.key.partition("@")[0]
        again = reminder in self._said
        self._said.add(reminder)
        if not (again or arrival.message.name == "talked"):
            return False
        promised = self._asked_for[leader.number] > 0
        self._asked_for[leader.number] -= promised
        return promised

    def _count(self, leader: Leader, day: date, when: str) -> None:
        year, week, _ = day.isocalendar()
        self._weeks[leader.number, year, week] += 1
        if self._weeks[leader.number, year, week] > leader.budget:
            self._verdicts.add("over_budget", when)

    @staticmethod
    def _is_off(day: date, working_days: str, away: Iterable[tuple[date, date]]) -> bool:
        ordinary = str(day.isoweekday()) in working_days and day not in _days_off(day.year)
        return not ordinary or any(first <= day <= last for first, last in away)

    @staticmethod
    def _spans(unit: Unit, person: str) -> list[tuple[date, date]]:
        own, everybodys = _away.all(unit, {"person": person}), _closed_days.all(unit, {})
        return [(first, last) for first, last in (*own, *everybodys)]


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour), int(minute))


@dataclass
class Grant:
    """One text that its author chose to show one person. `until`: when that was taken back."""

    mark: tuple[int, int]
    recipient: int
    step: str
    at: datetime
    until: datetime | None = None


class SharingJudge:
    """A text reaches nobody else than whom its author chose, and not once it was taken back."""

    def __init__(self, verdicts: Verdicts, read: Read) -> None:
        self._verdicts = verdicts
        self._read = read
        self._grants: defaultdict[tuple[int, int], list[Grant]] = defaultdict(list)
        self._asked: dict[str, list[Grant]] = {}
        self._receipts: dict[tuple[str, str], list[Grant]] = {}
        self.shares = 0
        self.withdrawals = 0

    def pressed(self, author: int, act: Act, event: str, now: datetime) -> None:
        """Before the press is sent: what the author means by it."""
        if act.choice != "share" or act.seen is None:
            return
        text = act.seen.plain_text()
        recipients = {int(found) for found in NAME.findall(text)} - {author}
        marks = [mark for mark in sorted(marks_in(text)) if mark[0] == author]
        grants = [Grant(m, r, act.seen.name, now) for m in marks for r in sorted(recipients)]
        for grant in grants:
            self._grants[grant.mark].append(grant)
        self._asked[event] = grants

    def receipt(self, message: Message, event: str) -> None:
        """The receipt of a share, by which it can be taken back."""
        for choice in message.choices:
            token = read_token(choice.token)
            if token and event in self._asked:
                self.shares += 1
                self._receipts[token.conversation, token.choice] = self._asked.pop(event)

    def took_back(self, author: int, act: Act, now: datetime) -> None:
        """After the press was taken in: from now on it must not be shown again."""
        token = read_token(act.pressed.token) if act.pressed else None
        if token is None or act.seen is None:
            return
        if token.choice.startswith("withdraw-"):
            self._end(self._receipts.get((token.conversation, token.choice), ()), now)
        elif token.choice in ("withdraw", "keep"):
            marks = [mark for mark in marks_in(act.seen.plain_text()) if mark[0] == author]
            self._end([one for mark in marks for one in self._grants[mark]], now)

    def parted(self, author: int, now: datetime) -> None:
        """The author has another nearest leader: the old one sees nothing more."""
        self._end([one for one in self._by(author) if not one.step.startswith("own-share")], now)

    def erased(self, author: int, now: datetime) -> None:
        """Nothing of theirs is shown any more."""
        self._end(self._by(author), now)

    def judge(self, reader: int, arrival: Arrival) -> None:
        if marks_in(arrival.message.notice):
            self._verdicts.add("unshared_text_seen_by_others", f"on a locked screen: {arrival.key}")
        shown = _all_text(arrival.message)
        others = [mark for mark in marks_in(shown) if mark[0] != reader]
        if not others:
            return
        made = self._made(arrival)
        for mark in sorted(others):
            if not any(_shows(grant, reader, made) for grant in self._grants[mark]):
                what = f"text {mark[1]} of leader {mark[0]} to leader {reader}: {arrival.key}"
                self._verdicts.add("unshared_text_seen_by_others", f"{what} at {arrival.at}")

    def _made(self, arrival: Arrival) -> datetime:
        """When the words were chosen: a contact's as it is sent, an answer's when it was queued."""
        if CONTACT.fullmatch(arrival.key):
            return arrival.at
        query = select(_outbox.c.planned_at).where(_outbox.c.slot_key == arrival.key)
        with self._read() as unit:
            made: datetime | None = unit.connection.execute(query).scalar()
        return made or arrival.at

    def _by(self, author: int) -> list[Grant]:
        return [one for mark, some in self._grants.items() if mark[0] == author for one in some]

    def _end(self, grants: Sequence[Grant], now: datetime) -> None:
        for grant in grants:
            if grant.until is None:
                grant.until = now
                self.withdrawals += 1


def _shows(grant: Grant, reader: int, made: datetime) -> bool:
    still = grant.until is None or made <= grant.until
    return grant.recipient == reader and grant.at <= made and still


def _all_text(message: Message) -> str:
    labels = " ".join(choice.label for choice in message.choices)
    placeholder = message.entry.placeholder if message.entry else ""
    return f"{message.plain_text()} {labels} {message.sight} {placeholder} {message.notice}"
