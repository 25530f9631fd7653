"""A person with a phone: what they do reaches the bot, what the bot does shows on the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.fakes.telegram.chats import Chat
from tests.fakes.telegram.messages import Json, Message, Sight
from tests.fakes.telegram.refusal import forbidden

if TYPE_CHECKING:
    from tests.fakes.telegram.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Person(Chat):
    """`toasts` and `alerts`: what answers to pressed buttons said; `spinning`: presses that still
    wait for an answer; `opened`: links that were pressed; `actions`: «typing» and the like."""

    def __init__(
        self, world: World, person_id: int, first_name: str, language_code: str, username: str = ""
    ) -> None:
        super().__init__(world, person_id)
        self.first_name = first_name
        self.language_code = language_code
        self.username = username
        self.started = self.blocked = self.deactivated = False
        self.toasts: list[str] = []
        self.alerts: list[str] = []
        self.opened: list[str] = []
        self.actions: list[str] = []
        self.spinning: set[str] = set()

    @property
    def _names(self) -> Json:
        names = {"first_name": self.first_name}
        return names | ({"username": self.username} if self.username else {})

    @property
    def user(self) -> Json:
        return {"id": self.id, "is_bot": False, "language_code": self.language_code} | self._names

    def as_json(self) -> Json:
        return super().as_json() | self._names

    def check_open(self) -> None:
        if self.deactivated:
            raise forbidden("user is deactivated")
        if not self.started:
            raise forbidden("bot can't initiate conversation with a user")
        if self.blocked:
            raise forbidden("bot was blocked by the user")

    def start(self, payload: str = "") -> Message:
        """Presses start, as behind a link `t.me/bot?start=payload`; takes a block back."""
        assert not self.deactivated, f"{self.first_name}'s account is gone"
        assert not payload or _PAYLOAD.fullmatch(payload), f"no start link carries {payload!r}"
        if self.blocked:
            self.blocked = False
            self._membership("kicked", "member")
        self.started = True
        return self.hears(self.user, f"/start {payload}".strip())

    def writes(self, text: str) -> Message:
        self._can_write()
        return self.hears(self.user, text)

    def replies(self, text: str, to: Sight | None = None) -> Message:
        """To the bot's newest message, if not to another."""
        self._can_write()
        target = self.messages[to.id] if to else self._newest()
        return self.hears(self.user, text, target)

    def edits(self, message: Message, text: str) -> None:
        message.text, message.entities, message.edited_at = text, [], self.world.clock()
        self.world.happens("edited_message", message.as_json(), self.id)

    def sends_document(self, name: str, content: bytes, mime: str = "text/plain") -> Message:
        self._can_write()
        document = self.world.keeps(name, mime, content)
        message = self.add(self.user, document=document)
        self.world.happens("message", message.as_json(), self.id)
        return message

    def presses(self, what: str, on: Sight | None = None) -> None:
        """A button by its label or by the data it carries, on the newest message that has it."""
        self._can_write()
        for message in reversed([self.messages[on.id]] if on else [*self.messages.values()]):
            for button in (button for row in message.buttons for button in row):
                if what in (button["text"], button.get("callback_data")):
                    return self._press(message, button)
        if what in self.keyboard:
            self.writes(what)
            return None
        raise AssertionError(f"no button {what!r} on the screen; there are {self.buttons}")

    def _press(self, message: Message, button: Json) -> None:
        if url := button.get("url"):
            self.opened.append(url)
            return
        query = self.world.asks(self, message, button["callback_data"])
        self.spinning.add(query["id"])
        self.world.happens("callback_query", query, self.id)

    def deletes(self, what: Sight | Message) -> None:
        """For both, as a client offers it; the bot is not told."""
        del self.messages[what.id]

    def blocks(self) -> None:
        self.blocked = True
        self._membership("member", "kicked")

    def deactivates(self) -> None:
        self.deactivated = True

    @property
    def buttons(self) -> list[str]:
        """All labels on the screen, top to bottom."""
        return [label for sight in self.sees for label in sight.labels]

    @property
    def keyboard(self) -> list[str]:
        """The reply keyboard that is open now."""
        for message in reversed(self.messages.values()):
            markup = message.markup or {}
            if markup.get("remove_keyboard"):
                return []
            if rows := markup.get("keyboard"):
                return [button["text"] for row in rows for button in row]
        return []

    @property
    def menu(self) -> list[str]:
        """The bot's commands as this person's client lists them."""
        return [command["command"] for command in self.world.profile.commands_for(self)]

    def _can_write(self) -> None:
        assert self.started, f"{self.first_name} has not pressed start"
        assert not self.blocked, f"{self.first_name} has blocked the bot: no field to write in"
        assert not self.deactivated, f"{self.first_name}'s account is gone"

    def _newest(self) -> Message:
        newest = [message for message in self.messages.values() if message.by_bot]
        assert newest, f"the bot has written nothing to {self.first_name}"
        return newest[-1]

    def _membership(self, before: str, after: str) -> None:
        bot = self.world.bot

        def member(status: str) -> Json:
            return {"user": bot, "status": status} | (
                {"until_date": 0} if status == "kicked" else {}
            )

        change = {
            "chat": self.as_json(),
            "from": self.user,
            "date": int(self.world.clock().timestamp()),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        self.world.happens("my_chat_member", change, self.id)
