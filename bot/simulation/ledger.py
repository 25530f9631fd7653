"""What must add up: everything fired, said and answered is somewhere, once."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Row, bindparam, func, select

from bot.simulation.oracles import CONTACT, Read, Verdicts, reminder_in
from bot.simulation.phrases import MARK, marks_in
from bot.simulation.platform import BLOCKED, History
from bot.simulation.population import BLIND
from bot.simulation.report import Use
from storage import people
from storage.database import Unit
from storage.people import Profile
from storage.prepared import Prepared
from storage.tables import (
    Address,
    Cadence,
    Conversation,
    Outbox,
    Person,
    Reminder,
    Share,
    table,
)
from storage.tables_course import Meeting

LAWFUL = frozenset(
    ("away", "too late", "weekly budget", "taken back", "already told", "the dialogue has been",
     "at rest", "no longer wanted", "paused", "in doubt", "its contact was let go",
     "in the same digest", "the second is out")
)  # fmt: skip
MOVES = frozenset(("moved", "next week"))
"""Said later instead: the reminder is planned again."""
OF_A_COURSE = MOVES | {
    "the module has been", "not in the course", "no articles", "nothing to bring",
    "the plan is made", "evaluated already", "opted out", "the meeting is found",
    "it is another's turn", "a quiet week",
}  # fmt: skip
LAWFUL_FOR: Mapping[str, frozenset[str]] = {
    "nudge": OF_A_COURSE, "digest": frozenset(("nothing to tell",)),
    **dict.fromkeys(
        ("meeting", "meeting-turn", "meeting-vote", "meeting-choice", "meeting-invite"),
        MOVES | {"settled"},
    ),
}  # fmt: skip
"""Besides, by the kind of contact."""
SAID_AT_MOST = 3
"""So often an answer is sent to where nobody can tell whether it came; then it is in doubt too."""
LAWFUL_ANSWERS = frozenset(("taken back",))
"""What an author takes back is not shown any more, also when its reader had asked for it."""
CLOSED = frozenset((BLOCKED, "closed by the person"))
"""Lawful only for those who have blocked the program."""
SETTLED = timedelta(days=16)
"""After so long nothing may still be on its way."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_outbox, _reminder, _address = table(Outbox), table(Reminder), table(Address)
_cadence, _person = table(Cadence), table(Person)
_conversation, _share, _meeting = table(Conversation), table(Share), table(Meeting)
_rows = select(
    _outbox.c.slot_key, _outbox.c.kind, _outbox.c.state, _outbox.c.reason, _outbox.c.attempt,
    _outbox.c.not_before, _address.c.channel, _address.c.external_id, _person.c.budget_per_week,
).join(_address, _address.c.person_id == _outbox.c.person_id).join(
    _person, _person.c.id == _outbox.c.person_id
)  # fmt: skip
_by_id = Prepared(select(_conversation).where(_conversation.c.id == bindparam("conversation")))
_latest = Prepared(
    select(_conversation)
    .where(_conversation.c.person_id == bindparam("person"))
    .order_by(_conversation.c.touched_at.desc())
    .limit(3)
)
_kinds = select(_reminder.c.id, _reminder.c.kind, _reminder.c.ordinal)


class _Kind(NamedTuple):
    name: str
    ordinal: int

    @property
    def told(self) -> str:
        again = self.ordinal > 1 and self.name in ("prepare", "after")
        return f"{self.name}, second" if again else self.name


class Written(NamedTuple):
    """An accepted text and where it is kept."""

    number: int
    conversation: str
    step: str
    item: int
    turn: int
    mark: tuple[int, int]
    at: datetime


