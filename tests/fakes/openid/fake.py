"""The fake as a test holds it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from tests.fakes.common import fake as common
from tests.fakes.common.clock import Clock
from tests.fakes.common.fake import Fake
from tests.fakes.openid.checks import (
    Grant,
    Refusal,
    Registered,
    check_authorize,
    check_client,
    check_grant,
)
from tests.fakes.openid.faults import Faults, How
from tests.fakes.openid.server import Server
from tests.fakes.openid.signing import Claims, Key, Kind, signed_with_secret, unsigned

CLIENT, SECRET = "tillidsrum", "a secret: 100 % of it + more/less"
CODE_LASTS = timedelta(minutes=1)
TOKEN_LASTS = timedelta(minutes=5)
ELSEWHERE = "https://elsewhere.example.org"


class Account(NamedTuple):
    """`verified`: what the provider says of the e-mail; None: it says nothing of it."""

    email: str
    verified: Any = True


@dataclass(frozen=True)
class Refused(common.Refused):
    error: str
    why: str


class FakeOpenId(Fake[How, Refused]):
    """`async with FakeOpenId() as fake:` listens on a free port of this machine.

    register: makes a client's callback known. there: who sits at the browser, signed in; None: the
    provider asks first. described: what the provider says of itself, to be changed by a test.
    host: another name of this machine is another site to a browser.
    """

    bad_status = 503

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        proves_by: str = "client_secret_basic",
        host: str = "127.0.0.1",
    ) -> None:
        super().__init__(clock)
        self._host = host
        self.faults = Faults()
        self.server = Server(self)
        self.client = Registered(CLIENT, SECRET, (), proves_by)
        self.there: Account | None = None
        self.described: dict[str, Any] = {}
        self.published: list[dict[str, str]] = []
        self.codes: dict[str, Grant] = {}
        self.nonces: list[str] = []
        self._numbers = 0
        self.rotate_keys()

    async def __aenter__(self) -> FakeOpenId:
        await super().__aenter__()
        self.server.url = self.url.replace("127.0.0.1", self._host)
        self.described = {
            "issuer": self.url, "jwks_uri": f"{self.url}/keys",
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            "token_endpoint_auth_methods_supported": [self.client.proves_by],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "claims_supported": ["sub", "email", "email_verified"],
        }  # fmt: skip
        return self

    def register(self, callback: str) -> None:
        client = self.client
        self.client = Registered(client.id, client.secret, (callback,), client.proves_by)

    def rotate_keys(self, kind: Kind = "RSA", bits: int = 2048) -> None:
        """Signs with a new key from now on, and publishes no other."""
        self._numbers += 1
        self.key = Key(self._numbers, kind, bits)
        self.published = [self.key.published()]

    async def deliver(self) -> int:
        """A provider brings nothing by itself."""
        return 0

    def is_unforeseen(self, refused: Refused) -> bool:
        return False

    # --- what the server asks

    def keys(self) -> dict[str, Any]:
        return {"keys": self.published}

    def whoever_is_there(self) -> str | None:
        return self.there.email if self.there else None

    def sign_in(self, email: str) -> None:
        self.there = Account(email)

    def note(self, method: str, params: Mapping[str, str]) -> None:
        self.record(method, dict(params), None)

    def refuse(self, method: str, params: Mapping[str, str], refusal: Refusal) -> None:
        refused = Refused(self.clock(), method, dict(params), refusal.error, str(refusal))
        self.record_refused(refused)

    def check(self, asked: Mapping[str, str]) -> None:
        check_authorize(asked, self.client)
        if asked["nonce"] in self.nonces:
            raise Refusal("invalid_request", "the nonce was used before")

    def send_back(self, asked: Mapping[str, str], fault: str) -> dict[str, str]:
        """What the browser takes back to the client."""
        self.note("authorize", asked)
        if fault == "denied":
            return {"error": "access_denied", "iss": self.url}
        assert self.there is not None
        code = secrets.token_urlsafe(24)
        until = self.clock() + CODE_LASTS
        callback, nonce = asked["redirect_uri"], asked["nonce"]
        self.codes[code] = Grant("sub-1", callback, nonce, asked["code_challenge"], until)
        self.nonces.append(nonce)
        return {"code": code, "iss": ELSEWHERE if fault == "other-issuer" else self.url}

    def redeem(self, sent: Mapping[str, str], authorization: str | None) -> dict[str, Any]:
        check_client(sent, authorization, self.client)
        grant = check_grant(sent, self.codes.pop(sent.get("code", ""), None), self.clock())
        fault = self.faults.strike("id-token")
        given = {
            "access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "expires_in": 300,
            "id_token": self._id_token(self._claims(grant), fault.how if fault else ""),
        }  # fmt: skip
        self.record("token", dict(sent), given)
        return given

    # --- ID tokens

    def _claims(self, grant: Grant) -> Claims:
        assert self.there is not None
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.url, "sub": grant.sub, "aud": self.client.id, "nonce": grant.nonce,
            "iat": now, "exp": now + int(TOKEN_LASTS.total_seconds()), "email": self.there.email,
        }  # fmt: skip
        if self.there.verified is not None:
            claims["email_verified"] = self.there.verified
        return claims

    def _id_token(self, claims: Claims, fault: str) -> str:
        published = self.published[0].get("n", "")
        forged = {
            "alg-none": lambda: unsigned(claims),
            "alg-hs256": lambda: signed_with_secret(claims, published, self.key.id),
            "alg-hs256-secret": lambda: signed_with_secret(claims, SECRET, self.key.id),
            "other-key": lambda: Key(0, "RSA").sign(claims, as_key=self.key.id),
            "not-a-token": lambda: '["this", "is", "no", "token"]',
            "cut-short": lambda: self.key.sign(claims)[:-9],
        }
        if fault in forged:
            return forged[fault]()
        return self.key.sign(self._bent(claims, fault))

    def _bent(self, claims: Claims, fault: str) -> Claims:
        """With a genuine signature, and something in it that must not be believed."""
        several = [self.client.id, "another"]
        bent: dict[str, Claims] = {
            "wrong-issuer": {"iss": ELSEWHERE},
            "wrong-audience": {"aud": "another"},
            "other-party": {"aud": several, "azp": "another"},
            "unclear-party": {"aud": several},
            "expired": {"iat": claims["iat"] - 3600, "exp": claims["iat"] - 61},
            "from-the-future": {"iat": claims["iat"] + 61},
            "no-expiry": {"exp": None},
            "old-nonce": {"nonce": self.nonces[0]},
            "no-nonce": {"nonce": None},
        }
        changed = {**claims, **bent.get(fault, {})}
        return {name: value for name, value in changed.items() if value is not None}
