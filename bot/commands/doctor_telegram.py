"""Asks Telegram about the token, the webhook and the time. Sets nothing and fetches no message."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
from telegram import WebhookInfo
from telegram.error import TelegramError

from bot.channels.telegram.hook import PATH, is_secret
from bot.channels.telegram.send import failure
from bot.channels.telegram.wire import NEVER_SENT, Line, Refused
from bot.commands.doctor_clock import compare
from bot.commands.finding import Finding, found, plain
from bot.settings import Settings
from bot.wiring_telegram import line_of

TOKEN = "TILLIDSRUM_TELEGRAM_BOT_TOKEN"  # noqa: S105 -- the setting's name
SECRET = "TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET"  # noqa: S105
PORTS = (443, 80, 88, 8443)
UNKNOWN = (401, 404)
PATIENCE = 5.0


async def examine(settings: Settings, running: bool) -> AsyncIterator[Finding]:
    line = line_of(settings)
    try:
        for one in [*_secret(settings), *await _bot(line, settings)]:
            yield one
        clock = await _clock(settings.telegram_api_url)
        if clock is not None:
            yield clock
        for one in await _webhook(line, settings, running):
            yield one
    except TelegramError as error:
        yield _wrong(error, urlsplit(settings.telegram_api_url).netloc)
    finally:
        await line.close_connections()


async def _bot(line: Line, settings: Settings) -> list[Finding]:
    me = await line.get_me()
    known = found("telegram", "telegram.answers", where=TOKEN, bot=plain(me.username))
    return [known, found("telegram", "telegram.groups")] if me.can_join_groups else [known]


def _secret(settings: Settings) -> Iterator[Finding]:
    secret = settings.telegram_webhook_secret
    if secret is None:
        return
    if not is_secret(secret.get_secret_value()):
        yield found("telegram", "telegram.secret", ok=False, where=SECRET)
    if settings.public_url is None:
        where = {"where": SECRET, "platform": "Telegram"}
        yield found("telegram", "platform.no-address", ok=False, **where)
    elif (port := urlsplit(settings.public_url).port or 443) not in PORTS:
        yield found("address", "address.port", ok=False, port=port)


async def _clock(api_url: str) -> Finding | None:
    """Asked without the token: it is only about the time."""
    asked = datetime.now(UTC)
    try:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            answer = await client.head(api_url)
    except httpx.HTTPError:
        return None
    return compare("Telegram", answer.headers.get("date"), asked, datetime.now(UTC))


async def _webhook(line: Line, settings: Settings, running: bool) -> list[Finding]:
    told = await line.get_webhook_info()
    if settings.telegram_webhook_secret is None:
        return [_polled(told)]
    if settings.public_url is None:
        return []  # told already
    return [_posted(told, f"{settings.public_url.rstrip('/')}{PATH}", running)]


def _polled(told: WebhookInfo) -> Finding:
    if told.url:
        return found("telegram", "telegram.hooked", ok=False, host=_host(told.url))
    return found("telegram", "telegram.polling", count=told.pending_update_count)


def _posted(told: WebhookInfo, wanted: str, running: bool) -> Finding:
    host, count = _host(told.url), told.pending_update_count
    if not told.url and not running:
        return found("telegram", "telegram.webhook.later")
    if not told.url:
        return found("telegram", "telegram.webhook.none", ok=False)
    if told.url != wanted:
        return found("telegram", "telegram.webhook.other", ok=False, host=host)
    if count and told.last_error_message:
        words = {"host": host, "count": count, "words": plain(told.last_error_message)}
        return found("telegram", "telegram.webhook.error", ok=False, **words)
    return found("telegram", "telegram.webhook", host=host, count=count)


def _host(url: str) -> str:
    """Not the whole address: with another program's bot there may be a secret in it."""
    return plain(urlsplit(url).netloc.rpartition("@")[2])


def _wrong(error: TelegramError, host: str) -> Finding:
    code = error.code if isinstance(error, Refused) else 0
    what = str(code) if code else type(error.__cause__ or error).__name__
    slots = {"platform": "Telegram", "where": TOKEN, "host": host, "page": "telegram"}
    return found("telegram", _kind(error, code), ok=False, what=what, code=code, **slots)


def _kind(error: TelegramError, code: int) -> str:
    if code in UNKNOWN:
        return "telegram.unknown"
    failed = failure(error)
    if failed.retry_after is not None:
        return "platform.busy"
    if isinstance(error.__cause__, NEVER_SENT):
        return "platform.unreached"
    return "platform.unclear" if failed.doubtful else "platform.refused"
