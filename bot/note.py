"""A note in the words common to all dialogues."""

from __future__ import annotations

from flows.load import Catalogue
from flows.model import Language
from flows.wording import Message, spans_of


def note_message(
    catalogue: Catalogue, language: Language, name: str, slots: dict[str, str] | None = None
) -> Message:
    """A note in the words common to all, outside of any conversation. `slots`: our own words."""
    common = catalogue.common[language]
    spans = spans_of(common.notes[name], lambda slot: (slots or {}).get(slot, ""), ours=True)
    return Message(name=f"[{name}]", spans=spans, notice=common.notices["reply"])
