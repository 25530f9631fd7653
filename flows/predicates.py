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


PREDICATES: dict[str, Predicate] = {
    "item-text-changed": _item_text_changed,
    "nothing-scored": _nothing_scored,
}
