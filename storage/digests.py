"""What a nearest leader's digest is made of: three queries, however many leaders and however long
a history there is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import Date, String, and_, bindparam, literal, null, select, type_coerce, union_all

from flows.cadence import Cadence as Rule
from flows.calendar import Span
from storage.database import Unit
from storage.organisation import FLOOR
from storage.people import PROFILE, WITH_KEY, Profile, profile_of
from storage.preferences import NO_FIGURES
from storage.shares import Shared, read_share
from storage.tables import (
    Cadence,
    ClosedPeriod,
    Leave,
    Occurrence,
    Pair,
    Reminder,
    Setting,
    Share,
    table,
)
from storage.tables_course import Preference

_pair, _cadence, _share = table(Pair), table(Cadence), table(Share)
_leave, _closed = table(Leave), table(ClosedPeriod)
_occurrence, _reminder = table(Occurrence), table(Reminder)
_setting, _preference = table(Setting), table(Preference)

_of_pair = and_(_cadence.c.pair_id == _pair.c.id, _cadence.c.active.is_(True))
_led = (
    select(
        *PROFILE, _pair.c.id.label("pair"), _cadence.c.id.label("cadence"), _cadence.c.anchor,
        _cadence.c.every_weeks, _cadence.c.at_time,
    )
    .select_from(
        WITH_KEY.join(_pair, _pair.c.leader_id == PROFILE[0]).outerjoin(_cadence, _of_pair)
    )
    .where(_pair.c.nearest_leader_id == bindparam("nearest"), _pair.c.ended_at.is_(None))
    .order_by(_pair.c.started_at, _pair.c.id)
)  # fmt: skip
_shared = (
    select(_share)
    .where(
        _share.c.recipient_id == bindparam("nearest"), _share.c.state == "shared",
        _share.c.shared_at >= bindparam("since"), _share.c.kind.in_(("point", "agreement")),
    )
    .order_by(_share.c.shared_at, _share.c.conversation_id, _share.c.item)
)  # fmt: skip


class Led(NamedTuple):
    """A leader of theirs, with the series of the two's dialogues if there is one."""

    profile: Profile
    pair: str
    cadence: str | None
    rule: Rule | None


@dataclass
class Times:
    """`leave`: person -> spans; `changed`: cadence -> (nominal, moved to, skipped); `told`: the
    cadences of which a message before a dialogue has just spoken; `knows`: they have been told that
    there will be no figures; `floor`: how many a figure would take."""

    closed: list[Span] = field(default_factory=list)
    leave: dict[str, list[Span]] = field(default_factory=dict)
    changed: dict[str, list[tuple[date, date | None, bool]]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    knows: bool = False
    floor: int = FLOOR


def led_by(unit: Unit, nearest: str) -> list[Led]:
    rows = unit.connection.execute(_led, {"nearest": nearest})
    return [Led(profile_of(unit, row), row.pair, row.cadence, _rule(row)) for row in rows]


def _rule(row: Any) -> Rule | None:
    if row.cadence is None:
        return None
    return Rule(anchor=row.anchor, every_weeks=row.every_weeks, at=time.fromisoformat(row.at_time))


def shared_since(
    unit: Unit, nearest: str, led: Collection[Led], since: datetime
) -> dict[str, list[Shared]]:
    """By author, what is shared with them still, oldest first."""
    authors = {one.profile.id: one.profile for one in led}
    found: dict[str, list[Shared]] = {}
    rows = unit.connection.execute(_shared, {"nearest": nearest, "since": since})
    for row in rows:
        if row.author_id in authors:
            share = read_share(authors[row.author_id], row)
            found.setdefault(row.author_id, []).append(share)
    return found


def times_of(
    unit: Unit, nearest: str, led: Collection[Led], since: date, told_since: datetime
) -> Times:
    """All that says when the dialogues are, and what has been said, in one query."""
    people = [one.profile.id for one in led]
    cadences = [one.cadence for one in led if one.cadence]
    no_text, no_day = type_coerce(null(), String), type_coerce(null(), Date)
    parts = union_all(
        select(
            literal("closed").label("what"), no_text.label("of"), _closed.c.first_day.label("day"),
            _closed.c.last_day.label("until"), literal(0).label("skipped"),
        ).where(_closed.c.last_day >= since),
        select(
            literal("leave"), _leave.c.person_id, _leave.c.first_day, _leave.c.last_day, literal(0)
        ).where(_leave.c.person_id.in_(people), _leave.c.last_day >= since),
        select(
            literal("changed"), _occurrence.c.cadence_id, _occurrence.c.nominal,
            _occurrence.c.moved_to, _occurrence.c.skipped.cast(literal(0).type),
        ).where(_occurrence.c.cadence_id.in_(cadences), _occurrence.c.nominal >= since),
        select(
            literal("told"), _reminder.c.subject_id, _reminder.c.slot_date, no_day, literal(0)
        ).where(
            _reminder.c.subject_id.in_(cadences), _reminder.c.kind == "nearest",
            _reminder.c.person_id == nearest, _reminder.c.due_at >= told_since,
            _reminder.c.state == "fired",
        ),
        select(literal("knows"), _preference.c.value, no_day, no_day, literal(0)).where(
            _preference.c.person_id == nearest, _preference.c.key == NO_FIGURES
        ),
        select(literal("floor"), _setting.c.value, no_day, no_day, literal(0)).where(
            _setting.c.key == "floor"
        ),
    )  # fmt: skip
    times = Times()
    for row in unit.connection.execute(parts):
        _take(times, row)
    return times


def _take(times: Times, row: Any) -> None:
    match row.what:
        case "closed":
            times.closed.append(Span(first=row.day, last=row.until))
        case "leave":
            times.leave.setdefault(row.of, []).append(Span(first=row.day, last=row.until))
        case "changed":
            times.changed.setdefault(row.of, []).append((row.day, row.until, bool(row.skipped)))
        case "told":
            times.told.add(row.of)
        case "knows":
            times.knows = True
        case "floor":
            times.floor = max(FLOOR, int(row.of))
