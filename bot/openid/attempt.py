"""One attempt to log in. All that it stands on is made of a secret that only the browser keeps (a
short-lived cookie) and a number, so that nothing is stored here, and two tabs are two attempts.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import NamedTuple

LASTS = timedelta(minutes=10)
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_STATE = re.compile(r"(?P<number>(?P<began>[0-9]{1,12})\.[A-Za-z0-9_-]{22})\.[A-Za-z0-9_-]{43}")


class Attempt(NamedTuple):
    """`state` comes back through the browser, `nonce` in the ID token; `verifier` shows the issuer
    that whoever brings the code is who began (PKCE)."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        return _text(hashlib.sha256(self.verifier.encode()).digest())


def new_secret() -> str:
    return secrets.token_urlsafe(32)


def is_secret(text: str) -> bool:
    """Whether it is long enough that nobody else can have made the state."""
    return _SECRET.fullmatch(text) is not None


def begin(secret: str, now: datetime) -> Attempt:
    return _attempt(secret, f"{int(now.timestamp())}.{secrets.token_urlsafe(16)}")


def resume(secret: str, state: str, now: datetime) -> Attempt | None:
    """The attempt that was begun with this state in this browser, unless it was too long ago.
    `secret`: one that is one."""
    found = _STATE.fullmatch(state)
    if found is None:
        return None
    attempt = _attempt(secret, found["number"])
    if not hmac.compare_digest(attempt.state, state):
        return None
    age = now.timestamp() - int(found["began"])
    return attempt if age <= LASTS.total_seconds() else None


def _attempt(secret: str, number: str) -> Attempt:
    state, nonce, verifier = (
        _text(hmac.digest(secret.encode(), f"{use}:{number}".encode(), "sha256"))
        for use in ("state", "nonce", "verifier")
    )
    return Attempt(f"{number}.{state}", nonce, verifier)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
