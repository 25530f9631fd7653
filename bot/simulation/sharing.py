"""The judge of whose words reach whom."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.simulation.oracles import CONTACT, Read, Verdicts
from bot.simulation.person import Act
from bot.simulation.phrases import marks_in
from bot.simulation.platform import Arrival
from flows.wording import Message, read_token
from storage.prepared import Prepared
from storage.tables import Outbox, table

NAME = re.compile(r"[A-ZÆØÅ][a-zæøå]+(\d{5})\b")
_outbox = table(Outbox)
_planned = Prepared(select(_outbox.c.planned_at).where(_outbox.c.slot_key == bindparam("key")))


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
        """The author has another nearest leader, or none: the old one sees nothing more."""
        self._end([one for one in self._by(author) if not one.step.startswith("own-share")], now)

    def erased(self, author: int, now: datetime) -> None:
        """Nothing of theirs is shown any more; nor of somebody who has left."""
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
        with self._read() as unit:
            row = _planned.first(unit, {"key": arrival.key})
        return row.planned_at if row else arrival.at

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
