"""What may never be seen by others, and what is seen exactly once."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from datetime import time
from zoneinfo import ZoneInfo

from tests.platforms.house import ARRIVED, ZONE, House, Resident

OPENS, CLOSES = time(8), time(16)
"""The hours that everybody here has, by default."""
_formatter = logging.Formatter()


def seen_by(who: Resident) -> str:
    """All that a platform has ever been given for somebody, and what stands on their screens now:
    messages, files, windows and homes; also what was refused."""
    return "\n".join((*_on_screens(who), *_given_for(who)))


def given_to_nobody_but(house: House, owner: Resident) -> str:
    return "\n".join(seen_by(one) for one in house.residents if one is not owner)


def logged(records: Iterable[logging.LogRecord]) -> str:
    return "\n".join(_formatter.format(record) for record in records)


def everything_arrived_once(house: House, who: Resident) -> None:
    """As many messages on the screens as were rendered for what is noted as sent, and not one
    more; and no notice of a mistake from either company."""
    channels = house.wired.channels
    expected = 0
    for screen in who.screens:
        language = _language(house, who)
        for key, message in house.said_to(who.id):
            if _went_to(house, key, screen.channel, who):
                expected += len(channels[screen.channel].render(message, language))
    assert len(who.messages) == expected, f"{who.name} sees {len(who.messages)} of {expected}"


def contacts_of(house: House, who: Resident) -> list[str]:
    """When the bot spoke of its own accord, in local time, as "mon 23. 09:05"."""
    return [f"{at:%a %d. %H:%M}".lower() for at in _contact_times(house, who)]


def nobody_was_disturbed(house: House) -> None:
    """Contacts, and what belongs to them, by the clock of their person."""
    for who in house.residents:
        for at in _contact_times(house, who, "contact", "part"):
            assert at.weekday() < 5, f"{who.name} was contacted on {at}"
            assert OPENS <= at.time() < CLOSES, f"{who.name} was contacted at {at}"


