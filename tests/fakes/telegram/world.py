"""What the company knows: its people, groups, messages, files, and the one bot."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.fakes.telegram.chats import Chat, Group
from tests.fakes.telegram.clock import Clock
from tests.fakes.telegram.flood import Flood
from tests.fakes.telegram.limits import Limits, Rates
from tests.fakes.telegram.messages import Json, Message, Stored
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.profile import Profile
from tests.fakes.telegram.refusal import bad
from tests.fakes.telegram.updates import Updates


@dataclass
class Query:
    """A pressed button that waits for its answer."""

    person: Person
    at: datetime


class World:
    def __init__(self, clock: Clock, limits: Limits, rates: Rates | None, token: str) -> None:
        self.clock = clock
        self.limits = limits
        self.flood = Flood(clock, rates)
        self.profile = Profile()
        self.updates = Updates(clock, timedelta(hours=limits.retention_hours))
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Stored] = {}
        self.queries: dict[str, Query] = {}
        self.bot: Json = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "Tillidsrum",
            "username": "tillidsrum_bot",
        }
        self._ids = itertools.count(1)

    def next_id(self) -> int:
        return next(self._ids)

    def chat(self, chat_id: Any) -> Chat:
        """Raises Refusal: nobody has this id, or it cannot be looked at."""
        if (chat := self.chats.get(chat_id)) is None:
            raise bad("chat not found")
        chat.check_reachable()
        return chat

    def add_person(self, person: Person) -> Person:
        assert person.id > 0, "a person's id is positive"
        assert person.id not in self.chats, f"{person.id} is taken"
        self.chats[person.id] = person
        return person

    def found_group(self, chat_id: int, title: str) -> Group:
        assert chat_id < 0, "a group's id is negative"
        assert chat_id not in self.chats, f"{chat_id} is taken"
        group = Group(self, chat_id, title)
        self.chats[chat_id] = group
        return group

    def happens(self, kind: str, content: Json, chat_id: int) -> None:
        self.updates.put(kind, content, chat_id)

    def keeps(
        self, name: str, mime: str, content: bytes, sides: tuple[int, int] | None = None
    ) -> Stored:
        stored = Stored(f"F{self.next_id()}", name, mime, content, sides)
        self.files[stored.id] = stored
        return stored

    def asks(self, person: Person, message: Message, carried: str) -> Json:
        """A callback query, remembered until it is answered or too old."""
        query_id = str(4_000_000_000_000 + self.next_id())
        self.queries[query_id] = Query(person, self.clock())
        return {
            "id": query_id,
            "from": person.user,
            "message": message.as_json(),
            "chat_instance": str(person.id),
            "data": carried,
        }
