"""What a request has to have. A browser is sent back with what is wrong only once it is known where
to; before that it is told on a page."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote_plus

from tests.fakes.openid.signing import text_of

Pairs = Sequence[tuple[str, str]]
_UNGUESSABLE = re.compile(r"[\w.~-]{22,}", re.ASCII)
_CHALLENGE = re.compile(r"[\w-]{43}", re.ASCII)
_VERIFIER = re.compile(r"[\w.~-]{43,128}", re.ASCII)


class Refusal(Exception):
    """`error`: as RFC 6749 calls it; `shown`: on a page of the provider's own."""

    def __init__(self, error: str, why: str, *, status: int = 400, shown: bool = False) -> None:
        super().__init__(why)
        self.error = error
        self.status = status
        self.shown = shown


@dataclass(frozen=True)
class Registered:
    """The client, as the provider knows it. `proves_by`: how it shows its secret."""

    id: str
    secret: str
    callbacks: tuple[str, ...]
    proves_by: str


@dataclass(frozen=True)
class Grant:
    """What a code stands for."""

    sub: str
    callback: str
    nonce: str
    challenge: str
    until: datetime


def once(pairs: Pairs) -> dict[str, str]:
    """No parameter may come twice."""
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise Refusal("invalid_request", "a parameter comes twice", shown=True)
    return dict(pairs)


def check_authorize(asked: Mapping[str, str], client: Registered) -> None:
    if asked.get("client_id") != client.id:
        raise Refusal("unauthorized_client", "no such client", shown=True)
    if asked.get("redirect_uri") not in client.callbacks:
        raise Refusal("invalid_request", "no such callback is registered", shown=True)
    if asked.get("response_type") != "code":
        raise Refusal("unsupported_response_type", "only the code flow")
    if "openid" not in asked.get("scope", "").split():
        raise Refusal("invalid_scope", "not OpenID Connect")
    for name in ("state", "nonce"):
        if not _UNGUESSABLE.fullmatch(asked.get(name, "")):
            raise Refusal("invalid_request", f"{name} can be guessed")
    if asked.get("code_challenge_method") != "S256":
        raise Refusal("invalid_request", "only PKCE with S256")
    if not _CHALLENGE.fullmatch(asked.get("code_challenge", "")):
        raise Refusal("invalid_request", "that is no SHA-256")


def check_client(sent: Mapping[str, str], authorization: str | None, client: Registered) -> None:
    shown = _shown(sent, authorization, client)
    known = (client.id, client.secret)
    if not all(map(hmac.compare_digest, map(str.encode, shown), map(str.encode, known))):
        raise Refusal("invalid_client", "the client does not prove itself", status=401)


def _shown(
    sent: Mapping[str, str], authorization: str | None, client: Registered
) -> tuple[str, str]:
    """Id and secret, shown in the one way that was agreed on, and in no other."""
    if client.proves_by == "client_secret_post":
        shown = sent.get("client_id", ""), sent.get("client_secret", "")
        return ("", "") if authorization else shown
    if authorization is None or "client_secret" in sent:
        return "", ""
    try:
        pair = b64decode(authorization.removeprefix("Basic "), validate=True).decode()
    except (NoBase64, UnicodeDecodeError):
        return "", ""
    id, _, secret = pair.partition(":")
    return unquote_plus(id), unquote_plus(secret)


def check_grant(sent: Mapping[str, str], grant: Grant | None, now: datetime) -> Grant:
    if sent.get("grant_type") != "authorization_code":
        raise Refusal("unsupported_grant_type", "only codes")
    if grant is None:
        raise Refusal("invalid_grant", "no such code, or it was used")
    if grant.until <= now:
        raise Refusal("invalid_grant", "the code has run out")
    if sent.get("redirect_uri") != grant.callback:
        raise Refusal("invalid_grant", "another callback than the one before")
    verifier = sent.get("code_verifier", "")
    if not _VERIFIER.fullmatch(verifier):
        raise Refusal("invalid_request", "that is no verifier")
    if text_of(hashlib.sha256(verifier.encode()).digest()) != grant.challenge:
        raise Refusal("invalid_grant", "whoever brings the code is not who began")
    return grant
