"""`tillidsrum db upgrade`: makes the tables, or brings them up to this program."""

from __future__ import annotations

from contextlib import closing

import click

from bot.commands.obey import tell
from bot.commands.progress import waiting
from bot.commands.store import erase_log, vault_of
from bot.commands.texts import say
from bot.settings import read_settings
from storage.database import Database, open_database
from storage.encryption import Vault
from storage.erase import replay
from storage.erasures import EraseLog
from storage.migrate import head_revision, upgrade


def run(as_json: bool) -> int:
    settings = read_settings()
    vault = vault_of(settings) if settings.secret_key else None
    with closing(open_database(settings.database_url, vault=vault)) as database:
        log = erase_log(settings)
        changed = waiting(say("db.progress"), lambda: _upgrade(database, vault, log))
        name = database.name
    if as_json:
        tell({"ok": True, "changed": changed, "revision": head_revision()})
    else:
        key = "db.upgraded" if changed else "db.current"
        click.echo(say(key, database=name, revision=head_revision()))
    return 0


def _upgrade(database: Database, vault: Vault | None, log: EraseLog) -> bool:
    changed = upgrade(database)
    if vault is not None:
        replay(database, log)
    return changed
