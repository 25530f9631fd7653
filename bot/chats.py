"""What goes from somebody's chat once what they wrote there is kept."""

from __future__ import annotations

from functools import partial

from bot.channels.base import Left, LeftBehind
from bot.web.reads import read
from flows.wording import Message, read_token
from storage import addresses, conversations, outbox, people, preferences
from storage.database import Database, Unit
from storage.people import Profile

LOOKED_AT = 6
"""Of the messages that were sent last: a question may have been asked again."""


def left_behind(database: Database, channel: str) -> LeftBehind:
    async def look(external_id: str) -> Left:
        return await read(database, partial(_left, channel=channel, external_id=external_id))

    return look


def _left(unit: Unit, channel: str, external_id: str) -> Left:
    held = addresses.address_at(unit, channel, external_id)
    if held is None:
        return Left()
    profile = people.get_person(unit, held.person)
    sent = outbox.latest_sent(unit, profile, LOOKED_AT)
    # What went to the address that they prefer names none.
    here = (held.id, None) if held.preferred else (held.id,)
    asked = tuple(
        one.reference
        for one in sent
        if one.address in here and _just_answered(unit, profile, one.body)
    )
    return Left(_goes(unit, held.person), asked)


def _goes(unit: Unit, person: str) -> bool:
    """Whoever wants their own words only on their page does not want them here either."""
    if preferences.get(unit, person, preferences.OWN_MESSAGES) == preferences.REMOVED:
        return True
    return preferences.keeps_words_away(unit, person)


def _just_answered(unit: Unit, profile: Profile, body: str) -> bool:
    """Whether its buttons are of the turn before the one that their conversation is at now."""
    choices = Message.model_validate_json(body).choices
    token = read_token(choices[0].token) if choices else None
    kept = conversations.load(unit, profile, token.conversation) if token else None
    return token is not None and kept is not None and kept.conversation.turn == token.turn + 1
