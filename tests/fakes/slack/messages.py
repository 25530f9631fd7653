"""A message on the company's side, and as a client shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from tests.fakes.slack import blocks as kit
from tests.fakes.slack.shapes import Json

_MENTION = re.compile(r"<(?:[@!#]|https?:|mailto:)[^>]*>")


@dataclass(frozen=True)
class Stored:
    """A file the company keeps."""

    id: str
    name: str
    title: str
    content: bytes
    alt_text: str = ""

    def as_json(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "size": len(self.content),
            "alt_txt": self.alt_text,
        }


@dataclass
class Message:
    """`only_for`: the person who alone sees it, when it is ephemeral. `values`: what is ticked or
    chosen in it, by block and action."""

    ts: str
    at: datetime
    channel: str
    user: str
    by_bot: bool
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    files: list[Stored] = field(default_factory=list)
    thread: str = ""
    edited: str = ""
    only_for: str = ""
    bot_id: str = ""
    team: str = ""
    mrkdwn: bool = True
    values: dict[tuple[str, str], Json] = field(default_factory=dict)

    def as_json(self, *, with_metadata: bool = False) -> Json:
        said: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text}
        said["team"] = self.team
        said |= {"bot_id": self.bot_id} if self.by_bot else {}
        said |= {"blocks": self.blocks} if self.blocks else {}
        said |= {"thread_ts": self.thread} if self.thread else {}
        said |= {"edited": {"user": self.user, "ts": self.edited}} if self.edited else {}
        said |= {"files": [file.as_json() for file in self.files]} if self.files else {}
        said |= {"metadata": self.metadata} if self.metadata and with_metadata else {}
        return said


@dataclass(frozen=True)
class Button:
    """Something to press: a button, or an option of a menu or of radio buttons."""

    label: str
    block_id: str
    element: Json
    option: Json | None = None

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])


@dataclass(frozen=True)
class Sight:
    """One message on a screen. `text`: what is read there; `notice`: what a phone shows when it
    rings; `mentions`: what is a live mention or link; `mine`: the person wrote it."""

    ts: str
    text: str
    notice: str
    at: datetime
    mine: bool = False
    buttons: tuple[Button, ...] = ()
    mentions: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    edited: bool = False
    ephemeral: bool = False

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]


def seen(message: Message, viewer: str) -> Sight:
    raw = kit.words(message.blocks) if message.blocks else message.text
    return Sight(
        ts=message.ts,
        text=unescaped(raw),
        notice=unescaped(message.text),
        at=message.at,
        mine=message.user == viewer,
        buttons=tuple(buttons(message.blocks)),
        mentions=tuple(_mentions(message)),
        files=tuple(file.name for file in message.files),
        edited=bool(message.edited),
        ephemeral=bool(message.only_for),
    )


def buttons(blocks: list[Json]) -> Iterator[Button]:
    """Top to bottom, as a reader meets them."""
    for block in blocks:
        if block["type"] == "input":
            continue
        for _, element in kit.elements(block):
            if element["type"] == "button":
                yield Button(element["text"]["text"], block["block_id"], element)
            for option in element.get("options", []):
                yield Button(option["text"]["text"], block["block_id"], element, option)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _mentions(message: Message) -> Iterator[str]:
    """In texts that Slack reads as mrkdwn; a plain text carries none."""
    texts = list(_mrkdwn(message.blocks))
    if message.mrkdwn or not message.blocks:
        texts.append(message.text)
    for text in texts:
        yield from _MENTION.findall(text)


def _mrkdwn(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        if value.get("type") == "rich_text":
            yield from _live(value)
            return
        for inner in value.values():
            yield from _mrkdwn(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _mrkdwn(inner)


def _live(part: Json) -> Iterator[str]:
    """Mentions and links in a rich text are parts of their own."""
    for inner in part.get("elements", []):
        yield from _live(inner)
    if part["type"] in ("user", "usergroup", "channel", "broadcast"):
        yield kit.rich_words(part)
    elif part["type"] == "link":
        yield f"<{part['url']}>"
