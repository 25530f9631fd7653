"""What the company knows: its workspace, people, conversations, files, and the one app."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.fakes.slack.channels import Channel
from tests.fakes.slack.clock import Clock
from tests.fakes.slack.flood import Flood
from tests.fakes.slack.limits import Limits, Rates
from tests.fakes.slack.manifest import Manifest
from tests.fakes.slack.messages import Message, Stored
from tests.fakes.slack.outbox import Parcel
from tests.fakes.slack.refusal import Refusal, no_scope
from tests.fakes.slack.shapes import Json

if TYPE_CHECKING:
    from tests.fakes.slack.people import Person


@dataclass
class Trigger:
    person: Person
    at: datetime
    used: bool = False


@dataclass
class ResponseUrl:
    """`message`: the one it was made for; None for a command."""

    person: Person
    channel: str
    at: datetime
    message: Message | None = None
    uses: int = 0


@dataclass
class Upload:
    """A file that is on its way."""

    name: str
    length: int
    alt_text: str
    content: bytes | None = None


class World:
    """`url`: where the company listens. `history_lag`: messages younger than so many seconds are
    not yet found by conversations.history. `echo`: whether the app is told of its own messages.
    `manifest`: what the app asked for when it was installed."""

    def __init__(
        self, clock: Clock, limits: Limits, rates: Rates | None, team: str, manifest: Manifest
    ) -> None:
        self.clock = clock
        self.limits = limits
        self.flood = Flood(clock, rates)
        self.manifest = manifest
        self.scopes = manifest.scopes or frozenset()
        self.team = team
        self.bot_user, self.bot_id, self.app_id = "U0BOT", "B0BOT", "A0TILLID"
        self.url = ""
        self.echo = True
        self.history_lag = 0.0
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, Stored] = {}
        self.uploads: dict[str, Upload] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.send: Callable[[Parcel], None]
        self.refuse: Callable[[str, Json, Refusal], None]
        self._ids = itertools.count(1)
        self._last_stamp = 0

    def lives_beside(self, first: World) -> None:
        """Another workspace of the same company: ids are never given twice."""
        self.bot_user, self.bot_id = f"U0BOT{self.team}", f"B0BOT{self.team}"
        self.url, self.send, self.refuse = first.url, first.send, first.refuse
        self._ids = first._ids

    def next_id(self) -> int:
        return next(self._ids)

    def stamp(self) -> str:
        """A ts: seconds and microseconds, never twice."""
        micros = int(self.clock().timestamp() * 1_000_000)
        self._last_stamp = max(micros, self._last_stamp + 1)
        seconds, rest = divmod(self._last_stamp, 1_000_000)
        return f"{seconds}.{rest:06d}"

    def need(self, *scopes: str) -> None:
        """Raises Refusal: a scope is missing."""
        for scope in scopes:
            if scope not in self.scopes:
                raise no_scope(scope, self.scopes)

    def person(self, user: str, error: str = "user_not_found") -> Person:
        if (person := self.people.get(user)) is None:
            raise Refusal(error)
        return person

    def channel(self, channel: str) -> Channel:
        if (found := self.channels.get(channel)) is None:
            raise Refusal("channel_not_found")
        return found

    def direct(self, person: Person) -> Channel:
        """The person's direct message with the app; opened when it is not."""
        new = Channel(person.dm_id, "im", {person.id})
        return self.channels.setdefault(person.dm_id, new)

    def add(self, channel: Channel, user: str, **content: Any) -> Message:
        by_bot = user == self.bot_user
        message = Message(
            self.stamp(), self.clock(), channel.id, user, by_bot, team=self.team, **content
        )
        message.bot_id = self.bot_id if by_bot else ""
        channel.messages[message.ts] = message
        return message

    def trigger(self, person: Person) -> str:
        trigger = f"{self.next_id()}.{self.team}.{person.id}"
        self.triggers[trigger] = Trigger(person, self.clock())
        return trigger

    def use_trigger(self, trigger_id: str) -> Person:
        """Once, and soon. Raises Refusal."""
        if (trigger := self.triggers.get(trigger_id)) is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if self.clock() - trigger.at > timedelta(seconds=self.limits.trigger_seconds):
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger.person

    def response_url(self, person: Person, channel: str, message: Message | None = None) -> str:
        key = f"{self.team}-{self.next_id()}"
        self.response_urls[key] = ResponseUrl(person, channel, self.clock(), message)
        return f"{self.url}/response/{key}"
