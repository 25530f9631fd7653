"""One running try-out for them all, and a real Chromium where a test asks for one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.demo.house import House
from tests.demo.visit import Visit

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]

Comes = Callable[..., Visit]


@pytest.fixture(scope="session")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("demo"))
    house.start()
    yield house
    house.close()


@pytest.fixture
def house(shared_house: House) -> House:
    """A try-out whose story has just begun, in Danish."""
    shared_house.start_over()
    shared_house.speak("da")
    return shared_house


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[House]:
    """A try-out of the test's own, which it may kill."""
    house = House(tmp_path)
    house.start()
    yield house
    house.close()


# Not for the whole session: the loop that Playwright runs would be in the way of async tests.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        missing = "there is no chromium on the path"
        if os.environ.get("REQUIRE_ALL_TESTS") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def comes(chromium: Browser) -> Iterator[Comes]:
    """`comes(house, language)`: somebody opens the page; at the end nothing was wrong with it."""
    visits: list[Visit] = []

    def opens(house: House, language: str = "da", **context: object) -> Visit:
        visits.append(Visit(chromium, house, language, **context))
        return visits[-1]

    yield opens
    for visit in visits:
        visit.leave()
