"""Asks Slack about the tokens, what they may do, and the time. Opens nothing and sends nothing."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.hook import PATH
from bot.channels.slack.workspaces import ERRORS, NEVER_SENT, Workspaces, error_code, failure
from bot.commands.doctor_clock import compare
from bot.commands.finding import Finding, found, plain
from bot.settings import Settings

BOT_TOKEN = "TILLIDSRUM_SLACK_BOT_TOKEN"  # noqa: S105 -- the setting's name
APP_TOKEN = "TILLIDSRUM_SLACK_APP_TOKEN"  # noqa: S105
SECRET = "TILLIDSRUM_SLACK_SIGNING_SECRET"  # noqa: S105
BOT_BEGINS, APP_BEGINS = "xoxb-", "xapp-"
ROTATED = "xoxe."
SCOPES = frozenset(
    {
        "app_mentions:read", "chat:write", "commands", "dnd:read", "files:write", "im:history",
        "im:write", "users:read", "users:read.email",
    }
)  # fmt: skip
"""Those of deploy/slack-manifest.yaml, which is not there once the program is installed."""
UNKNOWN = ("invalid_auth", "not_authed")
GONE = ("token_revoked", "account_inactive", "token_expired")


class Said(NamedTuple):
    """An answer of Slack's: what it said, with which headers, between when."""

    body: Any
    headers: Any
    asked: datetime
    answered: datetime


async def examine(settings: Settings, running: bool) -> AsyncIterator[Finding]:
    line = Workspaces((), settings.slack_api_url)
    try:
        async for one in _bot_tokens(line, settings):
            yield one
        yield await _way_in(line, settings)
    finally:
        await line.close()


def tokens_of(settings: Settings) -> list[str]:
    given = settings.slack_bot_token
    return re.findall(r"[^\s,]+", given.get_secret_value()) if given else []


async def _bot_tokens(line: Workspaces, settings: Settings) -> AsyncIterator[Finding]:
    teams: set[str] = set()
    told = False
    tokens = tokens_of(settings)
    for number, token in enumerate(tokens, start=1):
        where = BOT_TOKEN if len(tokens) == 1 else f"{BOT_TOKEN} ({number})"
        if not token.removeprefix(ROTATED).startswith(BOT_BEGINS):
            yield found("slack", "slack.mixed", ok=False, where=where, begins=BOT_BEGINS)
            continue
        said = await _ask(line, token, where, "auth.test")
        if isinstance(said, Finding):
            yield said
            continue
        clock = None if told else compare("Slack", _header(said, "date"), *said[2:])
        if clock is not None:
            yield clock
            told = True
        for one in _of_workspace(where, said, teams):
            yield one
        teams.add(str(said.body.get("team_id")))


def _of_workspace(where: str, said: Said, teams: set[str]) -> Iterable[Finding]:
    team = plain(said.body.get("team") or said.body.get("team_id"))
    if str(said.body.get("team_id")) in teams:
        yield found("slack", "slack.twice", ok=False, where=where, team=team)
        return
    granted = set(re.findall(r"[a-z_.:]+", _header(said, "x-oauth-scopes").lower()))
    if lacking := sorted(SCOPES - granted):
        yield found("slack", "slack.scopes", ok=False, where=where, scopes=", ".join(lacking))
    else:
        yield found("slack", "slack.answers", where=where, team=team)
    if beyond := sorted(granted - SCOPES):
        yield found("slack", "slack.more", where=where, scopes=", ".join(beyond))


async def _way_in(line: Workspaces, settings: Settings) -> Finding:
    if settings.slack_app_token is None:
        return _posts(settings)
    token = settings.slack_app_token.get_secret_value()
    if not token.startswith(APP_BEGINS):
        return found("slack", "slack.mixed", ok=False, where=APP_TOKEN, begins=APP_BEGINS)
    said = await _ask(line, token, APP_TOKEN, "apps.connections.open")
    return said if isinstance(said, Finding) else found("slack", "slack.socket", where=APP_TOKEN)


def _posts(settings: Settings) -> Finding:
    if settings.public_url is None:
        return found("slack", "platform.no-address", ok=False, where=SECRET, platform="Slack")
    return found("slack", "slack.posts", host=urlsplit(settings.public_url).netloc, path=PATH)


async def _ask(line: Workspaces, token: str, where: str, method: str) -> Said | Finding:
    asked = datetime.now(UTC)
    client: AsyncWebClient = line.client(token)
    try:
        said = await client.api_call(method)
    except ERRORS as error:
        return _wrong(error, where, urlsplit(line.api_url).netloc)
    return Said(said.data, said.headers, asked, datetime.now(UTC))


def _header(said: Said, name: str) -> str:
    return str(said.headers.get(name) or "")


def _wrong(error: Exception, where: str, host: str) -> Finding:
    code = error_code(error) if isinstance(error, SlackApiError) else ""
    slots = {"platform": "Slack", "where": where, "host": host, "page": "slack"}
    return found("slack", _kind(error, code, where), ok=False, what=_what(error, code), **slots,
                 begins=APP_BEGINS if where == APP_TOKEN else BOT_BEGINS)  # fmt: skip


def _kind(error: Exception, code: str, where: str) -> str:
    if code in UNKNOWN:
        return "slack.unknown"
    if code in GONE:
        return "slack.gone"
    if code == "not_allowed_token_type":
        return "slack.mixed"
    if code == "missing_scope" and where == APP_TOKEN:
        return "slack.socket.scope"
    failed = failure(error)
    if failed.retry_after is not None:
        return "platform.busy"
    if isinstance(error, NEVER_SENT):
        return "platform.unreached"
    return "platform.unclear" if failed.doubtful else "platform.refused"


def _what(error: Exception, code: str) -> str:
    """Their word for it, or the kind of error; never its own words."""
    return plain(code) or type(error).__name__
