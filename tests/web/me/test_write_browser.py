"""The page where one writes, in a real browser: with the keyboard, on a phone, and with no script."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.talk import Talk
from flows.model import TEXT_LIMIT
from storage import conversations, people
from storage.database import Unit
from storage.people import Profile
from tests.web.house import House
from tests.web.test_browser import AT_FAULT, NARROWEST, PHONE, chromium, served

__all__ = ["chromium", "served"]
pytestmark = pytest.mark.browser
LONG = "Vagtplanen hænger ikke sammen 🌊\n" * 200
NUMBERS = itertools.count()
Comes = Callable[..., Page]


@pytest.fixture
def comes(chromium: Browser, served: House) -> Iterator[Comes]:
    """Mette at the first free text of a preparation, in a browser of her own."""
    contexts: list[BrowserContext] = []

    def come(*, scripts: bool) -> Page:
        context = chromium.new_context(java_script_enabled=scripts, locale="da-DK")
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        address = served.wired.parts.address
        leader = served.moves_in(f"Leder{next(NUMBERS)} Holm")
        served.does(lambda unit: served._pair(unit, leader, served.karin))
        link = f"{served.link(leader, 'me')}&to=write/{begin(served, leader, 'fortnight')}"
        page.goto(f"{address}{link}")
        page.locator("main button").click()
        for _ in range(5):
            page.locator("button", has_text="Spring over").click()
        expect(page.locator("#answer")).to_be_visible()
        return page

    yield come
    for context in contexts:
        context.close()


def begin(house: House, who: Profile, dialogue: str) -> str:
    """The conversation's id."""

    def work(unit: Unit) -> str:
        talk = Talk(unit, house.wired.parts, who)
        talk.begin(dialogue)
        talk.flush(f"begun:{house.wired.parts.ids()}")
        kept = conversations.latest_open(unit, who)
        return kept.conversation.id if kept else ""

    return house.does(work)


def written(page: Page, house: House) -> object:
    """What is kept as the point, in the conversation that the page is at."""
    at = page.url.partition("/me/write/")[2].partition("?")[0]
    named = page.locator(".visit strong").inner_text()
    email = f"{named.split()[0].lower()}@example.org"

    def read(unit: Unit) -> object:
        who = people.find_by_email(unit, email)
        kept = conversations.load(unit, who, at) if who else None
        assert kept is not None
        return {one.step: one.value for one in kept.conversation.answers}.get("point")

    return house.does(read)


def test_a_long_text_is_written_and_shared_without_a_script(comes: Comes, served: House) -> None:
    page = comes(scripts=False)
    page.locator("#answer").fill(LONG)
    page.locator("#answer").press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".own").first).to_be_visible()
    assert written(page, served) == LONG.strip()
    page.reload()
    page.locator(".answer .button-main").press("Enter")
    expect(page.locator(".told button")).to_be_visible()


def test_what_is_wrong_has_the_focus_and_is_told_with_the_field(comes: Comes) -> None:
    page = comes(scripts=False)
    field = page.locator("#answer")
    described = (field.get_attribute("aria-describedby") or "").split()
    expect(page.locator(f"#{described[0]}")).to_be_visible()
    expect(page.locator("label[for=answer]")).to_be_visible()
    field.fill("x" * (TEXT_LIMIT + 7))
    page.locator(".answer .button-main").click()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert "answer-fault" in (field.get_attribute("aria-describedby") or "")
    expect(page.locator("#answer-fault")).to_be_visible()
    expect(field).to_have_value("x" * (TEXT_LIMIT + 7))


def test_who_goes_back_in_the_browser_is_where_they_are(comes: Comes, served: House) -> None:
    """Nothing of the page is kept in the browser: it is told anew."""
    page = comes(scripts=False)
    page.locator("#answer").fill("Vagtplanen")
    page.locator(".answer .button-main").click()
    expect(page.locator(".own").first).to_be_visible()
    page.go_back()
    expect(page.locator(".own").first).to_be_visible()
    expect(page.locator("#answer")).to_have_count(0)
    assert written(page, served) == "Vagtplanen"


def test_how_much_room_is_left_is_told_near_the_end(comes: Comes) -> None:
    page = comes(scripts=True)
    left = page.locator("#left")
    page.locator("#answer").fill("x" * (TEXT_LIMIT - 1000))
    expect(left).to_be_hidden()
    page.locator("#answer").fill("x" * (TEXT_LIMIT - 12))
    expect(left).to_contain_text("12")
    page.locator("#answer").fill("x" * (TEXT_LIMIT + 12))
    expect(left).to_contain_text("12")
    expect(left).to_have_class("field-hint left left-over")


def test_every_kind_of_question_has_room_on_a_phone(comes: Comes, served: House) -> None:
    page = comes(scripts=False)
    here = page.url
    page.locator("#answer").fill(LONG)
    page.locator(".answer .button-main").click()
    paths = [here, f"{here}?change=1", f"{served.wired.parts.address}/me/write"]
    at_fault = []
    for size in (PHONE, NARROWEST):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for path in paths:
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth") > size["width"]
            at_fault += [path] if wide else []
            at_fault += page.evaluate(AT_FAULT)
    assert at_fault == []
