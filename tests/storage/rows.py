"""Rows for tests: one in every table, read from the tables, so that a new one is filled too."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    LargeBinary,
    Table,
    insert,
)

from storage.columns import Instant
from storage.database import Unit
from storage.encryption import PersonKey, Vault
from storage.erase import sender
from storage.schema import metadata
from storage.tables import PERSON_REF, Person, table
from storage.tables import PersonKey as KeyRow

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
IMPERSONAL = {"setting", "closed_period"}  # nobody's rows: the only ones an erasure may leave
SHARED = {"groups", "programme", "cohort", "cohort_module", "cohort_group", "meeting",
          "meeting_time"}  # fmt: skip
"""Rows of several people: they stay, and lose who of them did what."""
AUDIT = {
    "what": "export",
    "person_ref": "",
    "by_ref": "",
}  # a line that stays, so nothing of anybody in it
_person, _key = table(Person), table(KeyRow)


def add_person(connection: Connection, vault: Vault, person_id: str, tag: str = "") -> PersonKey:
    key, wrapped = vault.new_key(person_id)
    row = {
        "id": person_id,
        "language": f"da{tag}",
        "zone": f"Europe/Copenhagen{tag}",
        "roles": f"leader{tag}",
        "email_index": vault.index(f"{person_id}@example.dk"),
        "email_sealed": key.seal("person", "email_sealed", person_id, f"{tag}@example.dk"),
        "name_sealed": key.seal("person", "name_sealed", person_id, tag),
        "created_at": NOW,
    }
    connection.execute(insert(_person), row)
    connection.execute(
        insert(_key), {"person_id": person_id, "wrapped": wrapped, "created_at": NOW}
    )
    return key


def fill_every_table(unit: Unit, owner: PersonKey, other: str, tag: str) -> None:
    """A row of the owner's in every table, with `tag` in every text, sealed or not."""
    for each in metadata.sorted_tables:
        if each not in (_person, _key) and each.name not in IMPERSONAL:
            unit.connection.execute(insert(each), _row(unit, each, owner, other, tag))


def _row(unit: Unit, each: Table, owner: PersonKey, other: str, tag: str) -> dict[str, Any]:
    word = _word(each, tag)
    row = {column.name: _value(column, owner, other, word) for column in each.columns}
    if each.name == "inbox":
        assert unit.database.vault is not None
        address = sender(f"{tag}-address-channel", f"{tag}-address-external_id")
        row["sender_index"] = unit.database.vault.index(address)
        row["done_at"] = None
    return {name: value for name, value in row.items() if value is not ...}


def _word(each: Table, tag: str) -> str:
    return tag[::-1] if each.name in SHARED else tag


def _value(column: Column[Any], owner: PersonKey, other: str, tag: str) -> Any:
    of = column.table.name
    if column is column.table.autoincrement_column and isinstance(column.type, Integer):
        return ...
    if column.references(_person.c.id):
        return other if column.name in ("nearest_leader_id", "recipient_id") else owner.person
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column.table
        back = tag[::-1] if column.table.name in SHARED else tag
        return f"{_word(target, back)}-{target.name}-id"
    if column.info == PERSON_REF and of != "audit":
        return owner.person
    if of == "audit" and column.name in AUDIT:
        return {**AUDIT, "person_ref": owner.person, "by_ref": owner.person}[column.name]
    if isinstance(column.type, LargeBinary):
        return owner.seal(of, column.name, f"{tag}-{of}-id", f"{tag}-{of}-{column.name}")
    return _plain(column, f"{tag}-{of}-{column.name}")


def _plain(column: Column[Any], text: str) -> Any:
    if isinstance(column.type, Instant):
        return NOW
    if isinstance(column.type, Date):
        return date(2026, 1, 5)
    if isinstance(column.type, Boolean):
        return True
    return 1 if isinstance(column.type, Integer) else text
