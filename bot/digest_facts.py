"""What a nearest leader's digest says: who they talk with next, what is shared, what is agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from pydantic import JsonValue

from bot.asking import Asking, local_day
from bot.digest_ideas import IDEAS
from bot.parts import Parts, today_of
from flows.cadence import Override, next_slot
from flows.calendar import at_local
from flows.dates import describe_date
from flows.model import Language
from storage import digests, people
from storage.database import Unit
from storage.digests import Led, Times
from storage.people import Profile
from storage.shares import Shared

SHARED_FOR, AHEAD = timedelta(days=28), timedelta(days=28)
TOLD_FOR = timedelta(days=3)
"""What a message before a dialogue has just said is not said again."""
WORDS: dict[str, dict[Language, str]] = {
    "next": {"da": "{name}: I taler sammen {day}", "en": "{name}: you talk {day}"},
    "point": {"da": "{name} har delt med dig {day}:", "en": "{name} shared with you on {day}:"},
    "agreement": {"da": "{name} og du har aftalt {day}:", "en": "{name} and you agreed on {day}:"},
}


def lines_for(unit: Unit, parts: Parts, profile: Profile, now: datetime) -> list[JsonValue]:
    """The lines of the digest; none when there is nothing to tell. Three queries."""
    led = digests.led_by(unit, profile.id)
    if not led:
        return []
    shared = digests.shared_since(unit, profile.id, led, now - SHARED_FOR)
    since = (now - timedelta(days=60)).date()
    times = digests.times_of(unit, profile.id, led, since, now - TOLD_FOR)
    return [
        {"text": line, "pair_id": one.pair}
        for one in led
        if one.cadence not in times.told
        for line in _of(one, shared.get(one.profile.id, []), times, parts, profile, now)
    ]


def next_dialogues(
    unit: Unit, parts: Parts, profile: Profile, led: list[Led], now: datetime
) -> dict[str, datetime]:
    """Pair -> when the two talk next, where they do."""
    if not led:
        return {}
    since = (now - timedelta(days=60)).date()
    times = digests.times_of(unit, profile.id, led, since, now)
    found = {one.pair: _next(one, times, parts, now) for one in led}
    return {pair: at for pair, at in found.items() if at is not None}


def _of(
    led: Led, shared: list[Shared], times: Times, parts: Parts, profile: Profile, now: datetime
) -> Iterator[str]:
    name, language = led.profile.first_name, profile.language
    next_at = _next(led, times, parts, now)
    if next_at is not None and next_at - now <= AHEAD:
        yield _said("next", name, profile, next_at, now)
    for (kind, _), some in groupby(shared, key=lambda one: _heading(profile, one)):
        texts = list(some)
        yield WORDS[kind][language].format(name=name, day=_day(profile, texts[0].shared_at, now))
        yield from (one.text for one in texts)


def _heading(profile: Profile, shared: Shared) -> tuple[str, str]:
    return shared.kind, local_day(profile, shared.shared_at)


def _said(what: str, name: str, profile: Profile, at: datetime, now: datetime) -> str:
    return WORDS[what][profile.language].format(name=name, day=_day(profile, at, now))


def _day(profile: Profile, at: datetime, now: datetime) -> str:
    day = date.fromisoformat(local_day(profile, at))
    return describe_date(day, profile.language, today=today_of(profile, now))


def _next(led: Led, times: Times, parts: Parts, now: datetime) -> datetime | None:
    if led.rule is None or led.cadence is None:
        return None
    leave = times.leave.get(led.profile.id, [])
    calendar = people.calendar_with(led.profile, parts.holidays, leave, times.closed)
    overrides = [
        Override(
            slot=nominal,
            moved_to=at_local(calendar, moved, led.rule.at) if moved else None,
            skipped=skipped,
        )
        for nominal, moved, skipped in times.changed.get(led.cadence, [])
        if moved or skipped
    ]
    slot = next_slot(led.rule, calendar, now, overrides)
    return slot.at if slot else None


def _idea(asking: Asking) -> str:
    """Another one every week."""
    ideas = IDEAS[asking.profile.language]
    return ideas[today_of(asking.profile, asking.now).toordinal() // 7 % len(ideas)]


def _lines(asking: Asking) -> JsonValue:
    return lines_for(asking.unit, asking.parts, asking.profile, asking.now)


FACTS: Mapping[str, Any] = {"digest_lines": _lines, "digest_idea": _idea}
