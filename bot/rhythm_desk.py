"""What a window about rhythm needs to know: what it may offer to somebody, and what would come of
what they filled in. It only reads; what is saved comes in like everything else, by `bot.inbound`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, TypeVar

from bot.note import note_message
from bot.parts import Parts, today_of
from bot.rhythm_change import comes_to, sets_for_all
from bot.rhythm_chat import wanted
from bot.rhythm_filled import Filled, Where
from bot.rhythm_told import Told, tell_of
from bot.rhythm_whom import Called, all_called, find, listed
from bot.rhythm_words import KINDS_CALLED
from bot.web.reads import read
from flows.forms import read_weeks
from flows.model import Language
from flows.rhythm import KINDS
from storage import people
from storage.database import Database, Unit
from storage.people import Profile

T = TypeVar("T")
ME = "me"


class Option(NamedTuple):
    value: str
    words: str


class Offer(NamedTuple):
    """`courses`, `groups`: for whom it may be set besides oneself and everybody; `sets_for_all`:
    whether it may be set for anybody but oneself."""

    language: Language
    kinds: tuple[Option, ...]
    sets_for_all: bool = False
    courses: tuple[Option, ...] = ()
    groups: tuple[Option, ...] = ()


class Entered(NamedTuple):
    """The fields of the window as they were filled in. `filled.whom`: ME, or a `Where`. `person`:
    a name or an e-mail, for one person alone."""

    filled: Filled
    person: str = ""


class Seen(NamedTuple):
    """What would come of it. `filled`: to be saved as it stands. `others`: it concerns others."""

    language: Language
    told: Told
    filled: Filled
    others: bool


Wrong = dict[str, str]
"""Field -> what is wrong there, in the person's language."""


class RhythmDesk:
    def __init__(self, database: Database, parts: Parts) -> None:
        self._database = database
        self._parts = parts

    async def offer(self, channel: str, external_id: str) -> Offer | None:
        """None for who is not known."""
        return await self._for(channel, external_id, partial(offer_to, self._parts))

    async def foresee(
        self, channel: str, external_id: str, entered: Entered
    ) -> Seen | Wrong | None:
        work = partial(foresee, self._parts, entered=entered)
        return await self._for(channel, external_id, work)

    async def _for(
        self, channel: str, external_id: str, work: Callable[[Unit, Profile], T]
    ) -> T | None:
        def look(unit: Unit) -> T | None:
            profile = people.find_by_address(unit, channel, external_id)
            is_here = profile is not None and profile.status == "active"
            return work(unit, profile) if is_here and profile is not None else None

        return await read(self._database, look)


def offer_to(parts: Parts, unit: Unit, profile: Profile) -> Offer:
    language, runs_it = profile.language, sets_for_all(profile)
    kinds = tuple(
        Option(kind, KINDS_CALLED[kind][language])
        for kind in KINDS
        if kind != "nudge" or runs_it or comes_to(unit, profile, kind)
    )
    if not runs_it:
        return Offer(language, kinds)
    courses, groups = (all_called(unit, level, language) for level in ("programme", "group"))
    return Offer(language, kinds, True, _options(courses), _options(groups))


def _options(called: list[Called]) -> tuple[Option, ...]:
    return tuple(Option(str(one.where), one.name) for one in called)


def foresee(parts: Parts, unit: Unit, profile: Profile, entered: Entered) -> Seen | Wrong:
    found = _whom(unit, parts, profile, entered)
    if isinstance(found, dict):
        return found
    today = today_of(profile, parts.clock())
    filled = entered.filled._replace(whom=str(found))
    read_so = wanted(unit, profile, filled, today)
    if read_so.change is None:
        return {
            field: in_words(parts, profile.language, f"rhythm-{fault}")
            for field, fault in read_so.faults.items()
        }
    told = tell_of(unit, parts, profile, read_so.change)
    # A week means the same when it is saved, whichever day that is.
    kept = filled._replace(quiet=read_weeks(filled.quiet, today) or "")
    return Seen(profile.language, told, kept, found != Where("person", profile.id))


def _whom(unit: Unit, parts: Parts, profile: Profile, entered: Entered) -> Where | str | Wrong:
    """Nobody is looked up for whoever may set their own alone."""
    chosen, person = entered.filled.whom, entered.person.strip()
    own, say = Where("person", profile.id), partial(in_words, parts, profile.language)
    if chosen == ME and not person:
        return own
    if not sets_for_all(profile):
        return {"whom": say("rhythm-not-yours")}
    if not person:
        return chosen
    if chosen != ME:
        return {"person": say("rhythm-two")}
    found = find(unit, "person", person, profile.language)
    if len(found) == 1:
        return found[0].where
    return {"person": say("whom-many" if found else "whom-nobody", names=listed(found))}


def in_words(parts: Parts, language: Language, note: str, **slots: str) -> str:
    return note_message(parts.catalogue, language, note, slots).plain_text()
