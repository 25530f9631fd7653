"""Whether the platforms that the settings name know us; their libraries are imported only then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from importlib import import_module

from bot.commands.channels import channel_line, wanted_for
from bot.commands.doctor_places import runs_here
from bot.commands.finding import Finding, found
from bot.connected import PLATFORMS, Platform
from bot.logs import without_secrets
from bot.settings import Settings


def examine_platforms(settings: Settings) -> Iterator[Finding]:
    with without_secrets(settings):
        for platform in PLATFORMS:
            if platform.is_set_up(settings):
                yield from asyncio.run(_asked(platform, settings, runs_here(settings)))
            else:
                yield _missing(platform, settings)


async def _asked(platform: Platform, settings: Settings, running: bool) -> list[Finding]:
    module = import_module(f"bot.commands.doctor_{platform.name.lower()}")
    findings: AsyncIterator[Finding] = module.examine(settings, running)
    return [one async for one in findings]


def _missing(platform: Platform, settings: Settings) -> Finding:
    """Not set up at all is as it should be; begun and not finished is not."""
    name = platform.name.lower()
    if _begun(name, settings):
        return found(name, "platform.begun", ok=False, settings=wanted_for(platform))
    _, _, line = channel_line(platform.name, settings).partition(": ")
    return Finding(name, True, line)


def _begun(name: str, settings: Settings) -> bool:
    addresses = (f"{name}_api_url",)
    return any(
        getattr(settings, one) is not None
        for one in Settings.model_fields
        if one.startswith(f"{name}_") and one not in addresses
    )
