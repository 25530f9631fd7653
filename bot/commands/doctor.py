"""`tillidsrum doctor`: what is well, what is not, and the mend. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module

import click
import typst

from bot.commands.check import find_problems
from bot.commands.doctor_database import examine_database
from bot.commands.doctor_places import examine_address, examine_folders
from bot.commands.doctor_platforms import examine_platforms
from bot.commands.explain import explain
from bot.commands.finding import Finding, found
from bot.commands.obey import tell
from bot.commands.progress import over
from bot.commands.store import vault_of
from bot.commands.texts import say
from bot.papers.curve import THEMES, Curve, curve_png
from bot.papers.sheet import Sheet, make_sheet
from bot.settings import Settings, SettingsError, read_settings
from storage.encryption import new_secret_key
from storage.errors import WrongKey

Examination = Callable[[], Iterator[Finding]]


def run(new_key: bool, as_json: bool) -> int:
    if new_key:
        click.echo(new_secret_key())
        return 0
    findings = list(_examine())
    well = all(finding.ok for finding in findings)
    if as_json:
        tell({"ok": well, "checks": [finding._asdict() for finding in findings]})
    else:
        for finding in findings:
            click.echo(str(finding))
    return 0 if well else 1


def _examine() -> Iterator[Finding]:
    """Without settings that can be read there is little more to look at."""
    examinations: list[Examination] = [_dialogues, _papers]
    try:
        settings = read_settings()
    except SettingsError as error:
        yield from (Finding("settings", False, line) for line in explain(error).splitlines())
    else:
        yield found("settings", "settings")
        examinations = [*_of_settings(settings), *examinations]
    for examination in over(say("doctor.progress"), examinations, len(examinations)):
        yield from examination()


def _of_settings(settings: Settings) -> list[Examination]:
    return [
        lambda: _key(settings),
        # Before the database is opened: opening it closes its file to others.
        lambda: examine_folders(settings),
        lambda: examine_database(settings),
        lambda: examine_address(settings),
        lambda: examine_platforms(settings),
        lambda: _login(settings),
    ]


def _key(settings: Settings) -> Iterator[Finding]:
    try:
        vault_of(settings)
    except (SettingsError, WrongKey) as error:
        yield Finding("key", False, explain(error))
    else:
        yield found("key", "key")


def _login(settings: Settings) -> Iterator[Finding]:
    """What it takes is imported only where something of it is set."""
    if not settings.wants_login:
        yield found("login", "login.none")
        return
    findings: Iterator[Finding] = import_module("bot.commands.doctor_openid").examine(settings)
    yield from findings


def _dialogues() -> Iterator[Finding]:
    problems = find_problems()
    if problems:
        yield found("dialogues", "dialogues.broken", ok=False, count=len(problems))
    else:
        yield found("dialogues", "dialogues")


def _papers() -> Iterator[Finding]:
    """Typesets what a leader gets, with the letters that fonts forget."""
    nothing = Curve(days=(), values=dict.fromkeys(THEMES, ()))
    sheet = Sheet(name="Ærø Ågård", nearest_leader=None, on=datetime.now(UTC).date())
    try:
        make_sheet(sheet, "da")
        curve_png(nothing, "da")
    except (typst.TypstError, OSError):
        yield found("papers", "papers.broken", ok=False)
    else:
        yield found("papers", "papers")
