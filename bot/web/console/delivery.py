"""How delivery goes, as counts by channel. Why a message about somebody's dialogue was let go is
theirs: here such reasons are one and the same."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.console.room import Here
from storage import health, reach
from storage.database import Unit
from storage.health import Tally
from storage.reach import Addresses

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
REFUSED = (
    "Telegram refused it", "Slack refused it", "that is no private", "the app is not",
    "closed by the person",
)  # fmt: skip
"""How the reasons begin for which a channel never will deliver."""


class Summary(NamedTuple):
    """`fates`: channel -> how many messages met each; `waits`: what was put back, by why."""

    since: datetime | None
    addresses: Addresses
    fates: dict[str, Counter[Fate]]
    waits: Counter[Wait]

    @property
    def closed(self) -> int:
        return sum(self.addresses.closed.values())

    @property
    def channels(self) -> list[str]:
        """Where something went, or somebody is reached; "" for nowhere comes last."""
        known = {*self.fates, *self.addresses.open, *self.addresses.closed}
        return sorted(known, reverse=True)

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
    for one in counted.tallies:
        fate = fate_of(one)
        fates.setdefault(one.channel, Counter())[fate] += one.messages
        if fate == "waits" and one.reason:
            waits[WAITS.get(one.reason, "again")] += one.messages
    return Summary(counted.since, reach.addresses(unit), fates, waits)


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
