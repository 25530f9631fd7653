"""Named conditions for what equality on an answer or a fact cannot say."""

from __future__ import annotations

from collections.abc import Callable

from flows.conversation import Conversation, Place

Predicate = Callable[[Conversation, int], bool]


def _item_text_changed(conversation: Conversation, item: int) -> bool:
    return conversation.answered().get(Place("rewrite", item)) is not None


def _nothing_scored(conversation: Conversation, item: int) -> bool:
    """Every theme of the pulse was skipped, so there is no curve to show."""
    return not any(isinstance(answer.value, int) for answer in conversation.answers)


MANY = 3


def _busy_weeks(conversation: Conversation, item: int) -> bool:
    """So many dialogues are soon that one would rather look at them than read."""
    listed = conversation.facts.get("digest_lines")
    lines = listed if isinstance(listed, list) else []
    return sum(isinstance(one, dict) and bool(one.get("soon")) for one in lines) >= MANY


PREDICATES: dict[str, Predicate] = {
    "item-text-changed": _item_text_changed,
    "nothing-scored": _nothing_scored,
    "busy-weeks": _busy_weeks,
}
