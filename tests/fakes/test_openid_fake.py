"""The provider is as strict as the specifications: what a careless client does is refused."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.fakes.common.clock import StandingClock
from tests.fakes.openid import Account, FakeOpenId
from tests.fakes.openid.fake import CLIENT, CODE_LASTS, SECRET
from tests.fakes.openid.signing import text_of

CALLBACK = "http://127.0.0.1:8080/back"
VERIFIER = "v" * 43
ASKED = {
    "response_type": "code", "client_id": CLIENT, "redirect_uri": CALLBACK, "scope": "openid",
    "state": "s" * 22, "nonce": "n" * 22, "code_challenge_method": "S256",
    "code_challenge": text_of(hashlib.sha256(VERIFIER.encode()).digest()),
}  # fmt: skip
SENT = {"grant_type": "authorization_code", "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
PROOF = ("tillidsrum", "a+secret%3A+100+%25+of+it+%2B+more%2Fless")


@pytest.fixture
async def fake(clock: StandingClock) -> AsyncIterator[FakeOpenId]:
    async with FakeOpenId(clock) as fake:
        fake.register(CALLBACK)
        fake.there = Account("anna@example.org")
        yield fake


async def asks(fake: FakeOpenId, **changed: str) -> httpx.Response:
    asked = {name: value for name, value in {**ASKED, **changed}.items() if value}
    async with httpx.AsyncClient(verify=False) as client:
        return await client.get(f"{fake.url}/authorize", params=asked)


async def redeems(fake: FakeOpenId, proof: tuple[str, str] = PROOF, **changed: str) -> Any:
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.post(f"{fake.url}/token", data={**SENT, **changed}, auth=proof)
    return answer.json()


async def code_of(fake: FakeOpenId) -> str:
    await asks(fake, nonce=f"{len(fake.nonces):022}")
    return list(fake.codes)[-1]


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "another"}, {"redirect_uri": f"{CALLBACK}/"}, {"response_type": "token"},
        {"scope": "email"}, {"state": ""}, {"state": "1"}, {"nonce": ""}, {"nonce": "1"},
        {"code_challenge_method": "plain"}, {"code_challenge": ""}, {"code_challenge": "x"},
    ],
)  # fmt: skip
async def test_a_careless_way_in_is_refused(fake: FakeOpenId, changed: Mapping[str, str]) -> None:
    answer = await asks(fake, **changed)
    assert "code=" not in answer.headers.get("location", "")
    assert len(fake.mistakes) == 1
    assert fake.codes == {}


async def test_nobody_is_sent_to_an_address_that_is_not_registered(fake: FakeOpenId) -> None:
    assert (await asks(fake, redirect_uri="http://elsewhere.example.org")).status_code == 400


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"redirect_uri": f"{CALLBACK}/"}, "invalid_grant"),
        ({"code_verifier": "w" * 43}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_request"),
        ({"code": "made-up"}, "invalid_grant"),
        ({"client_secret": SECRET}, "invalid_client"),
    ],
)
async def test_a_careless_exchange_is_refused(
    fake: FakeOpenId, changed: dict[str, str], error: str
) -> None:
    assert await redeems(fake, **{"code": await code_of(fake), **changed}) == {"error": error}


async def test_a_client_proves_itself_to_the_letter(fake: FakeOpenId) -> None:
    for secret in ("", "wrong", SECRET):
        answer = await redeems(fake, (CLIENT, secret), code=await code_of(fake))
        assert answer == {"error": "invalid_client"}
    assert "id_token" in await redeems(fake, code=await code_of(fake))


async def test_a_code_works_once_and_for_a_minute(fake: FakeOpenId, clock: StandingClock) -> None:
    code = await code_of(fake)
    assert "id_token" in await redeems(fake, code=code)
    assert await redeems(fake, code=code) == {"error": "invalid_grant"}
    late = await code_of(fake)
    clock.advance(CODE_LASTS / timedelta(seconds=1))
    assert await redeems(fake, code=late) == {"error": "invalid_grant"}
