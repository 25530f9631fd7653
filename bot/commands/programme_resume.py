"""`tillidsrum programme resume`: a cohort that was paused goes on."""

from __future__ import annotations

import click

from bot.commands.obey import tell
from bot.commands.programme_cohort import at_desk
from bot.commands.texts import say
from bot.course import planning


def run(cohort: str, as_json: bool) -> int:
    planned = at_desk(lambda desk: planning.resume(desk.unit, desk.parts, desk.cohort(cohort)))
    if as_json:
        tell({"ok": True, "cohort": cohort, "state": "running", "planned": planned})
    else:
        click.echo(say("programme.resumed", name=cohort, planned=planned))
    return 0
