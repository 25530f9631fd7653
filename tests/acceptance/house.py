"""The one player of these tests: the real parts on a real database file, with people who press,
write and are travelled through time with; and who may have the program restarted at any moment.

    house = House(url, key, erase_log)
    await house.mette.presses("now")
    await house.until("wed 11:05")
    assert house.mette.heard == ["talked"]
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.beat import travel
from bot.clock import SetClock
from bot.inbound import Incoming
from bot.outbound import HISTORY_LAGS
from bot.planning import plan_cadence
from bot.settings import Settings
from bot.talk import Talk
from bot.wiring import Wired, build
from flows.cadence import Cadence as Rule
from storage import cadences, pairs, people, reminders
from storage.database import Unit
from storage.people import Profile
from storage.reminders import Reminder
from tests.acceptance.platform import Heard, Platform

T = TypeVar("T")
ZONE = "Europe/Copenhagen"
BEGINS = datetime(2026, 11, 23, 8, 50, tzinfo=ZoneInfo(ZONE))
"""A Monday. Mette and Karin talk on the Wednesday at ten, and then every fortnight."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Resident:
    """Somebody with a phone. `heard`: the names of what came since they last did something, or
    since the house last travelled."""

    def __init__(self, house: House, name: str, id: str) -> None:
        self.house = house
        self.name = name
        self.id = id
        self.mark = 0

    @property
    def messages(self) -> list[Heard]:
        return self.house.platform.phones.get(self.name, [])

    @property
    def news(self) -> list[Heard]:
        return self.messages[self.mark :]

    @property
    def heard(self) -> list[str]:
        return [one.name for one in self.news]

    @property
    def said_to(self) -> str:
        """All the words of the news."""
        return "\n".join(one.text for one in self.news)

    @property
    def last(self) -> Heard:
        return self.messages[-1]

    def ever_saw(self, text: str) -> bool:
        return any(text in one.text or text in " ".join(one.labels) for one in self.messages)

    async def presses(self, choice: str, *also: str) -> None:
        """The newest button with that choice."""
        shown = [one for one in self.messages if choice in one.choices]
        assert shown, f"{self.name} was never offered {choice}; heard {self.heard}"
        await self.presses_on(shown[-1], choice, *also)

    async def presses_on(self, shown: Heard, choice: str, *also: str) -> None:
        tokens = tuple(shown.choices[one] for one in also)
        await self.house.takes_in(self, token=shown.choices[choice], also=tokens)

    async def presses_token(self, token: str) -> None:
        await self.house.takes_in(self, token=token)

    async def presses_all(self, *choices: str | int) -> None:
        for choice in choices:
            await self.presses(str(choice))

    async def writes(self, text: str) -> None:
        await self.house.takes_in(self, text=text)

    def shown(self, name: str) -> Heard:
        """The newest message of that name."""
        return next(one for one in reversed(self.messages) if one.name == name)

    @property
    def profile(self) -> Profile:
        return self.house.reads(lambda unit: people.get_person(unit, self.id))


