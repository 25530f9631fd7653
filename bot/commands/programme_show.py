"""`tillidsrum programme show`: a programme's own file, as a start for another one."""

from __future__ import annotations

import click

from bot.commands.programme_cohort import at_desk
from bot.course import programmes
from bot.course.refusals import CourseRefused


def run(programme: str) -> int:
    found = at_desk(
        lambda desk: programmes.known(desk.unit, programme) or _refuse(programme), reads=True
    )
    click.echo(found.text, nl=not found.text.endswith("\n"))
    return 0


def _refuse(programme: str) -> programmes.Known:
    raise CourseRefused("no-programme", programme)
