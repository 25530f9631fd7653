"""`tillidsrum check`: what is wrong with the dialogues and their wording."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from bot.commands.obey import tell
from bot.commands.texts import say
from bot.effects import EFFECTS
from bot.facts import FACTS
from flows.check import Problem, check_folder


def find_problems(folder: Path | None = None) -> list[Problem]:
    """Of the dialogues below `folder`, or of those that come along."""
    shipped = files("flows") / "dialogues"
    return check_folder(folder or shipped, effects=frozenset(EFFECTS), facts=frozenset(FACTS))


def run(folder: Path | None, as_json: bool) -> int:
    problems = find_problems(folder)
    if as_json:
        tell({"ok": not problems, "problems": [problem._asdict() for problem in problems]})
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(say("check.found", count=len(problems)) if problems else say("check.fine"))
    return 1 if problems else 0
