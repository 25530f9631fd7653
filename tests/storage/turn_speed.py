"""How much one chat turn costs in the store: `python -m tests.storage.turn_speed [SECONDS]`.

A turn here: one read that joins person, address, key and conversation, three inserts (inbox,
outbox, transcript), one update of the conversation, one durable commit. `raw` is the standard
library's sqlite3 on the same file with the same pragmas and hand-written SQL.
"""

import argparse
import itertools
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.database import Database, Unit, open_database
from storage.encryption import Vault
from storage.group_commit import run_together
from storage.migrate import upgrade
from storage.sqlite import driver_of
from storage.tables import (
    Address,
    Conversation,
    Inbox,
    Outbox,
    Person,
    PersonKey,
    Transcript,
    table,
)

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
MICROSECONDS = 1_767_603_600_000_000
TOGETHER = 20
BODY = b"x" * 600

person, key, address = table(Person), table(PersonKey), table(Address)
conversation, inbox, outbox = table(Conversation), table(Inbox), table(Outbox)
transcript = table(Transcript)

READ = (
    select(
        person.c.id, person.c.language, person.c.zone, person.c.hours_from, person.c.hours_to,
        key.c.wrapped, address.c.id.label("address_id"), conversation.c.id.label("conversation_id"),
        conversation.c.turn, conversation.c.body_sealed,
    )
    .select_from(address.join(person, person.c.id == address.c.person_id)
                 .join(key, key.c.person_id == person.c.id)
                 .outerjoin(conversation, (conversation.c.person_id == person.c.id)
                            & (conversation.c.status == "open")))
    .where(address.c.channel == bindparam("channel"),
           address.c.external_id == bindparam("external_id"))
    .order_by(conversation.c.touched_at.desc())
    .limit(1)
)  # fmt: skip
INBOX = insert(inbox)
OUTBOX = insert(outbox)
TRANSCRIPT = insert(transcript)
MOVE = (
    update(conversation)
    .where(conversation.c.id == bindparam("which"))
    .values(turn=bindparam("new_turn"), body_sealed=bindparam("body"),
            touched_at=bindparam("now"))
)  # fmt: skip

RAW_READ = """SELECT person.id, person.language, person.zone, person.hours_from, person.hours_to,
 person_key.wrapped, address.id, conversation.id, conversation.turn, conversation.body_sealed
 FROM address JOIN person ON person.id = address.person_id
 JOIN person_key ON person_key.person_id = person.id
 LEFT OUTER JOIN conversation ON conversation.person_id = person.id
   AND conversation.status = 'open'
 WHERE address.channel = ? AND address.external_id = ?
 ORDER BY conversation.touched_at DESC LIMIT 1"""
RAW_INBOX = """INSERT INTO inbox (channel, event_key, received_at, attempts, body_sealed)
 VALUES (?, ?, ?, 0, ?)"""
RAW_OUTBOX = """INSERT INTO outbox (slot_key, person_id, address_id, conversation_id, kind,
 body_sealed, planned_at, not_before, state, attempt)
 VALUES (?, ?, ?, ?, 'reply', ?, ?, ?, 'planned', 0)"""
RAW_TRANSCRIPT = """INSERT INTO transcript (person_id, message_key, direction, body_sealed, at)
 VALUES (?, ?, 'in', ?, ?)"""
RAW_MOVE = "UPDATE conversation SET turn = ?, body_sealed = ?, touched_at = ? WHERE id = ?"

numbers = itertools.count()


def core_turn(unit: Unit) -> None:
    execute, number = unit.connection.execute, next(numbers)
    found = execute(READ, {"channel": "web", "external_id": f"e{number % 500}"}).one()
    execute(
        INBOX,
        {
            "channel": "web",
            "event_key": f"k{number}",
            "received_at": NOW,
            "attempts": 0,
            "body_sealed": BODY,
        },
    )
    execute(
        OUTBOX,
        {
            "slot_key": f"s{number}",
            "person_id": found.id,
            "kind": "reply",
            "address_id": found.address_id,
            "conversation_id": found.conversation_id,
            "body_sealed": BODY,
            "planned_at": NOW,
            "not_before": NOW,
            "state": "planned",
            "attempt": 0,
        },
    )
    execute(
        TRANSCRIPT,
        {
            "person_id": found.id,
            "message_key": f"m{number}",
            "direction": "in",
            "body_sealed": BODY,
            "at": NOW,
        },
    )
    execute(MOVE, {"which": found.conversation_id, "new_turn": found.turn + 1, "body": BODY,
                   "now": NOW})  # fmt: skip


