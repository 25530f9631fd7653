"""Whether Slack sent it: the signature over the very bytes that came. Pure."""

from __future__ import annotations

import hashlib
import hmac

WINDOW = 5 * 60
"""Seconds: what is older, or from the future, may be somebody's copy."""
_DIGITS = 12


def sign(secret: str, stamp: str, body: bytes) -> str:
    signed = b"v0:" + stamp.encode() + b":" + body
    return f"v0={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def genuine(secret: str, stamp: str, signature: str, body: bytes, now: float) -> bool:
    """`stamp`, `signature`: as in the headers; `now`: seconds since 1970. Any text is borne."""
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= _DIGITS):
        return False
    given = signature.encode("utf-8", "replace")
    matches = hmac.compare_digest(sign(secret, stamp, body).encode(), given)
    return matches and abs(now - int(stamp)) <= WINDOW
