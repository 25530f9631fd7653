import pytest
from sqlalchemy import (
    Executable,
    LargeBinary,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from storage.database import Database, Unit
from storage.encryption import Vault
from storage.erase import owner_columns
from storage.ids import RandomIds, SeededIds
from storage.schema import metadata
from storage.tables import (
    INBOX_PENDING,
    OUTBOX_LEASED,
    OUTBOX_PLANNED,
    OUTBOX_UNKNOWN,
    PERSON_REF,
    REMINDER_PLANNED,
    Inbox,
    Outbox,
    Pair,
    Reminder,
    table,
)
from tests.storage.rows import NOW, add_person

inbox, outbox, pair, reminder = table(Inbox), table(Outbox), table(Pair), table(Reminder)

WORK_LISTS = {
    "ix_outbox_planned": select(outbox.c.id)
    .where(OUTBOX_PLANNED, outbox.c.not_before <= bindparam("now"))
    .order_by(outbox.c.not_before),
    "ix_outbox_leased": select(outbox.c.id).where(
        OUTBOX_LEASED, outbox.c.lease_until < bindparam("now")
    ),
    "ix_outbox_unknown": select(outbox.c.id).where(
        OUTBOX_UNKNOWN, outbox.c.planned_at < bindparam("now")
    ),
    "ix_reminder_planned": select(reminder.c.id)
    .where(REMINDER_PLANNED, reminder.c.due_at <= bindparam("now"))
    .order_by(reminder.c.due_at),
    "ix_inbox_pending": select(inbox.c.id).where(INBOX_PENDING).order_by(inbox.c.id),
}
BODY = b"sealed"


def add_outbox(unit: Unit, person: str, states: list[str]) -> None:
    rows = [
        {"slot_key": f"{person}-{number}", "person_id": person, "kind": "contact",
         "body_sealed": BODY, "planned_at": NOW, "not_before": NOW, "state": state,
         "lease_until": NOW}
        for number, state in enumerate(states)
    ]  # fmt: skip
    unit.connection.execute(insert(outbox), rows)


def plan(unit: Unit, statement: Executable) -> str:
    asked = text(f"EXPLAIN QUERY PLAN {statement}")
    bound = {"now": 0} if ":now" in str(statement) else {}
    return " ".join(row[3] for row in unit.connection.execute(asked, bound))


@pytest.mark.parametrize("index", sorted(WORK_LISTS))
def test_a_work_list_is_read_from_its_own_index(sqlite_database: Database, index: str) -> None:
    with sqlite_database.read() as unit:
        assert f"INDEX {index}" in plan(unit, WORK_LISTS[index])


def test_finished_rows_leave_the_work_list(database: Database, vault: Vault) -> None:
    with database.write() as unit:
        add_person(unit.connection, vault, "mette")
        add_outbox(unit, "mette", ["sent"] * 5 + ["planned", "claimed", "started", "unknown"])
        found = {
            name: len(unit.connection.execute(statement, {"now": NOW}).all())
            for name, statement in WORK_LISTS.items()
            if name in ("ix_outbox_planned", "ix_outbox_leased")
        }
    assert found == {"ix_outbox_planned": 1, "ix_outbox_leased": 0}


def test_a_leader_has_one_nearest_leader_at_a_time(database: Database, vault: Vault) -> None:
    row = {"leader_id": "mette", "nearest_leader_id": "jens", "started_at": NOW}
    with database.write() as unit:
        add_person(unit.connection, vault, "mette")
        add_person(unit.connection, vault, "jens")
        unit.connection.execute(insert(pair), {"id": "first", **row})
    with pytest.raises(IntegrityError), database.write() as unit:
        unit.connection.execute(insert(pair), {"id": "second", **row})
    with database.write() as unit:
        unit.connection.execute(update(pair).values(ended_at=NOW))
        unit.connection.execute(insert(pair), {"id": "second", **row})
        unit.connection.execute(insert(pair), {"id": "third", "ended_at": NOW, **row})
        assert unit.connection.execute(select(func.count()).select_from(pair)).scalar() == 3


def test_numbers_are_never_used_again(database: Database, vault: Vault) -> None:
    with database.write() as unit:
        add_person(unit.connection, vault, "mette")
        add_outbox(unit, "mette", ["sent", "sent"])
        highest = unit.connection.execute(select(func.max(outbox.c.id))).scalar_one()
        unit.connection.execute(outbox.delete())
        add_outbox(unit, "mette", ["planned"])
        assert unit.connection.execute(select(outbox.c.id)).scalar_one() > highest


def test_every_column_that_names_a_person_is_found_by_an_erasure() -> None:
    names = ("person", "leader", "author", "recipient", "member", "owner")
    suspects = {
        column
        for each in metadata.sorted_tables
        for column in each.columns
        if any(name in column.name for name in names)
    }
    known = {column for each in metadata.sorted_tables for column in owner_columns(each)}
    cleared = {column for column in suspects if column.info == PERSON_REF}
    assert {column.name for column in cleared} == {"person_ref"}
    assert suspects - known - cleared == set()


def test_every_reference_says_what_happens_when_its_target_goes() -> None:
    endings = {
        (each.name, key.parent.name): key.ondelete
        for each in metadata.sorted_tables
        for key in each.foreign_keys
    }
    assert set(endings.values()) == {"CASCADE", "SET NULL"}
    assert {name for name, ending in endings.items() if ending == "SET NULL"} == {
        ("action", "cohort_id"),
        ("agreement", "pair_id"),
        ("cadence", "pair_id"),
        ("meeting", "cohort_id"),
    }


def test_whatever_is_sealed_is_bytes_and_says_so_in_its_name() -> None:
    binary = {
        column.name
        for each in metadata.sorted_tables
        for column in each.columns
        if isinstance(column.type, LargeBinary)
    }
    named = {
        column.name
        for each in metadata.sorted_tables
        for column in each.columns
        if column.name.endswith("_sealed")
    }
    assert binary - named == {
        "code_index",
        "contributor_index",
        "email_index",
        "scope_index",
        "sender_index",
        "token_index",
        "wrapped",
    }
    assert named <= binary


def test_ids_are_short_and_never_the_same() -> None:
    new = RandomIds()
    made = {new() for _ in range(10_000)}
    assert len(made) == 10_000
    assert {len(each) for each in made} == {11}


def test_the_same_seed_gives_the_same_ids() -> None:
    first, second, other = SeededIds(7), SeededIds(7), SeededIds(8)
    assert [first() for _ in range(5)] == [second() for _ in range(5)]
    assert first() != other()
    assert len(first()) == 11


def test_what_points_at_a_row_is_found_by_an_index_when_that_row_goes(
    sqlite_database: Database,
) -> None:
    """Or every deletion would read through the whole table for each row."""
    with sqlite_database.read() as unit:
        for each in metadata.sorted_tables:
            for key in each.foreign_keys:
                query = f"SELECT 1 FROM {each.name} WHERE {key.parent.name} = 'x'"
                plan = unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
                assert "SEARCH" in str(plan[0]), (each.name, key.parent.name)
