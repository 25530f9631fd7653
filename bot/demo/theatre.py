"""The try-out at work: the real parts, a clock that can be moved, and news for the pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from fastapi import HTTPException

from bot.beat import travel
from bot.clock import AHEAD, MovableClock
from bot.demo.cast import PHONES, ZONE, Phone
from bot.demo.colleagues import Colleagues, Company
from bot.demo.coming import next_due
from bot.demo.course_line import next_day
from bot.demo.story import LANGUAGE, first_morning, tell
from bot.demo.view import phone_view, picture
from bot.inbound import Incoming, Outcome
from bot.page_links import make_page_link
from bot.web.chat import hear
from bot.web.reads import read
from bot.wiring import Wired
from flows.calendar import PersonCalendar, at_local, local_date
from flows.model import Language
from storage import erase, organisation, pages, people, transcript
from storage.database import Unit
from storage.pages import Page
from storage.people import Profile

T = TypeVar("T")
MORNING = time(9, 5)
MOST_IN_VAIN = 30
"""How often in a row the clock goes on to something that turns out to be silence."""
STAYS = timedelta(hours=8)
LANGUAGE_WORDS: dict[Language, str] = {"da": "dansk", "en": "english"}


class Theatre:
    def __init__(
        self, wired: Wired, clock: MovableClock, colleagues: Colleagues, language: Language
    ) -> None:
        self.wired = wired
        self.company = Company(wired.beat, colleagues, wired.intake.hear)
        self.clock = clock
        self.language = language
        self.acts = 0
        """How often the story was begun over."""
        self.moves = 0
        """How often the clock has been moved, so that a page knows when its own move is over."""
        self.closing = False
        self._changing = asyncio.Lock()
        self._moving: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Takes up the story where it was left, or begins it."""
        await self.wired.write(_let_go_of_leases)
        if not await self.read(self._recall):
            await self._begin()
        await self.wired.beat.reconcile()
        await self.company.beat()

    def _recall(self, unit: Unit) -> bool:
        moved = organisation.get_setting(unit, AHEAD)
        if moved is None:
            return False
        self.clock.ahead = timedelta(seconds=float(moved))
        spoken = organisation.get_setting(unit, LANGUAGE)
        self.language = "en" if spoken == "en" else "da"
        return True

    async def _begin(self) -> None:
        """Whoever was there is erased and the story told from its first morning, in one commit."""
        self.clock.ahead = timedelta()
        self.clock.move_to(first_morning(self.clock(), self.wired.parts.holidays))
        await self.wired.write(self._tell)

    def _tell(self, unit: Unit) -> None:
        erase.delete_everything(unit)
        tell(unit, self.wired.parts, self.language)
        self._remember_clock(unit)
        organisation.put_setting(unit, LANGUAGE, self.language)

    async def start_over(self) -> None:
        """Erases everybody in the story and tells it from the beginning."""
        async with self._changing:
            await self._stop_moving()
            await self._begin()
            self.acts += 1
            await self.company.beat()
            await self.wired.chat.tell()

    async def close(self) -> None:
        """Ends the pages' streams, which would otherwise hold up the end of the program."""
        self.closing = True
        await self.wired.chat.tell()

    async def read(self, work: Callable[[Unit], T]) -> T:
        return await read(self.wired.database, work)

    async def state(self) -> dict[str, Any]:
        return await self.read(self._state)

    def _state(self, unit: Unit) -> dict[str, Any]:
        phones = {phone.id: phone_view(unit, phone) for phone in PHONES}
        return {**self._picture(unit), "phones": phones, "seq": last_seq(unit), "act": self.acts}

    async def picture(self) -> dict[str, Any]:
        return await self.read(self._picture)

    def _picture(self, unit: Unit) -> dict[str, Any]:
        moving = {"working": self._moving is not None, "moves": self.moves}
        return {**picture(unit, self.wired.parts), **moving}

    async def of(self, phone: Phone, work: Callable[[Unit, Profile], T]) -> T:
        """Something read for the phone's person. Raises 410 when they are erased."""

        def found(unit: Unit) -> T:
            return work(unit, _person_of(unit, phone))

        return await self.read(found)

    async def link_of(self, email: str, page: Page) -> str:
        """The address of a fresh link to the page. Raises 410 when its person is erased."""

        def work(unit: Unit) -> str | None:
            profile = people.find_by_email(unit, email)
            return make_page_link(unit, self.wired.parts, profile.id, page) if profile else None

        address = await self.wired.write(work)
        if address is None:
            raise HTTPException(410, "nobody there any more")
        return address

    async def hear(self, phone: Phone, incoming: Incoming) -> Outcome:
        """One event from a phone: into the chat and through the engine, in one commit.
        Raises 410 when its person is erased."""
        await self.of(phone, lambda unit, profile: None)
        outcome = await self.wired.intake.hear(incoming, lambda unit: self._hear(unit, incoming))
        await self.company.beat()
        await self.wired.chat.tell()
        return outcome

    def _hear(self, unit: Unit, incoming: Incoming) -> None:
        profile = people.find_by_address(unit, incoming.channel, incoming.external_id)
        if profile is not None:
            tokens = (incoming.token, *incoming.also) if incoming.token else ()
            hear(unit, profile, incoming.key, self.clock(), incoming.text, tokens)

    async def speak(self, phone: Phone, language: Language) -> None:
        key = f"{phone.id}:speak-{self.wired.parts.ids()}"
        await self.hear(phone, Incoming("web", phone.id, key, text=LANGUAGE_WORDS[language]))

    async def speak_everywhere(self, language: Language) -> None:
        """The language of the page: a story that nobody has touched begins in it, in any other
        whoever speaks another one is asked to change."""
        if language == self.language:
            return
        self.language = language
        if await self.read(_untouched):
            await self.start_over()
            return
        await self.wired.write(lambda unit: organisation.put_setting(unit, LANGUAGE, language))
        for phone in await self.read(lambda unit: _speaking_other(unit, language)):
            await self.speak(phone, language)

    async def move_clock(self, to: str) -> None:
        """Begins to move; while it moves, asking again changes nothing."""
        if self._moving is None:
            self._moving = asyncio.create_task(self._move(to))
            await self.wired.chat.tell()

    async def _move(self, to: str) -> None:
        try:
            if to == "next":
                await self._on_to_the_next()
            else:
                await self._on_to(await self._target(to))
        finally:
            self._moving = None
            self.moves += 1
            await self.wired.chat.tell()

    async def _on_to(self, moment: datetime) -> None:
        await travel(self.company, self.clock, moment, self._moved)

    async def _on_to_the_next(self) -> None:
        """Until a phone has something new: some of what is planned is of no use when it is due."""
        before = await self.read(last_seq)
        for _ in range(MOST_IN_VAIN):
            now, due = self.clock(), await self.read(next_due)
            await self._on_to(max(due, now) if due else now + timedelta(days=1))
            if due is None or await self.read(last_seq) > before:
                return

    def _moved(self) -> None:
        # Handed in before what then happens, so that no restart finds the clock behind it.
        self.wired.writer.submit(self._remember_clock)

    async def _target(self, to: str) -> datetime:
        now = self.clock()
        if to == "monday":
            return next_monday(now)
        if to == "course":
            day = await self.read(lambda unit: next_day(unit, now))
            return at_local(PersonCalendar(zone=ZONE), day, MORNING) if day else next_monday(now)
        if to == "hour":
            return now + timedelta(hours=1)
        local = now.astimezone(ZoneInfo(ZONE)) + timedelta(days=1)
        return local.astimezone(now.tzinfo)

    def _remember_clock(self, unit: Unit) -> None:
        organisation.put_setting(unit, AHEAD, str(self.clock.ahead.total_seconds()))
        pages.prolong_visits(unit, self.clock() + STAYS)

    async def _stop_moving(self) -> None:
        if self._moving is not None:
            self._moving.cancel()
            await asyncio.gather(self._moving, return_exceptions=True)


