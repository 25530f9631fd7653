"""Erasing a person: rows, key, the traces in the file, and a tombstone against backups.

Which rows are somebody's is read from the tables themselves (foreign keys to `person.id`), so a
new table cannot be forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Column, CursorResult, Table, delete, or_, select, update

from storage.database import Database, Unit
from storage.encryption import Vault
from storage.erasures import EraseLog
from storage.errors import WrongKey
from storage.schema import metadata
from storage.shares import SHOWN_IN
from storage.tables import (
    PERSON_REF,
    Address,
    Conversation,
    Inbox,
    Outbox,
    Person,
    Share,
    Transcript,
    table,
)

_person, _address, _inbox = table(Person), table(Address), table(Inbox)
_share, _conversation = table(Share), table(Conversation)
_outbox, _transcript = table(Outbox), table(Transcript)


@dataclass(frozen=True, slots=True)
class Erased:
    """`rows` per table; `traces_gone` is False while a reader keeps old pages in the log."""

    rows: dict[str, int]
    traces_gone: bool


def owner_columns(of: Table) -> list[Column[str]]:
    """The columns that say whose row it is; for `person` the id itself."""
    if of is _person:
        return [_person.c.id]
    return [column for column in of.columns if column.references(_person.c.id)]


def erase_person(database: Database, log: EraseLog, person_id: str) -> Erased:
    """Erases the person everywhere; an unknown id erases nothing and is not logged.

    The tombstone is on the disk before the rows are gone: if the program dies in between, the
    next start finishes the erasure.
    """
    with database.write() as unit:
        rows = delete_rows(unit, person_id)
        if rows.get("person"):
            log.append(person_id, unit.now_database().date())
    _vault_of(database).forget(person_id)
    return Erased(rows, remove_traces(database))


def replay(database: Database, log: EraseLog) -> int:
    """Erases again everybody the log names, after a backup was put back; how many came back."""
    returned = _returned(database, log)
    if not returned:
        return 0
    with database.write() as unit:
        for person_id in returned:
            delete_rows(unit, person_id)
    for person_id in returned:
        _vault_of(database).forget(person_id)
    remove_traces(database)
    return len(returned)


def delete_rows(unit: Unit, person_id: str) -> dict[str, int]:
    """Deletes what is the person's, children first; the number of rows per table."""
    counts = {"inbox": _delete_unread(unit, person_id)}
    _delete_received(unit, person_id)
    for each in reversed(metadata.sorted_tables):
        owners = owner_columns(each)
        if owners:
            whose = or_(*(owner == person_id for owner in owners))
            counts[each.name] = unit.connection.execute(delete(each).where(whose)).rowcount
        for column in _mentions(each):
            emptied = update(each).where(column == person_id).values({column: None})
            unit.connection.execute(emptied)
    return {name: count for name, count in counts.items() if count}


def forget_erased(database: Database, person_id: str) -> None:
    """After the commit: their key is not kept in memory either."""
    _vault_of(database).forget(person_id)


def remove_traces(database: Database) -> bool:
    """Takes deleted text out of the files, as far as the database can; False: try again later.

    SQLite overwrites what it deletes, and its log is emptied here. PostgreSQL keeps old pages, so
    the table of keys is written anew: what was sealed under a deleted key stays closed.
    """
    if database.is_sqlite:
        return database.checkpoint()
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("VACUUM FULL person_key")
    return True


def _returned(database: Database, log: EraseLog) -> Sequence[str]:
    erased = {stone.person_id for stone in log.read()}
    if not erased:
        return ()
    with database.read() as unit:
        here = unit.connection.execute(select(_person.c.id)).scalars()
        return sorted(erased.intersection(here))


def _mentions(of: Table) -> list[Column[str]]:
    return [column for column in of.columns if column.info == PERSON_REF]


def _delete_received(unit: Unit, author: str) -> None:
    """What others were shown of the author's words, in their conversations and chats here."""
    blind = [_vault_of(unit.database).blind(name) for name in SHOWN_IN]
    readers = select(_share.c.recipient_id).where(_share.c.author_id == author)
    theirs = _conversation.c.person_id.in_(readers) & _conversation.c.dialogue.in_(blind)
    shown = select(_conversation.c.id).where(theirs)
    keys = select(_outbox.c.slot_key).where(_outbox.c.conversation_id.in_(shown))
    connection = unit.connection
    connection.execute(delete(_transcript).where(_transcript.c.message_key.in_(keys)))
    connection.execute(delete(_outbox).where(_outbox.c.conversation_id.in_(shown)))
    connection.execute(delete(_conversation).where(theirs))


def _delete_unread(unit: Unit, person_id: str) -> int:
    """What the person sent and nobody has taken in yet: the inbox knows only a blind index."""
    vault = _vault_of(unit.database)
    mine = select(_address.c.channel, _address.c.external_id)
    addresses = unit.connection.execute(mine.where(_address.c.person_id == person_id)).all()
    senders = [vault.index(sender(channel, external_id)) for channel, external_id in addresses]
    gone: CursorResult[tuple[()]] = unit.connection.execute(
        delete(_inbox).where(_inbox.c.sender_index.in_(senders))
    )
    return gone.rowcount


def sender(channel: str, external_id: str) -> str:
    """What `inbox.sender_index` is the blind index of."""
    return f"{channel}:{external_id}"


def _vault_of(database: Database) -> Vault:
    if database.vault is None:
        raise WrongKey("Erasing needs TILLIDSRUM_SECRET_KEY: set it and try again.")
    return database.vault
