"""The console in a real browser: without JavaScript, on a phone, with the keyboard."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.demo.conftest import ARGUMENTS
from tests.web.house import House

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
"""Also a laptop's window at 400 %."""
SECTIONS = ("", "/people", "/people/import", "/groups", "/courses", "/courses/start/municipal-course",
            "/figures", "/cadences", "/delivery", "/log", "/settings")  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("REQUIRE_ALL_TESTS") == "1":
            pytest.fail("there is no chromium on the path")
        pytest.skip("there is no chromium on the path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with listening(tmp_path_factory.mktemp("served")) as house:
        yield house


@contextmanager
def listening(folder: Path, **settings: Any) -> Iterator[House]:
    """The house, served: whoever comes before it is ready waits at the socket."""
    with socket.socket() as at:
        at.bind(("127.0.0.1", 0))
        at.listen(64)
        address = f"http://127.0.0.1:{at.getsockname()[1]}"
        house = House(folder, public_url=address, **settings)
        server = uvicorn.Server(uvicorn.Config(house.app, log_level="critical"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
        running.start()
        yield house
        server.should_exit = True
        running.join(10)
        house.close()


@pytest.fixture
def page(chromium: Browser, served: House) -> Iterator[Page]:
    """Anna, in the console, in Danish, with a browser that runs no script at all."""
    context = chromium.new_context(
        java_script_enabled=False, locale="da-DK", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    elsewhere: list[str] = []
    address = served.wired.parts.address
    page.on(
        "request", lambda one: None if one.url.startswith(address) else elsewhere.append(one.url)
    )
    page.goto(address + served.link(served.anna))
    page.locator("main button").click()
    expect(page).to_have_url(f"{address}/admin")
    yield page
    context.close()
    assert elsewhere == []


def test_a_change_is_made_without_a_script_and_with_the_keyboard(page: Page, served: House) -> None:
    at = f"{served.wired.parts.address}/admin/people/{served.mette.id}"
    page.goto(at)
    page.locator("#nearest").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("mette@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("#nearest-fault")).to_be_visible()
    expect(page.locator("#nearest")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#nearest")).to_be_focused()
    page.locator("#nearest").fill("anna@example.org")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_be_visible()
    expect(page).to_have_url(at)
    page.reload()
    expect(page.locator("[role=status]")).to_have_count(0)


def test_the_first_stop_of_the_keyboard_leads_past_the_menu(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("size", [PHONE, NARROWEST])
def test_nothing_is_wider_than_a_phone(page: Page, served: House, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    paths = [*SECTIONS, f"/people/{served.karin.id}", f"/people/{served.karin.id}/leave"]
    too_wide = []
    for path in paths:
        page.goto(f"{served.wired.parts.address}/admin{path}")
        wide = page.evaluate("document.documentElement.scrollWidth") > size["width"]
        too_wide += [path] if wide else []
    assert too_wide == []


def test_the_menu_of_a_phone_opens_without_a_script(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.reload()
    menu = page.locator(".desk-fold nav")
    expect(menu).not_to_be_visible()
    page.locator(".desk-fold summary").click()
    menu.locator("a[href='/admin/people']").click()
    expect(page.locator("table.list")).to_be_visible()


AT_FAULT = """
() => [...document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea, button)")]
  .filter(one => one.checkVisibility())
  .filter(one => {
    const name = one.ariaLabel || one.innerText || one.labels?.[0]?.innerText;
    const {width, height} = one.getBoundingClientRect();
    return !name || Math.min(width, height) < 20;
  })
  .map(one => one.outerHTML)
"""


def test_every_field_has_a_name_and_every_target_is_large_enough(page: Page, served: House) -> None:
    for path in (*SECTIONS, f"/people/{served.karin.id}"):
        page.goto(f"{served.wired.parts.address}/admin{path}")
        assert page.evaluate(AT_FAULT) == [], path
