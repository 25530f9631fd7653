"""What was rendered, to a person's direct message. Slack takes no key of ours, but keeps one in a
message's metadata: what is in doubt can be looked up there."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.base import DeliveryFailed, Papers, Rendered
from bot.channels.slack.render import SENT_AS_PAPER, render
from bot.channels.slack.text import within
from bot.channels.slack.workspaces import ERRORS, NAME, Workspaces, failure
from bot.clock import Clock, system_clock
from flows.model import Language
from flows.wording import Message

EVENT_TYPE = "tillidsrum_message"
ONE_A_SECOND = timedelta(seconds=1)
LONGEST_SENDING = 25.0
"""Seconds for all parts of a message: well within the time that a row is lent to a worker."""
LOOKED_THROUGH = 200
"""How many of the latest messages are looked through for one in doubt."""
ALT_TEXT = 1000
REMEMBERED = 1000
PARTS = 20
"""More than any message has: a text of the greatest length has three."""


class SlackChannel:
    """`clock`: to see whether somebody is not to be disturbed now. `between`: two messages in a
    conversation."""

    name = NAME

    def __init__(
        self, workspaces: Workspaces, papers: Papers, *, clock: Clock = system_clock,
        longest: float = LONGEST_SENDING, between: timedelta = ONE_A_SECOND,
    ) -> None:  # fmt: skip
        self._workspaces = workspaces
        self._papers = papers
        self._clock = clock
        self._longest = longest
        self._between = between
        self._direct: dict[str, str] = {}
        self._begun: OrderedDict[str, int] = OrderedDict()

    def render(self, message: Message, language: Language) -> list[Rendered]:
        return render(message, language)

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        """One a second in a conversation, and a person has one with us."""
        return ((f"{NAME}:{external_id}", self._between),)

    async def quiet_for(self, external_id: str) -> timedelta | None:
        client, user = await self._line(external_id)
        try:
            said = await client.dnd_info(user=user)
        except ERRORS as error:
            raise failure(error) from None
        return _quiet(said.get("dnd_enabled"), said, self._clock())

    async def send(self, external_id: str, rendered: list[Rendered], key: str) -> str | None:
        """Gives the ts of the last message. Tried again, it goes on where it stopped."""
        client, user = await self._line(external_id)
        filled = [await self._filled(external_id, call) for call in rendered]
        self._workspaces.settled.discard(external_id)
        direct = await self._direct_of(client, user, external_id)
        sent: str | None = None
        begun = self._begun.get(key, 0)
        try:
            async with asyncio.timeout(self._longest):
                for at, call in enumerate(filled[begun:], start=begun):
                    marked = mark(key if at + 1 == len(filled) else _part(key, at))
                    sent = await _send(client, direct, call, marked)
                    self._note(key, at + 1)
        except ERRORS as error:
            raise failure(error) from None
        self._begun.pop(key, None)
        return sent

    async def find(self, external_id: str, key: str) -> bool | None:
        """The key is with the last part: when that arrived, all have. Else it is noted which parts
        did, so that they do not come twice."""
        client, user = await self._line(external_id)
        direct = await self._direct_of(client, user, external_id)
        try:
            said = await client.conversations_history(
                channel=direct, limit=LOOKED_THROUGH, include_all_metadata=True
            )
        except ERRORS as error:
            raise failure(error) from None
        marks = [one.get("metadata") for one in said["messages"]]
        arrived = [at for at in range(PARTS) if mark(_part(key, at)) in marks]
        if arrived:
            self._note(key, arrived[-1] + 1)
        return mark(key) in marks

    async def _line(self, external_id: str) -> tuple[AsyncWebClient, str]:
        team, _, user = external_id.partition(":")
        try:
            workspace = await self._workspaces.of(team)
        except ERRORS as error:
            raise _nothing_sent(error) from None
        if workspace is None or not user:
            raise DeliveryFailed("the app is not installed in that workspace", permanent=True)
        return workspace.client, user

    async def _direct_of(self, client: AsyncWebClient, user: str, external_id: str) -> str:
        if external_id not in self._direct:
            try:
                said = await client.conversations_open(users=user)
            except ERRORS as error:
                raise _nothing_sent(error) from None
            self._direct[external_id] = str(said["channel"]["id"])
        return self._direct[external_id]

    async def _filled(self, external_id: str, call: Rendered) -> Rendered:
        """Papers are drawn before the first part goes out."""
        if call["method"] != SENT_AS_PAPER:
            return call
        return {**call, "paper": await self._papers.paper(self.name, external_id, call["paper"])}

    def _note(self, key: str, parts: int) -> None:
        self._begun[key] = parts
        if len(self._begun) > REMEMBERED:
            self._begun.popitem(last=False)


def mark(key: str) -> dict[str, Any]:
    """Everybody in the workspace who has an app may read it: it says nothing but that it is one."""
    payload = {"key": sha256(key.encode()).hexdigest()[:32]}
    return {"event_type": EVENT_TYPE, "event_payload": payload}


def _part(key: str, at: int) -> str:
    return f"{key}#{at}"


async def _send(
    client: AsyncWebClient, direct: str, call: Rendered, marked: dict[str, Any]
) -> str | None:
    if call["method"] == SENT_AS_PAPER:
        paper = call["paper"]
        alt = within(paper.words, ALT_TEXT) if paper.media_type.startswith("image/") else None
        await client.files_upload_v2(
            channel=direct, filename=paper.filename, title=paper.filename,
            content=paper.content, alt_txt=alt or None,
        )  # fmt: skip
        return None
    arguments = {name: value for name, value in call.items() if name != "method"}
    said = await client.chat_postMessage(channel=direct, metadata=marked, **arguments)
    return str(said["ts"])


def _quiet(enabled: object, said: Any, now: datetime) -> timedelta | None:
    if not enabled:
        return None
    begins, ends = (
        datetime.fromtimestamp(int(said.get(name) or 0), UTC)
        for name in ("next_dnd_start_ts", "next_dnd_end_ts")
    )
    return ends - now if begins <= now < ends else None


def _nothing_sent(error: Exception) -> DeliveryFailed:
    """Before the message itself nothing is in doubt."""
    found = failure(error)
    return DeliveryFailed(found.reason, permanent=found.permanent, retry_after=found.retry_after)