class Ledger:
    def __init__(
        self, verdicts: Verdicts, history: History, ids: Mapping[int, str], read: Read
    ) -> None:
        self._verdicts = verdicts
        self._history = history
        self._ids = ids
        self._read = read
        self._written: dict[tuple[str, str, int], Written] = {}
        self._missing: dict[str, tuple[int, int]] = {}
        self._since: datetime | None = None
        self._waiting: list[str] = []
        self.let_go: Counter[str] = Counter()
        self._budgets: defaultdict[str, defaultdict[str, Use]] = defaultdict(
            lambda: defaultdict(Use)
        )
        self.doubtful = 0
        self.repeated_in_doubt = 0
        self.completed: set[str] = set()

    # --- answers

    def accepted(self, number: int, text: str, event: str, now: datetime) -> None:
        """Somebody's text was taken in: it is kept, or else the answer must say why not."""
        marks = marks_in(text)
        if not marks:
            return
        found = [one for one in self._kept(number, now) if one.mark in marks]
        for one in found:
            self._written[one.conversation, one.step, one.item] = one
        if not found:
            self._missing[event] = next(iter(marks))

    def answered(self, event: str, first: str) -> None:
        """The answer to an event, by the name of its first message; notes are in brackets."""
        missing = self._missing.pop(event, None)
        if missing and not first.startswith("["):
            self._verdicts.add("lost", f"text {missing} was accepted and is not kept: {event}")

    def is_gone(self, number: int) -> bool:
        """Whether nothing is there of the person any more."""
        with self._read() as unit:
            here = select(_person.c.id).where(_person.c.id == self._ids[number])
            return unit.connection.execute(here).first() is None

    def erased(self, number: int) -> None:
        """Only what the person wrote is gone with them: of everybody else's nothing may be."""
        self._written = {key: one for key, one in self._written.items() if one.number != number}

    def check_written(self, now: datetime, not_before: datetime) -> None:
        """Every accepted text stands where it was put, unless a later answer took its place."""
        with self._read() as unit:
            for one in [one for one in self._written.values() if one.at >= not_before]:
                kept = self._answer(unit, one)
                if kept is None or (kept["turn"] <= one.turn and one.mark not in _marks(kept)):
                    self._verdicts.add("lost", f"text {one.mark} of {one.step} is gone at {now}")

    def _kept(self, number: int, now: datetime) -> list[Written]:
        with self._read() as unit:
            profile = people.get_person(unit, self._ids[number])
            rows = _latest.all(unit, {"person": profile.id})
            return [one for row in rows for one in _texts(profile, number, row, now)]

    def _answer(self, unit: Unit, one: Written) -> dict[str, Any] | None:
        row = _by_id.first(unit, {"conversation": one.conversation})
        if row is None:
            return None
        answers = _answers(people.get_person(unit, row.person_id), row)
        here = (a for a in answers if (a["step"], a.get("item", -1)) == (one.step, one.item))
        return next(here, None)

    # --- messages

    def check_rows(self, now: datetime, *, end: bool = False) -> None:
        """Everything queued has ended as it may; `end`: also what was queued lately."""
        until = now if end else now - SETTLED
        since = self._since or LONG_AGO
        planned = (_outbox.c.planned_at >= since) & (_outbox.c.planned_at < until)
        planned |= _outbox.c.slot_key.in_(self._waiting)
        self._waiting = []
        with self._read() as unit:
            recent = _kinds.where(_reminder.c.due_at >= since - SETTLED)
            kinds = {
                one.id: _Kind(one.kind, one.ordinal) for one in unit.connection.execute(recent)
            }
            for row in unit.connection.execute(_rows.where(planned)).all():
                kind = kinds.get(reminder_in(row.slot_key)) if row.kind == "contact" else None
                if not end and row.kind == "part" and row.not_before > now:
                    self._waiting.append(row.slot_key)  # somebody is away for long
                    continue
                self._check_row(row, kind, end)
                self._note_use(row, kind)
            self._check_fired(unit, since, until)
            done = select(_conversation.c.id).where(_conversation.c.status == "done")
            self.completed.update(unit.connection.execute(done).scalars())
        self._since = until

    def _check_row(self, row: Row[*tuple[Any, ...]], kind: _Kind | None, end: bool) -> None:
        times = self._history.times.get(row.slot_key, 0)
        if row.state in ("sent", "reconciled"):
            if not times:
                self._verdicts.add("lost", f"{row.slot_key} is marked as sent and never arrived")
        elif row.state == "dropped":
            self._check_dropped(row, kind)
        elif not (end and row.kind != "reply" and row.state == "planned"):
            self._verdicts.add("lost", f"{row.slot_key} is still {row.state}: {row.reason}")

    def _check_dropped(self, row: Row[*tuple[Any, ...]], kind: _Kind | None) -> None:
        self.let_go[row.reason] += 1
        if row.reason == "in doubt":
            self.doubtful += 1
        blind = row.channel == BLIND
        if blind and row.reason == "in doubt" and row.kind == "reply":
            if row.attempt < SAID_AT_MOST:
                self._verdicts.add("lost", f"{row.slot_key} was given up after {row.attempt}")
            return
        if row.reason in CLOSED and row.external_id in self._history.have_blocked:
            return
        lawful = row.reason in (LAWFUL_ANSWERS if row.kind == "reply" else LAWFUL)
        lawful = lawful or (kind is not None and row.reason in LAWFUL_FOR.get(kind.name, ()))
        if not lawful or (row.reason == "in doubt" and not blind):
            self._verdicts.add("lost", f"{row.slot_key} was dropped: {row.reason}")

    def _note_use(self, row: Row[*tuple[Any, ...]], kind: _Kind | None) -> None:
        """Whether a contact was made or let go because of the week's budget."""
        if kind is None:
            return
        used = self._budgets[str(row.budget_per_week)][kind.told]
        used.made += row.state in ("sent", "reconciled")
        used.let_go += row.reason == "weekly budget"

    def _check_fired(self, unit: Unit, since: datetime, until: datetime) -> None:
        due = (_reminder.c.due_at >= since) & (_reminder.c.due_at < until)
        of_a_series = _reminder.c.subject_id.in_(select(_cadence.c.id))
        there = of_a_series | _reminder.c.kind.in_(LAWFUL_FOR)
        fired = select(_reminder.c.id).where(due, there, _reminder.c.state == "fired")
        overdue = select(_reminder.c.id).where(due, _reminder.c.state == "planned")
        contacted = {
            reminder_in(key)
            for key in unit.connection.execute(
                select(_outbox.c.slot_key).where(
                    _outbox.c.kind == "contact", _outbox.c.planned_at >= since
                )
            ).scalars()
        }
        for one in unit.connection.execute(fired).scalars():
            if one not in contacted:
                self._verdicts.add("lost", f"reminder {one} fired and nobody was contacted")
        for one in unit.connection.execute(overdue).scalars():
            self._verdicts.add("lost", f"reminder {one} is overdue and did not fire")

    def check_copies(self, channel: str, key: str) -> None:
        """A message has arrived: was it the first of its key?"""
        if self._history.times[key] < 2:
            return
        if channel == BLIND and key in self._history.doubted and not CONTACT.fullmatch(key):
            self.repeated_in_doubt += 1
        else:
            self._verdicts.add("duplicates", key)

    # --- the whole

    def meetings(self) -> dict[str, int]:
        """How many there are in each state."""
        query = select(_meeting.c.state, func.count()).group_by(_meeting.c.state)
        with self._read() as unit:
            found = unit.connection.execute(query.order_by(_meeting.c.state))
            counts: dict[str, int] = dict(found.all())
        return counts

    def budgets(self) -> dict[str, dict[str, Use]]:
        """By weekly budget, then by kind."""
        return {
            budget: dict(sorted(used.items())) for budget, used in sorted(self._budgets.items())
        }

    def check_file(self, file: Path) -> None:
        """No word of anybody's is readable in the database's files."""
        for one in (file, file.with_name(file.name + "-wal")):
            if one.is_file() and MARK.search(one.read_bytes().decode("latin-1")):
                self._verdicts.add("unshared_text_seen_by_others", f"readable in {one.name}")

    def stored(self) -> Iterable[str]:
        """What is in the store at the end, readable, for the digest."""
        with self._read() as unit:
            for row in unit.connection.execute(select(_conversation).order_by(_conversation.c.id)):
                profile = people.get_person(unit, row.person_id)
                yield f"{row.id} {row.status} {row.turn} {json.dumps(_answers(profile, row))}"
            columns = (_outbox.c.slot_key, _outbox.c.state, _outbox.c.reason, _outbox.c.sent_at)
            yield from map(str, unit.connection.execute(select(*columns).order_by(_outbox.c.id)))
            shares = select(_share.c.id, _share.c.state, _share.c.recipient_id, _share.c.seen_at)
            yield from map(str, unit.connection.execute(shares.order_by(_share.c.id)))
            yield str(unit.connection.execute(select(func.count()).select_from(_reminder)).scalar())


class Trace:
    """A hash of everything that was sent, seen and stored."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def note(self, *words: object) -> None:
        self._hash.update(" ".join(map(str, words)).encode() + b"\n")

    def digest(self) -> str:
        return self._hash.hexdigest()


def _answers(profile: Profile, row: Row[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    body = json.loads(profile.key.open("conversation", "body_sealed", row.id, row.body_sealed))
    answers: list[dict[str, Any]] = body.get("answers", [])
    return answers


def _texts(
    profile: Profile, number: int, row: Row[*tuple[Any, ...]], now: datetime
) -> Iterable[Written]:
    for one in _answers(profile, row):
        if isinstance(one["value"], str):
            for mark in marks_in(one["value"]):
                yield Written(
                    number, row.id, one["step"], one.get("item", -1), one["turn"], mark, now
                )


def _marks(answer: dict[str, Any]) -> set[tuple[int, int]]:
    return marks_in(str(answer["value"]))
