"""The one Bolt app that both ways in lead to: Socket Mode, and signed posts."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.blocks import Json
from bot.channels.slack.workspaces import QUIET, Workspaces

Take = Callable[[Json], Awaitable[Json]]
"""From a body to what is answered at once: the arguments of Bolt's `ack`."""
ANYTHING = re.compile(".*")
log = logging.getLogger(__name__)


def make_app(workspaces: Workspaces, take: Take) -> AsyncApp:
    """Acknowledges when `take` has returned; what it raises leaves the delivery unacknowledged, so
    that Slack delivers it again. Posts are verified before they come here (`hook`)."""

    async def authorize(team_id: str, **_: object) -> Any:
        workspace = await workspaces.of(team_id)
        if workspace is None:
            return None
        return AuthorizeResult(
            enterprise_id=None, team_id=team_id, bot_user_id=workspace.bot_user,
            bot_id=workspace.bot_id, bot_token=workspace.client.token,
        )  # fmt: skip

    app = AsyncApp(
        logger=QUIET, authorize=authorize,
        client=AsyncWebClient(base_url=workspaces.api_url, retry_handlers=[]),
        process_before_response=True, request_verification_enabled=False,
        attaching_function_token_enabled=False,
    )  # fmt: skip

    async def taken(body: Json, ack: Any) -> None:
        await ack(**await take(body))

    for listen in (app.event, app.action, app.view, app.command, app.shortcut):
        listen(ANYTHING)(taken)
    app.error(_note)
    return app


async def _note(error: Exception) -> None:
    """What kind of error, and where in the program: its words may be somebody's."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    log.error("what came from Slack was not kept: %s at %s", type(error).__name__, place)
