"""The store as the commands open it: what is there already, with the key that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.clock import AHEAD, Clock, MovableClock, system_clock
from bot.commands.refused import Refused
from bot.commands.texts import say
from bot.parts import Parts
from bot.settings import Fault, Settings, SettingsError
from bot.wiring import erase_log_path, holidays_around
from flows.load import shipped_catalogue
from storage import organisation, people
from storage.database import Database, Unit, database_file, open_database
from storage.encryption import Vault, parse_secret_key
from storage.erase import replay
from storage.erasures import EraseLog
from storage.ids import RandomIds
from storage.migrate import require_current
from storage.people import Profile

KEY = "TILLIDSRUM_SECRET_KEY"


def vault_of(settings: Settings) -> Vault:
    """Raises SettingsError without a key, WrongKey when it has not the shape of one."""
    if settings.secret_key is None:
        raise SettingsError.of([Fault(KEY, "no-key")])
    return Vault(parse_secret_key(settings.secret_key.get_secret_value()))


def erase_log(settings: Settings) -> EraseLog:
    return EraseLog(erase_log_path(settings))


def refuse_missing(settings: Settings) -> Path | None:
    """Refuses to make a database by the way, where one was expected. Gives its file."""
    file = database_file(settings.database_url)
    if file is not None and not file.is_file():
        raise Refused(say("db.none", file=file))
    return file


def parts_in(unit: Unit, settings: Settings) -> Parts:
    """With the time that it is there: the try-out's clock may be ahead."""
    ahead = organisation.get_setting(unit, AHEAD)
    if ahead is None:
        return parts_of(settings)
    return parts_of(settings, MovableClock(ahead=timedelta(seconds=float(ahead))))


def parts_of(settings: Settings, clock: Clock = system_clock) -> Parts:
    return Parts(
        catalogue=shipped_catalogue(),
        clock=clock,
        ids=RandomIds(),
        holidays=holidays_around(clock),
        erase_log=erase_log(settings),
        organisation=settings.organisation,
        language=settings.language,
    )


def find_person(unit: Unit, email: str) -> Profile:
    """Raises Refused when nobody has this address."""
    found = people.find_by_email(unit, email)
    if found is None:
        raise Refused(say("unknown-email"))
    return found


@contextmanager
def open_store(settings: Settings) -> Iterator[Database]:
    """An up-to-date database from which everybody who was erased is gone."""
    vault = vault_of(settings)
    refuse_missing(settings)
    database = open_database(settings.database_url, vault=vault)
    try:
        require_current(database)
        replay(database, erase_log(settings))
        yield database
    finally:
        database.close()
