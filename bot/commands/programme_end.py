"""`tillidsrum programme end`: a cohort is over, for good."""

from __future__ import annotations

import click

from bot.commands.obey import tell
from bot.commands.programme_cohort import at_desk
from bot.commands.refused import Refused
from bot.commands.texts import say
from bot.course import planning

YES = ("yes", "y", "ja", "j")


def run(cohort: str, yes: bool, as_json: bool) -> int:
    if not yes:
        at_desk(lambda desk: desk.cohort(cohort))
        _ask(cohort)
    at_desk(lambda desk: planning.end(desk.unit, desk.parts, desk.cohort(cohort)))
    if as_json:
        tell({"ok": True, "cohort": cohort, "state": "ended"})
    else:
        click.echo(say("programme.ended", name=cohort))
    return 0


def _ask(cohort: str) -> None:
    click.echo(say("programme.ask-end", name=cohort), err=True)
    answer: str = click.prompt(say("programme.prompt-end"), err=True)
    if answer.strip().casefold() not in YES:
        raise Refused(say("programme.not-ended"))
