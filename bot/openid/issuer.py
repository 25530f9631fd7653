"""What is asked of the issuer over HTTP. Nothing is followed, nothing large is read, and nothing is
waited for longer than `patience`."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote_plus, urlsplit

import httpx
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from bot.clock import Clock
from bot.openid.attempt import Attempt
from bot.openid.client import Client
from bot.openid.token import (
    ALGORITHMS,
    NotGenuine,
    UnknownKey,
    claims_of,
    usable_keys,
    verified_email,
)
from bot.settings import is_overheard, is_web_address

DESCRIPTION = "/.well-known/openid-configuration"
KEPT = timedelta(hours=1)
"""How long its description and its keys are kept."""
PATIENCE = 5.0
LARGEST = 256 * 1024
CONNECTIONS = 8
"""Who floods us with made-up codes shall not make us flood the issuer."""
BASIC, POSTED = "client_secret_basic", "client_secret_post"
BAD_GATEWAY = 500
"""From here on it is the issuer's own trouble."""
SAID = frozenset(
    {
        "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client",
        "unsupported_grant_type", "invalid_scope",
    }
)  # fmt: skip
"""What a refusal may be called (RFC 6749, 5.2)."""


class Away(Exception):
    """The issuer gives no answer that one can go on with; the message says what, for the log."""


class NotLoggedIn(Exception):
    """The issuer vouches for nobody; the message says why, and nothing of whom."""


