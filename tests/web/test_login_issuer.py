"""Whom a login lets in, by what the issuer says and how; and its bad days."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import people
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.openid import Account, FakeOpenId
from tests.fakes.openid.faults import Forged, How
from tests.web.house import House
from tests.web.login import (
    REFUSED,
    direct,
    goes,
    house,
    led_to,
    lines,
    logs_in,
    opened,
    provider,
    signs_in,
    visits,
)

__all__ = ["direct", "house", "no_proxy", "provider"]

FORGED: tuple[Forged, ...] = (
    "alg-none", "alg-hs256", "alg-hs256-secret", "other-key", "wrong-issuer", "wrong-audience",
    "other-party", "unclear-party", "expired", "from-the-future", "no-expiry", "no-nonce",
    "not-a-token", "cut-short",
)  # fmt: skip


# --- what the token has to be


async def test_no_token_that_does_not_hold_lets_anybody_in(
    house: House, provider: FakeOpenId
) -> None:
    led = {}
    for forged in FORGED:
        provider.fail_next("id-token", forged)
        led[forged] = led_to(await logs_in(house.browser()))
    assert led == dict.fromkeys(FORGED, f"{REFUSED}login-failed")
    assert visits(house) == 0
    assert house.noted() == [("login refused: issuer", None, None)] * len(FORGED)
    assert provider.faults.left == 0


async def test_a_token_of_an_earlier_login_lets_nobody_in(
    house: House, provider: FakeOpenId
) -> None:
    await logs_in(house.browser())
    provider.fail_next("id-token", "old-nonce")
    assert led_to(await logs_in(house.browser())) == f"{REFUSED}login-failed"
    assert visits(house) == 1


async def test_a_clock_that_is_a_little_off_is_forgiven(house: House, provider: FakeOpenId) -> None:
    begun = await goes(browser := house.browser())
    back = await signs_in(begun)
    apart = house.clock() + timedelta(seconds=55)
    provider.clock = lambda: apart
    assert led_to(await browser.opens(back)) == "/admin"


async def test_a_new_key_is_asked_for_once(house: House, provider: FakeOpenId) -> None:
    await logs_in(house.browser())
    provider.rotate_keys("EC")
    assert led_to(await logs_in(house.browser())) == "/admin"
    assert led_to(await logs_in(house.browser())) == "/admin"
    assert len(provider.calls_of("keys")) == 2


async def test_a_key_that_is_never_published_is_asked_for_once_and_then_refused(
    house: House, provider: FakeOpenId
) -> None:
    await logs_in(house.browser())
    known = provider.published
    provider.rotate_keys()
    provider.published = known
    assert led_to(await logs_in(house.browser())) == f"{REFUSED}login-failed"
    assert len(provider.calls_of("keys")) == 2


async def test_a_key_that_is_weak_or_for_something_else_proves_nothing(
    house: House, provider: FakeOpenId
) -> None:
    provider.published = [{**provider.key.published(), "use": "enc"}]
    assert led_to(await logs_in(house.browser())) == f"{REFUSED}login-failed"
    provider.rotate_keys("RSA", bits=1024)
    assert led_to(await logs_in(house.browser())) == f"{REFUSED}login-failed"


async def test_keys_that_we_do_not_understand_are_in_nobodys_way(
    house: House, provider: FakeOpenId
) -> None:
    strange: list[dict[str, Any]] = [
        {}, {"kty": "oct", "k": "c2VjcmV0", "kid": provider.key.id}, {"kty": "AKP", "alg": "ML"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": provider.key.id}, {"kty": "EC", "x": 1},
        {**provider.key.published(), "use": "enc", "kid": "for-something-else"},
    ]  # fmt: skip
    provider.published = [*strange, *provider.published]
    assert led_to(await logs_in(house.browser())) == "/admin"


async def test_an_answer_that_says_it_is_from_another_issuer_is_not_looked_at(
    house: House, provider: FakeOpenId
) -> None:
    provider.fail_next("authorize", "other-issuer")
    assert led_to(await logs_in(house.browser())) == f"{REFUSED}login-failed"
    back = await signs_in(await goes(browser := house.browser()))
    without = back.replace("iss=", "other=")
    assert led_to(await browser.opens(without)) == f"{REFUSED}login-failed"
    assert provider.calls_of("token") == []


async def test_whoever_says_no_at_the_provider_is_back_at_the_door(
    house: House, provider: FakeOpenId
) -> None:
    provider.fail_next("authorize", "denied")
    browser = house.browser()
    refused = await browser.follows(await logs_in(browser))
    assert refused.status_code == 403
    assert 'href="/admin/login"' in refused.text
    assert lines(house) == ["login refused: issuer"]


# --- who it is


async def test_whoever_may_not_come_in_is_told_the_same_whoever_they_are(
    house: House, provider: FakeOpenId
) -> None:
    accounts = {
        Account("anna@example.org", verified=False): "email",
        Account("anna@example.org", verified=None): "email",
        Account("anna@example.org", verified="true"): "email",
        Account("anna@example.org", verified=2): "email",
        Account("henri\N{KELVIN SIGN}@example.org"): "email",
        Account(""): "nobody",
        Account("nobody@example.org"): "nobody",
        Account("mette@example.org"): "role",
    }
    told = set()
    for account in accounts:
        provider.there = account
        browser = house.browser()
        shown = await browser.follows(await logs_in(browser))
        told.add((shown.status_code, shown.text))
    assert len(told) == 1
    assert lines(house) == [f"login refused: {why}" for why in accounts.values()]
    assert visits(house) == 0


async def test_whoever_has_left_does_not_come_in(house: House) -> None:
    house.does(lambda unit: people.change_person(unit, house.anna.id, status="left"))
    assert led_to(await logs_in(house.browser())) == f"{REFUSED}login-unknown"
    assert house.noted()[-1] == ("login refused: nobody", house.anna.id, None)


async def test_a_role_that_is_taken_away_ends_a_visit_that_began_with_a_login(
    house: House, provider: FakeOpenId
) -> None:
    provider.there = Account("Henrik@Example.org")
    browser = house.browser()
    assert led_to(await logs_in(browser)) == "/admin"
    house.does(lambda unit: people.change_person(unit, house.henrik.id, roles="leader"))
    assert (await browser.opens("/admin")).status_code == 403
    assert led_to(await logs_in(browser)) == f"{REFUSED}login-unknown"


# --- when the issuer has a bad day


@pytest.mark.parametrize("what", ["description", "keys", "token"])
async def test_an_issuer_that_gives_no_answer_is_told_and_waited_for(
    house: House, provider: FakeOpenId, what: str
) -> None:
    hows: tuple[How, ...] = ("server-error", "abort-before", "huge")
    for how in hows:
        provider.fail_next(what, how)
        browser = house.browser()
        answer = await browser.opens("/admin/login")
        if what == "token":
            answer = await browser.opens(await signs_in(answer.headers["location"]))
        assert led_to(answer) == f"{REFUSED}login-silent"
        told = await browser.follows(answer)
        assert told.status_code == 503
        assert 'href="/admin/login"' in told.text
        assert provider.faults.left == 0
    assert 0 < provider.server.poured < 32 * 1024 * 1024
    assert led_to(await logs_in(house.browser())) == "/admin"


async def test_an_issuer_that_is_slow_is_not_waited_for(
    tmp_path: Path, provider: FakeOpenId
) -> None:
    with opened(tmp_path, provider, patience=0.2) as house:
        back = await signs_in(await goes(browser := house.browser()))
        provider.fail_next("token", "slow")
        async with asyncio.timeout(4):
            assert led_to(await browser.opens(back)) == f"{REFUSED}login-silent"
        assert visits(house) == 0


async def test_an_issuer_that_describes_itself_otherwise_is_not_used(
    house: House, provider: FakeOpenId
) -> None:
    misfits: list[tuple[str, object]] = [
        ("issuer", "https://elsewhere.example.org"),
        ("issuer", f"{provider.url}/"),
        ("authorization_endpoint", "javascript:alert(1)"),
        ("token_endpoint", "http://elsewhere.example.org/token"),
        ("jwks_uri", "file:///etc/passwd"),
        ("jwks_uri", None),
        ("id_token_signing_alg_values_supported", ["HS256", "none"]),
        ("token_endpoint_auth_methods_supported", ["private_key_jwt"]),
        ("code_challenge_methods_supported", ["plain"]),
        ("response_types_supported", ["id_token"]),
    ]
    fitting, used = dict(provider.described), []
    for name, value in misfits:
        provider.described = {**fitting, name: value}
        answer = await house.browser().opens("/admin/login")
        used += [name] if led_to(answer) != f"{REFUSED}login-silent" else []
    assert used == []
    provider.described = fitting
    assert led_to(await logs_in(house.browser())) == "/admin"
