"""The five-theme pulse: one's own curve, seen by nobody else."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, select

from storage.database import Unit
from storage.ids import Ids
from storage.people import Profile
from storage.tables import Pulse as PulseRow
from storage.tables import table
from storage.upsert import id_where, put

_pulse = table(PulseRow)


class Pulse(NamedTuple):
    on: date
    theme: str
    value: int
    conversation: str


def record_pulse(
    unit: Unit,
    ids: Ids,
    profile: Profile,
    conversation: str,
    on: date,
    theme: str,
    value: int | None,
) -> None:
    """The theme's value (1-5) in this conversation; None takes it back."""
    here = (_pulse.c.conversation_id == conversation) & (_pulse.c.theme == theme)
    if value is None:
        unit.connection.execute(delete(_pulse).where(here))
        return
    found = id_where(unit, _pulse, conversation_id=conversation, theme=theme)
    row = found or ids()
    sealed = profile.key.seal("pulse", "value_sealed", row, str(value))
    put(
        unit, _pulse, found, row,
        person_id=profile.id, on_date=on, theme=theme, value_sealed=sealed,
        conversation_id=conversation,
    )  # fmt: skip


def pulses_of(unit: Unit, profile: Profile) -> list[Pulse]:
    """Oldest first."""
    query = select(_pulse).where(_pulse.c.person_id == profile.id).order_by(_pulse.c.on_date)
    return [
        Pulse(
            row.on_date, row.theme,
            int(profile.key.open("pulse", "value_sealed", row.id, row.value_sealed)),
            row.conversation_id,
        )
        for row in unit.connection.execute(query)
    ]  # fmt: skip
