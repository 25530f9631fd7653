"""Everybody's people with those who judge what reaches them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from bot.simulation.agenda import Agenda
from bot.simulation.ledger import Ledger, Trace
from bot.simulation.oracles import PUT_OFF, Read, SharingJudge, TimeJudge, Verdicts
from bot.simulation.person import Act, Person
from bot.simulation.platform import Arrival, History
from bot.simulation.population import Leader


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


Entry = Deed | Posted | Visit | Invited


class Audience:
    def __init__(
        self, leaders: list[Leader], ids: dict[int, str], agenda: Agenda[Entry], history: History,
        read: Read, dice: Callable[[str], random.Random],
    ) -> None:  # fmt: skip
        self.leaders = leaders
        self.verdicts = Verdicts()
        self.trace = Trace()
        self.time = TimeJudge(self.verdicts, ids, read)
        self.sharing = SharingJudge(self.verdicts, read)
        self.ledger = Ledger(self.verdicts, history, ids, read)
        self.history = history
        self.taken: set[str] = set()
        self.erased = 0
        emails = [leader.email for leader in leaders]
        self.people = [Person(one, emails, dice(f"person {one.number}")) for one in leaders]
        self._agenda = agenda
        self._by_address = {one.external_id: one for one in leaders}
        self._asked: dict[str, tuple[Act, datetime]] = {}
        self._leave_from: dict[int, date] = {}
        self._events = 0

    # --- what people do

    def act(self, number: int, act: Act, now: datetime) -> Posted:
        """A person does something: from now on it is the platform's to hand over. Whoever has
        blocked the program lets it in again by that."""
        self.history.blocked.discard(self.leaders[number].external_id)
        self._events += 1
        key = f"{number}-{self._events}"
        event = self._event(number, key)
        self.sharing.pressed(number, act, event, now)
        self._asked[event] = (act, now)
        return Posted(number, act, key)

    def taken_in(self, posted: Posted, outcome: str, now: datetime) -> None:
        """The program has answered for the event: what follows from it holds from now on."""
        self.trace.note(now, posted.number, posted.key, outcome)
        if posted.key in self.taken or outcome == "unknown-person":
            return
        self.taken.add(posted.key)
        number, act, event = posted.number, posted.act, self._event(posted.number, posted.key)
        if act.text is not None:
            self.ledger.accepted(number, act.text, event, now)
        elif act.choice == "delete" and act.seen and act.seen.name == "sure":
            self._erase(number, now)
        elif act.choice.startswith("withdraw-"):
            self.sharing.took_back(number, act, now)
        elif act.choice in PUT_OFF:
            self.time.asked_for(number)
        elif act.choice.startswith("revise-"):
            self.time.forget_leave(number)
        self._asked[event] = (act, now)

    def _erase(self, number: int, now: datetime) -> None:
        self.people[number].gone = True
        self.erased += 1
        self.sharing.erased(number, now)
        self.ledger.erased(number)

    def _event(self, number: int, key: str) -> str:
        return f"{self.leaders[number].channel}:{key}"

    # --- what people see

    def see(self, arrival: Arrival) -> None:
        """A message is on somebody's screen: it is judged, and then perhaps answered."""
        leader = self._by_address[arrival.external_id]
        message = arrival.message
        self.trace.note(arrival.at, leader.number, arrival.key, message.model_dump_json())
        self.ledger.check_copies(arrival.channel, arrival.key)
        self.sharing.judge(leader.number, arrival)
        if arrival.key.startswith("reminder:"):
            self.time.judge(leader, arrival, quiet=self.history.is_quiet(arrival.external_id))
        else:
            self._hear_answer(leader, arrival)
        for planned in self.people[leader.number].receive(arrival):
            self._agenda.add(planned.at, Deed(leader.number, planned.act, planned.stamp))

    def _hear_answer(self, leader: Leader, arrival: Arrival) -> None:
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
            self._first_words(leader, event, act, when, arrival.message.name)
        self._promises(leader, act, when, arrival.message.name)

    def _first_words(self, leader: Leader, event: str, act: Act, when: datetime, name: str) -> None:
        self.ledger.answered(event, name)
        keeps = act.choice == "keep" and "share" in _choices(act)
        takes_back = act.choice == "withdraw" or keeps
        # A button that they have come past changes nothing before they say so once more.
        if takes_back and not act.old and not name.startswith("["):
            self.sharing.took_back(leader.number, act, when)

    def _promises(self, leader: Leader, act: Act, when: datetime, name: str) -> None:
        """What the program has said about when it will be silent."""
        if name in ("quiet-a-while", "welcome-back", "quiet-until", "[pause-set]"):
            self.time.told_pause(leader.number, act.choice, when)
        elif name == "[nearest-leader-changed]" or name == "no-longer":
            self.sharing.parted(leader.number, when)
        elif name == "leave-last" and act.text and act.seen and act.seen.name == "leave-first":
            self._leave_from[leader.number] = date.fromisoformat(act.text)
        elif act.text and act.seen and act.seen.name == "leave-last" and name[0] != "[":
            first = self._leave_from.pop(leader.number, None)
            if first:
                self.time.told_leave(leader.number, first, date.fromisoformat(act.text))


def _choices(act: Act) -> list[str]:
    offered = act.seen.choices if act.seen else ()
    return [one.token.rpartition(":")[2] for one in offered]
