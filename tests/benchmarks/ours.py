"""Our side of figures 1 and 2: the wired program with 100 people, spoken to in JSON bodies."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

from pydantic import SecretStr

from bot.channels.web.receive import Pressed, Said, receive
from bot.settings import Settings
from bot.wiring import Wired, build
from flows.load import Catalogue, load_dialogue, shipped_catalogue
from flows.wording import Token
from storage import conversations, people
from storage.database import Unit

PEOPLE = 100
KEY = "0" * 64
OWN = Path(__file__).parent / "dialogues" / "fortnight"


def pressure(number: int) -> str:
    """What everybody answers in their `number`th dialogue: not the same as the last time."""
    return str(number % 5 + 1)


def text(number: int) -> str:
    return f"Vagtplanen: hvad må jeg selv beslutte, når nogen melder afbud? ({number})"


class Post(NamedTuple):
    """What a page posts: for whom, to which of the two addresses, and the bytes."""

    who: str
    pressed: bool
    body: bytes


def short_catalogue() -> Catalogue:
    """The shipped words, and a dialogue of a scale question, a choice and a text."""
    common = shipped_catalogue().common
    return Catalogue(dialogues={"fortnight": load_dialogue(OWN, common)}, common=common)


def opened(folder: Path, catalogue: Catalogue | None = None) -> Wired:
    """The program on a file in `folder`, with its people in it."""
    settings = Settings(database_url=f"sqlite:///{folder}/ours.db", secret_key=SecretStr(KEY))
    wired = build(settings, catalogue=catalogue or short_catalogue(), with_web=True)
    wired.writer.submit(lambda unit: _fill(unit, wired)).result()
    return wired


def _fill(unit: Unit, wired: Wired) -> None:
    now, ids = wired.parts.clock(), wired.parts.ids
    for number in range(PEOPLE):
        person = people.add_person(unit, ids, now, name=f"Leder {number}")
        people.add_address(unit, ids, person.id, "web", f"leader-{number}")


class Pages:
    """The pages of all the people; they do the same thing at the same moment."""

    def __init__(self, wired: Wired) -> None:
        self._wired = wired
        self._numbers = count(1)

    def dialogue(self, number: int) -> Iterator[list[Post]]:
        """The `number`th dialogue from start to end: what everybody posts, moment by moment."""
        yield self._all(lambda who: self._said(who, "forbered"))
        yield self._all(lambda who: self._pressed(who, pressure(number)))
        yield self._all(lambda who: self._pressed(who, "yes"))
        yield self._all(lambda who: self._said(who, text(number)))

    def _all(self, post: Callable[[str], Post]) -> list[Post]:
        return [post(f"leader-{number}") for number in range(PEOPLE)]

    def _said(self, who: str, text: str) -> Post:
        return Post(who, False, self._body({"text": text}))

    def _pressed(self, who: str, choice: str) -> Post:
        token = self._wired.writer.submit(lambda unit: _token(unit, who, choice)).result()
        return Post(who, True, self._body({"token": token}))

    def _body(self, said: dict[str, str]) -> bytes:
        return json.dumps({"id": f"post{next(self._numbers):08}", **said}).encode()


def _token(unit: Unit, who: str, choice: str) -> str:
    """What a page would have read in the message that it showed."""
    profile = people.find_by_address(unit, "web", who)
    kept = conversations.latest_open(unit, profile) if profile else None
    assert kept is not None
    return str(Token(kept.conversation.id, kept.conversation.turn, choice))


async def take(wired: Wired, post: Post) -> None:
    """One turn: from the bytes to the committed answer and the queued words."""
    posted = (Pressed if post.pressed else Said).model_validate_json(post.body)
    outcome = await wired.intake.hear(receive(post.who, posted))
    assert outcome == "taken", outcome


async def at_once(wired: Wired, posts: Sequence[Post]) -> None:
    """All post at the same moment; the writer commits together what waits together."""
    await asyncio.gather(*(take(wired, post) for post in posts))


async def one_by_one(wired: Wired, posts: Sequence[Post]) -> None:
    """Each posts when the one before has been answered: one commit for each turn."""
    for post in posts:
        await take(wired, post)
