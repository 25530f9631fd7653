"""A platform that the settings name, put together and ready to run."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from fastapi import APIRouter

from bot.channels.base import Channel, Edge
from bot.parts import Way


class Connected(NamedTuple):
    """`way`: from a link's token to the address that opens it there ("" as long as it is not
    known); `stop`: lets go of connections at the end."""

    channel: Channel
    edge: Edge
    routers: tuple[APIRouter, ...]
    way: Way
    stop: Callable[[], Awaitable[None]]
