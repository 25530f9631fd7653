"""Telegram put together; imported only where a bot token is set."""

from __future__ import annotations

from functools import partial

from telegram.error import TelegramError

from bot.channels.telegram.edge import TelegramEdge, Webhook
from bot.channels.telegram.hook import PATH, webhook_route
from bot.channels.telegram.send import NAME, TelegramChannel
from bot.channels.telegram.wire import Line, make_line
from bot.chats import left_behind
from bot.connected import Connected, Given
from bot.settings import Settings, SettingsError
from storage.errors import StorageError


def connect(given: Given) -> Connected:
    """Raises SettingsError for a webhook that cannot be."""
    settings = given.settings
    line = line_of(settings)
    webhook = _webhook(settings)
    edge = TelegramEdge(
        line, given.hear, language=settings.language, webhook=webhook,
        left_behind=left_behind(given.database, NAME), stays=partial(given.register.stays, NAME),
        store_errors=(StorageError,),
    )  # fmt: skip
    try:
        routers = (webhook_route(webhook.secret, edge.take),) if webhook else ()
    except ValueError as error:
        raise SettingsError(str(error)) from None
    channel = TelegramChannel(line, given.papers)
    return Connected(
        channel, edge, routers, lambda token: way_in(line, token), line.close_connections
    )


def line_of(settings: Settings) -> Line:
    if settings.telegram_bot_token is None:
        raise SettingsError("TILLIDSRUM_TELEGRAM_BOT_TOKEN is not set. Ask @BotFather for one.")
    return make_line(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url)


def way_in(line: Line, token: str) -> str:
    """The address that opens the bot with a link's token; "" until Telegram has said who it is."""
    try:
        return f"{line.link}?start={token}"
    except RuntimeError:
        return ""


async def find_way(settings: Settings, token: str) -> str:
    """The same for a command, which asks Telegram who the bot is."""
    line = line_of(settings)
    try:
        await line.get_me()
    except TelegramError:
        return ""
    finally:
        await line.close_connections()
    return way_in(line, token)


def _webhook(settings: Settings) -> Webhook | None:
    secret = settings.telegram_webhook_secret
    if secret is None:
        return None
    if settings.public_url is None:
        raise SettingsError(
            "TILLIDSRUM_TELEGRAM_WEBHOOK_SECRET takes TILLIDSRUM_PUBLIC_URL too: the address that "
            "Telegram posts to. Set it, or leave the secret out to ask Telegram instead."
        )
    return Webhook(f"{settings.public_url.rstrip('/')}{PATH}", secret.get_secret_value())
