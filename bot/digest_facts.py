"""What a nearest leader's digest says: who they talk with next, what is shared, what is agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from pydantic import JsonValue

from bot.asking import Asking, local_day
from bot.digest_ideas import IDEAS
from bot.parts import Parts, today_of
from flows.cadence import Override, Slot, upcoming
from flows.calendar import at_local
from flows.dates import describe_date
from flows.model import Language
from storage import digests, people
from storage.database import Unit
from storage.digests import Led, Times
from storage.people import Profile
from storage.shares import Shared

SHARED_FOR, AHEAD = timedelta(days=28), timedelta(days=28)
SOON = timedelta(days=14)
MOST_AHEAD = 3
"""Dialogues with one leader in two weeks: a series comes once a week at the most, and one of them
may have been moved."""
TOLD_FOR = timedelta(days=3)
"""What a message before a dialogue has just said is not said again."""
WORDS: dict[str, dict[Language, str]] = {
    "next": {"da": "{name}: I taler sammen {day}", "en": "{name}: you talk {day}"},
    "point": {"da": "{name} har delt med dig {day}:", "en": "{name} shared with you on {day}:"},
    "agreement": {"da": "{name} og du har aftalt {day}:", "en": "{name} and you agreed on {day}:"},
    "no-figures": {
        "da": "Du får ikke tal om jeres trivsel samlet: I er for få til, at ingen kan genkendes. "
        "Det, den enkelte vælger at dele med dig, står her.",
        "en": "You get no figures about how all of you are doing: you are too few for nobody to be "
        "told from them. What each of them chooses to share with you stands here.",
    },
}


class Ahead(NamedTuple):
    """A dialogue to come."""

    at: datetime
    name: str


def lines_for(unit: Unit, parts: Parts, profile: Profile, now: datetime) -> list[JsonValue]:
    """The lines of the digest, whom they talk with next first; none when there is nothing to tell.
    Three queries. `soon`: the dialogue is in the coming two weeks; `once`: is not to be said
    again."""
    led = digests.led_by(unit, profile.id)
    if not led:
        return []
    shared = digests.shared_since(unit, profile.id, led, now - SHARED_FOR)
    times = _times(unit, profile, led, now - TOLD_FOR, now)
    coming = [(_next(one, times, parts, now), one) for one in led if one.cadence not in times.told]
    lines: list[JsonValue] = [
        {**line, "pair_id": one.pair}
        for next_at, one in sorted(coming, key=lambda two: next_first(two[0], two[1].profile))
        for line in _of(one, shared.get(one.profile.id, []), next_at, profile, now)
    ]
    if lines and len(led) < times.floor and not times.knows:
        lines.append({"text": WORDS["no-figures"][profile.language], "once": True})
    return lines


def next_first(next_at: datetime | None, led: Profile) -> tuple[datetime, str]:
    """To sort by: the day of the next dialogue, then the name; without a dialogue to come, last."""
    return next_at or datetime.max.replace(tzinfo=UTC), led.name


def _times(unit: Unit, profile: Profile, led: list[Led], told: datetime, now: datetime) -> Times:
    since = (now - timedelta(days=60)).date()
    return digests.times_of(unit, profile.id, led, since, told)


def ahead_of(unit: Unit, parts: Parts, profile: Profile, now: datetime) -> list[Ahead]:
    """All dialogues of the coming two weeks with those whose nearest leader they are, in order."""
    led = digests.led_by(unit, profile.id)
    times = _times(unit, profile, led, now, now) if led else Times()
    return sorted(
        Ahead(slot.at, one.profile.first_name)
        for one in led
        for slot in _slots(one, times, parts, now, most=MOST_AHEAD)
        if slot.at - now <= SOON
    )


def next_dialogues(
    unit: Unit, parts: Parts, profile: Profile, led: list[Led], now: datetime
) -> dict[str, datetime]:
    """Pair -> when the two talk next, where they do."""
    if not led:
        return {}
    times = _times(unit, profile, led, now, now)
    found = {one.pair: _next(one, times, parts, now) for one in led}
    return {pair: at for pair, at in found.items() if at is not None}


def _of(
    led: Led, shared: list[Shared], next_at: datetime | None, profile: Profile, now: datetime
) -> Iterator[dict[str, JsonValue]]:
    name, language = led.profile.first_name, profile.language
    if next_at is not None and next_at - now <= AHEAD:
        text = _said("next", name, profile, next_at, now)
        yield {"text": text, "soon": True} if next_at - now <= SOON else {"text": text}
    for (kind, _), some in groupby(shared, key=lambda one: _heading(profile, one)):
        texts = list(some)
        day = _day(profile, texts[0].shared_at, now)
        yield {"text": WORDS[kind][language].format(name=name, day=day)}
        for one in texts:
            yield {"text": one.text}


def _heading(profile: Profile, shared: Shared) -> tuple[str, str]:
    return shared.kind, local_day(profile, shared.shared_at)


def _said(what: str, name: str, profile: Profile, at: datetime, now: datetime) -> str:
    return WORDS[what][profile.language].format(name=name, day=_day(profile, at, now))


def _day(profile: Profile, at: datetime, now: datetime) -> str:
    day = date.fromisoformat(local_day(profile, at))
    return describe_date(day, profile.language, today=today_of(profile, now))


def _next(led: Led, times: Times, parts: Parts, now: datetime) -> datetime | None:
    return next((slot.at for slot in _slots(led, times, parts, now)), None)


def _slots(led: Led, times: Times, parts: Parts, now: datetime, most: int = 1) -> list[Slot]:
    if led.rule is None or led.cadence is None:
        return []
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
    return upcoming(led.rule, calendar, now, most, overrides)


def _idea(asking: Asking) -> str:
    """Another one every week."""
    ideas = IDEAS[asking.profile.language]
    return ideas[today_of(asking.profile, asking.now).toordinal() // 7 % len(ideas)]


def _lines(asking: Asking) -> JsonValue:
    return lines_for(asking.unit, asking.parts, asking.profile, asking.now)


FACTS: Mapping[str, Any] = {"digest_lines": _lines, "digest_idea": _idea}
