"""What each choice of a step is called where it is asked."""

from __future__ import annotations

import re

from flows import answers
from flows.conversation import Conversation
from flows.model import Dialogue, Step

AS_IT_WAS = "as-it-was"
BUTTON = 75
FACT = re.compile(r"\{([a-z_]+)\}")


def labels_of(dialogue: Dialogue, conversation: Conversation, step: Step) -> dict[str, str]:
    """Choice -> its words, in the order in which they are shown. One of which the words are a fact
    that is empty is not offered."""
    said = dialogue.says(conversation.language, step.id)
    common = dialogue.common[conversation.language].choices
    own = {**said.options, **({"enough": said.enough} if said.enough else {})}
    choices = (*answers.choices_of(step), *([answers.SKIP] if step.optional else []))
    named = {choice: _named(own.get(choice) or common[choice], conversation) for choice in choices}
    return {choice: label for choice, label in named.items() if label}


def offered(dialogue: Dialogue, conversation: Conversation, step: Step) -> dict[str, str]:
    """The same, with what is offered beside them while an answer is changed."""
    labels = labels_of(dialogue, conversation, step)
    if conversation.revising:
        labels[AS_IT_WAS] = dialogue.common[conversation.language].choices[AS_IT_WAS]
    return labels


def _named(label: str, conversation: Conversation) -> str:
    """A label with its facts, as in "Del med {nearest_leader}", never longer than a button."""
    for name in FACT.findall(label):
        label = label.replace(f"{{{name}}}", str(conversation.facts.get(name) or ""))
    return label if len(label) <= BUTTON else f"{label[: BUTTON - 1]}…"
