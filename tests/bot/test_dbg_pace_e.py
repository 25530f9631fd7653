"""Two workers on one PostgreSQL: one budget for the platform, and each message once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.clock import system_clock
from bot.settings import Settings
from bot.talk import Talk
from bot.watch import running
from bot.wiring import Wired, build
from storage import outbox, pace, people
from storage.database import Database, Unit, open_database
from storage.encryption import Vault, new_secret_key
from storage.migrate import upgrade
from storage.pace import Wait
from storage.tables import Pace, table
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.telegram import FakeTelegram, Person
from tests.storage.servers import postgresql_server, run_alone, url_of

__all__ = ["no_proxy"]

pytestmark = pytest.mark.postgresql

MANY = 60
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


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """It counts by this machine's time, as strictly as it can be read: thirty in any second."""
    async with FakeTelegram(system_clock) as fake:
        yield fake


def replica(url: str, key: str, fake: FakeTelegram) -> Wired:
    return build(
        Settings(
            database_url=url, secret_key=SecretStr(key), telegram_api_url=fake.url,
            telegram_bot_token=SecretStr(fake.token),
        )
    )  # fmt: skip


def one_message_each(wired: Wired, telegram: FakeTelegram) -> list[Person]:
    phones = [telegram.person(1000 + at, f"Leader{at}") for at in range(MANY)]
    with wired.database.write() as unit:
        for phone in phones:
            phone.started = True
            known = people.add_person(unit, wired.parts.ids, wired.parts.clock(), name="Leder")
            people.add_address(unit, wired.parts.ids, known.id, "telegram", str(phone.id))
            talk = Talk(unit, wired.parts, known)
            talk.note("da", "nothing-open")
            talk.flush(f"said:{known.id}")
    return phones


def left(wired: Wired) -> dict[str, int]:
    with wired.database.read() as unit:
        states = dict(outbox.counts(unit))
    return {state: count for state, count in states.items() if state != "sent"}


async def test_two_workers_never_send_faster_than_one_may_and_nothing_twice(
    url: str, telegram: FakeTelegram
) -> None:
    key = new_secret_key()
    workers = [replica(url, key, telegram) for _ in range(2)]
    phones = one_message_each(workers[0], telegram)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(running(one.postman.run() for one in workers))
        for one in workers:
            one.postman.ask()
        try:
            await telegram.until(lambda: len(telegram.calls_of("sendMessage")) >= MANY, seconds=8)
        except TimeoutError:
            with workers[0].database.read() as unit:
                print("NOW", unit.now_database(), system_clock())
                for r in unit.connection.exec_driver_sql("select id,state,reason,not_before,lease_until,claimed_by,attempt from outbox where state<>'sent'").all(): print(r)
            calls=telegram.calls_of("sendMessage")
            print(len(calls), [ (c.at-calls[0].at).total_seconds() for c in calls])
            import traceback
            try:
                await workers[0].outbound.deliver()
            except Exception: traceback.print_exc()
            print(len(asyncio.all_tasks()), [w.postman._alarm and w.postman._alarm.when()-asyncio.get_running_loop().time() for w in workers], [len(w.postman._rounds) for w in workers])
            raise
        async with asyncio.timeout(5):
            while left(workers[0]):
                await asyncio.sleep(0)
    assert telegram.refusals == []
    assert [len(phone.sees) for phone in phones] == [1] * MANY
    sent = [one.outbound.counts["telegram", "sent"] for one in workers]
    assert sum(sent) == MANY
    assert min(sent) > 0
    for one in workers:
        for connected in one.connected.values():
            await connected.stop()
        one.close()


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
    assert first == (timedelta(), "")
    assert second.scope == SCOPE
    assert second.time > SECOND / 2


def test_a_moment_does_not_lie_before_the_lock_was_had(database: Database) -> None:
    """Or all who waited for it would send at once, as if they had not."""
    _, let_go, second = asks_meanwhile(database, lambda unit: pace.hold(unit, SCOPE, -SECOND))
    with database.read() as unit:
        free = unit.connection.execute(select(table(Pace).c.free_at)).scalar_one()
    assert second == (timedelta(), "")
    assert free - SECOND >= let_go
