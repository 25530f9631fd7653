"""`tillidsrum programme pause`: nothing comes of a cohort until it is resumed."""

from __future__ import annotations

import click

from bot.commands.obey import tell
from bot.commands.programme_cohort import at_desk
from bot.commands.texts import say
from bot.course import planning


def run(cohort: str, as_json: bool) -> int:
    at_desk(lambda desk: planning.pause(desk.unit, desk.parts, desk.cohort(cohort)))
    if as_json:
        tell({"ok": True, "cohort": cohort, "state": "paused"})
    else:
        click.echo(say("programme.paused", name=cohort))
    return 0
