"""Which channels are set up, said plainly, and what to set for those that are not."""

from __future__ import annotations

from bot.commands.texts import say
from bot.settings import PREFIX, Settings
from bot.wiring import CONNECTING

CHANNELS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Slack": ("slack_bot_token", ("slack_app_token", "slack_signing_secret")),
    "Telegram": ("telegram_bot_token", ()),
}
"""Each channel's token, and the settings of which it takes one besides."""


def is_set_up(channel: str, settings: Settings) -> bool:
    """Whether `run` runs it."""
    token, _ = CHANNELS[channel]
    return token in CONNECTING and _is_given(channel, settings)


def channel_line(channel: str, settings: Settings) -> str:
    token, besides = CHANNELS[channel]
    if _is_given(channel, settings):
        return say("channel.set" if token in CONNECTING else "channel.later", channel=channel)
    wanted = f"{PREFIX}{token.upper()}"
    if besides:
        ways = f" {say('or')} ".join(f"{PREFIX}{name.upper()}" for name in besides)
        wanted = f"{wanted} {say('and')} ({ways})"
    return say("channel.missing", channel=channel, settings=wanted)


def _is_given(channel: str, settings: Settings) -> bool:
    token, besides = CHANNELS[channel]
    given = getattr(settings, token) is not None
    return given and (not besides or any(getattr(settings, name) is not None for name in besides))
