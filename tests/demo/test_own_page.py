"""From a phone of the try-out to one's own page, and back to what the try-out shows of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from flows.private import PRIVATE
from tests.demo.conftest import Comes
from tests.demo.house import House

pytestmark = pytest.mark.browser
WRITTEN = "Kun skrevet på min egen side"


def test_a_point_is_written_and_shared_on_ones_own_page(house: House, comes: Comes) -> None:
    visit = comes(house)
    words = visit.words
    visit.move("next")
    visit.press("mette", words.option("fortnight", "invite", "now"), *"34251")
    visit.press("mette", words.choice(PRIVATE))
    link = visit.bubbles("mette").last.get_by_role("link")
    with visit.page.expect_popup() as opened:
        link.click()
    page = opened.value
    page.locator("main button").click()
    page.locator("#answer").fill(WRITTEN)
    page.locator(".answer .button-main").click()
    expect(page.locator(".own")).to_have_text(WRITTEN)
    page.locator(".answer .button-main").click()
    expect(page.locator(".told button")).to_be_visible()
    expect(visit.page.locator("#sight")).to_contain_text(WRITTEN)
    expect(visit.phone("mette")).not_to_contain_text(WRITTEN)
