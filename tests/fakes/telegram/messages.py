"""A message on the company's side, and as a client shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.telegram.utf16 import Entity

Json = dict[str, Any]


@dataclass(frozen=True)
class Stored:
    """A file the company keeps. `sides`: a photo's width and height."""

    id: str
    name: str
    mime: str
    content: bytes
    sides: tuple[int, int] | None = None

    @property
    def path(self) -> str:
        return f"{'photos' if self.sides else 'documents'}/{self.id}_{self.name}"

    def as_json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}


@dataclass
class Message:
    id: int
    chat: Json
    author: Json
    at: datetime
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    markup: Json | None = None
    document: Stored | None = None
    photo: Stored | None = None
    reply_to: Message | None = None
    edited_at: datetime | None = None
    silent: bool = False
    protected: bool = False

    @property
    def by_bot(self) -> bool:
        return bool(self.author["is_bot"])

    @property
    def buttons(self) -> list[list[Json]]:
        return list((self.markup or {}).get("inline_keyboard", []))

    @property
    def has_file(self) -> bool:
        return self.document is not None or self.photo is not None

    def as_json(self, *, deep: bool = True) -> Json:
        said: Json = {
            "message_id": self.id,
            "from": self.author,
            "chat": self.chat,
            "date": int(self.at.timestamp()),
        }
        return said | self._content() | self._circumstances(deep=deep)

    def _content(self) -> Json:
        prefix = "caption_" if self.has_file else ""
        said: Json = {}
        if self.text:
            said[prefix.rstrip("_") or "text"] = self.text
        if self.entities:
            said[f"{prefix}entities"] = self.entities
        if self.document:
            named = {"file_name": self.document.name, "mime_type": self.document.mime}
            said["document"] = self.document.as_json() | named
        if self.photo and self.photo.sides:
            width, height = self.photo.sides
            said["photo"] = [self.photo.as_json() | {"width": width, "height": height}]
        return said

    def _circumstances(self, *, deep: bool) -> Json:
        said: Json = {}
        if self.edited_at:
            said["edit_date"] = int(self.edited_at.timestamp())
        if self.buttons:
            said["reply_markup"] = self.markup
        if self.protected:
            said["has_protected_content"] = True
        if deep and self.reply_to:
            said["reply_to_message"] = self.reply_to.as_json(deep=False)
        return said


@dataclass(frozen=True)
class Sight:
    """One message on a screen. `buttons`: labels, row by row. `mine`: the person wrote it."""

    id: int
    text: str
    at: datetime
    mine: bool = False
    buttons: tuple[tuple[str, ...], ...] = ()
    entities: tuple[Entity, ...] = ()
    edited: bool = False
    document: str | None = None
    photo: bool = False
    wants_reply: bool = False
    placeholder: str = ""
    silent: bool = False

    @property
    def labels(self) -> list[str]:
        return [label for row in self.buttons for label in row]


def seen(message: Message) -> Sight:
    markup = message.markup or {}
    return Sight(
        id=message.id,
        text=message.text,
        at=message.at,
        mine=not message.by_bot,
        buttons=tuple(tuple(b["text"] for b in row) for row in message.buttons),
        entities=tuple(message.entities),
        edited=message.edited_at is not None,
        document=message.document.name if message.document else None,
        photo=message.photo is not None,
        wants_reply=bool(markup.get("force_reply")),
        placeholder=markup.get("input_field_placeholder", ""),
        silent=message.silent,
    )
