"""Into the console with OpenID Connect in a real browser, which is taken from site to site."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.fakes.openid import FakeOpenId
from tests.web.house import House
from tests.web.login import at
from tests.web.test_browser import AT_FAULT, NARROWEST, PHONE, chromium, listening

__all__ = ["chromium"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def provider() -> Iterator[FakeOpenId]:
    """In a loop of its own: the browser that a test drives stands in this thread's way."""
    fake, loop, is_open = FakeOpenId(host="localhost"), asyncio.new_event_loop(), threading.Event()

    async def stays_open() -> None:
        async with fake:
            is_open.set()
            await closed.wait()

    closed = asyncio.Event()
    running = threading.Thread(target=loop.run_until_complete, args=[stays_open()], daemon=True)
    running.start()
    assert is_open.wait(10)
    yield fake
    loop.call_soon_threadsafe(closed.set)
    running.join(10)
    loop.close()


@pytest.fixture(scope="module")
def house(provider: FakeOpenId, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("login")
    with listening(folder, **at(provider, oidc_name="Nyborg Kommune")) as house:
        provider.clock = house.clock
        provider.register(f"{house.wired.parts.address}/admin/login/callback")
        yield house


@pytest.fixture
def page(chromium: Browser, provider: FakeOpenId) -> Iterator[Page]:
    """Nobody in particular, who runs no script at all; the provider has not seen them either."""
    provider.there = None
    context = chromium.new_context(java_script_enabled=False, locale="da-DK")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def signs_in(page: Page, email: str) -> None:
    page.locator("a[href='/admin/login']").click()
    page.locator("input[name=email]").fill(email)
    page.locator("button").click()


def test_whoever_runs_it_comes_all_the_way_in_and_out_again(
    page: Page, house: House, provider: FakeOpenId
) -> None:
    address = house.wired.parts.address
    page.goto(f"{address}/admin")
    signs_in(page, "anna@example.org")
    expect(page).to_have_url(f"{address}/admin")
    page.goto(f"{address}/admin/people")
    expect(page.locator("table.list")).to_be_visible()
    page.locator("form[action='/admin/leave'] button").first.click()
    expect(page).to_have_url(f"{address}/admin/left")
    assert provider.mistakes == []


def test_whoever_may_not_is_told_at_an_address_that_holds_nothing(page: Page, house: House) -> None:
    address = house.wired.parts.address
    page.goto(f"{address}/admin")
    signs_in(page, "mette@example.org")
    expect(page).to_have_url(f"{address}/admin/refused/login-unknown")
    page.locator("a[lang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("a[href='/admin/login']")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, NARROWEST])
def test_the_door_fits_a_phone(page: Page, house: House, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    for path in ("/admin", house.link(house.anna), "/admin/refused/login-silent"):
        page.goto(house.wired.parts.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert page.evaluate(AT_FAULT) == [], path
        expect(page.locator("a[href='/admin/login']")).to_be_visible()
