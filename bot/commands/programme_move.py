"""`tillidsrum programme move`: a module on another day."""

from __future__ import annotations

import click

from bot.commands.language import terminal_language
from bot.commands.obey import tell
from bot.commands.programme_cohort import Desk, at_desk, day_of
from bot.commands.texts import say
from bot.course import planning
from bot.course.planning import Moved
from flows.dates import describe_date


def run(cohort: str, module: str, day: str, dry_run: bool, as_json: bool) -> int:
    wanted = day_of(day)

    def move(desk: Desk) -> Moved:
        found = desk.cohort(cohort)
        return planning.move(desk.unit, desk.parts, found, module, wanted, desk.today)

    moved = at_desk(move, dry_run=dry_run)
    if as_json:
        said = {"cohort": cohort, "module": module, "day": wanted.isoformat()}
        tell({"ok": True, "dry_run": dry_run, **said, **moved._asdict()})
        return 0
    told = f"{describe_date(wanted, terminal_language())} {wanted.year}"
    key = "programme.would-move" if dry_run else "programme.moved"
    click.echo(say(key, module=module, day=told, **moved._asdict()))
    return 0
