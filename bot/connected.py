"""The platforms that settings can name, and each put together, ready to run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from fastapi import APIRouter

from bot.channels.base import Channel, Edge, Papers
from bot.inbound import Incoming, Outcome
from bot.parts import Parts, Way
from bot.register import Register
from bot.settings import Settings
from storage.database import Database


class Platform(NamedTuple):
    """`token`: the setting that asks for it; `besides`: of which it takes one more; `module`: what
    puts it together, imported only then, for its libraries are large."""

    name: str
    token: str
    besides: tuple[str, ...]
    module: str

    def is_set_up(self, settings: Settings) -> bool:
        besides = [getattr(settings, name) for name in self.besides]
        return getattr(settings, self.token) is not None and (not besides or any(besides))


PLATFORMS = (
    Platform(
        "Slack", "slack_bot_token", ("slack_app_token", "slack_signing_secret"), "bot.wiring_slack"
    ),
    Platform("Telegram", "telegram_bot_token", (), "bot.wiring_telegram"),
)


class Given(NamedTuple):
    """What a platform is put together with. `hear` keeps an event for good."""

    settings: Settings
    hear: Callable[[Incoming], Awaitable[Outcome]]
    papers: Papers
    register: Register
    database: Database
    parts: Parts


class Connected(NamedTuple):
    """`way`: from a link's token to the address that opens it there ("" as long as it is not
    known); `stop`: lets go of connections at the end."""

    channel: Channel
    edge: Edge
    routers: tuple[APIRouter, ...]
    way: Way
    stop: Callable[[], Awaitable[None]]
