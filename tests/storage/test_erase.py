import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from storage.database import Database, open_database
from storage.encryption import Vault
from storage.erase import delete_rows, erase_person, owner_columns, remove_traces
from storage.erasures import EraseLog
from storage.errors import CannotCreate, Unreadable, WrongKey
from storage.schema import metadata
from storage.start import start
from storage.tables import Agreement, Audit, Cadence, Inbox, Pair, Person, table
from storage.tables import PersonKey as KeyRow
from tests.empty_store import put_empty_store
from tests.storage.rows import IMPERSONAL, NOW, SHARED, add_person, fill_every_table

METTE, JENS, CANARY = "mettemette1", "jensjensje1", "canarymette"
person, key, audit, inbox = table(Person), table(KeyRow), table(Audit), table(Inbox)


def fill(database: Database, vault: Vault) -> None:
    """Mette and Jens, each the nearest leader of the other, with a row of each in every table."""
    with database.write() as unit:
        mette = add_person(unit.connection, vault, METTE, CANARY)
        jens = add_person(unit.connection, vault, JENS, "jenstag")
        fill_every_table(unit, mette, JENS, CANARY)
        fill_every_table(unit, jens, METTE, "jenstag")


def everything(database: Database) -> str:
    with database.read() as unit:
        return repr(
            {
                each.name: [tuple(row) for row in unit.connection.execute(select(each))]
                for each in metadata.sorted_tables
            }
        )


def counts(database: Database) -> dict[str, int]:
    with database.read() as unit:
        return {
            each.name: unit.connection.execute(select(func.count()).select_from(each)).scalar_one()
            for each in metadata.sorted_tables
        }


def bytes_on_disk(database: Database) -> bytes:
    assert database.path is not None
    files = sorted(database.path.parent.glob(database.path.name + "*"))
    assert len(files) == 3  # the file, its log and the log's index, while it is open
    return b"".join(file.read_bytes() for file in files)


def test_every_table_is_filled_for_these_tests(database: Database, vault: Vault) -> None:
    fill(database, vault)
    assert {name for name, count in counts(database).items() if count < 2} == IMPERSONAL


def test_nothing_of_an_erased_person_is_left_in_any_table(
    database: Database, vault: Vault, log: EraseLog
) -> None:
    fill(database, vault)
    erased = erase_person(database, log, METTE)
    left = everything(database)
    assert METTE not in left
    assert CANARY not in left
    assert erased.traces_gone
    assert set(erased.rows) >= {"person", "person_key", "note", "outbox", "share", "pair", "inbox"}


def test_what_belongs_to_others_stays(database: Database, vault: Vault, log: EraseLog) -> None:
    fill(database, vault)
    erase_person(database, log, METTE)
    left = counts(database)
    # Both pairs and both shares were Mette's too; of the rest Jens keeps his own row.
    both = {"pair", "share"}
    assert {name for name, count in left.items() if count == 0} == IMPERSONAL - {"setting"} | both
    # The line in the log of what was done stays, without saying whom it was done to.
    assert {name for name, count in left.items() if count > 1} == {"audit", "pace"} | SHARED
    with database.read() as unit:
        refs = unit.connection.execute(select(audit.c.person_ref).order_by(audit.c.seq)).scalars()
        assert list(refs) == [None, JENS]
        for each in (table(Agreement), table(Cadence)):
            assert unit.connection.execute(select(each.c.pair_id)).scalars().all() == [None]


def test_no_byte_of_an_erased_person_is_left_in_the_files(
    sqlite_database: Database, vault: Vault, log: EraseLog
) -> None:
    fill(sqlite_database, vault)
    with sqlite_database.read() as unit:
        wrapped = unit.connection.execute(select(key.c.wrapped).where(key.c.person_id == METTE))
        sealed = select(person.c.name_sealed).where(person.c.id == METTE)
        secrets = [wrapped.scalar_one(), unit.connection.execute(sealed).scalar_one()]
    traces = [METTE.encode(), CANARY.encode(), vault.index(f"{METTE}@example.dk"), *secrets]
    assert all(trace in bytes_on_disk(sqlite_database) for trace in traces)
    assert erase_person(sqlite_database, log, METTE).traces_gone
    assert [trace for trace in traces if trace in bytes_on_disk(sqlite_database)] == []
    assert METTE in log.path.read_text()


def test_no_byte_is_left_however_the_pages_were_split_and_merged(
    sqlite_database: Database, vault: Vault, log: EraseLog
) -> None:
    people = [f"canary{number:05}" for number in range(150)]
    with sqlite_database.write() as unit:
        for number, name in enumerate(people):
            tag = f"canary{number:05}" + "x" * (number * 37 % 900)
            mine = add_person(unit.connection, vault, name, tag)
            fill_every_table(unit, mine, people[0], tag)
    for name in people[1::2] + people[0::2]:
        with sqlite_database.write() as unit:
            delete_rows(unit, name)
    assert remove_traces(sqlite_database)
    assert bytes_on_disk(sqlite_database).count(b"canary") == 0


