"""What the settings say of a login with OpenID Connect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import SecretStr

from bot.settings import PREFIX, Fault, Settings, SettingsError, is_overheard

TAKEN_TOGETHER = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
CALLBACK = "/admin/login/callback"


@dataclass(frozen=True)
class Client:
    """What the issuer knows us as. `callback`: where it sends people back to."""

    issuer: str
    id: str
    secret: SecretStr
    callback: str


def client_of(settings: Settings) -> Client:
    """Raises SettingsError that lists all that is missing."""
    issuer, id, secret = (getattr(settings, name) for name in TAKEN_TOGETHER)
    faults = [*_missing(settings), *_unfit(settings)]
    if faults:
        raise SettingsError.of(faults)
    return Client(issuer, id, secret, settings.address + CALLBACK)


def _missing(settings: Settings) -> Iterator[Fault]:
    for name in TAKEN_TOGETHER:
        if getattr(settings, name) is None:
            yield Fault(f"{PREFIX}{name.upper()}", "half-login")


def _unfit(settings: Settings) -> Iterator[Fault]:
    if is_overheard(settings.address):
        yield Fault(f"{PREFIX}PUBLIC_URL", "open-login")
    issuer = settings.oidc_issuer
    if issuer is not None and (is_overheard(issuer) or set("?#") & set(issuer)):
        yield Fault(f"{PREFIX}OIDC_ISSUER", "no-issuer")
