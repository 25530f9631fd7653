"""`tillidsrum programme import`: a course of the organisation's own, looked over first."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.language import terminal_language
from bot.commands.obey import tell
from bot.commands.programme_cohort import at_desk
from bot.commands.refused import Refused
from bot.commands.texts import say
from bot.course import planning, programmes
from flows.programme import BadProgramme, Programme
from flows.programme_words import worded


def run(file: Path, dry_run: bool, as_json: bool) -> int:
    text = _read(file)
    try:
        programme = programmes.read(text, file.name)
    except BadProgramme as error:
        return _report_faults(error, as_json)
    changed = at_desk(
        lambda desk: planning.take_in_programme(desk.unit, desk.parts, programme, text),
        dry_run=dry_run,
    )
    slots = _slots(programme, changed)
    if as_json:
        tell({"ok": True, "dry_run": dry_run, **slots, "faults": []})
    else:
        click.echo(say("programme.fine" if dry_run else "programme.imported", **slots))
    return 0


def _slots(programme: Programme, changed: int) -> dict[str, object]:
    return {
        "id": programme.id, "version": programme.version, "modules": len(programme.modules),
        "nudges": len(programme.nudges), "changed": changed,
    }  # fmt: skip


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise Refused(say("programme.cannot-read", file=file, why=error.strerror)) from None
    except UnicodeDecodeError:
        raise Refused(say("programme.not-utf8", file=file)) from None


def _report_faults(error: BadProgramme, as_json: bool) -> int:
    told = [worded(fault, terminal_language()) for fault in error.faults]
    if as_json:
        faults = [
            {"place": fault.place, "key": fault.key, "text": text}
            for fault, text in zip(error.faults, told, strict=True)
        ]
        tell({"ok": False, "faults": faults})
        return 1
    for text in told:
        click.echo(say("programme.fault", file=error.file, text=text), err=True)
    click.echo(say("programme.faults", count=len(told)), err=True)
    return 1
