"""One's own page in a real browser: without JavaScript, on a phone, with the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from storage import people
from tests.web.house import House
from tests.web.me.home import Home
from tests.web.test_browser import AT_FAULT, NARROWEST, PHONE, chromium, served

__all__ = ["chromium", "served"]
pytestmark = pytest.mark.browser
PATHS = (
    "",
    "/write",
    "/agreements",
    "/shared",
    "/papers",
    "/groups",
    "/times",
    "/data",
    "/data/delete",
)


@pytest.fixture(scope="module")
def home(served: House) -> Home:
    return Home(served)


@pytest.fixture
def page(chromium: Browser, home: Home) -> Iterator[Page]:
    """Mette, in Danish, with a browser that runs no script at all."""
    context = chromium.new_context(java_script_enabled=False, locale="da-DK")
    context.set_default_timeout(10_000)
    page = context.new_page()
    address = home.parts.address
    page.goto(address + home.house.link(home.house.mette, "me"))
    page.locator("main button").click()
    expect(page).to_have_url(f"{address}/me")
    yield page
    context.close()


def test_nothing_is_wider_than_a_phone_and_every_target_is_large_enough(
    page: Page, home: Home
) -> None:
    paths = [*PATHS, f"/agreements/{home.agreement}/end"]
    at_fault = []
    for size in (PHONE, NARROWEST):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for path in paths:
            page.goto(f"{home.parts.address}/me{path}")
            wide = page.evaluate("document.documentElement.scrollWidth") > size["width"]
            at_fault += [path] if wide else []
            at_fault += page.evaluate(AT_FAULT)
    assert at_fault == []


def test_days_away_are_noted_with_the_keyboard(page: Page, home: Home) -> None:
    page.goto(f"{home.parts.address}/me/times")
    page.locator("#leave").fill("2026-12-30")
    page.locator("#leave-last").fill("2026-12-22")
    page.locator("#leave-last").press("Enter")
    expect(page.locator("#leave")).to_be_focused()
    expect(page.locator("#leave-fault")).to_be_visible()
    page.locator("#leave").fill("2026-12-21")
    page.locator("#leave-last").press("Enter")
    expect(page.locator("[role=status]")).to_be_visible()
    page.reload()
    expect(page.locator("[role=status]")).to_have_count(0)
    expect(page.locator("form[action$='/remove']")).to_have_count(1)


def test_quiet_is_one_press_away(page: Page, home: Home) -> None:
    page.goto(f"{home.parts.address}/me/times")
    page.locator("button[value='1-week']").click()
    expect(page.locator("button[value='resume']")).to_be_visible()
    mette = home.house.mette.id
    found = home.house.does(lambda unit: people.get_person(unit, mette))
    assert found.paused_until is not None
