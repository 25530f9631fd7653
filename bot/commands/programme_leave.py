"""`tillidsrum programme leave`: somebody who does not take the course any more."""

from __future__ import annotations

import click

from bot.commands.obey import tell
from bot.commands.programme_cohort import Desk, at_desk
from bot.commands.store import find_person
from bot.commands.texts import say
from bot.course import planning


def run(cohort: str, email: str, as_json: bool) -> int:
    def leave(desk: Desk) -> None:
        person = find_person(desk.unit, email)
        planning.leave(desk.unit, desk.parts, desk.cohort(cohort), person.id)

    at_desk(leave)
    if as_json:
        tell({"ok": True, "cohort": cohort})
    else:
        click.echo(say("programme.left", name=cohort))
    return 0
