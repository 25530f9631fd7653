"""Coming into the console with OpenID Connect: the real program, and a provider on loopback."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.logs import without_secrets
from bot.openid.attempt import LASTS, begin
from bot.openid.issuer import KEPT
from storage.tables import table
from storage.tables_course import Visit
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.openid import Account, FakeOpenId
from tests.fakes.openid.fake import SECRET
from tests.web.house import House
from tests.web.login import (
    ANNA,
    REFUSED,
    direct,
    goes,
    house,
    led_to,
    logs_in,
    opened,
    provider,
    said,
    signs_in,
    visits,
)

__all__ = ["direct", "house", "no_proxy", "provider"]

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
