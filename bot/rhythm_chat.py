"""What the dialogue about rhythm and its window have in common: who may set what, and saving it."""

from __future__ import annotations

from datetime import date

from bot.parts import Parts
from bot.rhythm import Change
from bot.rhythm_change import set_rule
from bot.rhythm_filled import Filled, Read, read, where_in
from bot.rhythm_own import set_own
from bot.rhythm_whom import is_there, may_set
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


def save(unit: Unit, parts: Parts, profile: Profile, change: Change) -> None:
    if (change.level, change.scope) == ("person", profile.id):
        set_own(unit, parts, profile, change)
    else:
        set_rule(unit, parts, change, profile.id)
