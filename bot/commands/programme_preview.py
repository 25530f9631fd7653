"""`tillidsrum programme preview`: what is still to come in a cohort."""

from __future__ import annotations

from typing import Any

import click

from bot.commands.obey import tell
from bot.commands.programme_calendar import as_lines, as_own, show_lines, show_own
from bot.commands.programme_cohort import Desk, at_desk
from bot.commands.store import find_person
from bot.commands.texts import say
from bot.course import planning


def run(cohort: str, person: str | None, as_json: bool) -> int:
    def look(desk: Desk) -> tuple[str, list[dict[str, Any]]]:
        found = desk.cohort(cohort)
        entries = planning.entries_of(desk.unit, desk.parts, found)
        if person is None:
            return found.state, as_lines(entries, desk.settings.time_zone)
        return found.state, as_own(entries, find_person(desk.unit, person))

    state, lines = at_desk(look, reads=True)
    if as_json:
        tell({"ok": True, "cohort": cohort, "state": state, "calendar": lines})
        return 0
    if person is None:
        show_lines(lines)
    else:
        show_own(lines)
    if not lines:
        click.echo(say("programme.nothing-comes", state=say(f"programme.state.{state}")))
    return 0
