"""Which channels are set up, said plainly, and what to set for those that are not."""

from __future__ import annotations

from bot.commands.texts import say
from bot.connected import PLATFORMS, Platform
from bot.settings import PREFIX, Settings

CHANNELS = {one.name: one for one in PLATFORMS}


def channel_line(channel: str, settings: Settings) -> str:
    platform = CHANNELS[channel]
    if platform.is_set_up(settings):
        return say("channel.set", channel=channel)
    return say("channel.missing", channel=channel, settings=wanted_for(platform))


def wanted_for(platform: Platform) -> str:
    """The settings that it takes, in words."""
    wanted = f"{PREFIX}{platform.token.upper()}"
    if not platform.besides:
        return wanted
    ways = f" {say('or')} ".join(f"{PREFIX}{name.upper()}" for name in platform.besides)
    return f"{wanted} {say('and')} ({ways})"
