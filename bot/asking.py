"""Who asks for a fact, and what every fact is made with."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from bot.parts import About, Parts
from flows.calendar import PersonCalendar, local_date
from storage.database import Unit
from storage.people import Profile


class Asking(NamedTuple):
    """Who asks, about what, and in which transaction."""

    unit: Unit
    parts: Parts
    profile: Profile
    about: About
    now: datetime

    def common(self, hint: str) -> str:
        return self.parts.catalogue.common[self.profile.language].hints[hint]


def local_day(profile: Profile, at: datetime) -> str:
    """The day that it is there, as a dialogue keeps it: ISO."""
    return local_date(PersonCalendar(zone=profile.zone), at).isoformat()