class Description(BaseModel, frozen=True, hide_input_in_errors=True):
    """How the issuer describes itself, as far as we read it."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    response_types_supported: tuple[str, ...] = ("code",)
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = (BASIC,)
    code_challenge_methods_supported: tuple[str, ...] = ("S256",)
    authorization_response_iss_parameter_supported: bool = False
    claims_supported: tuple[str, ...] | None = None

    def misfits(self, issuer: str) -> list[str]:
        """The names of what we cannot go on with."""
        endpoints = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        fits = {
            "issuer": self.issuer == issuer,
            **{one: _is_ours_to_ask(getattr(self, one), issuer) for one in endpoints},
            "response_types_supported": "code" in self.response_types_supported,
            "id_token_signing_alg_values_supported": bool(
                {*ALGORITHMS} & {*self.id_token_signing_alg_values_supported}
            ),
            "token_endpoint_auth_methods_supported": bool(
                {BASIC, POSTED} & {*self.token_endpoint_auth_methods_supported}
            ),
            "code_challenge_methods_supported": "S256" in self.code_challenge_methods_supported,
        }
        return [name for name, well in fits.items() if not well]


class _Published(BaseModel, frozen=True, hide_input_in_errors=True):
    keys: tuple[dict[str, Any], ...]


class _Given(BaseModel, frozen=True, hide_input_in_errors=True):
    """What a code is worth. The access token is not even read."""

    id_token: str


class _Refusal(BaseModel, frozen=True, hide_input_in_errors=True):
    error: str


class _Known(NamedTuple):
    description: Description
    keys: KeySet
    until: datetime


ModelT = TypeVar("ModelT", bound=BaseModel)


class Issuer:
    """Whom people log in at. Its description and its keys are asked for when they are needed."""

    def __init__(self, client: Client, clock: Clock, patience: float = PATIENCE) -> None:
        self.client = client
        self._clock = clock
        self._patience = patience
        self._known: _Known | None = None
        self._http = httpx.AsyncClient(
            timeout=None,  # noqa: S113 -- `_ask` has one for the whole of an answer
            limits=httpx.Limits(max_connections=CONNECTIONS),
            # Nothing is unpacked, so that what is small on its way stays small.
            headers={"accept": "application/json", "accept-encoding": "identity"},
        )  # fmt: skip

    async def close(self) -> None:
        await self._http.aclose()

    async def way_in(self, attempt: Attempt, language: str) -> str:
        """The address where somebody logs in. Raises Away."""
        asked = {
            "response_type": "code", "scope": "openid email", "client_id": self.client.id,
            "redirect_uri": self.client.callback, "state": attempt.state, "nonce": attempt.nonce,
            "code_challenge": attempt.challenge, "code_challenge_method": "S256",
            "ui_locales": language,
        }  # fmt: skip
        known = await self._know()
        return str(httpx.URL(known.description.authorization_endpoint).copy_merge_params(asked))

    async def email_for(self, code: str, said_by: str | None, attempt: Attempt) -> str | None:
        """The verified e-mail of whoever logged in; None where it has none. `said_by`: who the
        answer says it is from. Raises Away and NotLoggedIn."""
        known = await self._know()
        if said_by is None and known.description.authorization_response_iss_parameter_supported:
            raise NotLoggedIn("the answer does not say who it is from")
        if said_by not in (None, self.client.issuer):
            raise NotLoggedIn("the answer is from another issuer")
        token = await self._redeem(known.description, code, attempt)
        try:
            return verified_email(await self._claims(known, token, attempt))
        except NotGenuine as error:
            raise NotLoggedIn(f"the ID token does not hold: {error}") from None

    async def describe(self) -> Description:
        """As it is now, whether it fits or not. Raises Away."""
        return await self._read(Description, self.client.issuer.rstrip("/") + DESCRIPTION)

    async def published_keys(self, description: Description) -> KeySet:
        """As they are now. Raises Away."""
        published = await self._read(_Published, description.jwks_uri)
        return usable_keys(published.keys)

    async def _know(self) -> _Known:
        now = self._clock()
        if self._known is None or self._known.until <= now:
            description = await self.describe()
            if misfits := description.misfits(self.client.issuer):
                raise Away(f"its description does not fit: {', '.join(misfits)}")
            keys = await self.published_keys(description)
            self._known = _Known(description, keys, now + KEPT)
        return self._known

    async def _claims(self, known: _Known, token: str, attempt: Attempt) -> dict[str, Any]:
        expected: dict[str, Any] = {
            "issuer": self.client.issuer, "client": self.client.id, "nonce": attempt.nonce,
            "now": self._clock(),
        }  # fmt: skip
        try:
            return claims_of(token, known.keys, **expected)
        except UnknownKey:
            keys = await self.published_keys(known.description)
            self._known = known._replace(keys=keys)
            return claims_of(token, keys, **expected)

    async def _redeem(self, description: Description, code: str, attempt: Attempt) -> str:
        sent = {
            "grant_type": "authorization_code", "code": code,
            "redirect_uri": self.client.callback, "code_verifier": attempt.verifier,
        }  # fmt: skip
        headers, more = _proof(description, self.client)
        status, body = await self._ask(
            "POST", description.token_endpoint, data={**sent, **more}, headers=headers
        )
        if status == httpx.codes.OK:
            return _parsed(_Given, body).id_token
        said = _parsed(_Refusal, body).error
        raise NotLoggedIn(f"the code was refused: {said if said in SAID else status}")

    async def _read(self, model: type[ModelT], address: str) -> ModelT:
        status, body = await self._ask("GET", address)
        if status != httpx.codes.OK:
            raise Away(f"it answered {status}")
        return _parsed(model, body)

    async def _ask(self, method: str, address: str, **sent: Any) -> tuple[int, bytes]:
        """Status and body. httpx's own time-outs are for each piece of an answer."""
        try:
            async with (
                asyncio.timeout(self._patience),
                self._http.stream(method, address, **sent) as answer,
            ):
                if answer.status_code >= BAD_GATEWAY:
                    raise Away(f"it answered {answer.status_code}")
                return answer.status_code, await _body(answer)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise Away(type(error).__name__) from None


async def _body(answer: httpx.Response) -> bytes:
    body = b""
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > LARGEST:
            raise Away("its answer is too large")
    return body


def _parsed(model: type[ModelT], body: bytes) -> ModelT:
    try:
        return model.model_validate_json(body)
    except ValidationError:
        raise Away("its answer is not what was asked for") from None


def _proof(description: Description, client: Client) -> tuple[dict[str, str], dict[str, str]]:
    """How we show who we are: in a header, or among what is posted."""
    secret = client.secret.get_secret_value()
    if BASIC not in description.token_endpoint_auth_methods_supported:
        return {}, {"client_id": client.id, "client_secret": secret}
    pair = f"{quote_plus(client.id)}:{quote_plus(secret)}"
    return {"authorization": f"Basic {b64encode(pair.encode()).decode()}"}, {}


def _is_ours_to_ask(endpoint: str, issuer: str) -> bool:
    """Over http only where the issuer itself is: on this very machine."""
    if not is_web_address(endpoint) or is_overheard(endpoint):
        return False
    return urlsplit(endpoint).scheme == "https" or urlsplit(issuer).scheme == "http"
