"""Everybody's people with those who judge what reaches them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from bot.simulation import phrases, population
from bot.simulation.agenda import Agenda
from bot.simulation.books import Books
from bot.simulation.course_judge import CourseJudge
from bot.simulation.errands import Errand
from bot.simulation.figure_judge import FigureJudge
from bot.simulation.hr import Choosing
from bot.simulation.ledger import Ledger, Trace
from bot.simulation.oracles import Read, TimeJudge, Verdicts
from bot.simulation.person import Act, Person
from bot.simulation.platform import Arrival, History
from bot.simulation.population import Somebody
from bot.simulation.sharing import SharingJudge


class Deed(NamedTuple):
    """A person does something now, if they still want to."""

    number: int
    act: Act
    stamp: int | None


class Posted(NamedTuple):
    """The platform hands over what a person did, perhaps once more."""

    number: int
    act: Act
    key: str


class Visit(NamedTuple):
    """A person writes of their own accord."""

    number: int


class Invited(NamedTuple):
    number: int


Entry = Deed | Posted | Visit | Invited | Choosing | Errand
NOT_ASKED_FOR = ("reminder:", "told:")
"""How the keys of messages begin that are no answer to anything."""


class Audience:
    def __init__(
        self, books: Books, ids: Mapping[int, str], agenda: Agenda[Entry], history: History,
        read: Read, dice: Callable[[str], random.Random],
    ) -> None:  # fmt: skip
        self.books = books
        self.verdicts = Verdicts()
        self.trace = Trace()
        self.time = TimeJudge(self.verdicts, ids, read)
        self.sharing = SharingJudge(self.verdicts, read)
        self.course = CourseJudge(self.verdicts, books, ids, read)
        self.figures = FigureJudge(self.verdicts, read)
        self.ledger = Ledger(self.verdicts, history, ids, read)
        self.history = history
        self.taken: set[str] = set()
        self.erased = 0
        self.digests_to_hr = 0
        self.people: dict[int, Person] = {}
        self._ids = ids
        self._dice = dice
        self._agenda = agenda
        self._emails = [books.everybody[one].email for one in books.leaders]
        self._by_address: dict[str, Somebody] = {}
        self._asked: dict[str, tuple[Act, datetime]] = {}
        self._leave_from: dict[int, date] = {}
        self._events = 0

    def enter(self, number: int, now: datetime) -> None:
        """Somebody is there from now on, and is invited within days."""
        somebody, dice = self.books.everybody[number], self._dice(f"person {number}")
        silent = number in self.books.silent()
        stays = number in (self.books.hr, self.books.admin)
        visits = {**phrases.VISITS, **(phrases.IN_A_COURSE if self.books.teams else {})}
        person = Person(somebody, self._emails, dice, silent=silent, stays=stays, visits=visits)
        self.people[number] = person
        self._by_address[somebody.external_id] = somebody
        first = population.first_moment(now, self._dice(f"first {number}"))
        self._agenda.add(first, Invited(number))
        self._agenda.add(person.next_visit(now), Visit(number))

    # --- what people do

    def act(self, number: int, act: Act, now: datetime) -> Posted:
        """A person does something: from now on it is the platform's to hand over. Whoever has
        blocked the program lets it in again by that."""
        self.history.blocked.discard(self.books.everybody[number].external_id)
        self._events += 1
        key = f"{number}-{self._events}"
        event = self._event(number, key)
        self.sharing.pressed(number, act, event, now)
        self._asked[event] = (act, now)
        return Posted(number, act, key)

    def taken_in(self, posted: Posted, outcome: str, now: datetime) -> None:
        """The program has answered for the event: what follows from it holds from now on."""
        self.trace.note(now, posted.number, posted.key, outcome)
        if posted.key in self.taken:
            return
        number, act = posted.number, posted.act
        if outcome == "unknown-person":
            # It died after it had erased them: the press that comes again is from nobody.
            if _deletes(act) and not self.people[number].gone and self.ledger.is_gone(number):
                self._erase(number, now)
            return
        self.taken.add(posted.key)
        event = self._event(number, posted.key)
        if act.text is not None:
            self.ledger.accepted(number, act.text, event, now)
        elif _deletes(act):
            self._erase(number, now)
        elif act.choice.startswith("withdraw-"):
            self.sharing.took_back(number, act, now)
        elif act.choice.startswith("revise-"):
            self.time.forget_leave(number)
        elif act.choice == "resume" and act.seen and act.seen.name == "paused" and not act.old:
            # Ended by the press itself: the answer to it may be lost on the way.
            self.time.told_pause(number, "", now)
        self.time.pressed(number, act)
        self._asked[event] = (act, now)

    def _erase(self, number: int, now: datetime) -> None:
        self.people[number].gone = True
        self.erased += 1
        self.books.erased.add(number)
        self.books.forget(number)
        self.sharing.erased(number, now)
        self.ledger.erased(number)

    def _event(self, number: int, key: str) -> str:
        return f"{self.books.everybody[number].channel}:{key}"

    # --- what people see

    def see(self, arrival: Arrival) -> None:
        """A message is on somebody's screen: it is judged, and then perhaps answered."""
        somebody = self._by_address[arrival.external_id]
        number, message = somebody.number, arrival.message
        self.trace.note(arrival.at, number, arrival.key, message.model_dump_json())
        self.ledger.check_copies(arrival.channel, arrival.key)
        self.sharing.judge(number, arrival)
        if arrival.key.startswith(NOT_ASKED_FOR):
            self._judge_unasked(somebody, arrival)
        else:
            self._hear_answer(number, arrival)
        if message.name in ("courses", "figures"):
            self._judge_digest(number, arrival)
        for planned in self.people[number].receive(arrival):
            self._agenda.add(planned.at, Deed(number, planned.act, planned.stamp))

    def _judge_unasked(self, somebody: Somebody, arrival: Arrival) -> None:
        if somebody.number in self.books.left:
            what = f"{arrival.key} to {somebody.number} at {arrival.at}"
            self.verdicts.add("contacted_after_leaving", what)
        quiet = self.history.is_quiet(arrival.external_id)
        contact = self.time.judge(somebody, arrival, quiet=quiet)
        if contact is not None:
            self.course.judge(somebody.number, contact)

    def _judge_digest(self, number: int, arrival: Arrival) -> None:
        self.digests_to_hr += arrival.message.name == "courses"
        cohorts = {one.name: one.id for one in self.books.cohorts}
        self.figures.see(self._ids[number], arrival.message.plain_text(), cohorts)

    def _hear_answer(self, number: int, arrival: Arrival) -> None:
        event, _, at = arrival.key.rpartition(":")
        if event not in self._asked:
            if not event.startswith("invited:"):
                # What somebody did once and is answered for as if they had done it twice.
                self.verdicts.add("duplicates", f"an answer to nothing: {arrival.key}")
            return
        act, when = self._asked[event]
        if arrival.message.name == "[shared]":
            self.sharing.receipt(arrival.message, event)
        if at == "0":
            self._first_words(number, event, act, when, arrival.message.name)
            self._leave(number, act, arrival.message.name)
        self._promises(number, act, when, arrival.message.name)

    def _first_words(self, number: int, event: str, act: Act, when: datetime, name: str) -> None:
        self.ledger.answered(event, name)
        keeps = act.choice == "keep" and "share" in _choices(act)
        takes_back = act.choice == "withdraw" or keeps
        # A button that they have come past changes nothing before they say so once more.
        if takes_back and not act.old and not name.startswith("["):
            self.sharing.took_back(number, act, when)

    def _promises(self, number: int, act: Act, when: datetime, name: str) -> None:
        """What the program has said about when it will be silent."""
        if name in ("quiet-a-while", "welcome-back", "quiet-until", "[pause-set]"):
            self.time.told_pause(number, act.choice, when)
        elif name == "[nearest-leader-changed]" or name == "no-longer":
            self.sharing.parted(number, when)

    def _leave(self, number: int, act: Act, name: str) -> None:
        """By the first word of the answer: a question that came twice may be answered twice, and
        the second time it is another question's answer, which says that it does not fit."""
        fits = name == "[changed]" or not name.startswith("[")
        if not act.text or act.seen is None or not fits:
            return
        if act.seen.name == "leave-first":
            self._leave_from[number] = date.fromisoformat(act.text)
        elif act.seen.name == "leave-last" and number in self._leave_from:
            first = self._leave_from.pop(number)
            self.time.told_leave(number, first, date.fromisoformat(act.text))


def _deletes(act: Act) -> bool:
    return act.choice == "delete" and act.seen is not None and act.seen.name == "sure"


def _choices(act: Act) -> list[str]:
    offered = act.seen.choices if act.seen else ()
    return [one.token.rpartition(":")[2] for one in offered]
