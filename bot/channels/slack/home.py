"""The app's home: a person's own page inside Slack. Pure, but for the protocol that fills it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.channels.slack import blocks
from bot.channels.slack.blocks import Json
from bot.channels.slack.choices import SAY, open_button
from bot.channels.slack.rhythm_texts import WORDS
from bot.channels.slack.text import LONGEST, clean, in_one_line
from bot.channels.slack.texts import SAYS, Said
from flows.model import Language
from flows.wording import Span

HELLO: dict[Language, str] = {"da": "hej", "en": "hello"}
LINES = 20
"""Of a list on the page; the whole of it is in the export."""


class Shared(NamedTuple):
    whom: str
    what: str


@dataclass(frozen=True)
class HomeView:
    """What stands on somebody's page. Days and names are worded already, in `language`."""

    language: Language
    next_dialogue: str = ""
    agreements: tuple[str, ...] = ()
    shared: tuple[Shared, ...] = ()
    paused_until: str = ""
    on_page: bool = False
    """Their own words stand on their own page and not here."""


class Home(Protocol):
    async def home(self, channel: str, external_id: str) -> HomeView | None:
        """None for somebody who is not known."""
        ...


class NoHome:
    """Nobody's page is filled."""

    async def home(self, channel: str, external_id: str) -> HomeView | None:
        return None


BUTTONS: dict[Language, tuple[tuple[str, str], ...]] = {
    "da": (
        ("Forbered min dialog", "forbered"),
        ("Mine aftaler", "aftaler"),
        ("Delt med mig", "delt med mig"),
        ("Hold en pause", "pause"),
        ("In English", "english"),
        ("Mine data", "mine data"),
        ("Hvem kan se det?", "hvem kan se det"),
    ),
    "en": (
        ("Prepare my dialogue", "prepare"),
        ("My agreements", "agreements"),
        ("Shared with me", "shared with me"),
        ("Take a break", "pause"),
        ("På dansk", "dansk"),
        ("My data", "my data"),
        ("Who can see it?", "who can see it"),
    ),
}
"""Each with the words that it is the same as writing."""
TO_PAGE: dict[Language, tuple[str, str]] = {
    "da": ("Min side", "min side"),
    "en": ("My page", "my page"),
}


def page(view: HomeView | None, language: Language) -> Json:
    """`language`: for who is not known."""
    return {"type": "home", "blocks": list(_known(view) if view else _unknown(language))}


def _unknown(language: Language) -> Iterator[Json]:
    says = SAYS[language]
    yield blocks.said(says["home-unknown"])
    begin = blocks.button(f"{SAY}:0", says["home-begin"], HELLO[language], style="primary")
    yield from blocks.actions([begin])


def _known(view: HomeView) -> Iterator[Json]:
    says = SAYS[view.language]
    yield blocks.said(says["home-hello"], italic=True)
    if view.paused_until:
        yield blocks.said(says["home-paused"].format(until=clean(view.paused_until)))
    yield from _part(view, "home-next", [view.next_dialogue], "home-no-next")
    yield from _own(view)
    yield {"type": "divider"}
    to_page = (TO_PAGE[view.language],) if view.on_page else ()
    yield from blocks.actions(
        [
            blocks.button(f"{SAY}:{number}", label, words)
            for number, (label, words) in enumerate((*to_page, *BUTTONS[view.language]))
        ]
        + [open_button(WORDS[view.language]["home"], view.language)]
    )
    yield blocks.context(says["home-visible"])


def _own(view: HomeView) -> Iterator[Json]:
    if view.on_page:
        yield blocks.said(SAYS[view.language]["home-on-page"])
        return
    yield from _part(view, "home-agreements", view.agreements, "home-no-agreements")
    shared = (f"{one.what} → {one.whom}" for one in view.shared)
    yield from _part(view, "home-shared", shared, "home-no-shared")


def _part(view: HomeView, title: Said, lines: Iterable[str], none: Said) -> Iterator[Json]:
    says = SAYS[view.language]
    kept = [line for one in lines if (line := clean(one).strip())]
    shown = [in_one_line(line, LONGEST // LINES - 1) for line in kept[:LINES]]
    words = "\n".join(shown) or says[none]
    spans = [Span(text=f"{says[title]}\n", bold=True), Span(text=words, theirs=bool(kept))]
    if (beyond := len(kept) - LINES) > 0:
        spans.append(Span(text=f"\n{says['home-more'].format(number=beyond)}", italic=True))
    yield blocks.rich(spans)
