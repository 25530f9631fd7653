"""The one way a program starts on the store."""

from storage.database import Clock, Database, open_database
from storage.encryption import Vault
from storage.erase import replay
from storage.erasures import EraseLog
from storage.migrate import upgrade


def start(
    url: str, *, vault: Vault, log: EraseLog, clock: Clock | None = None, durable: bool = True
) -> Database:
    """Opens, upgrades, checks the key and erases again who was erased: then things may be sent."""
    database = open_database(url, vault=vault, clock=clock, durable=durable)
    upgrade(database)
    replay(database, log)
    return database
