"""Nothing is sent faster than a platform takes it, and who has to wait holds up nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.base import DeliveryFailed, Rendered
from bot.clock import SetClock
from bot.outbound import Outbound
from bot.postman import Postman
from bot.settings import Settings
from bot.talk import Talk
from bot.wiring import Wired, build
from flows.model import Language
from flows.wording import Message
from storage import outbox, pace, people
from storage.encryption import new_secret_key
from storage.people import Profile
from tests.bot.rooms import NOW
from tests.empty_store import put_empty_store

SECOND = timedelta(seconds=1)
ALL = SECOND / 30


class Chats:
    """A platform that takes thirty messages a second and one a second in each chat, on the clock
    of the database and of the program. `quiet`: how long an address is not to be disturbed."""

    name = "chats"

    def __init__(self, clock: SetClock) -> None:
        self.clock = clock
        self.sent: list[tuple[str, datetime]] = []
        self.quiet: dict[str, timedelta] = {}
        self.refuses: list[DeliveryFailed] = []
        self.door = asyncio.Event()
        self.door.set()

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        return (("chats:all", ALL), (f"chats:one:{external_id}", SECOND))

    async def quiet_for(self, external_id: str) -> timedelta | None:
        return self.quiet.get(external_id)

    def render(self, message: Message, language: Language) -> list[Rendered]:
        return [{"name": message.name}]

    async def send(self, external_id: str, rendered: list[Rendered], key: str) -> str | None:
        await self.door.wait()
        if self.refuses:
            raise self.refuses.pop()
        self.sent.append((external_id, self.clock()))
        return key

    async def find(self, external_id: str, key: str) -> bool | None:
        return None

    def to(self, external_id: str) -> list[float]:
        """The seconds at which something came."""
        return [(at - NOW).total_seconds() for to, at in self.sent if to == external_id]


class Office:
    def __init__(self, folder: Path) -> None:
        self.clock = SetClock(NOW)
        self.chats = Chats(self.clock)
        settings = Settings(
            database_url=put_empty_store(folder / "pace.db"), secret_key=SecretStr(new_secret_key())
        )
        self.wired: Wired = build(
            settings, clock=self.clock, more_channels={self.chats.name: self.chats}
        )
        self.wired.database.clock = self.clock
        self.later: list[float] = []
        self.outbound = self.another()

    def another(self) -> Outbound:
        """As another process would have it, on the same database."""
        made = Outbound(
            self.wired.write, self.wired.parts, self.wired.channels, "worker", sleep=self.sleep
        )
        made.later = self.later.append
        return made

    async def sleep(self, seconds: float) -> None:
        """Time passes for everybody."""
        until = self.clock() + timedelta(seconds=seconds)
        await asyncio.sleep(0)
        self.clock.move_to(until)

    def moves_in(self, name: str) -> Profile:
        with self.wired.database.write() as unit:
            parts = self.wired.parts
            person = people.add_person(unit, parts.ids, NOW, name=name)
            people.add_address(unit, parts.ids, person.id, self.chats.name, name)
            return person

    def says(self, person: Profile, times: int) -> None:
        with self.wired.database.write() as unit:
            talk = Talk(unit, self.wired.parts, person)
            talk.note("da", *["nothing-open"] * times)
            talk.flush(f"said:{person.id}")

    def waiting(self) -> int:
        with self.wired.database.read() as unit:
            return dict(outbox.counts(unit)).get("planned", 0)

    async def all_taken_up(self) -> None:
        while self.waiting():
            await asyncio.sleep(0)

    async def runs(self, seconds: float) -> None:
        """Delivers whenever something that was put back may go."""
        end = self.clock() + timedelta(seconds=seconds)
        while True:
            await self.outbound.deliver()
            with self.wired.database.read() as unit:
                due = outbox.next_due(unit)
            if due is None or due > end:
                break
            self.clock.move_to(due)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.wired.close()


async def test_a_chat_gets_one_message_a_second(office: Office) -> None:
    office.says(office.moves_in("mette"), 5)
    await office.runs(10)
    came = office.chats.to("mette")
    assert len(came) == 5
    assert all(after - before >= 1 for before, after in pairwise(came))


async def test_twenty_messages_to_one_hold_up_nobody_else(office: Office) -> None:
    office.says(office.moves_in("mette"), 20)
    for name in ("karin", "henrik"):
        office.says(office.moves_in(name), 1)
    await office.outbound.deliver()
    assert len(office.chats.to("mette")) == 1
    assert len(office.chats.to("karin")) == len(office.chats.to("henrik")) == 1
    assert office.waiting() == 19
    await office.runs(30)
    assert len(office.chats.to("mette")) == 20


async def test_all_together_get_thirty_a_second(office: Office) -> None:
    for number in range(90):
        office.says(office.moves_in(f"leader{number}"), 1)
    await office.runs(20)
    came = sorted((at - NOW).total_seconds() for _, at in office.chats.sent)
    assert len(came) == 90
    for first in range(60):
        assert came[first + 30] - came[first] >= 0.9
    assert came[-1] <= 4


async def test_whoever_has_to_wait_is_given_a_place_in_the_line(office: Office) -> None:
    """And is not taken up again for each one that goes before."""

    async def stands_still(seconds: float) -> None:
        await asyncio.sleep(0)

    for number in range(120):
        office.says(office.moves_in(f"leader{number}"), 1)
    outbound = Outbound(
        office.wired.write, office.wired.parts, office.wired.channels, "worker", sleep=stands_still
    )
    for _ in range(3):
        await outbound.deliver()
    went = len(office.chats.sent)
    places = "SELECT count(DISTINCT not_before) FROM outbox WHERE state = 'planned'"
    with office.wired.database.read() as unit:
        assert unit.connection.exec_driver_sql(places).scalar() == 120 - went
    assert 0 < went < 30
    await office.runs(30)
    assert len(office.chats.sent) == 120


async def test_two_processes_share_one_budget(office: Office) -> None:
    for number in range(70):
        office.says(office.moves_in(f"leader{number}"), 1)
    await asyncio.gather(office.outbound.deliver(), office.another().deliver())
    span = (office.clock() - NOW).total_seconds()
    assert len(office.chats.sent) > 1
    assert len(office.chats.sent) <= 1 + 30 * (span + 0.6)


async def test_waiting_for_ones_turn_is_no_failed_attempt(office: Office) -> None:
    office.says(office.moves_in("mette"), 25)
    await office.runs(2)
    with office.wired.database.read() as unit:
        tried = unit.connection.exec_driver_sql(
            "SELECT max(attempt) FROM outbox WHERE state = 'planned'"
        ).scalar()
    assert tried == 0


async def test_one_is_told_when_what_was_put_back_may_go(office: Office) -> None:
    office.says(office.moves_in("mette"), 2)
    await office.outbound.deliver()
    assert [round(seconds, 1) for seconds in office.later] == [1.0]
    assert office.outbound.counts["chats", "put_back"] == 1
    assert office.outbound.counts["chats", "sent"] == 1


async def test_what_the_platform_asks_for_holds_for_all_that_goes_there(office: Office) -> None:
    office.chats.refuses.append(DeliveryFailed("too many", retry_after=7))
    office.says(office.moves_in("mette"), 2)
    await office.outbound.deliver()
    assert office.chats.sent == []
    assert office.outbound.counts["chats", "failed"] == 1
    await office.runs(30)
    first, second = office.chats.to("mette")
    assert first >= 7
    assert second >= first + 1


async def test_what_a_platform_refuses_for_good_is_counted_apart(office: Office) -> None:
    office.chats.refuses.append(DeliveryFailed("no such chat", permanent=True))
    office.says(office.moves_in("mette"), 1)
    await office.outbound.deliver()
    assert office.outbound.counts == {("chats", "refused"): 1}


async def test_a_slow_sending_holds_up_no_later_round(office: Office) -> None:
    office.chats.door.clear()
    office.says(office.moves_in("mette"), 1)
    async with asyncio.timeout(10):
        slow = asyncio.create_task(office.outbound.deliver())
        await office.all_taken_up()
        office.says(office.moves_in("karin"), 1)
        later = asyncio.create_task(office.outbound.deliver())
        await office.all_taken_up()
        assert office.chats.sent == []
        office.chats.door.set()
        await asyncio.gather(slow, later)
    assert {to for to, _ in office.chats.sent} == {"mette", "karin"}


# --- contacts


def contact(office: Office, person: Profile) -> None:
    with office.wired.database.write() as unit:
        outbox.plan_contacts(unit, NOW, [("reminder:none@1", person.id, NOW, None)])


def row(office: Office) -> tuple[str, str, int]:
    with office.wired.database.read() as unit:
        found = unit.connection.exec_driver_sql("SELECT state, reason, attempt FROM outbox").one()
    return found[0], found[1], found[2]


async def test_nobody_is_contacted_who_does_not_want_to_be_disturbed(office: Office) -> None:
    contact(office, office.moves_in("mette"))
    office.chats.quiet["mette"] = timedelta(hours=1)
    await office.outbound.deliver()
    assert row(office) == ("planned", "do not disturb", 0)
    with office.wired.database.read() as unit:
        assert outbox.next_due(unit) == NOW + timedelta(hours=1)


async def test_after_the_quiet_it_is_decided_anew(office: Office) -> None:
    contact(office, office.moves_in("mette"))
    office.chats.quiet["mette"] = timedelta(hours=1)
    await office.outbound.deliver()
    office.chats.quiet.clear()
    await office.runs(3601)
    assert row(office)[:2] == ("dropped", "taken back")


async def test_an_answer_comes_however_quiet_it_is_to_be(office: Office) -> None:
    office.chats.quiet["mette"] = timedelta(hours=1)
    office.says(office.moves_in("mette"), 1)
    await office.outbound.deliver()
    assert office.chats.to("mette") == [0.0]


# --- the budget in the database


async def test_a_moment_far_away_is_told_and_not_taken(office: Office) -> None:
    limits = [("one", SECOND)]
    with office.wired.database.write() as unit:
        assert pace.take(unit, limits, SECOND / 4)[:2] == (timedelta(), "")
        assert pace.take(unit, limits, SECOND / 4)[:2] == (SECOND, "one")
        assert pace.take(unit, limits, SECOND / 4)[:2] == (SECOND, "one")
        assert pace.take(unit, limits, SECOND)[:2] == (SECOND, "one")
        assert pace.take(unit, limits, SECOND / 4)[:2] == (2 * SECOND, "one")


async def test_ones_own_limit_lets_no_wider_one_stand_idle(office: Office) -> None:
    """Or everybody would wait for a chat that has had its message."""
    limits = [("all", ALL), ("one", SECOND / 4)]
    with office.wired.database.write() as unit:
        assert pace.take(unit, limits, SECOND).is_taken
        assert not pace.take(unit, limits, SECOND).is_taken
        other = pace.take(unit, [("all", ALL), ("two", SECOND / 4)], SECOND)
    assert other.is_taken
    assert other.time < SECOND / 4


async def test_the_database_does_not_say_whose_limit_it_is(office: Office) -> None:
    with office.wired.database.write() as unit:
        pace.take(unit, [("chats:one:T1:U1", SECOND)], SECOND)
        kept = unit.connection.exec_driver_sql("SELECT scope_index FROM pace").scalar_one()
    assert b"U1" not in kept


async def test_limits_that_are_free_again_are_forgotten(office: Office) -> None:
    with office.wired.database.write() as unit:
        pace.take(unit, [("one", SECOND)], SECOND)
    office.clock.move_to(NOW + timedelta(hours=2))
    await office.wired.beat.tidy()
    with office.wired.database.read() as unit:
        assert unit.connection.exec_driver_sql("SELECT count(*) FROM pace").scalar() == 0


# --- promptly


async def test_the_postman_delivers_when_asked_and_what_was_put_back_in_time(
    office: Office,
) -> None:
    postman = Postman(office.outbound)
    office.says(office.moves_in("mette"), 1)
    working = asyncio.create_task(postman.run())
    postman.ask()
    while not office.chats.sent:
        await asyncio.sleep(0)
    office.says(office.moves_in("karin"), 1)
    office.outbound.later(0.01)
    async with asyncio.timeout(5):
        while len(office.chats.sent) < 2:
            await asyncio.sleep(0)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert office.chats.to("karin") != []
