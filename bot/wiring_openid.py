"""OpenID Connect put together; imported only where something of it is set."""

from __future__ import annotations

from bot.clock import Clock
from bot.openid.client import client_of
from bot.openid.issuer import PATIENCE, Issuer
from bot.openid.login import Login
from bot.settings import Settings
from bot.web.login import PAGE, router


def connect(settings: Settings, clock: Clock, patience: float = PATIENCE) -> Login:
    """Raises SettingsError for half of it. `patience`: seconds for an answer of the issuer's."""
    issuer = Issuer(client_of(settings), clock, patience)
    return Login(PAGE, settings.oidc_name, router(issuer), issuer.close)
