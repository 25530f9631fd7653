"""A text as Telegram keeps it: parsed, trimmed, its entities inside of it, not too long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram import html_mode, markdown_mode
from tests.fakes.telegram.html_mode import Unparsable
from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.refusal import bad
from tests.fakes.telegram.utf16 import Entity, boundaries, units

_KINDS = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bold",
    "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre", "text_link", "text_mention", "custom_emoji",
}  # fmt: skip
_NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_MODES: dict[str, Callable[[str], tuple[str, list[Entity]]]] = {
    "html": html_mode.parse,
    "markdownv2": markdown_mode.parse,
    "markdown": markdown_mode.parse_legacy,
}


@dataclass(frozen=True)
class Formatted:
    text: str
    entities: list[Entity] = field(default_factory=list)


def message_text(params: dict[str, Any], limits: Limits) -> Formatted:
    source = params.get("text", "")
    if not source:
        raise bad("message text is empty")
    written = _formatted(source, params.get("parse_mode"), params.get("entities"), limits)
    if not written.text:
        raise bad("text must be non-empty")
    if units(written.text) > limits.text:
        raise bad("message is too long")
    return written


def caption(params: dict[str, Any], limits: Limits) -> Formatted:
    source = params.get("caption", "")
    mode, entities = params.get("parse_mode"), params.get("caption_entities")
    written = _formatted(source, mode, entities, limits)
    if units(written.text) > limits.caption:
        raise bad("message caption is too long")
    return written


def _formatted(
    source: str, mode: str | None, entities: list[Entity] | None, limits: Limits
) -> Formatted:
    """With a parse mode the entities are not looked at, as Telegram does it."""
    if mode:
        text, entities = _parsed(source, mode)
    else:
        text = source
        _check_entities(text, entities or [])
    return _trimmed(text, (entities or [])[: limits.entities])


def _parsed(source: str, mode: str) -> tuple[str, list[Entity]]:
    if (parse := _MODES.get(mode.lower())) is None:
        raise bad("unsupported parse_mode")
    try:
        return parse(source)
    except Unparsable as trouble:
        raise bad(f"can't parse entities: {trouble}") from None


def _check_entities(text: str, entities: list[Entity]) -> None:
    whole, starts = units(text), boundaries(text)
    for entity in entities:
        _check_kind(entity)
        offset, end = entity["offset"], entity["offset"] + entity["length"]
        if offset < 0 or entity["length"] < 0:
            raise bad("can't parse MessageEntity: negative offset or length specified")
        if offset > whole or (offset == whole and entity["length"]):
            raise bad(f"entity begins after the end of the text at UTF-16 offset {offset}")
        beginning = f"entity beginning at UTF-16 offset {offset} ends"
        if end > whole:
            raise bad(f"{beginning} after the end of the text at UTF-16 offset {end}")
        if offset not in starts:
            raise bad(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {offset}")
        if end not in starts:
            raise bad(f"{beginning} in a middle of a UTF-16 symbol at UTF-16 offset {end}")


def _check_kind(entity: Entity) -> None:
    if entity["type"] not in _KINDS:
        raise bad("can't parse MessageEntity: Unsupported type specified")
    if (need := _NEEDS.get(entity["type"])) and need not in entity:
        raise bad(f"can't parse MessageEntity: Can't find field \"{need}\"")


def _trimmed(text: str, entities: list[Entity]) -> Formatted:
    """White space at the ends goes, and the entities move with the text."""
    kept = text.strip()
    lead, whole = units(text) - units(text.lstrip()), units(kept)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        end = min(whole, entity["offset"] - lead + entity["length"])
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return Formatted(kept, moved)
