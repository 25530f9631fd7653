"""`tillidsrum export`: a copy of a person's data, for that person; nothing of it is shown here."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from bot.commands.progress import waiting
from bot.commands.refused import Refused
from bot.commands.store import find_person, open_store, parts_of
from bot.commands.texts import say
from bot.export import Copied, copy_of, files_of, write_files
from bot.note import note_message
from bot.parts import Parts
from bot.settings import read_settings
from flows.calendar import next_opening
from storage import audit, outbox, people
from storage.database import Database, Unit
from storage.errors import StorageError
from storage.people import Profile

NOTE = "exported-by-admin"
YES = ("ja", "j", "yes", "y")


def run(email: str, folder: Path, yes: bool) -> int:
    settings = read_settings()
    if folder.exists() or folder.is_symlink():
        raise Refused(say("export.there", folder=folder))
    with open_store(settings) as database:
        parts = parts_of(settings)
        with database.read() as unit:
            profile = find_person(unit, email)
        if not yes:
            _ask()
        copied = _read(database, parts, profile)
        made = waiting(say("export.progress"), lambda: files_of(copied))
        told = _hand_over(database, parts, profile, folder, made)
    click.echo(say("export.done", folder=folder, files=", ".join(made)))
    click.echo(say("export.told" if told else "export.untold"))
    return 0


def _ask() -> None:
    click.echo(say("export.ask"), err=True)
    answer: str = click.prompt(say("export.prompt"), err=True)
    if answer.strip().casefold() not in YES:
        raise Refused(say("export.not"))


def _read(database: Database, parts: Parts, profile: Profile) -> Copied:
    with database.read() as unit:
        return copy_of(unit, parts, profile)


def _hand_over(
    database: Database, parts: Parts, profile: Profile, folder: Path, made: dict[str, bytes]
) -> bool:
    """Notes the copy without content, tells the person and writes the files: all of it or nothing.
    False when there is no way to reach the person."""
    ours = False
    try:
        with database.write() as unit:
            audit.note(unit, parts.clock(), "exported by an administrator", profile.id)
            _queue(unit, parts, profile)
            _write(folder, made)
            ours = True
            reached = people.reached_at(unit, profile.id)
    except StorageError:
        if ours:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return reached is not None


def _write(folder: Path, made: dict[str, bytes]) -> None:
    try:
        write_files(folder, made)
    except FileExistsError:
        raise Refused(say("export.there", folder=folder)) from None
    except OSError as error:
        raise Refused(say("export.cannot", folder=folder, why=error.strerror)) from None


def _queue(unit: Unit, parts: Parts, profile: Profile) -> None:
    """A reply passes no gate, so this one, which nobody asked for, waits for working hours here."""
    now = parts.clock()
    at = next_opening(parts.calendar(unit, profile, now), now) or now
    message = note_message(parts.catalogue, profile.language, NOTE)
    body = message.model_dump_json(exclude_defaults=True)
    outbox.queue(unit, at, profile, [(None, body)], f"export:{parts.ids()}")
