"""`tillidsrum db restore`: a backup put back, with whoever was erased since erased again."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.obey import tell
from bot.commands.progress import waiting
from bot.commands.store import erase_log, vault_of
from bot.commands.texts import say
from bot.settings import Settings, read_settings
from storage.backup import Restored, restore


def run(file: Path, replace: bool, as_json: bool) -> int:
    settings = read_settings()
    restored = waiting(say("db.progress"), lambda: _restore(settings, file, replace))
    aside = str(restored.aside) if restored.aside else None
    if as_json:
        tell({"ok": True, "file": str(file), "aside": aside, "erased_again": restored.erased})
        return 0
    click.echo(say("db.restored", file=file))
    if aside:
        click.echo(say("db.aside", file=aside))
    click.echo(say("db.erased-again", count=restored.erased))
    return 0


def _restore(settings: Settings, file: Path, replace: bool) -> Restored:
    return restore(
        file,
        settings.database_url,
        vault=vault_of(settings),
        log=erase_log(settings),
        replace=replace,
    )
