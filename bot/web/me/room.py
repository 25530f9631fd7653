"""What every page of one's own has at hand: who visits, in which language, and the store.

A change is posted, done, and answered with a redirect (`back`), which says once what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from bot.effects import Doing, carry_out
from bot.papers.days import long_day, short_day
from bot.parts import About, Parts, today_of
from bot.web import door
from bot.web.door import SEE_OTHER, TurnedAway, Visitor
from bot.web.forms import Form
from bot.web.frame import chosen_language, show, words_of
from bot.web.me.texts import SECTIONS, me_texts
from bot.web.reads import read
from flows.conversation import Conversation, Place
from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN
from flows.model import Language
from flows.turn import Effect
from storage import people
from storage.database import Unit
from storage.people import Profile

T = TypeVar("T")
Work = Callable[[Unit, Profile], T]
SAID = "tillidsrum-said-me"
SAID_SECONDS = 120
UNFIT = 422


class Room(NamedTuple):
    """One request to one's own page."""

    request: Request
    visitor: Visitor
    language: Language
    texts: Mapping[str, str]

    @property
    def wired(self) -> Any:
        return self.request.app.state.wired

    @property
    def parts(self) -> Parts:
        parts: Parts = self.wired.parts
        return parts

    @property
    def now(self) -> datetime:
        return self.parts.clock()

    def day(self, day: date) -> str:
        return long_day(day, self.language)

    def short(self, day: date) -> str:
        return short_day(day, self.language)

    def clock(self, time: str) -> str:
        """A clock time "HH:MM" as it is written in the language."""
        return time.replace(":", ".") if self.language == "da" else time

    def moment(self, at: datetime, zone: str) -> str:
        """Weekday, day and clock time where the person is."""
        there = at.astimezone(ZoneInfo(zone))
        names = WEEKDAYS_DA if self.language == "da" else WEEKDAYS_EN
        name = names[there.weekday()]
        clock = self.clock(f"{there:%H:%M}")
        return f"{name[0].upper()}{name[1:]} {self.day(there.date())}, {clock}"

    def options(self, dialogue: str, step: str) -> Mapping[str, str]:
        """What the choices of a step are called in the chat: choice -> label."""
        wording = self.parts.catalogue[dialogue].says(self.language, step)
        return {name: str(label) for name, label in wording.options.items()}

    def says(self, dialogue: str, step: str) -> str:
        """What a step says in the chat."""
        return str(self.parts.catalogue[dialogue].says(self.language, step).text)

    async def read(self, work: Work[T]) -> T:
        return await read(self.wired.database, lambda unit: work(unit, self.me(unit)))

    async def write(self, work: Work[T]) -> T:
        done: T = await self.wired.write(lambda unit: work(unit, self.me(unit)))
        return done

    def me(self, unit: Unit) -> Profile:
        """Raises TurnedAway for somebody who was erased between the door and here."""
        try:
            return people.get_person(unit, self.visitor.id)
        except LookupError:
            raise TurnedAway("me", "no-visit") from None

    def show(self, template: str, section: str, status: int = 200, **shown: Any) -> Response:
        """A page of the section. What was said by the change before is said once."""
        answer = show(
            self.request, f"me/{template}.html", self.language, status,
            t={**words_of(self.language), **self.texts}, visitor=self.visitor, home="/me",
            section=section, sections=SECTIONS, said=self._said(), room=self, **shown,
        )  # fmt: skip
        if SAID in self.request.cookies:
            answer.delete_cookie(SAID, path="/me", httponly=True, samesite="lax")
        return answer

    def back(self, to: str, said: str) -> Response:
        """Away from a form that was posted, so that a reload does nothing again."""
        answer = RedirectResponse(to, SEE_OTHER)
        answer.set_cookie(
            SAID, said, max_age=SAID_SECONDS, path="/me", httponly=True, samesite="lax",
            secure=self.parts.address.startswith("https://"),
        )  # fmt: skip
        return answer

    def _said(self) -> str:
        """Only a sentence of ours is said."""
        return self.texts.get(f"said_{self.request.cookies.get(SAID, '')}", "")


def obey(
    unit: Unit, parts: Parts, me: Profile, effect: str, value: object, about: About | None = None
) -> None:
    """What the same choice does in the chat: the effect of that name, outside a conversation."""
    nothing = Conversation(id="", dialogue="my-data", version=1, language=me.language)
    doing = Doing(unit, parts, me, parts.clock(), about or About(), nothing)
    carry_out(
        doing, Effect.model_validate({"name": effect, "place": Place("page"), "value": value})
    )


def today(room: Room, me: Profile) -> date:
    return today_of(me, room.now)


_find = door.visitor("me")


async def enter(request: Request) -> Room:
    """Raises TurnedAway."""
    visitor = await _find(request)
    language = chosen_language(request, visitor.language)
    return Room(request, visitor, language, me_texts(language))


def missing() -> HTTPException:
    return HTTPException(404, "there is no such page")


Here = Annotated[Room, Depends(enter)]
Posted = Annotated[Form, Depends(door.posted("me"))]
