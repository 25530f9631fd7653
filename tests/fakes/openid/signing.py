"""Keys, and ID tokens made with `cryptography` alone: what reads them must not be what wrote them."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from functools import cache
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

Claims = dict[str, Any]
Kind = Literal["RSA", "EC"]


class Key:
    """`id`: as it is published; `bits`: of RSA."""

    def __init__(self, number: int, kind: Kind, bits: int = 2048) -> None:
        self.id = f"{kind.lower()}-{number}"
        self.alg = {"RSA": "RS256", "EC": "ES256"}[kind]
        self._private = _rsa(number, bits) if kind == "RSA" else _ec(number)

    def published(self) -> dict[str, str]:
        numbers: Any = self._private.public_key().public_numbers()
        about = {"kid": self.id, "use": "sig", "alg": self.alg}
        if self.alg == "RS256":
            n = _number(numbers.n, self._private.key_size // 8)
            return {**about, "kty": "RSA", "n": n, "e": "AQAB"}
        x, y = _number(numbers.x, 32), _number(numbers.y, 32)
        return {**about, "kty": "EC", "crv": "P-256", "x": x, "y": y}

    def sign(self, claims: Claims, *, as_key: str | None = None) -> str:
        """`as_key`: the id of the key that it claims to be signed with."""
        signed = _signed({"alg": self.alg, "kid": as_key or self.id}, claims)
        return f"{signed}.{text_of(self._signature(signed.encode()))}"

    def _signature(self, signed: bytes) -> bytes:
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(signed, padding.PKCS1v15(), SHA256())
        r, s = decode_dss_signature(self._private.sign(signed, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def unsigned(claims: Claims) -> str:
    return _signed({"alg": "none"}, claims) + "."


def signed_with_secret(claims: Claims, secret: str, key_id: str) -> str:
    signed = _signed({"alg": "HS256", "kid": key_id}, claims)
    digest = hmac.digest(secret.encode(), signed.encode(), hashlib.sha256)
    return f"{signed}.{text_of(digest)}"


def text_of(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _signed(header: dict[str, str], claims: Claims) -> str:
    return ".".join(text_of(json.dumps(one).encode()) for one in ({**header, "typ": "JWT"}, claims))


def _number(number: int, length: int) -> str:
    return text_of(number.to_bytes(length, "big"))


@cache
def _rsa(number: int, bits: int) -> rsa.RSAPrivateKey:
    """Made once: it takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def _ec(number: int) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())
