"""`tillidsrum digest preview`: what somebody's digest would tell, without anybody's words."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import click

from bot.commands.language import terminal_language
from bot.commands.obey import tell
from bot.commands.store import find_person, open_store, parts_in
from bot.commands.texts import say
from bot.digest_facts import SHARED_FOR, next_dialogues
from bot.papers.days import long_day
from bot.parts import Parts
from bot.settings import read_settings
from storage import digests
from storage.database import Unit
from storage.people import Profile


class Line(NamedTuple):
    """One leader: when the two talk next, and of what kind how much is shared. No words."""

    leader: str
    next: datetime | None
    points: int
    agreements: int


def run(email: str, as_json: bool) -> int:
    settings = read_settings()
    with open_store(settings) as database, database.read() as unit:
        profile = find_person(unit, email)
        lines = _lines(unit, parts_in(unit, settings), profile)
    if as_json:
        told = [{**one._asdict(), "next": one.next and one.next.isoformat()} for one in lines]
        tell({"ok": True, "leaders": told})
        return 0
    click.echo(say("digest.would" if lines else "digest.nothing", name=profile.name))
    for one in lines:
        day = long_day(one.next.date(), terminal_language()) if one.next else "-"
        counts = {"points": one.points, "agreements": one.agreements}
        click.echo(say("digest.line", name=one.leader, day=day, **counts))
    click.echo(say("digest.no-words"))
    return 0


def _lines(unit: Unit, parts: Parts, profile: Profile) -> list[Line]:
    now = parts.clock()
    led = digests.led_by(unit, profile.id)
    shared = digests.shared_since(unit, profile.id, led, now - SHARED_FOR) if led else {}
    coming = next_dialogues(unit, parts, profile, led, now)
    return [
        Line(one.profile.name, coming.get(one.pair), kinds.count("point"), kinds.count("agreement"))
        for one in led
        for kinds in [[some.kind for some in shared.get(one.profile.id, [])]]
    ]
