"""The end of a pair: of a leader and their nearest leader, and of all that was between them."""

from __future__ import annotations

from datetime import datetime

from storage import cadences, pairs, reminders, shares
from storage.database import Unit


def close_pair(unit: Unit, now: datetime, leader: str) -> bool:
    """Ends the leader's pair: its series, its reminders, and what was shared in it. False when
    they have none."""
    old = pairs.pair_of(unit, leader)
    if old is None:
        return False
    cadence = cadences.cadence_of_pair(unit, old.id)
    if cadence:
        reminders.set_state(unit, cadence.id, None, "dropped")
        cadences.end_cadence(unit, pair=old.id)
    shares.withdraw_pair(unit, now, old.id)
    pairs.end_pair(unit, now, leader)
    return True
