"""Asks the issuer of a login with OpenID Connect how it describes itself. Nobody logs in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.clock import system_clock
from bot.commands.explain import explain
from bot.commands.finding import Finding, found, plain
from bot.logs import without_secrets
from bot.openid.client import Client, client_of
from bot.openid.issuer import Away, Description, Issuer
from bot.settings import Settings, SettingsError

EMAIL = "email_verified"


def examine(settings: Settings) -> Iterator[Finding]:
    try:
        client = client_of(settings)
    except SettingsError as error:
        yield from (Finding("login", False, line) for line in explain(error).splitlines())
        return
    with without_secrets(settings):
        yield from asyncio.run(_asked(client))


async def _asked(client: Client) -> list[Finding]:
    issuer, host = Issuer(client, system_clock), urlsplit(client.issuer).netloc
    try:
        described = await issuer.describe()
        if misfits := described.misfits(client.issuer):
            return [_misfit(described, misfits, host)]
        if not (await issuer.published_keys(described)).keys:
            return [found("login", "login.keys", ok=False, host=host)]
    except Away as error:
        return [found("login", "login.silent", ok=False, host=host, what=error)]
    finally:
        await issuer.close()
    return [found("login", "login", host=host, callback=client.callback), *_told(described, host)]


def _misfit(described: Description, misfits: list[str], host: str) -> Finding:
    if "issuer" in misfits:
        called = plain(described.issuer)
        return found("login", "login.other", ok=False, host=host, called=called)
    return found("login", "login.misfit", ok=False, host=host, names=", ".join(misfits))


def _told(described: Description, host: str) -> Iterator[Finding]:
    """It need not list all that it gives, so this is told, and no fault."""
    if described.claims_supported is not None and EMAIL not in described.claims_supported:
        yield found("login", "login.email", host=host, claim=EMAIL)
