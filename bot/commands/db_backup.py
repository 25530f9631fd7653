"""`tillidsrum db backup`: one sealed file, also while the program runs."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from bot.commands.obey import tell
from bot.commands.progress import waiting
from bot.commands.store import refuse_missing
from bot.commands.texts import say
from bot.settings import read_settings
from storage.backup import backup
from storage.database import open_database


def run(file: Path, as_json: bool) -> int:
    settings = read_settings()
    refuse_missing(settings)
    with closing(open_database(settings.database_url)) as database:
        waiting(say("db.progress"), lambda: backup(database, file))
    if as_json:
        tell({"ok": True, "file": str(file), "bytes": file.stat().st_size})
    else:
        click.echo(say("db.backed-up", file=file))
    return 0
