"""Coming into the console with OpenID Connect: the real program, and a provider on loopback."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.logs import without_secrets
from bot.openid.attempt import LASTS, begin
from bot.openid.issuer import KEPT
from storage import people
from storage.tables import table
from storage.tables_course import Visit
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.openid import Account, FakeOpenId
from tests.fakes.openid.fake import CLIENT, SECRET
from tests.fakes.openid.faults import Forged, How
from tests.web.house import Browser, House

__all__ = ["no_proxy"]

ANNA = Account("anna@example.org")
REFUSED = "/admin/refused/"
FORGED: tuple[Forged, ...] = (
    "alg-none", "alg-hs256", "alg-hs256-secret", "other-key", "wrong-issuer", "wrong-audience",
    "other-party", "unclear-party", "expired", "from-the-future", "no-expiry", "no-nonce",
    "not-a-token", "cut-short",
)  # fmt: skip


def at(provider: FakeOpenId, **more: Any) -> dict[str, Any]:
    """What a house is given. It waits for long: a machine that is busy is no bad day."""
    return {
        "oidc_issuer": provider.url, "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(SECRET), "patience": 60, **more,
    }  # fmt: skip


@contextmanager
def opened(folder: Path, provider: FakeOpenId, **more: Any) -> Iterator[House]:
    house = House(folder, **at(provider, **more))
    provider.clock = house.clock
    provider.register(f"{house.wired.parts.address}/admin/login/callback")
    yield house
    house.close()


@pytest.fixture(autouse=True)
def direct(no_proxy: None) -> None:
    return


@pytest.fixture
async def provider() -> AsyncIterator[FakeOpenId]:
    async with FakeOpenId() as fake:
        fake.there = ANNA
        yield fake


@pytest.fixture
async def house(tmp_path: Path, provider: FakeOpenId) -> AsyncIterator[House]:
    with opened(tmp_path, provider) as house:
        yield house
        assert house.wired.login is not None
        await house.wired.login.stop()


async def goes(browser: Browser) -> str:
    """Presses the button, and gives where that leads: an address of the provider's."""
    sent = await browser.opens("/admin/login")
    assert sent.status_code == 303
    return sent.headers["location"]


async def signs_in(address: str) -> str:
    """What the provider sends the browser back to."""
    async with httpx.AsyncClient(verify=False) as client:
        answer = await client.get(address)
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


async def logs_in(browser: Browser) -> httpx.Response:
    return await browser.opens(await signs_in(await goes(browser)))


def led_to(answer: httpx.Response) -> str:
    assert answer.status_code == 303
    return answer.headers["location"]


def lines(house: House) -> list[str]:
    return [what for what, _, _ in house.noted()]


def visits(house: House) -> int:
    return len(house.does(lambda unit: unit.connection.execute(select(table(Visit))).all()))


