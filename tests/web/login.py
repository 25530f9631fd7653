"""What the tests of a login share: a house at whose door one can log in, and what a browser does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import select

from storage.tables import table
from storage.tables_course import Visit
from tests.fakes.common.fixtures import no_proxy
from tests.fakes.openid import Account, FakeOpenId
from tests.fakes.openid.fake import CLIENT, SECRET
from tests.web.house import Browser, House

__all__ = ["no_proxy"]

ANNA = Account("anna@example.org")
REFUSED = "/admin/refused/"


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
