"""The try-out at work: the real parts, a clock that can be moved, and news for the pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from fastapi import HTTPException

from bot.beat import travel
from bot.clock import MovableClock
from bot.demo.story import MOVED_BY, PHONES, ZONE, Phone, first_morning, tell
from bot.demo.view import phone_view, picture
from bot.inbound import Incoming, Outcome, take_in
from bot.web.chat import hear
from bot.wiring import Wired
from flows.calendar import PersonCalendar, at_local, local_date
from flows.model import Language
from storage import erase, organisation, people
from storage.database import Unit
from storage.people import Profile

T = TypeVar("T")
MONDAY_MORNING = time(9, 5)
LANGUAGE = "demo_language"


class Theatre:
    def __init__(self, wired: Wired, clock: MovableClock, language: Language) -> None:
        self.wired = wired
        self.clock = clock
        self.language = language
        self.acts = 0
        """How often the story was begun over."""
        self._moving: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Takes up the story where it was left, or begins it."""
        moved = await self.wired.write(lambda unit: organisation.get_setting(unit, MOVED_BY))
        if moved is None:
            await self._begin()
        else:
            self.clock.ahead = timedelta(seconds=float(moved))
        await self.wired.beat.reconcile()
        await self.wired.beat.beat()

    async def _begin(self) -> None:
        self.clock.ahead = timedelta()
        self.clock.move_to(first_morning(self.clock(), self.wired.parts.holidays))
        await self.wired.write(lambda unit: tell(unit, self.wired.parts, self.language))
        await self._remember_clock()

    async def start_over(self) -> None:
        """Erases everybody in the story and tells it from the beginning."""
        await self._stop_moving()
        await self.wired.write(_erase_everybody)
        self.acts += 1
        await self._begin()
        await self.wired.beat.beat()
        await self.wired.chat.tell()

    async def state(self) -> dict[str, Any]:
        return await self.wired.write(self._state)

    def _state(self, unit: Unit) -> dict[str, Any]:
        phones = {phone.id: phone_view(unit, phone) for phone in PHONES}
        seqs = [one["seq"] for phone in phones.values() for one in phone["messages"]]
        last = people_last_seq(unit)
        return {**self._picture(unit), "phones": phones, "seq": max([last, *seqs], default=0)}

    async def picture(self) -> dict[str, Any]:
        return await self.wired.write(self._picture)

    def _picture(self, unit: Unit) -> dict[str, Any]:
        return {**picture(unit, self.wired.parts), "working": self._moving is not None}

    async def of(self, phone: Phone, work: Callable[[Unit, Profile], T]) -> T:
        """Something read for the phone's person. Raises 404 when they are erased."""

        def read(unit: Unit) -> T:
            profile = people.find_by_address(unit, "web", phone.id)
            if profile is None:
                raise HTTPException(404, "nobody there")
            return work(unit, profile)

        return await self.wired.write(read)

    async def hear(self, incoming: Incoming) -> Outcome:
        """One event from a phone: into the chat and through the engine, in one commit."""
        outcome = await self.wired.write(lambda unit: self._take(unit, incoming))
        await self.wired.beat.beat()
        await self.wired.chat.tell()
        return outcome

    def _take(self, unit: Unit, incoming: Incoming) -> Outcome:
        profile = people.find_by_address(unit, incoming.channel, incoming.external_id)
        if profile is not None:
            tokens = (incoming.token, *incoming.also) if incoming.token else ()
            hear(unit, profile, incoming.key, self.clock(), incoming.text, tokens)
        return take_in(unit, self.wired.parts, incoming)

    async def speak(self, phone: Phone, language: Language) -> None:
        word = {"da": "dansk", "en": "english"}[language]
        key = f"{phone.id}:speak-{self.clock().timestamp():.6f}"
        await self.hear(Incoming("web", phone.id, key, text=word))

    def move_clock(self, to: str) -> None:
        """Begins to move; while it moves, asking again changes nothing."""
        if self._moving is None:
            self._moving = asyncio.create_task(self._move(to))

    async def _move(self, to: str) -> None:
        try:
            target = await self._target(to)
            await travel(self.wired.beat, self.clock, target)
            await self._remember_clock()
        finally:
            self._moving = None
            await self.wired.chat.tell()

    async def _target(self, to: str) -> datetime:
        now = self.clock()
        if to == "next":
            due = await self.wired.beat.next_due()
            return max(due, now) if due else now + timedelta(days=1)
        if to == "monday":
            return next_monday(now)
        if to == "hour":
            return now + timedelta(hours=1)
        local = now.astimezone(ZoneInfo(ZONE)) + timedelta(days=1)
        return local.astimezone(now.tzinfo)

    async def _remember_clock(self) -> None:
        ahead = str(self.clock.ahead.total_seconds())
        await self.wired.write(lambda unit: organisation.put_setting(unit, MOVED_BY, ahead))

    async def _stop_moving(self) -> None:
        if self._moving is not None:
            self._moving.cancel()
            await asyncio.gather(self._moving, return_exceptions=True)


def next_monday(now: datetime) -> datetime:
    calendar = PersonCalendar(zone=ZONE)
    day = local_date(calendar, now)
    monday = day + timedelta(days=(7 - day.weekday()) % 7)
    at = at_local(calendar, monday, MONDAY_MORNING)
    return at if at > now else at_local(calendar, monday + timedelta(days=7), MONDAY_MORNING)


def _erase_everybody(unit: Unit) -> None:
    for profile in people.everybody(unit):
        erase.delete_rows(unit, profile.id)


def people_last_seq(unit: Unit) -> int:
    """The highest number of the chat, also when what had it was a press."""
    last: int | None = unit.connection.exec_driver_sql("SELECT max(seq) FROM transcript").scalar()
    return last or 0
