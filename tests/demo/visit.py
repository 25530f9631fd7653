"""Somebody at the page: what they do on it, in the words of the dialogues' own files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from bot.web.page_texts import page_texts
from flows.load import shipped_catalogue
from flows.model import Language
from tests.demo.house import House

expect.set_options(timeout=10_000)
STILL = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
CURRENT = ".choices:not(.choices-old):not([aria-busy=true])"


class Words:
    """Labels of one language, by where they stand: no test breaks when a sentence changes."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.page = page_texts(language)
        self.catalogue = shipped_catalogue()
        self.common = self.catalogue.common[language]

    def option(self, dialogue: str, step: str, option: str) -> str:
        return self.catalogue[dialogue].says(self.language, step).options[option]

    def share(self, dialogue: str, step: str) -> str:
        return self.option(dialogue, step, "share").replace("{nearest_leader}", "Karin")

    def text(self, dialogue: str, step: str) -> str:
        """What a step says, as far as its first fact and without its marks."""
        said = self.catalogue[dialogue].says(self.language, step).text
        return re.split(r"[{\n]", said.replace("*", ""))[0].strip()

    def choice(self, name: str) -> str:
        return self.common.choices[name]

    def note(self, name: str) -> str:
        return re.split(r"[{\n]", self.common.notes[name].replace("*", ""))[0].strip()

    def word(self, control: str) -> str:
        return self.common.words[control][0]


class Visit:
    def __init__(
        self, browser: Browser, house: House, language: Language = "da", **context: Any
    ) -> None:
        self.house = house
        self.words = Words(language)
        self.troubles: list[str] = []
        self._context = browser.new_context(**STILL | context)
        self._context.set_default_timeout(10_000)
        self.page: Page = self._context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.goto(f"{house.url}/demo?lang={language}")
        expect(self.log("mette").locator(".message")).not_to_have_count(0)

    def leave(self) -> None:
        self._context.close()
        assert self.troubles == []

    @contextmanager
    def offline(self) -> Iterator[None]:
        """While the server is away the browser says so in its console, which is no trouble."""
        before = list(self.troubles)
        yield
        self.troubles = before

    def phone(self, who: str) -> Locator:
        return self.page.locator(f"[data-phone={who}]")

    def log(self, who: str) -> Locator:
        return self.phone(who).locator(".log")

    def bubbles(self, who: str) -> Locator:
        return self.log(who).locator(".bubble")

    def button(self, who: str, label: str) -> Locator:
        """A button of the question that is current."""
        named = re.compile(rf"^{re.escape(label)}(:|$)")
        return self.phone(who).locator(CURRENT).get_by_role("button", name=named)

    def press(self, who: str, *labels: str) -> None:
        """Each in turn, when its question is there; returns when it is answered."""
        for label in labels:
            answered = self.log(who).locator(".answered")
            before = answered.count()
            self.button(who, label).click()
            expect(answered).to_have_count(before + 1)

    def say(self, who: str, text: str) -> None:
        own = self.log(who).locator(".message-person")
        before = own.count()
        self.phone(who).locator("textarea").fill(text)
        self.phone(who).locator("textarea").press("Enter")
        expect(own).to_have_count(before + 1)

    def move(self, to: str) -> None:
        """Moves the clock and waits until it stands."""
        self.page.locator(f"[data-to={to}]").click()
        expect(self.page.locator("#strip")).to_have_attribute("aria-busy", "false")

    def planned(self) -> list[str]:
        return self.page.locator("#planned .plan").all_text_contents()

    def hears(self, who: str, text: str) -> None:
        """The newest that the phone shows is this."""
        expect(self.bubbles(who).last).to_contain_text(text)

    def sight(self) -> Locator:
        return self.page.locator("#sight-list .item")

    def keys(self) -> list[str]:
        """What both phones show, as text."""
        return [*self.bubbles("mette").all_inner_texts(), *self.bubbles("karin").all_inner_texts()]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.troubles.append(message.text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.house.url, "data:")):
            self.troubles.append(f"asked for {url}")