def written_turn(execute: Callable[[str, tuple[Any, ...]], Any]) -> None:
    number = next(numbers)
    found = execute(RAW_READ, ("web", f"e{number % 500}")).fetchone()
    execute(RAW_INBOX, ("web", f"k{number}", MICROSECONDS, BODY))
    execute(
        RAW_OUTBOX, (f"s{number}", found[0], found[6], found[7], BODY, MICROSECONDS, MICROSECONDS)
    )
    execute(RAW_TRANSCRIPT, (found[0], f"m{number}", BODY, MICROSECONDS))
    execute(RAW_MOVE, (found[8] + 1, BODY, MICROSECONDS, found[7]))  # fmt: skip


def driver_sql_turn(unit: Unit) -> None:
    written_turn(unit.connection.exec_driver_sql)


def driver_turn(unit: Unit) -> None:
    written_turn(driver_of(unit.connection).execute)


def fill(database: Database, vault: Vault) -> None:
    with database.write() as unit:
        for number in range(500):
            name = f"person{number:05}"
            unit.connection.execute(
                insert(person),
                {"id": name, "language": "da", "zone": "Europe/Copenhagen", "created_at": NOW},
            )
            unit.connection.execute(
                insert(key),
                {"person_id": name, "wrapped": vault.new_key(name)[1], "created_at": NOW},
            )
            unit.connection.execute(
                insert(address),
                {
                    "id": f"address{number}",
                    "person_id": name,
                    "channel": "web",
                    "external_id": f"e{number}",
                },
            )
            unit.connection.execute(insert(conversation), {
                "id": f"talk{number}", "person_id": name, "dialogue": "contract", "version": 1,
                "body_sealed": BODY, "started_at": NOW, "touched_at": NOW})  # fmt: skip


def raw_alone(driver: sqlite3.Connection) -> None:
    driver.execute("BEGIN IMMEDIATE")
    written_turn(driver.execute)
    driver.execute("COMMIT")


def raw_together(driver: sqlite3.Connection) -> None:
    driver.execute("BEGIN IMMEDIATE")
    for _ in range(TOGETHER):
        driver.execute("SAVEPOINT work")
        written_turn(driver.execute)
        driver.execute("RELEASE work")
    driver.execute("COMMIT")


def alone(database: Database, turn: Callable[[Unit], None]) -> None:
    with database.write() as unit:
        turn(unit)


def ways(database: Database, driver: sqlite3.Connection) -> Iterator[tuple[str, int, Any]]:
    yield "raw, alone", 1, lambda: raw_alone(driver)
    yield f"raw, {TOGETHER} together", TOGETHER, lambda: raw_together(driver)
    turns = {"Core": core_turn, "exec_driver_sql": driver_sql_turn, "driver": driver_turn}
    for name, turn in turns.items():
        yield f"{name}, alone", 1, lambda turn=turn: alone(database, turn)
        works = [turn] * TOGETHER
        yield (f"{name}, {TOGETHER} together", TOGETHER,
               lambda works=works: run_together(database, works))  # fmt: skip


def rate(act: Callable[[], object], turns: int, seconds: float) -> float:
    for _ in range(5):
        act()
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        act()
        done += turns
    return done / spent


def measure(seconds: float) -> dict[str, float]:
    """Turns a second for each way; the ways take turns, so that a busy disk hits all alike."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        vault = Vault(bytes(32))
        database = open_database(f"sqlite:///{folder}/speed.db", vault=vault)
        upgrade(database)
        fill(database, vault)
        with database.engine.connect() as connection:
            driver = driver_of(connection)
            totals: dict[str, list[float]] = {}
            for _ in range(3):
                for name, turns, act in ways(database, driver):
                    totals.setdefault(name, []).append(rate(act, turns, seconds / 3))
        database.close()
    return {name: sorted(rates)[1] for name, rates in totals.items()}


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("seconds", type=float, nargs="?", default=3.0)
    for name, turns in measure(arguments.parse_args().seconds).items():
        sys.stdout.write(f"{name:32} {turns:8.0f} turns/s\n")
