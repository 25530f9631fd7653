"""Figure 11: 20,000 people with groups, against reading the file and one bulk insert of its rows."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from bot.commands.store import parts_of
from bot.people_file import COLUMNS, read_people
from bot.people_import import Default, check_leaders, known_people, take_in
from bot.settings import Settings
from storage.database import Database
from storage.encryption import Vault, new_secret_key, parse_secret_key
from storage.erasures import EraseLog
from storage.start import start
from tests.benchmarks.rounds import Figure, at_most, interleaved

PEOPLE, TEAM, ROUNDS = 20_000, 12, 4
LIMIT = 15.0


def measure(folder: Path) -> list[Figure]:
    folder.mkdir(parents=True, exist_ok=True)
    content = people_file(PEOPLE)
    spent = interleaved({"ours": _ours(folder, content), "bulk": _bulk(folder, content)})
    ours, bulk = spent["ours"], spent["bulk"]
    what = f"importing {PEOPLE:,} people with groups ({ours:.2f} s) against csv and one bulk insert"
    return [at_most("11", f"{what} ({bulk:.2f} s)", ours / bulk, LIMIT)]


def people_file(count: int) -> bytes:
    """Everybody but the first has a nearest leader and is in a TRIO; its leader is in a leadership
    group too."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(COLUMNS)
    for one in range(count):
        nearest = email((one - 1) // TEAM) if one else ""
        role = ("leader", "tr", "amr")[one % 3]
        groups = f"trio:Sted {one // 3}:{role}"
        if role == "leader":
            groups += f";leadership:Område {one // TEAM}"
        lines.writerow(
            (email(one), f"Person {one}", nearest, "leader", "da", "Europe/Copenhagen", "12345",
             "08:00-16:00", groups)
        )  # fmt: skip
    return written.getvalue().encode()


def email(one: int) -> str:
    return f"person{one}@example.org"


def _ours(folder: Path, content: bytes) -> Iterator[Callable[[], object]]:
    for number in range(ROUNDS):
        path = folder / f"ours{number}.db"
        key = new_secret_key()
        settings = Settings(database_url=f"sqlite:///{path}", secret_key=key)  # type: ignore[arg-type]
        vault = Vault(parse_secret_key(key))
        database = start(settings.database_url, vault=vault, log=EraseLog.beside(path))
        yield lambda database=database, settings=settings: _import(database, settings, content)  # type: ignore[misc]
        database.close()


def _import(database: Database, settings: Settings, content: bytes) -> None:
    found = read_people(content)
    with database.write() as unit:
        known = known_people(unit)
        check_leaders(found, known)
        default = Default(settings.language, settings.time_zone)
        counts = take_in(unit, parts_of(settings), found.rows, default, known)
    assert counts.added == PEOPLE, counts


def _bulk(folder: Path, content: bytes) -> Iterator[Callable[[], object]]:
    columns = ", ".join(COLUMNS)
    places = ", ".join(f":{name}" for name in COLUMNS)
    for number in range(ROUNDS):
        with closing(sqlite3.connect(folder / f"bulk{number}.db")) as beside:
            beside.execute(f"CREATE TABLE person ({columns})")
            yield lambda beside=beside: _insert(beside, content, f"({columns}) VALUES ({places})")  # type: ignore[misc]


def _insert(beside: sqlite3.Connection, content: bytes, values: str) -> None:
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    with beside:
        beside.executemany(f"INSERT INTO person {values}", rows)
