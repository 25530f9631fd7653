"""Where messages are: a chat with one person, or a group. What it refuses is asked of the chat."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.messages import Json, Message, Sight, seen
from tests.fakes.telegram.refusal import bad, forbidden
from tests.fakes.telegram.utf16 import units

if TYPE_CHECKING:
    from tests.fakes.telegram.people import Person
    from tests.fakes.telegram.world import World

_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(@\w+)?")


class Chat:
    """`messages`: what is still there, by id, oldest first."""

    kind = "private"

    def __init__(self, world: World, chat_id: int) -> None:
        self.world = world
        self.id = chat_id
        self.messages: dict[int, Message] = {}

    @property
    def is_group(self) -> bool:
        return self.kind != "private"

    def as_json(self) -> Json:
        return {"id": self.id, "type": self.kind}

    def check_open(self) -> None:
        """Raises Refusal when the bot may not send here."""

    def check_reachable(self) -> None:
        """Raises Refusal when the bot may not even look here."""

    def add(self, author: Json, **content: Any) -> Message:
        message = Message(
            self.world.next_id(), self.as_json(), author, self.world.clock(), **content
        )
        self.messages[message.id] = message
        return message

    @property
    def sees(self) -> list[Sight]:
        """The chat as a client shows it now: deleted messages are gone, edited ones are changed."""
        return [seen(message) for message in self.messages.values()]

    def hears(self, author: Json, text: str, reply_to: Message | None = None) -> Message:
        """Somebody writes; the bot gets an update."""
        found = _COMMAND.match(text)
        entities = (
            [{"type": "bot_command", "offset": 0, "length": units(found[0])}] if found else []
        )
        message = self.add(author, text=text, entities=entities, reply_to=reply_to)
        self.world.happens("message", message.as_json(), self.id)
        return message


class Group(Chat):
    """Minimal: members write, the bot's privacy mode is on, it can be removed, and it can become a
    supergroup with another id."""

    kind = "group"

    def __init__(self, world: World, chat_id: int, title: str) -> None:
        super().__init__(world, chat_id)
        self.title = title
        self.moved_to: int | None = None
        self.bot_removed = False

    def as_json(self) -> Json:
        return {"id": self.id, "type": self.kind, "title": self.title}

    def check_reachable(self) -> None:
        if self.moved_to is not None:
            reason = "group chat was upgraded to a supergroup chat"
            raise bad(reason, migrate_to_chat_id=self.moved_to)
        if self.bot_removed:
            raise forbidden("bot was kicked from the group chat")

    check_open = check_reachable

    def says(self, member: Person, text: str, to: Sight | None = None) -> Message:
        """The bot hears commands and replies to itself; the rest stays in the group."""
        reply_to = self.messages.get(to.id) if to else None
        if text.startswith("/") or (reply_to and reply_to.by_bot):
            return self.hears(member.user, text, reply_to)
        return self.add(member.user, text=text, reply_to=reply_to)

    def migrates(self) -> Group:
        """Gives the supergroup that it becomes."""
        supergroup = self.world.found_group(-1_000_000_000_000 + self.id, self.title)
        supergroup.kind = "supergroup"
        self.moved_to = supergroup.id
        return supergroup

    def removes_the_bot(self) -> None:
        self.bot_removed = True
