"""Whether an ID token is genuine and meant for this login, and the e-mail that it vouches for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import ClaimError, InvalidKeyIdError, JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
)  # fmt: skip
"""Only such that nobody can sign with what is published: never none, never HS*."""
LEEWAY = 60
"""Seconds that the issuer's clock may be ahead of ours, or behind."""
SHORTEST_RSA = 342
"""2048 bits, as they are written in a key."""
_registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)


class NotGenuine(Exception):
    """Says in what way, and never what was in the token."""


class UnknownKey(NotGenuine):
    """It is signed with a key that was not published when we looked."""


def usable_keys(published: Sequence[Mapping[str, Any]]) -> KeySet:
    """Those that a signature may be checked with; what we do not understand is left out."""
    return KeySet(list(_usable(published)))


def _usable(published: Sequence[Mapping[str, Any]]) -> Iterator[RSAKey | ECKey]:
    for one in published:
        kind = one.get("kty")
        if kind == "RSA" and len(str(one.get("n"))) < SHORTEST_RSA:
            continue
        try:
            if kind == "RSA":
                yield RSAKey.import_key(dict(one))
            elif kind == "EC":
                yield ECKey.import_key(dict(one))
        except (JoseError, ValueError, TypeError, KeyError):
            continue


def claims_of(
    token: str, keys: KeySet, *, issuer: str, client: str, nonce: str, now: datetime
) -> dict[str, Any]:
    """What the token says. Raises NotGenuine."""
    expected = JWTClaimsRegistry(
        now=int(now.timestamp()), leeway=LEEWAY,
        iss={"essential": True, "value": issuer}, aud={"essential": True, "value": client},
        nonce={"essential": True, "value": nonce}, sub={"essential": True},
        exp={"essential": True}, iat={"essential": True},
    )  # fmt: skip
    try:
        claims = jwt.decode(token, keys, registry=_registry).claims
        expected.validate(claims)
    except InvalidKeyIdError:
        raise UnknownKey("its key is not published") from None
    except ClaimError as error:
        raise NotGenuine(f"{error.error}: {error.claim}") from None
    except JoseError as error:
        raise NotGenuine(error.error) from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotGenuine("it cannot be read") from None
    if not _is_for(claims, client):
        raise NotGenuine("invalid_claim: azp")
    return claims


def _is_for(claims: Mapping[str, Any], client: str) -> bool:
    """A token for several has to say that it was given to us."""
    audience, given_to = claims["aud"], claims.get("azp")
    alone = isinstance(audience, str) or len(audience) == 1
    return given_to == client if given_to is not None else alone


def verified_email(claims: Mapping[str, Any]) -> str | None:
    """Only what the issuer says that it has verified. Only ASCII: when letters are folded, others
    become the same as these."""
    email = claims.get("email")
    is_verified = claims.get("email_verified") is True
    return email if is_verified and isinstance(email, str) and email.isascii() else None
