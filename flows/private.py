"""The way from the chat to the page where one writes for oneself, and what the chat says instead to
whoever wants their own words to stand only there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from flows.conversation import Conversation
from flows.model import Common
from flows.wording import Choice, Message, Token, spans_of

PRIVATE = "private"
"""The choice that asks for the way."""
INSTEAD = "on-your-page"


def asks_for_own(message: Message) -> bool:
    return message.entry is not None and message.entry.own


def with_way(message: Message, conversation: Conversation, common: Common) -> Message:
    """What is asked in one's own words may be written on one's own page as well."""
    if not asks_for_own(message):
        return message
    way = _way(conversation, common.choices[PRIVATE], "quiet")
    return message.model_copy(update={"choices": (*message.choices, way)})


def kept_away(
    messages: Sequence[Message], conversation: Conversation, common: Common
) -> list[Message]:
    """The same without anybody's own words, and asking for none: one message stands for all that
    follow each other."""
    said: list[Message] = []
    for away, some in groupby(messages, _belongs_on_page):
        following = list(some)
        said += [_instead(following[-1], conversation, common)] if away else following
    return said


def any_away(messages: Iterable[Message]) -> bool:
    return any(map(_belongs_on_page, messages))


def _belongs_on_page(message: Message) -> bool:
    return message.tells_own or asks_for_own(message)


def _instead(message: Message, conversation: Conversation, common: Common) -> Message:
    """Only what says no to it, or rests, can be pressed: nobody decides about what they do not
    see."""
    way = _way(conversation, common.choices["private-open"], "main")
    quiet = (one for one in message.choices if one.style == "quiet")
    return Message(
        name=message.name, spans=spans_of(common.notes[INSTEAD], lambda slot: ""),
        sight=message.sight, choices=(way, *quiet), notice=message.notice,
    )  # fmt: skip


def _way(conversation: Conversation, label: str, style: Literal["main", "quiet"]) -> Choice:
    token = Token(conversation.id, conversation.turn, PRIVATE)
    return Choice(token=str(token), label=label, style=style)
