"""Where messages are: a direct message with the app, or a channel."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.slack.messages import Message, Sight, seen
from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.shapes import Json


@dataclass
class Channel:
    """`messages`: what is still there, by ts, oldest first; ephemeral ones among them."""

    id: str
    kind: str  # im, channel or group
    members: set[str]
    name: str = ""
    bot_in: bool = True
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        return {"im": "im", "group": "groups"}.get(self.kind, "channels")

    def check_open(self) -> None:
        if self.archived:
            raise Refusal("is_archived")
        if not self.bot_in:
            raise Refusal("not_in_channel")

    def kept(self, ts: str) -> Message:
        """The message. An ephemeral one is found by nobody. Raises Refusal."""
        message = self.messages.get(ts)
        if message is None or message.only_for:
            raise Refusal("message_not_found")
        return message

    def sees(self, viewer: str) -> list[Sight]:
        """As a client shows it now: deleted messages are gone, edited ones are changed."""
        shown = (m for m in self.messages.values() if m.only_for in ("", viewer))
        return [seen(message, viewer) for message in shown]

    def as_json(self) -> Json:
        said: Json = {
            "id": self.id,
            "created": 1_700_000_000,
            "is_archived": self.archived,
            "is_im": self.kind == "im",
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "group",
            "is_private": self.kind != "channel",
            "is_mpim": False,
        }
        if self.kind == "im":
            return said | {"user": next(iter(self.members)), "is_open": True}
        return said | {"name": self.name, "is_member": self.bot_in}