def test_an_erasure_with_a_reader_in_the_way_says_that_traces_are_left(
    tmp_path: Path, vault: Vault, log: EraseLog
) -> None:
    url = put_empty_store(tmp_path / "store.db")
    database = open_database(url, vault=vault, wait_seconds=0.01)
    fill(database, vault)
    with database.read() as reading:
        reading.connection.execute(select(person.c.id)).all()
        assert not erase_person(database, log, METTE).traces_gone
    assert remove_traces(database)
    assert METTE.encode() not in bytes_on_disk(database)
    database.close()


def test_a_sealed_text_kept_elsewhere_does_not_open_after_the_erasure(
    database: Database, vault: Vault, log: EraseLog
) -> None:
    fill(database, vault)
    with database.read() as unit:
        row = unit.connection.execute(select(person).where(person.c.id == METTE)).one()
    erase_person(database, log, METTE)
    with database.write() as unit:
        again = add_person(unit.connection, vault, METTE)
    with pytest.raises(Unreadable):
        again.open("person", "name_sealed", METTE, row.name_sealed)


def test_the_key_is_gone_from_memory_too(database: Database, vault: Vault, log: EraseLog) -> None:
    with database.write() as unit:
        kept = add_person(unit.connection, vault, METTE)
        wrapped = unit.connection.execute(select(key.c.wrapped)).scalar_one()
    assert vault.unwrap(METTE, wrapped) is kept
    erase_person(database, log, METTE)
    assert vault.unwrap(METTE, wrapped) is not kept


def test_what_somebody_else_wrote_and_nobody_has_read_stays(
    database: Database, vault: Vault, log: EraseLog
) -> None:
    fill(database, vault)
    with database.write() as unit:
        row = {"channel": "slack", "event_key": "Ev1", "received_at": NOW, "sender_index": None}
        unit.connection.execute(insert(inbox), row)
    erase_person(database, log, METTE)
    with database.read() as unit:
        left = unit.connection.execute(select(inbox.c.event_key)).scalars().all()
    assert sorted(left) == ["Ev1", "jenstag-inbox-event_key"]


def test_erasing_somebody_unknown_changes_and_logs_nothing(
    database: Database, vault: Vault, log: EraseLog
) -> None:
    fill(database, vault)
    before = everything(database)
    assert erase_person(database, log, "nobody").rows == {}
    assert everything(database) == before
    assert log.read() == []


def test_nobody_is_erased_when_the_tombstone_cannot_be_written(
    database: Database, vault: Vault, tmp_path: Path
) -> None:
    fill(database, vault)
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotCreate, match="nobody was erased"):
        erase_person(database, EraseLog(tmp_path / "file" / "store.erased"), METTE)
    assert METTE in everything(database)


def test_an_erasure_cut_short_is_finished_by_the_next_start(
    database: Database, database_url: str, vault: Vault, log: EraseLog
) -> None:
    fill(database, vault)
    log.append(METTE, NOW.date())  # the tombstone was written, and then the power went
    database.close()
    again = start(database_url, vault=vault, log=log)
    assert METTE not in everything(again)
    assert JENS in everything(again)
    again.close()


def test_erasing_without_the_master_key_is_refused(
    database: Database, database_url: str, vault: Vault, log: EraseLog
) -> None:
    fill(database, vault)
    keyless = open_database(database_url)
    with pytest.raises(WrongKey, match="TILLIDSRUM_SECRET_KEY"):
        erase_person(keyless, log, METTE)
    assert METTE in everything(database)
    assert log.read() == []
    keyless.close()


def test_a_pair_is_either_ones_to_erase() -> None:
    names = {column.name for column in owner_columns(table(Pair))}
    assert names == {"leader_id", "nearest_leader_id"}


def test_the_erase_log_keeps_every_tombstone_in_order(log: EraseLog) -> None:
    assert log.read() == []
    log.append("first", NOW.date())
    log.append("second", NOW.date())
    assert [(stone.person_id, stone.on) for stone in log.read()] == [
        ("first", NOW.date()),
        ("second", NOW.date()),
    ]
    assert log.path.stat().st_mode & 0o077 == 0


def test_a_line_torn_by_a_power_cut_spoils_no_other(log: EraseLog) -> None:
    log.append("first", NOW.date())
    with log.path.open("ab") as torn:
        torn.write(b"2026-01-0")
    log.append("second", NOW.date())
    assert [stone.person_id for stone in log.read()] == ["first", "second"]


def test_a_deleted_text_would_stay_without_secure_delete(tmp_path: Path) -> None:
    """The reason for the pragma: the tests above would fail without it."""
    driver = sqlite3.connect(tmp_path / "plain.db", isolation_level=None)
    driver.execute("PRAGMA secure_delete=OFF")
    driver.execute("CREATE TABLE letter (body TEXT)")
    driver.execute("INSERT INTO letter VALUES ('canary')")
    driver.execute("DELETE FROM letter")
    driver.close()
    assert b"canary" in (tmp_path / "plain.db").read_bytes()
