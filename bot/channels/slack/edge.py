"""What listens at Slack: a socket that we open, or posts that come by themselves.

Everything is kept before it is acknowledged, so a crash loses nothing; what comes again is known.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.channels.base import DeliveryFailed, LeftBehind
from bot.channels.slack.app import make_app
from bot.channels.slack.blocks import Json
from bot.channels.slack.home import Home, NoHome
from bot.channels.slack.reception import Hear, Reception, Register, leave_all
from bot.channels.slack.rhythm import Rhythms
from bot.channels.slack.workspaces import ERRORS, QUIET, Workspaces, error_code, failure
from flows.model import Language

log = logging.getLogger(__name__)
Pause = Callable[[float], Awaitable[object]]

LONGEST_PAUSE = 60.0
LOOK_AGAIN = 30.0
"""How often it is looked whether the line to Slack is up, in seconds."""
PATIENCE = 3
"""How many looks at a dead socket before it is thrown away: the library mends most by itself."""
CONNECTING = 20.0
PING = 10.0
NOT_CONNECTED = "Slack has not answered yet"
NOT_KEPT = "what people write cannot be kept"
DOWN = "the socket to Slack is down"
WHAT_IS_WRONG = {
    "invalid_auth": "Slack does not know the token (invalid_auth)",
    "not_authed": "Slack does not know the token (not_authed)",
    "token_revoked": "the app was taken out of the workspace (token_revoked)",
    "account_inactive": "the app was taken out of the workspace (account_inactive)",
    "not_allowed_token_type": "the bot token and the app token are mixed up",
    "missing_scope": "the app lacks a scope; install it anew from deploy/slack-manifest.yaml",
}


class SocketLost(Exception):
    """The socket did not come back by itself: everything is to be opened anew."""


class SlackEdge:
    """`app_token`: for Socket Mode; None: Slack posts to `app` (see `hook`). `pause`: waits so many
    seconds. `ping`: seconds between two signs of life on a socket."""

    def __init__(
        self,
        workspaces: Workspaces,
        hear: Hear,
        register: Register,
        *,
        home: Home | None = None,
        language: Language = "da",
        app_token: str | None = None,
        pause: Pause = asyncio.sleep,
        ping: float = PING,
        left_behind: LeftBehind = leave_all,
        rhythms: Rhythms | None = None,
    ) -> None:
        self._workspaces = workspaces
        self._reception = Reception(
            workspaces, hear, register, home or NoHome(), language, left_behind, rhythms
        )
        self._app_token = app_token
        self._pause = pause
        self._ping = ping
        self.app: AsyncApp = make_app(workspaces, self._take)
        self._failures = 0
        self._trouble = NOT_CONNECTED
        self._store_trouble = ""

    def health(self) -> str:
        return self._trouble or self._store_trouble or "ok"

    async def run(self) -> None:
        try:
            while not await self._succeeds(self._workspaces.learn()):
                if self._workspaces.known:
                    break  # what is wrong with one workspace is not to be felt in the others
            if self._app_token:
                await self._listen(self._app_token)
            else:
                await self._watch()
        finally:
            await self._reception.finish()

    async def _take(self, body: Json) -> Json:
        kept = False
        try:
            answer = await self._reception.take(body)
            kept = True
            return answer
        finally:
            self._store_trouble = "" if kept else NOT_KEPT

    async def _watch(self) -> None:
        """Posts come by themselves; whether our tokens are good is asked now and then."""
        while True:
            if await self._succeeds(self._workspaces.learn()):
                await self._pause(LOOK_AGAIN)

    async def _listen(self, app_token: str) -> None:
        handler = AsyncSocketModeHandler(
            self.app, app_token, logger=QUIET, web_client=self._workspaces.client(),
            ping_interval=self._ping,
        )  # fmt: skip
        try:
            while not await self._succeeds(_connect(handler, app_token)):
                pass
            await self._look_after(handler)
        finally:
            await handler.client.close()  # type: ignore[no-untyped-call]

    async def _look_after(self, handler: AsyncSocketModeHandler) -> None:
        """Raises SocketLost."""
        missed = 0
        while missed < PATIENCE:
            up = await handler.client.is_connected()
            missed = 0 if up else missed + 1
            if not up:
                self._trouble = DOWN
            elif await self._knows_all():
                self._trouble = ""
            await self._pause(LOOK_AGAIN)
        raise SocketLost

    async def _knows_all(self) -> bool:
        line = self._workspaces
        return line.all_known or await self._succeeds(line.learn())

    async def _succeeds(self, attempt: Awaitable[None]) -> bool:
        """Does what it is given to do; if Slack fails, waits and gives False."""
        try:
            await attempt
        except ERRORS as error:
            self._trouble = _trouble(error)
            log.warning("%s", self._trouble)
            await self._wait(failure(error))
            return False
        self._trouble, self._failures = "", 0
        return True

    async def _wait(self, failed: DeliveryFailed) -> None:
        """Longer each time, and never shorter than Slack asked for."""
        self._failures += 1
        longer = min(2.0 ** (self._failures - 1), LONGEST_PAUSE)
        await self._pause(max(failed.retry_after or 0, longer))


async def _connect(handler: AsyncSocketModeHandler, app_token: str) -> None:
    """Asks for the address ourselves: the library would go on asking for ever, and say nothing."""
    said = await handler.client.web_client.apps_connections_open(app_token=app_token)
    handler.client.wss_uri = said["url"]
    async with asyncio.timeout(CONNECTING):
        await handler.client.connect()  # type: ignore[no-untyped-call]


def _trouble(error: Exception) -> str:
    known = WHAT_IS_WRONG.get(error_code(error)) if isinstance(error, SlackApiError) else None
    return known or failure(error).reason
