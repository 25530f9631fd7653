"""A person at a screen. What can be done is the same everywhere; how, is the platform's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from bot.channels.telegram.text import JOINER
from flows.wording import read_token
from tests.fakes import slack, telegram
from tests.fakes.slack.messages import Message as SlackMessage

SOON = 20.0
"""Seconds of real time in which a busy machine gets it done."""
WRITE = "write"
"""What the action of Slack's button begins with that opens the window to write in."""


class Shown(NamedTuple):
    """A message of the bot's as it stands on the screen now. `choices`: id -> what its button
    carries; `files`: name -> content."""

    id: str
    at: datetime
    text: str
    choices: dict[str, str]
    files: dict[str, bytes]
    raw: str
    """All that the platform was given for it."""


class Screen(Protocol):
    """One person on one platform. Every verb returns when the platform has nothing of theirs left
    to bring, and what they did is answered; it is the house that sees to the second."""

    channel: str
    external_id: str
    person: Any
    """The company's, for what only that platform has, and to do something without waiting."""

    @property
    def shown(self) -> list[Shown]: ...

    async def writes(self, text: str) -> None:
        """Of their own accord."""
        ...

    async def answers(self, text: str) -> None:
        """The question that stands there last, in the way it asks for."""
        ...

    async def presses(self, choice: str) -> None:
        """The newest button with that choice."""
        ...


Settle = Callable[[], Awaitable[None]]


def choice_in(carried: str) -> str | None:
    token = read_token(carried)
    return token.choice if token else None


class SlackScreen:
    channel = "slack"

    def __init__(self, fake: slack.FakeSlack, person: slack.Person, settle: Settle) -> None:
        self.fake = fake
        self.person = person
        self.external_id = f"{fake.world.team}:{person.id}"
        self._settle = settle

    @property
    def _messages(self) -> list[SlackMessage]:
        channel = self.fake.world.channels.get(self.person.dm_id)
        return [one for one in channel.messages.values() if one.by_bot] if channel else []

    @property
    def shown(self) -> list[Shown]:
        seen = {sight.ts: sight for sight in self.person.sees}
        return [_slack_shown(one, seen[one.ts]) for one in self._messages]

    async def writes(self, text: str) -> None:
        self.person.writes(text)
        await self._settle()

    async def answers(self, text: str) -> None:
        """In the window where there is one: the text does not stay in the conversation."""
        asked = self._newest
        write = next((one for one in asked.buttons if one.action_id.startswith(WRITE)), None)
        if write is None:
            await self.writes(text)
            return
        self.person.presses(write.action_id, asked)
        await self.fake.until(lambda: self.person.view, SOON)
        self.person.submits({"words": text})
        await self._settle()
        await self.fake.until(lambda: self.person.view is None and self._is_settled(asked.ts), SOON)

    async def presses(self, choice: str) -> None:
        sight, carried = self._button(choice)
        self.person.presses(carried, sight)
        await self._settle()
        await self.fake.until(lambda: self._is_settled(sight.ts), SOON)

    @property
    def _newest(self) -> slack.Sight:
        return [sight for sight in self.person.sees if not sight.mine][-1]

    def _button(self, choice: str) -> tuple[slack.Sight, str]:
        for sight in reversed(self.person.sees):
            for button in sight.buttons:
                carried = str(button.element.get("value"))
                if choice_in(carried) == choice:
                    return sight, carried
        raise AssertionError(f"{choice} is not offered; there are {self.person.buttons}")

    def _is_settled(self, ts: str) -> bool:
        return all(not sight.labels for sight in self.person.sees if sight.ts == ts)


def _slack_shown(message: SlackMessage, sight: slack.Sight) -> Shown:
    carried = [str(button.element.get("value")) for button in sight.buttons]
    return Shown(
        message.ts, message.at, sight.text,
        {choice: one for one in carried if (choice := choice_in(one))},
        {file.name: file.content for file in message.files}, str(message.as_json()),
    )  # fmt: skip


class TelegramScreen:
    channel = "telegram"

    def __init__(
        self, fake: telegram.FakeTelegram, person: telegram.Person, settle: Settle
    ) -> None:
        self.fake = fake
        self.person = person
        self.external_id = str(person.id)
        self._settle = settle

    @property
    def shown(self) -> list[Shown]:
        found = []
        for message in self.person.messages.values():
            if message.by_bot:
                carried = [str(one.get("callback_data")) for row in message.buttons for one in row]
                kept = [file for file in (message.document, message.photo) if file]
                choices = {choice: one for one in carried if (choice := choice_in(one))}
                files = {file.name: file.content for file in kept}
                text = message.text.replace(JOINER, "")  # which nobody sees
                shown = (str(message.id), message.at, text, choices, files)
                found.append(Shown(*shown, str(message.as_json())))
        return found

    async def writes(self, text: str) -> None:
        self.person.writes(text)
        await self._settle()

    async def answers(self, text: str) -> None:
        newest = [sight for sight in self.person.sees if not sight.mine][-1]
        if newest.wants_reply:
            self.person.replies(text, newest)
        else:
            self.person.writes(text)
        await self._settle()

    async def presses(self, choice: str) -> None:
        for one in reversed(self.shown):
            if choice in one.choices:
                self.person.presses(one.choices[choice])
                await self._settle()
                return
        raise AssertionError(f"{choice} is not offered; there are {self.person.buttons}")
