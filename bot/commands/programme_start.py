"""`tillidsrum programme start`: a cohort with its dates and people, seen first with --dry-run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from bot.commands.obey import tell
from bot.commands.programme_calendar import as_lines, show_lines
from bot.commands.programme_cohort import Desk, at_desk, day_of
from bot.commands.refused import Refused
from bot.commands.texts import say
from bot.course import planning
from bot.course.planning import Draft
from bot.course.plans import Entry
from storage import groups as all_groups
from storage import people, rosters
from storage.groups import KINDS


def run(
    programme: str, name: str, modules: tuple[str, ...], people_file: Path | None,
    groups: tuple[str, ...], pilot: bool, dry_run: bool, as_json: bool,
) -> int:  # fmt: skip
    days = dict(_days(modules))
    emails = list(_emails(people_file)) if people_file else []

    def start(desk: Desk) -> tuple[dict[str, Any], list[Entry], str]:
        draft = Draft(
            planning.programme_called(desk.unit, programme), name, days,
            list(_people(desk, people_file, emails)), list(_groups(desk, groups)), pilot,
        )  # fmt: skip
        shown = dry_run or as_json
        entries = planning.preview(desk.unit, desk.parts, draft, desk.today) if shown else []
        cohort, planned = planning.start(desk.unit, desk.parts, draft, desk.today)
        count = len(rosters.participants(desk.unit, cohort.id))
        said = {"name": cohort.name, "people": count, "planned": planned}
        return said, entries, desk.settings.time_zone

    said, entries, zone = at_desk(start, dry_run=dry_run)
    _report(said, as_lines(entries, zone), dry_run, as_json)
    return 0


def _report(
    said: dict[str, Any], lines: list[dict[str, Any]], dry_run: bool, as_json: bool
) -> None:
    if as_json:
        tell({"ok": True, "dry_run": dry_run, **said, "calendar": lines})
        return
    if dry_run:
        show_lines(lines)
    click.echo(say("programme.would-start" if dry_run else "programme.started", **said))


def _days(modules: Iterable[str]) -> Iterator[tuple[str, date]]:
    seen = set()
    for text in modules:
        module, equals, day = text.partition("=")
        if not (module and equals):
            raise Refused(say("programme.bad-module", text=text))
        if module in seen:
            raise Refused(say("programme.module-twice", module=module))
        seen.add(module)
        yield module.strip(), day_of(day.strip())


def _emails(file: Path) -> Iterator[tuple[int, str]]:
    """(line, address): of the column email where the first line names one, else each line."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise Refused(say("programme.cannot-read", file=file, why=error.strerror)) from None
    except UnicodeDecodeError:
        raise Refused(say("programme.not-utf8", file=file)) from None
    if not lines:
        return
    head = next(csv.reader(lines[:1], delimiter=_comma(lines[0])))
    column = [one.strip().casefold() for one in head]
    at = column.index("email") if "email" in column else None
    for number, row in enumerate(csv.reader(lines, delimiter=_comma(lines[0])), start=1):
        if row and not (number == 1 and at is not None):
            yield number, row[at or 0].strip() if len(row) > (at or 0) else ""


def _comma(line: str) -> str:
    """A spreadsheet in Danish writes semicolons."""
    return ";" if line.count(";") > line.count(",") else ","


def _people(desk: Desk, file: Path | None, emails: list[tuple[int, str]]) -> Iterator[str]:
    if not emails:
        return
    known = {email.casefold(): one for email, one in people.by_email(desk.unit).items()}
    unknown = [line for line, email in emails if email.casefold() not in known]
    if unknown:
        lines = ", ".join(map(str, unknown))
        raise Refused(say("programme.unknown-people", file=file, lines=lines))
    yield from (known[email.casefold()].id for _, email in emails)


def _groups(desk: Desk, wanted: Iterable[str]) -> Iterator[str]:
    for text in wanted:
        kind, colon, name = text.partition(":")
        if kind not in KINDS:
            raise Refused(say("programme.bad-group", text=text))
        if not colon:
            yield from (one.id for one in all_groups.groups(desk.unit, kind))
            continue
        found = all_groups.group_named(desk.unit, kind, name.strip())
        if found is None:
            raise Refused(say("programme.no-group", text=text))
        yield found.id
