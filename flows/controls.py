"""Words that work anywhere: for the conversation at hand, or to begin another dialogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from flows.answers import plain_words
from flows.dates import parse_date
from flows.events import Control
from flows.model import Common, Language

LONGEST = 60
Verb = Literal["link", "use"]
Page = Literal["me", "admin"]
OPENINGS: dict[str, str] = {
    "help": "help",
    "who": "who-sees-what",
    "withdraw": "who-sees-what",
    "my-data": "my-data",
    "delete": "delete-my-data",
    "pause": "pause",
    "prepare": "fortnight",
    "contract": "contract",
    "guide": "interview-guide",
    "talked": "after-dialogue",
    "shared": "nearest-leader",
    "from-nearest": "shared-with-me",
    "difficult": "difficult-relation",
    "welcome": "welcome",
    "own-messages": "own-messages",
    "own-words": "own-words",
    "rhythm": "rhythm",
    "figures": "hr-digest",
    "digest": "digest",
    "meetings": "meetings",
    "take-up": "take-up",
    "action-plan": "action-plan",
    "development-plan": "development-plan",
    "articles": "articles",
    "insights": "insight",
    "evaluation": "evaluation",
}
LINKING: dict[str, tuple[Verb, str]] = {
    "link-telegram": ("link", "telegram"),
    "link-slack": ("link", "slack"),
    "use-telegram": ("use", "telegram"),
    "use-slack": ("use", "slack"),
}
ENTERING: dict[str, Page] = {"my-page": "me", "admin-page": "admin"}
SPEAKING: dict[str, Language] = {"danish": "da", "english": "en"}


class Command(NamedTuple):
    """What a control word asks for; exactly one of the first five is set."""

    control: Control | None = None
    dialogue: str | None = None
    language: Language | None = None
    channel: tuple[Verb, str] | None = None
    """To be linked on a channel, or to get one's messages there from now on."""
    page: Page | None = None
    """A page to be let into."""
    number: int | None = None
    """edit: which answer, of those that are listed."""
    until: date | None = None
    """The date in "pause til fredag"."""


def read_command(text: str, common: Mapping[Language, Common], today: date) -> Command | None:
    """The command that the whole of the text is, in either language; None if it is none."""
    if len(text) > LONGEST:
        return None
    written = plain_words(text.removeprefix("/"))
    for words in common.values():
        for name, ways in words.words.items():
            if written in map(_as_written, ways):
                return _command(name)
    return _edit_one(text, common) or _pause_until(text, common, today)


@lru_cache(maxsize=1024)
def _as_written(way: str) -> str:
    """`plain_words` of one of our own words, which are the same for every text that comes."""
    return plain_words(way)


def _command(name: str) -> Command:
    if name in SPEAKING:
        return Command(language=SPEAKING[name])
    if name in ENTERING:
        return Command(page=ENTERING[name])
    if name in LINKING:
        return Command(channel=LINKING[name])
    if name in OPENINGS:
        return Command(dialogue=OPENINGS[name])
    control: Control = next(one for one in get_args(Control) if one == name)
    return Command(control=control)


def _pause_until(text: str, common: Mapping[Language, Common], today: date) -> Command | None:
    ways = tuple(way for words in common.values() for way in words.words["pause"])
    found = _pausing(ways).fullmatch(text.strip())
    until = parse_date(found[1], today) if found else None
    return Command(dialogue="pause", until=until) if until else None


def _edit_one(text: str, common: Mapping[Language, Common]) -> Command | None:
    """ "ret 2": the second of the answers that "ret" lists."""
    ways = tuple(way for words in common.values() for way in words.words["edit"])
    found = _editing(ways).fullmatch(text.strip())
    return Command(control="edit", number=int(found[1])) if found else None


@lru_cache(maxsize=8)
def _editing(ways: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, ways))
    return re.compile(rf"/?(?:{either})\s+([1-9][0-9]?)\.?", re.IGNORECASE)


@lru_cache(maxsize=8)
def _pausing(ways: tuple[str, ...]) -> re.Pattern[str]:
    either = "|".join(map(re.escape, ways))
    return re.compile(rf"/?(?:{either})\s+(?:til|until|indtil)\s+(.+)", re.IGNORECASE)
