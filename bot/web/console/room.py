"""What every page of the console has at hand: who visits, in which language, and the store.

A change is posted, done, and answered with a redirect (`back`), which says once what was done.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from bot.papers.days import long_day, short_day
from bot.parts import Parts
from bot.web import door
from bot.web.door import SEE_OTHER, Visitor
from bot.web.forms import Form
from bot.web.frame import chosen_language, show, words_of
from bot.web.page_texts_console import SECTIONS, console_texts
from bot.web.page_texts_log import line_text
from bot.web.reads import read
from flows.model import Language
from storage.database import Unit

T = TypeVar("T")
SAID = "tillidsrum-said"
SAID_SECONDS = 120
UNFIT = 422


class Room(NamedTuple):
    """One request to the console."""

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

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.wired.settings.time_zone)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def day(self, day: date) -> str:
        return long_day(day, self.language)

    def short(self, day: date) -> str:
        return short_day(day, self.language)

    def month(self, day: date) -> str:
        """The name of its month, in the form that a short day has it."""
        return short_day(day, self.language).split(" ", 1)[1]

    def clock(self, time: str) -> str:
        """A clock time "HH:MM" as it is written in the language."""
        return time.replace(":", ".") if self.language == "da" else time

    def moment(self, at: datetime) -> str:
        """Day and clock time where the organisation is."""
        there = at.astimezone(self.zone)
        clock = self.clock(f"{there:%H:%M}")
        year = f" {there.year}" if there.year != self.today.year else ""
        return f"{short_day(there.date(), self.language)}{year} {clock}"

    def line(self, what: str) -> str:
        """What a line of the log says."""
        return line_text(what, self.language)

    async def read(self, work: Callable[[Unit], T]) -> T:
        return await read(self.wired.database, work)

    async def write(self, work: Callable[[Unit], T]) -> T:
        done: T = await self.wired.write(work)
        return done

    def show(self, template: str, section: str, status: int = 200, **shown: Any) -> Response:
        """A page of the section. What was said by the change before is said once."""
        answer = show(
            self.request, f"console/{template}.html", self.language, status,
            t={**words_of(self.language), **self.texts}, visitor=self.visitor, home="/admin",
            section=section, sections=SECTIONS, said=self._said(), room=self,
            today=self.today, **shown,
        )  # fmt: skip
        if SAID in self.request.cookies:
            answer.delete_cookie(SAID, path="/admin", httponly=True, samesite="lax")
        return answer

    def back(self, to: str, said: str, **slots: str | int) -> Response:
        """Away from a form that was posted, so that a reload does nothing again."""
        answer = RedirectResponse(to, SEE_OTHER)
        written = json.dumps({"said": said, **slots}, ensure_ascii=False).encode()
        answer.set_cookie(
            SAID, base64.urlsafe_b64encode(written).decode(), max_age=SAID_SECONDS, path="/admin",
            httponly=True, samesite="lax", secure=self.parts.address.startswith("https://"),
        )  # fmt: skip
        return answer

    def _said(self) -> dict[str, str]:
        """Only a sentence of ours is said; what fills it was the visitor's own."""
        try:
            found = json.loads(base64.urlsafe_b64decode(self.request.cookies.get(SAID, "e30=")))
        except ValueError:
            return {}
        if not isinstance(found, dict) or f"said_{found.get('said')}" not in self.texts:
            return {}
        return {name: str(value) for name, value in found.items()}


_find = door.visitor("admin")


async def _enter(request: Request) -> Room:
    visitor = await _find(request)
    language = chosen_language(request, visitor.language)
    return Room(request, visitor, language, console_texts(language))


def missing() -> HTTPException:
    return HTTPException(404, "there is no such page")


Here = Annotated[Room, Depends(_enter)]
Posted = Annotated[Form, Depends(door.posted("admin"))]
