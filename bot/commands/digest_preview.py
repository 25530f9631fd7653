"""`tillidsrum digest preview`: what somebody's digest would tell, without anybody's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import click

from bot.commands.language import terminal_language
from bot.commands.obey import tell
from bot.commands.store import find_person, open_store, parts_in
from bot.commands.texts import say
from bot.course.progress import overview_of
from bot.course.progress_words import course_line, rated_lines
from bot.digest_facts import SHARED_FOR, next_dialogues, next_first
from bot.papers.days import long_day
from bot.parts import Parts, today_of
from bot.rhythm_change import sets_for_all
from bot.settings import read_settings
from storage import digests, organisation
from storage.database import Unit
from storage.people import Profile


class Line(NamedTuple):
    """One leader: when the two talk next, and of what kind how much is shared. No words."""

    leader: str
    next: datetime | None
    points: int
    agreements: int


class Told(NamedTuple):
    """`courses`, `figures`: of whoever runs the courses; as they have been given so far."""

    leaders: list[Line]
    too_small: bool
    courses: list[str]
    figures: list[str]


def run(email: str, as_json: bool) -> int:
    settings = read_settings()
    with open_store(settings) as database, database.read() as unit:
        profile = find_person(unit, email)
        told = _told(unit, parts_in(unit, settings), profile)
    if as_json:
        leaders = [{**one._asdict(), "next": one.next and one.next.isoformat()} for one in told[0]]
        tell({"ok": True, **told._asdict(), "leaders": leaders})
        return 0
    lines = [*_led(told), *_run(told)]
    click.echo(say("digest.would" if lines else "digest.nothing", name=profile.name))
    for line in lines:
        click.echo(line)
    click.echo(say("digest.no-words"))
    return 0


def _led(told: Told) -> Iterator[str]:
    for one in told.leaders:
        day = long_day(one.next.date(), terminal_language()) if one.next else "-"
        counts = {"points": one.points, "agreements": one.agreements}
        yield say("digest.line", name=one.leader, day=day, **counts)
    if told.too_small:
        yield say("digest.too-small")


def _run(told: Told) -> Iterator[str]:
    yield from (f"  {line}" for line in (*told.courses, *told.figures))
    if told.courses and not told.figures:
        yield say("digest.no-figures")


def _told(unit: Unit, parts: Parts, profile: Profile) -> Told:
    now = parts.clock()
    led = digests.led_by(unit, profile.id)
    shared = digests.shared_since(unit, profile.id, led, now - SHARED_FOR) if led else {}
    coming = next_dialogues(unit, parts, profile, led, now)
    leaders = [
        Line(one.profile.name, coming.get(one.pair), kinds.count("point"), kinds.count("agreement"))
        for one in sorted(led, key=lambda one: next_first(coming.get(one.pair), one.profile))
        for kinds in [[some.kind for some in shared.get(one.profile.id, [])]]
    ]
    too_small = 0 < len(led) < organisation.floor(unit)
    return Told(leaders, too_small, *_courses(unit, profile, today_of(profile, now)))


def _courses(unit: Unit, profile: Profile, today: date) -> tuple[list[str], list[str]]:
    """Nothing is worked out by looking."""
    if not sets_for_all(profile):
        return [], []
    language = terminal_language()
    found = overview_of(unit, profile.id, language, today)
    lines = [course_line(one, language, today) for one in found.courses if not one.ended]
    return lines, list(rated_lines(found, language))
