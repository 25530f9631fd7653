"""Somebody with a phone: reads what comes, answers when it suits them, and sometimes not.

`answer` is what they say to one message, and needs nothing of the simulation around it.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.simulation import phrases, taste
from bot.simulation.platform import Arrival
from bot.simulation.population import Somebody
from flows.model import TEXT_LIMIT
from flows.wording import Choice, Message

PATIENCE = 45
"""Turns a day before somebody has had enough of it."""
LEAVES = 0.01
Writes = Callable[[random.Random, int, int, int], str]
"""From dice, whoever writes, how many texts they have written, and how long it may be."""
DAYS_BETWEEN_VISITS = 16.0


class Act(NamedTuple):
    """What a person does: writes, or presses a button of a message that they saw. `old`: of one
    that they have come past."""

    text: str | None = None
    pressed: Choice | None = None
    also: Sequence[Choice] = ()
    seen: Message | None = None
    old: bool = False

    @property
    def choice(self) -> str:
        return taste.choice_id(self.pressed) if self.pressed else ""


class Planned(NamedTuple):
    """`stamp`: only if nothing newer has been asked by then; None: whatever has been asked."""

    at: datetime
    act: Act
    stamp: int | None


class Person:
    """`emails`: whom they may name as their nearest leader. `silent`: about their group's meetings;
    `stays`: never has everything about themselves deleted; `writes`: what they write where anything
    may be said; `visits`: with which words they come of their own accord, and how often."""

    def __init__(
        self, somebody: Somebody, emails: Sequence[str], dice: random.Random, *,
        silent: bool = False, stays: bool = False, writes: Writes = phrases.free_text,
        visits: Mapping[str, float] = phrases.VISITS,
    ) -> None:  # fmt: skip
        self.somebody = somebody
        self.gone = False
        self.silent = silent
        self._leaves = 0.0 if stays else LEAVES
        self.leaving = False
        self.stamp = 0
        self._dice = dice
        self._emails = emails
        self._writes = writes
        self._visits = visits
        self._zone = ZoneInfo(somebody.zone)
        self._old: deque[tuple[Choice, Message]] = deque(maxlen=12)
        self._answers = dice.uniform(0.45, 0.95)
        self._day = date.min
        self._turns = 0
        self._written = 0
        self._leave_from: date | None = None

    def receive(self, arrival: Arrival) -> list[Planned]:
        """What the person will do about a message, if anything."""
        message = arrival.message
        if self.gone:
            return []
        if message.name == "[shared]":
            return self._perhaps_withdraw(arrival)
        if not (message.choices or message.entry):
            return []
        if self.silent and taste.is_of_a_meeting(message):
            return []
        self.stamp += 1
        self._old.extend((choice, message) for choice in message.choices)
        waits = self._waits(arrival)
        if waits is None or not self._patient(arrival.at):
            return []
        planned = Planned(arrival.at + waits, self._react(message, arrival.at), self.stamp)
        return [planned, *self._once_more(planned)]

    def visit(self) -> Act:
        """Something the person writes of their own accord."""
        if self._dice.random() < self._leaves:
            self.leaving = True
            return Act(text="slet mine data")
        word = self._dice.choices(list(self._visits), list(self._visits.values()))[0]
        return Act(text="hjælp" if self.silent and word in phrases.OF_MEETINGS else word)

    def next_visit(self, now: datetime) -> datetime:
        days = self._dice.expovariate(1 / DAYS_BETWEEN_VISITS)
        return _whole_minute(now + timedelta(days=days))

    def _perhaps_withdraw(self, arrival: Arrival) -> list[Planned]:
        if not arrival.message.choices or self._dice.random() > 0.15:
            return []
        waits = timedelta(minutes=self._dice.choice((2, 5, 90, 600, 1500, 3000, 8000)))
        act = Act(pressed=arrival.message.choices[0], seen=arrival.message)
        return [Planned(_whole_minute(arrival.at + waits), act, None)]

    def _waits(self, arrival: Arrival) -> timedelta | None:
        """How long until an answer; None: it will not be answered."""
        if arrival.key.startswith("reminder:"):
            return self._waits_after_contact()
        if self._dice.random() < 0.95:
            return timedelta(minutes=1)
        hours = self._dice.choice((1, 3, 22, None))
        return timedelta(hours=hours) if hours else None

    def _waits_after_contact(self) -> timedelta | None:
        if self._dice.random() > self._answers:
            return None
        when = self._dice.random()
        if when < 0.5:
            return timedelta(minutes=self._dice.randint(1, 8))
        if when < 0.8:
            return timedelta(minutes=self._dice.randint(30, 360))
        return timedelta(minutes=self._dice.randint(900, 1800))

    def _patient(self, now: datetime) -> bool:
        today = now.date()
        if today != self._day:
            self._day, self._turns = today, 0
        self._turns += 1
        return self._turns <= PATIENCE

    def _once_more(self, planned: Planned) -> list[Planned]:
        """Somebody presses twice."""
        if planned.act.pressed is None or self._dice.random() > 0.02:
            return []
        later = timedelta(seconds=self._dice.choice((0, 60, 3600)))
        return [planned._replace(at=planned.at + later, stamp=None)]

    def _react(self, message: Message, now: datetime) -> Act:
        mood = self._dice.random()
        if self.leaving or message.name.startswith("["):
            return self.answer(message, now)
        if mood < 0.012:
            return Act(text=self._dice.choice(phrases.CONTROLS))
        if mood < 0.022:
            return Act(text=self._dice.choice(phrases.NONSENSE))
        if mood < 0.032 and self._old:
            choice, seen = self._dice.choice(self._old)
            return Act(pressed=choice, seen=seen, old=True)
        return self.answer(message, now)

    def answer(self, message: Message, now: datetime) -> Act:
        """What they say to a message that asks something, at `now`."""
        if message.entry and (not message.choices or self._dice.random() < 0.7):
            return Act(text=self._words(message, now.astimezone(self._zone).date()), seen=message)
        if message.layout == "many":
            first, rest = taste.choose_many(self._dice, message)
            return Act(pressed=first, also=rest, seen=message)
        chosen = taste.choose(self._dice, message, leaving=self.leaving)
        return Act(pressed=chosen, seen=message)

    def _words(self, message: Message, today: date) -> str:
        entry = message.entry
        if entry and entry.kind == "date":
            return self._day_words(message.name, today)
        placeholder = (entry.placeholder if entry else None) or ""
        if "@" in placeholder:
            return self._dice.choice(self._emails)
        if ":" in placeholder and placeholder[0].isdigit():
            return self._dice.choice(phrases.HOURS if "-" in placeholder else phrases.TIMES)
        self._written += 1
        longest = entry.longest if entry else TEXT_LIMIT
        return self._writes(self._dice, self.somebody.number, self._written, longest)

    def _day_words(self, step: str, today: date) -> str:
        """Leave is told exactly, so that the person knows when they are away."""
        if step == "leave-first":
            self._leave_from = today + timedelta(days=self._dice.randint(1, 60))
            return self._leave_from.isoformat()
        if step == "leave-last" and self._leave_from:
            return (self._leave_from + timedelta(days=self._dice.randint(0, 20))).isoformat()
        return phrases.day_text(self._dice, today, (1, 40))[0]


def _whole_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)
