"""No statement of a turn, a reminder or a delivery reads through a table that grows with the
people or with the years."""

from __future__ import annotations

import gc
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from bot.planning import replan_person
from storage.database import Unit
from storage.prepared import Prepared
from storage.sqlite import driver_of
from tests.acceptance.conftest import MakeHouse
from tests.acceptance.house import House
from tests.acceptance.verbs import (
    looks,
    makes_agreements,
    takes_back,
    talked,
    taps_the_pulse,
)

FEW = frozenset(("closed_period", "rule", "setting", "programme", "cohort", "cohort_module"))
"""Tables of an organisation: a handful of rows, however many people there are."""
NEXT_UNDER_WAY = re.compile(r"SCAN \w+ USING INDEX ix_(outbox|reminder)_\w+$")
"""With a LIMIT: in the order of a partial index, never what is finished."""
SCANNED = re.compile(r"SCAN (\w+)")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is run, with its parameters left open, and those that stand ready."""
    run: list[str] = []

    def note(_: Connection, __: Any, statement: str, *___: Any) -> None:
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield run
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def prepared() -> list[str]:
    gc.unfreeze()  # what was loaded with the tests is not told otherwise: see tests/conftest.py
    found = [one._sql for one in gc.get_objects() if isinstance(one, Prepared)]
    gc.freeze()
    return found


def scans(house: House, asked: list[str]) -> list[str]:
    """Tables that a statement reads through, with the statement."""

    def look(unit: Unit) -> list[str]:
        driver = driver_of(unit.connection)
        reading = sorted({one for one in asked if one.split()[0] in ("SELECT", "UPDATE", "DELETE")})
        return [f"{table}: {one}" for one in reading for table in _scanned(driver, one)]

    return house.reads(look)


def _scanned(driver: sqlite3.Connection, statement: str) -> list[str]:
    nothing = [None] * statement.count("?")
    plan = driver.execute(f"EXPLAIN QUERY PLAN {statement}", nothing).fetchall()
    limited = "LIMIT" in statement
    steps = [step for *_, step in plan if not (limited and NEXT_UNDER_WAY.fullmatch(step))]
    found = [SCANNED.match(step) for step in steps]
    tables = [one[1] for one in found if one]
    return [one for one in tables if one not in FEW and one != "CONSTANT"]


async def fortnight(house: House) -> None:
    """A bit of everything that happens every day."""
    mette, karin = house.mette, house.karin
    await house.until("mon 09:05")
    await mette.presses("tomorrow-morning")
    await house.until("tue 08:15")
    await mette.presses("now")
    await taps_the_pulse(mette)
    await mette.writes("Vagtplanen")
    await mette.presses_all("share", "no")
    await takes_back(mette)
    await house.until("tue 09:05")
    await karin.presses("add-own")
    await karin.writes("Bemandingen")
    await karin.presses("share")
    await looks(karin)
    house.reads(lambda unit: replan_person(unit, house.wired.parts, mette.id))
    await house.until("wed 11:00")
    await talked(mette, "no")
    await makes_agreements(mette, "Ingen mails efter 18")
    await mette.writes("pause til fredag")
    await house.reconciles()


async def test_nothing_of_everyday_reads_through_a_table_that_grows(make_house: MakeHouse) -> None:
    house = make_house()
    house.pairs_up()
    with statements() as run:
        await fortnight(house)
    asked = [*run, *prepared()]
    read = {found[1] for one in asked if (found := re.search(r"FROM (\w+)", one))}
    assert read >= {"address", "cadence", "conversation", "outbox", "pair", "reminder", "share"}
    assert scans(house, asked) == []


def test_a_statement_that_reads_through_a_table_is_found_out(make_house: MakeHouse) -> None:
    house = make_house()
    assert scans(house, ["SELECT id FROM outbox WHERE reason = ?"]) == [
        "outbox: SELECT id FROM outbox WHERE reason = ?"
    ]
