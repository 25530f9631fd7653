"""Whether the database answers, is ours and up to date, knows the key, and what its clock says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

from bot.commands.explain import explain
from bot.commands.finding import Finding, found
from bot.commands.store import vault_of
from bot.settings import Settings, SettingsError
from storage.database import KEY_CHECK, Database, database_file, open_database
from storage.encryption import Vault, wrong_key_message
from storage.errors import StorageError, WrongKey
from storage.migrate import head_revision, require_current
from storage.organisation import get_setting
from storage.reach import addresses, reach

FIRST_YEAR, LAST_YEAR = 2025, 2100
APART = 5
"""Seconds between two clocks that nobody would notice; leases are minutes."""
PATIENCE = 3.0


def examine_database(settings: Settings) -> Iterator[Finding]:
    try:
        file = database_file(settings.database_url)
        if file is not None and not file.is_file():
            yield found("database", "database.none")
            return
        with closing(open_database(settings.database_url, wait_seconds=PATIENCE)) as database:
            require_current(database)
            yield found("database", "database", revision=head_revision())
            yield from _fit(database, settings)
            yield _clock(database)
            yield from _people(database)
    except StorageError as error:
        yield Finding("database", False, explain(error))


def _fit(database: Database, settings: Settings) -> Iterator[Finding]:
    """Looks only: opening the database with a key would make the first one the right one."""
    try:
        vault = vault_of(settings)
    except (SettingsError, WrongKey):
        return  # told already
    with database.read() as unit:
        stored = get_setting(unit, KEY_CHECK)
    yield _fits(vault, stored)


def _fits(vault: Vault, stored: str | None) -> Finding:
    if stored is None:
        return found("key", "key.new")
    if vault.fits(stored):
        return found("key", "key.fits")
    return Finding("key", False, explain(WrongKey(wrong_key_message())))


def _people(database: Database) -> Iterator[Finding]:
    """Counts, and nobody's name: whoever is to be seen to is in `people list`."""
    with database.read() as unit:
        counts, closed = reach(unit), addresses(unit).closed
    text = "people.without" if counts.without else "people"
    yield found("people", text, people=counts.people, without=counts.without)
    for channel, count in sorted(closed.items()):
        yield found("people", "people.blocked", channel=channel, count=count)


def _clock(database: Database) -> Finding:
    with database.read() as unit:
        theirs = unit.now_database()
    ours = datetime.now(UTC)
    return compare_clocks(ours, theirs)


def compare_clocks(ours: datetime, theirs: datetime) -> Finding:
    seconds = round(abs((ours - theirs).total_seconds()))
    if seconds > APART:
        return found("clock", "clock.off", ok=False, seconds=seconds)
    if not FIRST_YEAR <= ours.year <= LAST_YEAR:
        return found("clock", "clock.wrong", ok=False, year=ours.year)
    return found("clock", "clock")