def said(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


# --- the way in


async def test_whoever_runs_it_comes_in_with_the_organisations_login(
    house: House, provider: FakeOpenId
) -> None:
    browser = house.browser()
    assert led_to(await logs_in(browser)) == "/admin"
    assert (await browser.opens("/admin")).status_code == 200
    assert provider.mistakes == []
    assert house.noted()[-1] == (
        "entered the page admin with OpenID Connect", house.anna.id, None,
    )  # fmt: skip


async def test_the_visit_is_one_as_by_the_link(house: House) -> None:
    by_login, by_link = house.browser(), house.browser()
    came = await logs_in(by_login)
    linked = await by_link.sends(await by_link.opens(house.link(house.anna)), "/admin/enter")
    cookies = [
        one.headers["set-cookie"].replace(browser.client.cookies["tillidsrum-admin"], "")
        for browser, one in ((by_login, came), (by_link, linked))
    ]
    assert cookies[0] == cookies[1]
    query = select(table(Visit).c.expires_at, table(Visit).c.page)
    assert len(set(house.does(lambda unit: unit.connection.execute(query).all()))) == 1
    left = await by_login.sends(await by_login.opens("/admin"), "/admin/leave")
    assert led_to(left) == "/admin/left"
    assert (await by_login.opens("/admin")).status_code == 403


async def test_a_login_opens_nobodys_own_page(house: House) -> None:
    browser = house.browser()
    await logs_in(browser)
    assert (await browser.opens("/me")).status_code == 403
    assert (await browser.opens("/me/login")).status_code == 404
    assert "/login" not in (await browser.opens("/me")).text


async def test_the_pages_that_let_nobody_in_offer_the_login(house: House) -> None:
    browser, link = house.browser(), house.link(house.anna)
    used = f"{link[:-3]}xxx"
    for path in ("/admin", link, used, f"{REFUSED}login-failed", f"{REFUSED}login-unknown"):
        assert 'href="/admin/login"' in (await browser.opens(path)).text


async def test_without_settings_nothing_of_it_is_there(tmp_path: Path) -> None:
    house = House(tmp_path)
    browser = house.browser()
    for path in ("/admin", house.link(house.anna)):
        assert "/admin/login" not in (await browser.opens(path)).text
    for path in ("/admin/login", "/admin/login/callback", f"{REFUSED}login-failed"):
        assert (await browser.opens(path)).status_code == 404
    house.close()


async def test_the_link_in_the_chat_goes_on_working_when_the_issuer_does_not(
    house: House, provider: FakeOpenId
) -> None:
    provider.fail_next("description", "server-error", times=9)
    browser = await house.enters(house.anna)
    assert (await browser.opens("/admin")).status_code == 200
    assert (await browser.opens("/readyz")).status_code == 200


# --- what is asked for


async def test_nothing_more_than_the_email_is_asked_for(house: House, provider: FakeOpenId) -> None:
    asked = said(await goes(house.browser()))
    assert asked["scope"].split() == ["openid", "email"]
    assert asked["redirect_uri"] == "http://127.0.0.1:8080/admin/login/callback"
    assert asked["code_challenge_method"] == "S256"


async def test_no_two_logins_share_anything(house: House) -> None:
    browser = house.browser()
    first, second = said(await goes(browser)), said(await goes(browser))
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


async def test_the_description_and_the_keys_are_asked_for_once_an_hour(
    house: House, provider: FakeOpenId
) -> None:
    for _ in range(3):
        await logs_in(house.browser())
    assert len(provider.calls_of("description")) == len(provider.calls_of("keys")) == 1
    house.clock.move_to(house.clock() + KEPT)
    await logs_in(house.browser())
    assert len(provider.calls_of("description")) == len(provider.calls_of("keys")) == 2


async def test_the_secret_is_shown_as_the_issuer_wants_it(tmp_path: Path) -> None:
    async with FakeOpenId(proves_by="client_secret_post") as provider:
        provider.there = ANNA
        with opened(tmp_path, provider) as house:
            assert led_to(await logs_in(house.browser())) == "/admin"
        assert provider.mistakes == []


# --- bound to the browser, once


async def test_a_callback_in_another_browser_lets_nobody_in(
    house: House, provider: FakeOpenId
) -> None:
    back = await signs_in(await goes(house.browser()))
    other = house.browser()
    assert led_to(await other.opens(back)) == f"{REFUSED}login-failed"
    await goes(other)
    assert led_to(await other.opens(back)) == f"{REFUSED}login-failed"
    assert provider.calls_of("token") == provider.refusals == []
    assert visits(house) == 0


async def test_a_callback_comes_once(house: House, provider: FakeOpenId) -> None:
    browser = house.browser()
    back = await signs_in(await goes(browser))
    assert led_to(await browser.opens(back)) == "/admin"
    assert led_to(await browser.opens(back)) == f"{REFUSED}login-failed"
    again = back.replace(said(back)["code"], "another-code-that-was-stolen")
    assert led_to(await browser.opens(again)) == f"{REFUSED}login-failed"
    assert len(provider.calls_of("token")) == 1
    assert provider.refusals == []
    assert visits(house) == 1


async def test_two_tabs_are_two_logins(house: House) -> None:
    browser = house.browser()
    first, second = await goes(browser), await goes(browser)
    assert led_to(await browser.opens(await signs_in(second))) == "/admin"
    assert led_to(await browser.opens(await signs_in(first))) == "/admin"


async def test_a_code_of_one_tab_is_worth_nothing_in_another(
    house: House, provider: FakeOpenId
) -> None:
    browser = house.browser()
    first, second = [await signs_in(await goes(browser)) for _ in range(2)]
    mixed = first.replace(said(first)["code"], said(second)["code"])
    assert led_to(await browser.opens(mixed)) == f"{REFUSED}login-failed"
    assert [one.error for one in provider.refusals] == ["invalid_grant"]


async def test_a_login_that_takes_too_long_begins_anew(house: House, provider: FakeOpenId) -> None:
    browser = house.browser()
    back = await signs_in(await goes(browser))
    house.clock.move_to(house.clock() + LASTS + timedelta(seconds=1))
    assert led_to(await browser.opens(back)) == f"{REFUSED}login-failed"
    assert provider.refusals == []


@pytest.mark.parametrize("kept", ["", "x", "a" * 43])
async def test_a_made_up_state_is_refused_whatever_the_cookie_says(
    house: House, provider: FakeOpenId, kept: str
) -> None:
    browser = house.browser()
    state = said(await goes(browser))["state"]
    browser.client.cookies.clear()
    browser.client.headers["cookie"] = f"tillidsrum-login={kept}"
    guessed = begin(kept[:1], house.clock()).state
    for made_up in (state, state[:-1], guessed, "", "1.2.3", "²" * 80, "a" * 5000):
        brought = {"state": made_up, "code": "c", "iss": provider.url}
        answer = await browser.client.get("/admin/login/callback", params=brought)
        assert led_to(answer) == f"{REFUSED}login-failed"
    assert provider.calls_of("token") == provider.refusals == []


async def test_the_cookie_of_a_login_is_kept_from_scripts_and_short_lived(house: House) -> None:
    cookie = (await house.browser().opens("/admin/login")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert f"max-age={LASTS.seconds};" in cookie


async def test_over_https_the_cookie_is_for_this_host_alone(
    tmp_path: Path, provider: FakeOpenId
) -> None:
    with opened(tmp_path, provider, public_url="https://tillidsrum.example.org/") as house:
        browser = house.browser()
        sent = await browser.opens("/admin/login")
        assert sent.headers["set-cookie"].startswith("__Host-tillidsrum-login=")
        assert "secure" in sent.headers["set-cookie"].lower()
        came = await browser.opens(await signs_in(sent.headers["location"]))
        assert led_to(came) == "/admin"
        assert (await browser.opens("/admin")).status_code == 200


async def test_no_cache_keeps_a_step_of_it(house: House) -> None:
    browser = house.browser()
    sent = await browser.opens("/admin/login")
    refused = await browser.opens("/admin/login/callback?state=x&code=y")
    for answer in (sent, refused):
        assert answer.headers["cache-control"] == "no-store"


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


# --- what is kept, and what is written


async def test_nothing_of_a_login_is_in_a_log_or_in_the_database(
    house: House, provider: FakeOpenId, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = [SECRET]
    hows: list[Any] = [None, "expired", "wrong-issuer", "not-a-token"]
    provider.fail_next("token", "abort-before")
    with without_secrets(house.wired.settings):
        for account in (
            ANNA,
            Account("unheard-of@example.org"),
            Account("anna@example.org", False),
        ):
            for how in hows:
                provider.there = account
                if how:
                    provider.fail_next("id-token", how)
                browser = house.browser()
                back = await signs_in(await goes(browser))
                await browser.opens(back)
                secrets += [said(back)["code"], browser.client.cookies["tillidsrum-login"]]
    for call in provider.calls_of("token"):
        secrets += [
            call.result["access_token"],
            call.result["id_token"],
            call.params["code_verifier"],
        ]
    house.wired.database.checkpoint()
    assert house.wired.database.path is not None
    kept = house.wired.database.path.read_bytes()
    assert "OpenID Connect" in caplog.text
    for one in (*secrets, *provider.nonces):
        assert one not in caplog.text
        assert one.encode() not in kept
    for email in ("unheard-of", "anna@"):
        assert email not in caplog.text
        assert email.encode() not in kept
