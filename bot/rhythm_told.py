"""What a change of rhythm would bring, told to whoever sets it, in their language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.parts import Parts, today_of
from bot.rhythm import Change
from bot.rhythm_own import Held, held_back, is_own, own_occasions, own_rhythm
from bot.rhythm_seen import foresee
from bot.rhythm_words import LEVELS_SAID, clock, describe, every
from flows.dates import describe_date
from flows.rhythm import Rhythm
from storage.database import Unit
from storage.people import Profile

SHOWN = 10


class Told(NamedTuple):
    """`times`: the next ones. `aside`: why it is not as it was chosen, or ""."""

    intro: str
    times: tuple[str, ...] = ()
    aside: str = ""

    def __str__(self) -> str:
        listed = "\n".join(f"· {one}" for one in self.times)
        return "\n".join(part for part in (self.intro, listed, self.aside) if part)


def tell_of(unit: Unit, parts: Parts, profile: Profile, change: Change) -> Told:
    """For oneself when it is one's own, else for a real person whom it concerns."""
    teller = _Teller(parts, profile, change)
    if is_own(change, profile):
        zone = ZoneInfo(profile.zone)
        found = own_occasions(unit, parts, profile, change, SHOWN)
        rhythm, held = own_rhythm(unit, profile, change), held_back(unit, profile, change)
        aside = teller.held(held, rhythm) if held else ""
        return teller.told("own", rhythm, [at.astimezone(zone) for at in found], aside)
    seen = foresee(unit, parts, change, SHOWN)
    if seen is None:
        return Told(teller.hint("nobody"))
    whose = "agreed" if seen.agreed else "theirs"
    return teller.told(whose, seen.rhythm, seen.times, name=seen.name)


class _Teller(NamedTuple):
    parts: Parts
    profile: Profile
    change: Change

    def told(
        self, whose: str, rhythm: Rhythm, times: Sequence[datetime], aside: str = "", name: str = ""
    ) -> Told:
        if rhythm.off:
            return Told(self.hint(f"{whose}-off", name=name), (), aside)
        how = describe(self.change.kind, rhythm, self.profile.language)
        follows = self.hint("next" if times else "no-times")
        intro = f"{self.hint(whose, name=name, how=how)} {follows}"
        return Told(intro, tuple(map(self._time, times)), aside)

    def held(self, held: Held, rhythm: Rhythm) -> str:
        """Why it comes more seldom than somebody chose, or not at all."""
        language = self.profile.language
        whom = LEVELS_SAID[held.level][language] if held.level else ""
        name = "stopped" if held.stopped else "rarer" if held.level else "rarest"
        return self.hint(name, whom=whom, every=every(rhythm.every_weeks, language))

    def hint(self, what: str, **slots: str) -> str:
        hints = self.parts.catalogue.common[self.profile.language].hints
        return hints[f"rhythm-{what}"].format(**slots)

    def _time(self, at: datetime) -> str:
        language = self.profile.language
        today = today_of(self.profile, self.parts.clock())
        return f"{describe_date(at.date(), language, today=today)}, {clock(at.time(), language)}"