class House:
    """`restless`: the program is restarted before whatever happens. `quiet_hours_kept` and the
    like are asked of `contacts`."""

    def __init__(
        self, url: str, key: str, *, at: datetime = BEGINS, language: str = "da",
        restless: bool = False, looks_up: bool = True, channel: str = "web",
        **settings: str,
    ) -> None:  # fmt: skip
        self.settings = Settings(database_url=url, secret_key=SecretStr(key), **settings)
        self.clock = SetClock(at)
        self.platform = Platform(self.clock, channel, looks_up=looks_up)
        self.restless = restless
        self.language = language
        self._keys = itertools.count()
        self.residents: dict[str, Resident] = {}
        self.wired = self._built()
        for name, last in (("mette", "Holm"), ("karin", "Lund"), ("henrik", "Dahl")):
            self.moves_in(name, last)

    def _built(self) -> Wired:
        return build(
            self.settings, clock=self.clock, more_channels={self.platform.name: self.platform}
        )

    def another(self) -> Wired:
        """A second process on the same database."""
        return self._built()

    def restart(self) -> None:
        """Everything in memory is gone; the database and the platform are as they were."""
        self.wired.close()
        self.wired = self._built()

    def close(self) -> None:
        self.wired.close()

    # Who lives here.

    def moves_in(self, name: str, last: str = "Holm", **columns: object) -> Resident:
        def add(unit: Unit) -> str:
            person = people.add_person(
                unit, self.wired.parts.ids, self.clock(), name=f"{name.title()} {last}",
                email=f"{name}@example.org", language=self.language, zone=ZONE, **columns,
            )  # fmt: skip
            people.add_address(unit, self.wired.parts.ids, person.id, self.platform.name, name)
            return person.id

        self.residents[name] = Resident(self, name, self.reads(add))
        return self.residents[name]

    @property
    def mette(self) -> Resident:
        return self.residents["mette"]

    @property
    def karin(self) -> Resident:
        return self.residents["karin"]

    @property
    def henrik(self) -> Resident:
        return self.residents["henrik"]

    def pairs_up(
        self, leader: str = "mette", nearest: str = "karin", *, first: date = date(2026, 11, 25),
        weeks: int = 2, at: time = time(10),
    ) -> None:  # fmt: skip
        """The two talk from `first` on, every so many weeks."""
        rule = Rule(anchor=first, every_weeks=weeks, at=at)
        who, whose = self.residents[leader].id, self.residents[nearest].id

        def pair(unit: Unit) -> None:
            parts = self.wired.parts
            made = pairs.begin_pair(unit, parts.ids, self.clock(), who, whose)
            cadence = cadences.begin_cadence(unit, parts.ids, who, rule, pair=made.id)
            plan_cadence(unit, parts, cadence, self.clock())

        self.reads(pair)

    async def begins(self, who: Resident, dialogue: str) -> None:
        """The dialogue is begun for them, as a programme does."""

        def begin(unit: Unit) -> None:
            talk = Talk(unit, self.wired.parts, people.get_person(unit, who.id))
            talk.begin(dialogue)
            talk.flush(f"begun:{next(self._keys)}")

        self._before_anything()
        self.reads(begin)
        await self.wired.beat.beat()

    # What happens.

    async def takes_in(
        self, who: Resident, *, text: str | None = None, token: str | None = None,
        also: tuple[str, ...] = (), key: str | None = None,
    ) -> str:  # fmt: skip
        return await self.takes_in_from(who.name, text=text, token=token, also=also, key=key)

    async def takes_in_from(
        self, external_id: str, *, text: str | None = None, token: str | None = None,
        also: tuple[str, ...] = (), key: str | None = None, deliver: bool = True,
    ) -> str:  # fmt: skip
        self._before_anything()
        key = key or f"event-{next(self._keys)}"
        incoming = Incoming(self.platform.name, external_id, key, text=text, token=token, also=also)
        outcome = await self.wired.intake.hear(incoming)
        if deliver:
            await self.wired.beat.beat()
        return outcome

    async def hears_through(self, wired: Wired, who: Resident, *, token: str) -> str:
        """The same, taken in by another process."""
        key = f"event-{next(self._keys)}"
        return await wired.intake.hear(Incoming(self.platform.name, who.name, key, token=token))

    async def reconciles(self) -> None:
        """What happens once a minute, when a platform's history has caught up, and the delivery."""
        self.clock.move_to(self.clock() + HISTORY_LAGS)
        await self.wired.beat.reconcile()
        await self.wired.beat.beat()

    async def travel(self, **how_far: float) -> None:
        await self.reach(self.clock() + timedelta(**how_far))

    async def until(self, when: str) -> None:
        """The next such moment, as "wed 11:05" in local time."""
        day, _, clock = when.partition(" ")
        local = self.now
        ahead = (DAYS.index(day) - local.weekday()) % 7
        at = datetime.combine(
            local.date() + timedelta(ahead), time.fromisoformat(clock), local.tzinfo
        )
        await self.reach(at if at > local else at + timedelta(7))

    async def on(self, day: date, clock: str) -> None:
        await self.reach(datetime.combine(day, time.fromisoformat(clock), ZoneInfo(ZONE)))

    async def reach(self, moment: datetime) -> None:
        self._before_anything()
        await travel(self.wired.beat, self.clock, moment.astimezone(ZoneInfo("UTC")))

    def _before_anything(self) -> None:
        if self.restless:
            self.restart()
        for one in self.residents.values():
            one.mark = len(one.messages)

    # What is the case.

    @property
    def now(self) -> datetime:
        return self.clock().astimezone(ZoneInfo(ZONE))

    def reads(self, work: Callable[[Unit], T]) -> T:
        with self.wired.database.write() as unit:
            return work(unit)

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        return self.reads(
            lambda unit: [tuple(row) for row in unit.connection.exec_driver_sql(statement)]
        )

    def does(self, statement: str) -> None:
        self.reads(lambda unit: unit.connection.exec_driver_sql(statement))

    def planned(self, who: Resident) -> list[Reminder]:
        return [
            one
            for one in self.reads(lambda unit: reminders.planned(unit, 500))
            if one.person == who.id
        ]

    def first_words(self, who: Resident) -> list[Heard]:
        """What the bot said of its own accord, one message for each contact."""
        contacts = {
            row[0] for row in self.rows("SELECT slot_key FROM outbox WHERE kind = 'contact'")
        }
        return [one for one in who.messages if one.key in contacts]

    def leases_run_out(self) -> None:
        """As when a worker has been dead for long enough."""
        self.does("UPDATE outbox SET lease_until = 1 WHERE lease_until IS NOT NULL")
