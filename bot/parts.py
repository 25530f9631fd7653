"""What every turn needs besides the transaction it runs in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from pydantic import BaseModel

from bot.clock import Clock
from flows.calendar import PersonCalendar, local_date
from flows.load import Catalogue
from flows.model import Language
from storage import people
from storage.database import Unit
from storage.erasures import EraseLog
from storage.ids import Ids
from storage.people import Profile

Way = Callable[[str], str]
"""From a link's token to the address that opens it on a channel; "" as long as it is not known."""


@dataclass(frozen=True)
class Parts:
    catalogue: Catalogue
    clock: Clock
    ids: Ids
    holidays: frozenset[date]
    erase_log: EraseLog
    organisation: str = "Tillidsrum"
    language: Language = "da"
    """The organisation's, for somebody of whom nothing is known."""
    retention: timedelta = timedelta(days=180)
    address: str = "http://127.0.0.1:8080"
    """What the pages' addresses begin with."""
    address_opens: bool = True
    """Where people are, and not only on the machine that this runs on."""
    ways: Mapping[str, Way] = field(default_factory=dict)
    """The channels that one can be linked on."""

    def calendar(self, unit: Unit, profile: Profile, now: datetime) -> PersonCalendar:
        """The person's calendar, good for what happens from two months ago on."""
        since = (now - timedelta(days=60)).date()
        return people.calendar_of(unit, profile, self.holidays, since)


class About(BaseModel, frozen=True):
    """What a conversation is about: one dialogue of a pair, one agreement, or something of a
    course, each by its id."""

    pair: str | None = None
    cadence: str | None = None
    slot: date | None = None
    agreement: str | None = None
    reminder: str | None = None
    others: tuple[str, ...] = ()
    """More pairs that a digest is about."""
    cohort: str | None = None
    module: str | None = None
    nudge: str | None = None
    group: str | None = None
    meeting: str | None = None


def about_from(text: str | None) -> About:
    return About.model_validate_json(text) if text else About()


def today_of(profile: Profile, now: datetime) -> date:
    return local_date(_anywhere_in(profile.zone), now)


@lru_cache(maxsize=256)
def _anywhere_in(zone: str) -> PersonCalendar:
    """A calendar that is good for telling the date, and nothing more."""
    return PersonCalendar(zone=zone)
