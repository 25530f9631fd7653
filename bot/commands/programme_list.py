"""`tillidsrum programme list`: the programmes, and the cohorts that take them."""

from __future__ import annotations

from typing import Any

import click

from bot.commands.language import terminal_language
from bot.commands.obey import tell
from bot.commands.store import open_store
from bot.commands.texts import say
from bot.course import programmes
from bot.course.programmes import Known
from bot.settings import read_settings
from storage import cohorts, rosters
from storage.cohorts import Cohort
from storage.database import Unit


def run(as_json: bool) -> int:
    with open_store(read_settings()) as database, database.read() as unit:
        known, sizes = programmes.all_known(unit), rosters.sizes(unit)
        listed = [_cohort(one, *sizes.get(one.id, (0, 0))) for one in cohorts.cohorts(unit)]
        titles = _titles(unit, known)
    if as_json:
        tell({"ok": True, "programmes": [_programme(one) for one in known], "cohorts": listed})
    else:
        _show(known, listed, titles)
    return 0


def _programme(one: Known) -> dict[str, Any]:
    return {
        "id": one.programme.id, "version": one.programme.version, "own": one.own,
        "title": one.programme.title.model_dump(),
        "modules": [module.id for module in one.programme.modules],
    }  # fmt: skip


def _cohort(one: Cohort, people: int, groups: int) -> dict[str, Any]:
    days = {module: day.isoformat() for module, day in one.days.items()}
    return {
        "name": one.name, "programme": one.programme, "state": one.state, "pilot": one.pilot,
        "participants": people, "groups": groups, "days": days,
    }  # fmt: skip


def _titles(unit: Unit, known: list[Known]) -> dict[str, str]:
    language = terminal_language()
    return {one.programme.id: one.programme.title.within(language) for one in known}


def _show(known: list[Known], listed: list[dict[str, Any]], titles: dict[str, str]) -> None:
    for one in known:
        whose = say("programme.own" if one.own else "programme.shipped")
        modules = ", ".join(module.id for module in one.programme.modules)
        click.echo(f"{one.programme.id}\t{titles[one.programme.id]}\t{modules}\t{whose}")
    click.echo("")
    click.echo(say("programme.cohorts" if listed else "programme.no-cohorts"))
    for cohort in listed:
        _show_cohort(cohort)


def _show_cohort(cohort: dict[str, Any]) -> None:
    state = say(f"programme.state.{cohort['state']}")
    pilot = say("programme.is-pilot") if cohort["pilot"] else ""
    click.echo(
        say(
            "programme.cohort", name=cohort["name"], programme=cohort["programme"], state=state,
            pilot=pilot, people=cohort["participants"], groups=cohort["groups"],
        )
    )  # fmt: skip
    for module, day in cohort["days"].items():
        click.echo(f"  {day}  {module}")
