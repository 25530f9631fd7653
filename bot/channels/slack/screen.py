"""What is changed on a screen after something was said or pressed. It is a courtesy: what was
answered is kept already, so a change that fails is no error."""

from __future__ import annotations

import logging
from collections.abc import Awaitable
from typing import Any

from bot.channels.slack.blocks import Json, said, without_buttons
from bot.channels.slack.receive import Shown, Who
from bot.channels.slack.text import clean
from bot.channels.slack.workspaces import ERRORS, Workspaces, failure

log = logging.getLogger(__name__)
TICK = "✓ "


class Screen:
    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def settle(self, who: Who, shown: Shown, label: str) -> None:
        """A question becomes its answer: no buttons any more, and what was chosen under it. With a
        text alone Slack would take the words away too."""
        blocks = without_buttons(shown.blocks)
        if words := clean(label).strip():
            blocks.append(said(f"{TICK}{words}", italic=True))
        if blocks:
            await self._call(
                who, "chat.update", channel=shown.channel, ts=shown.ts, text=shown.text,
                blocks=blocks,
            )  # fmt: skip

    async def look_up(self, who: Who, channel: str, ts: str) -> Shown | None:
        """The message as it stands, if it can be seen."""
        found = await self._call(
            who, "conversations.history", channel=channel, oldest=ts, latest=ts, inclusive=True,
            limit=1,
        )  # fmt: skip
        messages = found["messages"] if found else []
        if not messages:
            return None
        return Shown(channel, ts, messages[0].get("text") or "", messages[0].get("blocks") or [])

    async def open(self, who: Who, trigger: str, view: Json) -> bool:
        """Whether it did."""
        return await self._call(who, "views.open", trigger_id=trigger, view=view) is not None

    async def replace(self, who: Who, shown: Json, view: Json) -> None:
        """Another view in the place of one that stands there, if it still does."""
        await self._call(who, "views.update", view_id=shown["id"], hash=shown["hash"], view=view)

    async def publish(self, who: Who, view: Json) -> None:
        await self._call(who, "views.publish", user_id=who.user, view=view)

    async def say_alone(self, who: Who, channel: str, words: str) -> None:
        """Only they see it."""
        await self._call(who, "chat.postEphemeral", channel=channel, user=who.user, text=words)

    async def _call(self, who: Who, method: str, **arguments: Any) -> Any:
        try:
            workspace = await self._workspaces.of(who.team)
            if workspace is None:
                return None
            call: Awaitable[Any] = getattr(workspace.client, method.replace(".", "_"))(**arguments)
            return await call
        except ERRORS as error:
            log.info("%s did not succeed: %s", method, failure(error).reason)
            return None
