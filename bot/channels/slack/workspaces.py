"""The clients, one for each workspace that the app is installed in, and what their errors mean.

No library tries again by itself: only we know what may come twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.base import DeliveryFailed

NAME = "slack"
QUIET = logging.getLogger(f"{__name__}.library")
"""For slack_sdk and Bolt: what they log may carry an address that opens a socket, or a whole body.
What is wrong stands in our own words in the health and in our own log."""
QUIET.setLevel(logging.CRITICAL)

ERRORS = (SlackClientError, aiohttp.ClientError, TimeoutError)
NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
UNSURE = {"fatal_error", "internal_error", "request_timeout", "service_unavailable"}
"""Slack's own words for "some of it may have been done"."""
NEVER = {
    "account_inactive", "as_user_not_supported", "block_mismatch", "cannot_dm_bot",
    "channel_not_found", "invalid_arguments", "invalid_blocks", "invalid_blocks_format",
    "is_archived", "messages_tab_disabled", "msg_blocks_too_long", "msg_too_long", "no_text",
    "restricted_action", "user_disabled", "user_not_found", "user_not_visible",
}  # fmt: skip
"""It is the message or the person: sent again, it would be refused again."""
CLOSED = {"user_disabled"}
"""Nothing more gets there until they come back."""


@dataclass(frozen=True)
class Patience:
    """Seconds: to connect, and for a whole answer."""

    connect: float = 5
    answer: float = 12


class Workspace(NamedTuple):
    team: str
    bot_user: str
    bot_id: str
    client: AsyncWebClient


class Workspaces:
    """`tokens`: one bot token for each workspace. Which is whose, Slack says (`learn`). `settled`:
    the addresses at which no question of ours stands open that this process has asked."""

    def __init__(
        self, tokens: Sequence[str], api_url: str, patience: Patience | None = None
    ) -> None:
        self.api_url = f"{api_url.rstrip('/')}/"
        self._tokens = tokens
        self._patience = patience or Patience()
        self._session: aiohttp.ClientSession | None = None
        self.settled: set[str] = set()
        self._known: dict[str, Workspace] = {}
        self._asked: set[str] = set()
        self._lock = asyncio.Lock()

    @property
    def known(self) -> Mapping[str, Workspace]:
        return self._known

    @property
    def all_known(self) -> bool:
        return self._asked.issuperset(self._tokens)

    async def learn(self) -> None:
        """Asks Slack whose every token is. Raises one of ERRORS when it does not say of all; those
        that it knows work meanwhile."""
        wrong: Exception | None = None
        for token in self._tokens:
            try:
                await self._learn(token)
            except ERRORS as error:
                wrong = wrong or error
        if wrong is not None:
            raise wrong

    async def _learn(self, token: str) -> None:
        client = self.client(token)
        said = await client.auth_test()
        one = Workspace(str(said["team_id"]), str(said["user_id"]), str(said["bot_id"]), client)
        self._known[one.team] = one
        self._asked.add(token)

    async def of(self, team: str) -> Workspace | None:
        """None when the app is not installed there. Raises one of ERRORS when Slack does not say,
        now, whether it is."""
        async with self._lock:
            if team not in self._known and not self.all_known:
                await self._look_for(team)
        return self._known.get(team)

    async def _look_for(self, team: str) -> None:
        try:
            await self.learn()
        except ERRORS:
            if team not in self._known:
                raise

    def client(self, token: str | None = None) -> AsyncWebClient:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(
                total=self._patience.answer, sock_connect=self._patience.connect
            )
            self._session = aiohttp.ClientSession(timeout=timeout)
        return AsyncWebClient(
            token=token, base_url=self.api_url, session=self._session, retry_handlers=[],
            timeout=int(self._patience.answer), logger=QUIET,
        )  # fmt: skip

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
        self._known.clear()
        self._asked.clear()


def failure(error: Exception) -> DeliveryFailed:
    """What a failed call means for its message."""
    if isinstance(error, SlackApiError):
        return _refusal(error)
    if isinstance(error, NEVER_SENT):
        return DeliveryFailed(f"Slack cannot be reached ({type(error).__name__})")
    if isinstance(error, SlackClientError):
        return DeliveryFailed("Slack did not take the file")
    return DeliveryFailed(f"no clear answer from Slack ({type(error).__name__})", doubtful=True)


def error_code(error: SlackApiError) -> str:
    """Slack's own word, "" when the answer was no answer of Slack's."""
    try:
        return str(error.response["error"] or "")
    except (KeyError, TypeError, ValueError):
        return ""


def _refusal(error: SlackApiError) -> DeliveryFailed:
    status = int(getattr(error.response, "status_code", 0) or 0)
    code = error_code(error)
    if status == HTTPStatus.TOO_MANY_REQUESTS or code == "ratelimited":
        return DeliveryFailed("too many messages to Slack", retry_after=_wait(error))
    if not code or status >= HTTPStatus.INTERNAL_SERVER_ERROR or code in UNSURE:
        return DeliveryFailed(f"no clear answer from Slack ({code or status})", doubtful=True)
    return DeliveryFailed(
        f"Slack refused it ({code})", permanent=code in NEVER, closed=code in CLOSED
    )


def _wait(error: SlackApiError) -> float:
    said = error.response.headers.get("Retry-After", "1")
    return float(said) if str(said).isdecimal() else 1.0
