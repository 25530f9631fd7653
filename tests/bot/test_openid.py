"""A login with OpenID Connect before anybody logs in: the settings, and the doctor."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.openid.client import CALLBACK, client_of
from bot.settings import PREFIX, Settings, SettingsError, read_settings
from tests.bot.calling import call
from tests.bot.office import ENGLISH
from tests.bot.test_doctor import NOBODY, PUBLIC, direct, elsewhere, visit
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.openid import FakeOpenId
from tests.fakes.openid.fake import CLIENT, SECRET

__all__ = ["direct", "elsewhere", "no_proxy"]

ISSUER = "https://login.example.org/realms/nyborg"
WHOLE = {
    "oidc_issuer": ISSUER, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET,
    "public_url": PUBLIC,
}  # fmt: skip


@pytest.fixture
async def provider() -> AsyncIterator[FakeOpenId]:
    async with FakeOpenId() as fake:
        yield fake


def read(**given: str) -> Settings:
    return read_settings({f"{PREFIX}{name.upper()}": value for name, value in given.items()}, None)


def refused(**given: str) -> list[tuple[str, str]]:
    """The settings at fault, and what is wrong with each."""
    with pytest.raises(SettingsError) as caught:
        client_of(read(**given))
    assert SECRET not in str(caught.value)
    return [(one.name.removeprefix(PREFIX), one.wrong) for one in caught.value.faults]


# --- the settings


def test_the_whole_of_it_is_a_client_with_its_callback() -> None:
    client = client_of(read(**WHOLE))
    assert (client.issuer, client.id) == (ISSUER, CLIENT)
    assert client.callback == f"{PUBLIC}{CALLBACK}"
    assert SECRET not in repr(client)


@pytest.mark.parametrize("missing", ["oidc_issuer", "oidc_client_id", "oidc_client_secret"])
def test_half_of_it_is_refused_with_what_is_missing(missing: str) -> None:
    given = {name: value for name, value in WHOLE.items() if name != missing}
    assert refused(**given) == [(missing.upper(), "half-login")]


def test_a_name_alone_is_half_of_it_too() -> None:
    settings = read(oidc_name="Nyborg Kommune")
    assert settings.wants_login
    assert len(refused(oidc_name="Nyborg Kommune")) == 3
    assert not read(public_url=PUBLIC).wants_login


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("public_url", "http://tillidsrum.example.org", ("PUBLIC_URL", "open-login")),
        ("public_url", "http://127.0.0.1.example.org", ("PUBLIC_URL", "open-login")),
        ("oidc_issuer", "http://login.example.org", ("OIDC_ISSUER", "no-issuer")),
        ("oidc_issuer", f"{ISSUER}?tenant=1", ("OIDC_ISSUER", "no-issuer")),
        ("oidc_issuer", f"{ISSUER}#top", ("OIDC_ISSUER", "no-issuer")),
    ],
)
def test_what_others_could_listen_in_on_is_refused(
    name: str, value: str, fault: tuple[str, str]
) -> None:
    assert refused(**{**WHOLE, name: value}) == [fault]


def test_a_server_that_all_can_reach_takes_a_public_address() -> None:
    given = {name: value for name, value in WHOLE.items() if name != "public_url"}
    assert refused(**given, host="0.0.0.0") == [("PUBLIC_URL", "open-login")]
    assert client_of(read(**given)).callback == f"http://127.0.0.1:8080{CALLBACK}"


def test_the_server_does_not_start_with_half_of_it(tmp_path: Path) -> None:
    given = {
        "TILLIDSRUM_SECRET_KEY": "00" * 32, "TILLIDSRUM_OIDC_ISSUER": ISSUER,
        "TILLIDSRUM_PUBLIC_URL": PUBLIC,
        "TILLIDSRUM_DATABASE_URL": f"sqlite:///{tmp_path / 'half.db'}",
    }  # fmt: skip
    result = call("run", **ENGLISH, **given)
    assert result.exit_code == 1
    for missing in ("TILLIDSRUM_OIDC_CLIENT_ID", "TILLIDSRUM_OIDC_CLIENT_SECRET"):
        assert missing in result.output


# --- the doctor


def at(provider: FakeOpenId, **more: str) -> dict[str, str]:
    given = {"oidc_issuer": provider.url, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    return {**given, "public_url": PUBLIC, **more}


async def test_an_issuer_that_fits_is_well(provider: FakeOpenId) -> None:
    told = await visit(**at(provider))
    assert told.of("login") == [True]
    assert told.says("login")
    assert f"{PUBLIC}{CALLBACK}" in told.printed
    assert {one.method for one in provider.calls} == {"description", "keys"}


async def test_without_it_the_link_in_the_chat_is_the_way_in() -> None:
    told = await visit()
    assert told.says("login.none")
    assert told.of("login") == [True]


async def test_half_of_it_is_found(provider: FakeOpenId) -> None:
    told = await visit(**at(provider, oidc_client_id="", public_url="http://example.org"))
    assert told.of("login") == [False, False]
    assert provider.calls == []


async def test_an_issuer_that_is_not_there_is_found() -> None:
    told = await visit(**{**WHOLE, "oidc_issuer": NOBODY})
    assert told.says("login.silent")
    assert SECRET not in told.printed


async def test_an_issuer_under_another_name_is_found_with_that_name(provider: FakeOpenId) -> None:
    told = await visit(**at(provider, oidc_issuer=f"{provider.url}/"))
    assert told.says("login.other")
    assert told.of("login") == [False]
    assert f"{provider.url}." in told.printed or f"{provider.url} " in told.printed


async def test_an_issuer_that_cannot_do_what_it_takes_is_found(provider: FakeOpenId) -> None:
    provider.described["code_challenge_methods_supported"] = ["plain"]
    told = await visit(**at(provider))
    assert told.says("login.misfit")
    assert "code_challenge_methods_supported" in told.printed
    provider.described["code_challenge_methods_supported"] = ["S256"]
    provider.published = [{"kty": "oct", "k": "c2VjcmV0"}]
    told = await visit(**at(provider))
    assert told.says("login.keys")
    assert told.of("login") == [False]


async def test_an_issuer_that_does_not_speak_of_verified_emails_is_told(
    provider: FakeOpenId,
) -> None:
    provider.described["claims_supported"] = ["sub", "email"]
    told = await visit(**at(provider))
    assert told.says("login.email")
    assert told.of("login") == [True, True]
