"""How delivery goes, as counts by channel. Why a message about somebody's dialogue was let go is
theirs: here such reasons are one and the same."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.console.room import Here
from storage import health
from storage.database import Unit
from storage.health import Tally

router = APIRouter()
WEEK = timedelta(days=7)
Fate = Literal["arrived", "waits", "doubt", "refused", "nowhere", "let-go"]
FATES: tuple[Fate, ...] = ("arrived", "waits", "doubt", "refused", "nowhere", "let-go")
Wait = Literal["hours", "pace", "quiet", "again"]
WAITS: dict[str, Wait] = {
    "outside working hours": "hours", "pace": "pace", "in order": "pace",
    "do not disturb": "quiet",
}  # fmt: skip
NOWHERE = "no address on a running channel"
REFUSED = ("Telegram refused it", "Slack refused it", "that is no private", "the app is not")
"""How the reasons begin that a channel gives when it never will deliver."""


class Summary(NamedTuple):
    """`fates`: channel -> how many of each; `waits`: what was put back, by why; the platforms'
    own words for a refusal with how many people they are about."""

    since: datetime | None
    reached: Counter[str]
    fates: dict[str, Counter[Fate]]
    waits: Counter[Wait]
    refusals: list[tuple[str, str, int]]

    @property
    def refused_people(self) -> int:
        return sum(people for _, _, people in self.refusals)

    @property
    def total(self) -> int:
        return sum(sum(some.values()) for some in self.fates.values())

    def all_of(self, fate: Fate) -> int:
        return sum(some[fate] for some in self.fates.values())


@router.get("/delivery")
async def delivery(room: Here) -> Response:
    since = room.now - WEEK
    found = await room.read(lambda unit: summary_of(unit, since))
    states = {name: edge.health() for name, edge in room.wired.edges.items()}
    return room.show("delivery", "delivery", found=found, fates=FATES, states=states)


def summary_of(unit: Unit, since: datetime) -> Summary:
    counted = health.health(unit, since)
    fates: dict[str, Counter[Fate]] = {}
    waits: Counter[Wait] = Counter()
    refusals: Counter[tuple[str, str]] = Counter()
    for one in counted.tallies:
        fate = fate_of(one)
        fates.setdefault(one.channel, Counter())[fate] += one.count
        if fate == "waits" and one.reason:
            waits[WAITS.get(one.reason, "again")] += one.count
        if fate == "refused":
            refusals[one.channel, one.reason] += one.people
    told = [(channel, reason, count) for (channel, reason), count in refusals.most_common()]
    return Summary(counted.since, health.reached_on(unit), fates, waits, told)


def fate_of(one: Tally) -> Fate:
    if one.state in ("sent", "reconciled"):
        return "arrived"
    if one.state in ("planned", "claimed", "started"):
        return "waits"
    if one.state == "unknown" or one.reason == "in doubt":
        return "doubt"
    if one.reason == NOWHERE:
        return "nowhere"
    return "refused" if one.reason.startswith(REFUSED) else "let-go"
