"""Two workers on one PostgreSQL: one budget for the platform, and each message once."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.clock import SetClock
from bot.outbound import Outbound
from bot.settings import Settings
from bot.talk import Talk
from bot.watch import running
from bot.wiring import Wired, build
from storage import outbox, pace, people
from storage.database import Database, Unit, open_database
from storage.encryption import Vault, new_secret_key
from storage.ids import RandomIds
from storage.migrate import upgrade
from storage.pace import Wait
from storage.tables import Pace, table
from tests.bot.rooms import NOW
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.telegram import FakeTelegram, Person
from tests.storage.servers import postgresql_server, run_alone, url_of

__all__ = ["no_proxy"]

pytestmark = pytest.mark.postgresql

MANY, PER_SECOND = 60, 30
SECOND = timedelta(seconds=1)
SOON = timedelta(seconds=0.25)
SCOPE = "chats:one"
T = TypeVar("T")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture
def url(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_proxy: None
) -> Iterator[str]:
    monkeypatch.chdir(tmp_path)  # the erase log lies in var/ when the database is a server
    run_alone(server, "CREATE DATABASE replicas")
    yield url_of(server, "replicas")
    run_alone(server, "DROP DATABASE replicas WITH (FORCE)")


# --- sixty messages


class Time:
    """One time for both workers, their database and Telegram. It passes only when everybody waits
    for it, so that no machine is too slow."""

    def __init__(self) -> None:
        self.clock = SetClock(NOW)
        self._busy = 0
        self._rest = asyncio.Event()
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()
        self._rest.set()

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        until = self.clock() + timedelta(seconds=seconds)
        heappush(self._waiting, (until, next(self._numbers), woken))
        await woken

    async def work(self, done: Awaitable[T]) -> T:
        self._busy += 1
        self._rest.clear()
        try:
            return await done
        finally:
            self._busy -= 1
            if not self._busy:
                self._rest.set()

    async def passes(self) -> None:
        """Until cancelled."""
        while True:
            await self._rest.wait()
            if await self._all_wait() and self._waiting:
                until, _, woken = heappop(self._waiting)
                self.clock.move_to(max(until, self.clock()))
                woken.set_result(None)

    async def _all_wait(self) -> bool:
        """What has just been done may have made somebody go on."""
        for _ in range(20):
            await asyncio.sleep(0)
            if self._busy:
                return False
        return True


class Worker:
    """A process of its own, as far as the database can tell."""

    def __init__(self, url: str, key: str, fake: FakeTelegram, time: Time) -> None:
        settings = Settings(
            database_url=url, secret_key=SecretStr(key), telegram_api_url=fake.url,
            telegram_bot_token=SecretStr(fake.token),
        )  # fmt: skip
        self.time = time
        self.wired: Wired = build(settings, clock=time.clock)
        self.wired.database.clock = time.clock
        channels = {"telegram": Sends(self.wired.channels["telegram"], time)}
        # Both sleep on the time that is moved here: nobody waits on the machine's.
        self.outbound = Outbound(
            self.write, self.wired.parts, channels, RandomIds()(), sleep=time.sleep
        )

    async def write(self, work: Callable[[Unit], T]) -> T:
        return await self.time.work(self.wired.write(work))

    async def works(self) -> None:
        """Whenever something may go, until nothing is left."""
        while due := await self.write(outbox.next_due):
            # Moved on by `Time.passes`: no second of it passes on the machine.
            await self.time.sleep((due - self.time.clock()).total_seconds())
            await self.outbound.deliver()

    async def close(self) -> None:
        await self.wired.connected["telegram"].stop()
        self.wired.close()


class Sends:
    """Telegram's channel; while it sends, no time passes."""

    def __init__(self, channel: Any, time: Time) -> None:
        self._channel = channel
        self._time = time

    def __getattr__(self, name: str) -> Any:
        return getattr(self._channel, name)

    async def send(self, *message: Any) -> str | None:
        sent: str | None = await self._time.work(self._channel.send(*message))
        return sent


def one_message_each(wired: Wired, telegram: FakeTelegram) -> list[Person]:
    phones = [telegram.person(1000 + at, f"Leader{at}") for at in range(MANY)]
    with wired.database.write() as unit:
        for phone in phones:
            phone.started = True
            known = people.add_person(unit, wired.parts.ids, NOW, name="Leder")
            people.add_address(unit, wired.parts.ids, known.id, "telegram", str(phone.id))
            talk = Talk(unit, wired.parts, known)
            talk.note("da", "nothing-open")
            talk.flush(f"said:{known.id}")
    return phones


async def test_two_workers_never_send_faster_than_one_may_and_nothing_twice(url: str) -> None:
    time, key = Time(), new_secret_key()
    async with FakeTelegram(time.clock) as telegram:
        workers = [Worker(url, key, telegram, time) for _ in range(2)]
        phones = one_message_each(workers[0].wired, telegram)
        async with asyncio.timeout(20), running([time.passes()]):
            await asyncio.gather(*(one.works() for one in workers))
        for one in workers:
            await one.close()
    sent = [one.outbound.counts["telegram", "sent"] for one in workers]
    assert telegram.refusals == []
    assert [len(phone.sees) for phone in phones] == [1] * MANY
    assert sum(sent) == MANY
    assert min(sent) > 0
    assert (time.clock() - NOW).total_seconds() < 1.1 * MANY / PER_SECOND


# --- the lock on a limit


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url, vault=Vault(bytes(range(32))))
    upgrade(opened)
    yield opened
    opened.close()


def asks_meanwhile(database: Database, work: Callable[[Unit], T]) -> tuple[T, datetime, Wait]:
    """What `work` gives, when it let go of what it has locked, and what another one gets that asked
    before that."""
    found: list[Wait] = []

    def ask() -> None:
        with database.write() as unit:
            found.append(pace.take(unit, [(SCOPE, SECOND)], SOON))

    with database.write() as unit:
        done = work(unit)
        other = threading.Thread(target=ask)
        other.start()
        while not waits_for_a_lock(database):
            assert other.is_alive(), "the other one did not wait"
        let_go = unit.now_database()
    other.join(10)
    return done, let_go, found[0]


def waits_for_a_lock(database: Database) -> bool:
    with database.read() as unit:
        waiting = unit.connection.exec_driver_sql(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(waiting.scalar_one())


@pytest.mark.parametrize("known", [False, True])
def test_two_that_ask_at_once_are_not_given_the_same_moment(
    database: Database, known: bool
) -> None:
    """Also the first time, when there is no row yet that could be locked."""
    if known:
        with database.write() as unit:
            pace.hold(unit, SCOPE, -SECOND)
    first, _, second = asks_meanwhile(
        database, lambda unit: pace.take(unit, [(SCOPE, SECOND)], SOON)
    )
    assert first[:2] == (timedelta(), "")
    assert second.scope == SCOPE
    assert second.time > SECOND / 2


def test_a_moment_does_not_lie_before_the_lock_was_had(database: Database) -> None:
    """Or all who waited for it would send at once, as if they had not."""
    _, let_go, second = asks_meanwhile(database, lambda unit: pace.hold(unit, SCOPE, -SECOND))
    with database.read() as unit:
        free = unit.connection.execute(select(table(Pace).c.free_at)).scalar_one()
    assert second[:2] == (timedelta(), "")
    assert free - SECOND >= let_go
