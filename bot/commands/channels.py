"""Which channels are set up, said plainly, and what to set for those that are not."""

from __future__ import annotations

from bot.commands.texts import say
from bot.connected import PLATFORMS
from bot.settings import PREFIX, Settings

CHANNELS = {one.name: one for one in PLATFORMS}


def channel_line(channel: str, settings: Settings) -> str:
    platform = CHANNELS[channel]
    if platform.is_set_up(settings):
        return say("channel.set", channel=channel)
    wanted = f"{PREFIX}{platform.token.upper()}"
    if platform.besides:
        ways = f" {say('or')} ".join(f"{PREFIX}{name.upper()}" for name in platform.besides)
        wanted = f"{wanted} {say('and')} ({ways})"
    return say("channel.missing", channel=channel, settings=wanted)
