"""Erasing a person: rows, key, the traces in the file, and a tombstone against backups.

Which rows are somebody's is read from the tables themselves (foreign keys to `person.id`), so a
new table cannot be forgotten.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, CursorResult, Table, delete, or_, select, update

from storage.database import Database, Unit
from storage.encryption import Vault
from storage.erasures import EraseLog
from storage.errors import WrongKey
from storage.people import get_person
from storage.quotes import Change, Shown, rewrite, take_out, unquoted
from storage.schema import metadata, owner_columns, sealed_columns, sealer_column
from storage.shares import shown_to_others, unsay
from storage.tables import PERSON_REF, Address, Inbox, Person, Setting, Share, table

_person, _address, _inbox = table(Person), table(Address), table(Inbox)
_share, _setting = table(Share), table(Setting)


@dataclass(frozen=True, slots=True)
class Erased:
    """`rows` per table; `traces_gone` is False while a reader keeps old pages in the log."""

    rows: dict[str, int]
    traces_gone: bool


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
    _leave_no_words(unit, person_id)
    for each in reversed(metadata.sorted_tables):
        owners = owner_columns(each)
        if owners:
            whose = or_(*(owner == person_id for owner in owners))
            counts[each.name] = unit.connection.execute(delete(each).where(whose)).rowcount
        for column in _mentions(each):
            emptied = update(each).where(column == person_id).values({column: None})
            unit.connection.execute(emptied)
    return {name: count for name, count in counts.items() if count}


def delete_everything(unit: Unit) -> None:
    """Everybody and all that was begun, as a try-out does that starts over; settings stay."""
    for each in reversed(metadata.sorted_tables):
        if each is not _setting:
            unit.connection.execute(delete(each))


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


def _leave_no_words(unit: Unit, author: str) -> None:
    """Of the author's words, in what others were shown of them and where others quote them; what
    those have written themselves stays."""
    if unit.connection.execute(select(_person.c.id).where(_person.c.id == author)).first() is None:
        return
    shown = shown_to_others(unit, author)
    _wait_for_turns_of(unit, shown)
    unsay(unit, list(shown))
    for reader, theirs in shown.items():
        take_out(unit, get_person(unit, reader), theirs)
    _leave_no_quotes(unit, author, shown)


def _leave_no_quotes(unit: Unit, author: str, shown: Mapping[str, Sequence[Shown]]) -> None:
    """A reader may have passed on what they quote: then it goes from there as well."""
    change = unquoted(one for theirs in shown.values() for one in theirs)
    waiting, done = sorted(shown), {author}
    while waiting:
        reader = waiting.pop()
        if reader not in done:
            done.add(reader)
            waiting += _rewrite_all(unit, reader, change)


def _rewrite_all(unit: Unit, person: str, change: Change) -> list[str]:
    """Everything sealed of a person's; gives those with whom they shared what has changed."""
    key = get_person(unit, person).key
    passed_on: list[str] = []
    for each in metadata.sorted_tables:
        for column in sealed_columns(each) if owner_columns(each) and each is not _person else ():
            mine = sealer_column(each) == person
            changed = rewrite(unit, key, each, column, mine, change)
            passed_on += [row.recipient_id for row in changed if each is _share]
    return passed_on


def _wait_for_turns_of(unit: Unit, people: Iterable[str]) -> None:
    """Until what they are being told just now is committed, and can be seen here."""
    theirs = select(_person.c.id).where(_person.c.id.in_(sorted(people)))
    unit.connection.execute(theirs.order_by(_person.c.id).with_for_update()).all()


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
