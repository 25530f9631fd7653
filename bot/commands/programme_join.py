"""`tillidsrum programme join`: somebody who comes later."""

from __future__ import annotations

import click

from bot.commands.obey import tell
from bot.commands.programme_cohort import Desk, at_desk
from bot.commands.store import find_person
from bot.commands.texts import say
from bot.course import planning


def run(cohort: str, email: str, as_json: bool) -> int:
    def join(desk: Desk) -> int:
        person = find_person(desk.unit, email)
        return planning.join(desk.unit, desk.parts, desk.cohort(cohort), [person.id])

    planned = at_desk(join)
    if as_json:
        tell({"ok": True, "cohort": cohort, "planned": planned})
    else:
        click.echo(say("programme.joined", name=cohort, planned=planned))
    return 0
