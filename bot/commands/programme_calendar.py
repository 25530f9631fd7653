"""A course's calendar on a terminal: one line for each nudge, or one person's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import click

from bot.commands.texts import say
from bot.course.plans import Entry
from flows.programme import Nudge
from storage.people import Profile


def as_lines(entries: Iterable[Entry], zone: str) -> list[dict[str, Any]]:
    """For each nudge from which day to which it comes, and to how many; the soonest first."""
    days: dict[Nudge, list[date]] = defaultdict(list)
    for one in entries:
        days[one.due.nudge].append(one.due.at.astimezone(ZoneInfo(zone)).date())
    found = [_line(nudge, min(on), max(on), len(on)) for nudge, on in days.items()]
    return sorted(found, key=lambda line: (line["first"], line["nudge"]))


def _line(nudge: Nudge, first: date, last: date, count: int) -> dict[str, Any]:
    return {
        "first": first.isoformat(), "last": last.isoformat(), "people": count, "nudge": nudge.id,
        "opens": nudge.opens, "for": nudge.for_, "module": nudge.module,
    }  # fmt: skip


def as_own(entries: Iterable[Entry], profile: Profile) -> list[dict[str, Any]]:
    """What comes to one person, in their own time."""
    return [
        {
            "at": f"{one.due.at.astimezone(ZoneInfo(profile.zone)):%Y-%m-%d %H:%M}",
            "nudge": one.due.nudge.id, "opens": one.due.nudge.opens,
            "module": one.due.nudge.module,
        }
        for one in entries
        if one.person == profile.id
    ]  # fmt: skip


def show_lines(lines: Iterable[dict[str, Any]]) -> None:
    for line in lines:
        several = "" if line["first"] == line["last"] else f" - {line['last']}"
        days = f"{line['first']}{several}"
        whom = say(f"programme.whom.{line['for']}")
        click.echo(say("programme.line", **{**line, "days": f"{days:<23}", "whom": whom}))


def show_own(lines: Iterable[dict[str, Any]]) -> None:
    for line in lines:
        click.echo(say("programme.own-line", **line))