def next_monday(now: datetime) -> datetime:
    calendar = PersonCalendar(zone=ZONE)
    day = local_date(calendar, now)
    monday = day + timedelta(days=(7 - day.weekday()) % 7)
    at = at_local(calendar, monday, MORNING)
    return at if at > now else at_local(calendar, monday + timedelta(days=7), MORNING)


def last_seq(unit: Unit) -> int:
    """The highest number of the chat, also when what had it was a press."""
    last: int | None = unit.connection.exec_driver_sql("SELECT max(seq) FROM transcript").scalar()
    return last or 0


def _person_of(unit: Unit, phone: Phone) -> Profile:
    profile = people.find_by_address(unit, "web", phone.id)
    if profile is None:
        raise HTTPException(410, "nobody there any more")
    return profile


def _untouched(unit: Unit) -> bool:
    """Nothing has been said but the greeting."""
    profiles = [people.find_by_address(unit, "web", phone.id) for phone in PHONES]
    said = [len(transcript.lines_after(unit, one, 0)) for one in profiles if one]
    return len(said) == len(PHONES) and sum(said) <= 1


def _speaking_other(unit: Unit, language: Language) -> list[Phone]:
    found = ((phone, people.find_by_address(unit, "web", phone.id)) for phone in PHONES)
    return [phone for phone, profile in found if profile and profile.language != language]


def _let_go_of_leases(unit: Unit) -> None:
    """The try-out has one process: whoever held these rows has died and will not come back."""
    held = "UPDATE outbox SET lease_until = 0 WHERE lease_until IS NOT NULL"
    unit.connection.exec_driver_sql(held)
