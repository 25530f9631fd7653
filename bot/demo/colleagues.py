"""The colleagues in the try-out who have no phone on the page: what reaches them they answer by
themselves, so that their groups meet and the course has more than one voice."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32

from bot.beat import Beats
from bot.channels.base import Rendered
from bot.inbound import Incoming
from flows.model import Language
from flows.wording import Choice, Message, read_token

NAME = "colleagues"
NEVER_MEETS = frozenset(
    ("signe.krogh@example.org", "palle.strand@example.org", "dorte.bech@example.org")
)
"""The TRIO that never finds the time: it is asked, asked once more, and then left alone."""
MEETING = frozenset(("find", "set-day", "set-time", "how"))
CHOOSES: Mapping[str, str] = {
    "invite": "now", "carry": "solved", "point-share": "share", "another": "no",
    "talked": "yes", "covered": "yes", "remember": "no", "next": "as-planned",
    "find": "set", "set-day": "in-1-week", "set-time": "at-10", "how": "all", "read-them": "read",
}  # fmt: skip
"""Step -> what they choose there. What is not here they leave unanswered."""
WRITES: Mapping[str, Mapping[Language, str]] = {
    "point": {
        "da": "Hvem afløser mig, når jeg er på kursus om torsdagen?",
        "en": "Who stands in for me on the Thursdays of the course?",
    }
}
EXPECTED, FOUND = (3, 2), (4, 2)
"""Of the course, from 1 to 5: the least that anybody answers, and how many answers there are."""
STARS = {
    "usability-before": EXPECTED, "relevance-before": EXPECTED, "focus-before": EXPECTED,
    "usability": FOUND, "relevance": FOUND, "focus": FOUND,
    "krydspres": (2, 3), "influence": (2, 3), "support": (2, 3), "safety": (3, 2),
    "restitution": (2, 3),
}  # fmt: skip


class Heard(NamedTuple):
    who: str
    message: Message
    language: Language


class Colleagues:
    """Implements `bot.channels.base.Channel`. What nobody has answered when the program stops is
    left unanswered."""

    name = NAME

    def __init__(self) -> None:
        self._heard: deque[Heard] = deque()

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        return ()

    async def quiet_for(self, external_id: str) -> timedelta | None:
        return None

    def render(self, message: Message, language: Language) -> list[Rendered]:
        return [{"message": message, "language": language}]

    async def send(self, external_id: str, rendered: list[Rendered], key: str) -> str | None:
        self._heard += (Heard(external_id, one["message"], one["language"]) for one in rendered)
        return key

    async def find(self, external_id: str, key: str) -> bool | None:
        return True

    def answers(self) -> list[Incoming]:
        """To what has come since they were last asked."""
        found = [answer_to(one) for one in self._heard]
        self._heard.clear()
        return [one for one in found if one]


def answer_to(heard: Heard) -> Incoming | None:
    """None where they leave it."""
    who, message, language = heard
    choices = {_id(one): one for one in message.choices}
    wanted = _wanted(who, message.name)
    if wanted in choices:
        token = choices[wanted].token
        return Incoming(NAME, who, token, token=token)
    if message.name in WRITES and choices:
        key = next(iter(choices.values())).token
        return Incoming(NAME, who, f"{key}:text", text=WRITES[message.name][language])
    return None


def _wanted(who: str, step: str) -> str | None:
    if step in MEETING and who in NEVER_MEETS:
        return None
    if step in STARS:
        least, many = STARS[step]
        return str(least + crc32(f"{who} {step}".encode()) % many)
    return CHOOSES.get(step)


def _id(choice: Choice) -> str:
    token = read_token(choice.token)
    return token.choice if token else ""


class Company:
    """The program's beat, after which the colleagues have answered what it brought them."""

    def __init__(
        self, beat: Beats, colleagues: Colleagues, hear: Callable[[Incoming], Awaitable[object]]
    ) -> None:
        self._beat = beat
        self._colleagues = colleagues
        self._hear = hear

    async def beat(self) -> None:
        await self._beat.beat()
        while answers := self._colleagues.answers():
            for one in answers:
                await self._hear(one)
            await self._beat.beat()

    async def next_due(self) -> datetime | None:
        return await self._beat.next_due()
