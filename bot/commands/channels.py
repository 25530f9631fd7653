"""Which channels are set up, said plainly: this release has the web alone."""

from __future__ import annotations

from bot.commands.texts import say
from bot.settings import PREFIX, Settings

CHANNELS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Slack": ("slack_bot_token", ("slack_app_token", "slack_signing_secret")),
    "Telegram": ("telegram_bot_token", ()),
}
"""Each channel's token, and the settings of which it takes one besides."""


def channel_line(channel: str, settings: Settings) -> str:
    token, besides = CHANNELS[channel]
    given = getattr(settings, token) is not None
    chosen = not besides or any(getattr(settings, name) is not None for name in besides)
    if given and chosen:
        return say("channel.later", channel=channel)
    wanted = f"{PREFIX}{token.upper()}"
    if besides:
        ways = f" {say('or')} ".join(f"{PREFIX}{name.upper()}" for name in besides)
        wanted = f"{wanted} {say('and')} ({ways})"
    return say("channel.missing", channel=channel, settings=wanted)
