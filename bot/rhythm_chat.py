"""What the dialogue about rhythm and its window have in common: who may set what, and saving it."""

from __future__ import annotations

from datetime import date

from bot.parts import Parts
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from bot.rhythm_filled import Filled, Read, Where, read, where_in
from bot.rhythm_own import is_own, own_rhythm, set_own
from bot.rhythm_whom import called, is_there, may_set
from bot.rhythm_words import KINDS_CALLED, LEVELS_SAID, describe
from flows.rhythm import settle
from storage.database import Unit
from storage.people import Profile


def wanted(unit: Unit, profile: Profile, filled: Filled, today: date) -> Read:
    """As it may be set now: the role and the group may be gone since it was filled in."""
    where = where_in(filled.whom)
    if where is not None and not may_set(profile, where):
        return Read(None, {"whom": "not-yours"})
    if where is not None and not is_there(unit, where):
        return Read(None, {"whom": "gone"})
    return read(unit, filled, profile.id, today)


def receipt(unit: Unit, profile: Profile, change: Change) -> dict[str, str]:
    """What was set, for whom and how, once it is saved: the slots of the note "rhythm-saved"."""
    language, kind = profile.language, change.kind
    if is_own(change, profile):
        whom, rhythm = LEVELS_SAID["person"][language], own_rhythm(unit, profile, change)
    else:
        whom = called(unit, Where(change.level, change.scope), language)
        rhythm = settle(kind, {change.level: [change.rule]})
    how = describe(kind, rhythm, language)
    return {"what": KINDS_CALLED[kind][language], "whom": whom, "how": how}


def save(unit: Unit, parts: Parts, profile: Profile, change: Change) -> None:
    if is_own(change, profile):
        set_own(unit, parts, profile, change)
    else:
        set_rule(unit, parts, change, profile.id)
