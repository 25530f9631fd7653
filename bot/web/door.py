"""The door to the pages that are somebody's: a link that opens once, and the visit that it begins.

    router.include_router(door.router("admin"))           # /admin/enter, /admin/leave
    Visiting = Annotated[Visitor, Depends(door.visitor("admin"))]
    Posted = Annotated[Form, Depends(door.posted("admin"))]

Opening a link shows a button; only pressing it uses the link up, so that what looks at links
before people do (previews, scanners) lets nobody in.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.openid.login import Login
from bot.roles import may_enter
from bot.web.forms import Form, is_ours, mark_of, read_form
from bot.web.frame import chosen_language, show
from bot.web.reads import read
from flows.model import Language
from storage import audit, directory, pages
from storage.database import Unit
from storage.pages import Page

LASTS: dict[Page, timedelta] = {"admin": timedelta(hours=8), "me": timedelta(hours=1)}
HOME: dict[Page, str] = {"admin": "/admin", "me": "/me"}
FURTHER: dict[Page, re.Pattern[str]] = {"me": re.compile(r"write/[A-Za-z0-9_-]{1,22}")}
"""Where a link may lead to once one is in: below the home, and nowhere else."""
TOKEN_BYTES = 16
SEE_OTHER = 303
Reason = Literal[
    "no-visit", "old-link", "used-link", "no-role", "old-form",
    "login-failed", "login-unknown", "login-silent",
]  # fmt: skip
STATUS: dict[Reason, int] = {
    "no-visit": 403, "old-link": 410, "used-link": 410, "no-role": 403, "old-form": 403,
    "login-failed": 403, "login-unknown": 403, "login-silent": 503,
}  # fmt: skip


class Visitor(NamedTuple):
    """Who is at the page. `mark`: what the visit's forms carry. Holds no key to anything."""

    id: str
    name: str
    language: Language
    roles: frozenset[str]
    page: Page
    mark: str
    until: datetime


class TurnedAway(Exception):
    """Somebody who cannot come in (any more): shown a kind page that says what to do."""

    def __init__(self, page: Page, reason: Reason) -> None:
        super().__init__(f"{page}: {reason}")
        self.page = page
        self.reason: Reason = reason


async def turn_away(request: Request, error: Exception) -> Response:
    assert isinstance(error, TurnedAway)
    language = chosen_language(request)
    shown = {
        "reason": error.reason, "page": error.page, "home": HOME[error.page],
        "login": _login(request, error.page),
    }  # fmt: skip
    return show(request, "door/away.html", language, STATUS[error.reason], **shown)


# --- for the pages behind it


def visitor(page: Page) -> Callable[[Request], Awaitable[Visitor]]:
    """A dependency: who visits. Raises TurnedAway."""

    async def find(request: Request) -> Visitor:
        wired, token = request.app.state.wired, request.cookies.get(cookie_name(request, page), "")
        found = await read(
            wired.database, lambda unit: _visitor(unit, page, token, wired.parts.clock())
        )
        if isinstance(found, Visitor):
            return found
        raise TurnedAway(page, found)

    return find


def posted(page: Page) -> Callable[[Request], Awaitable[Form]]:
    """A dependency: a form that one of the visit's own pages has sent. Raises TurnedAway."""
    who = visitor(page)

    async def form(request: Request) -> Form:
        visiting = await who(request)
        sent = await read_form(request)
        if not is_ours(sent, visiting.mark):
            raise TurnedAway(page, "old-form")
        return sent

    return form


def _visitor(unit: Unit, page: Page, token: str, now: datetime) -> Visitor | Reason:
    visit = pages.visit_by(unit, token, page, now) if token else None
    person = directory.find(unit, visit.person) if visit else None
    if visit is None or person is None or person.status != "active":
        return "no-visit"
    if not may_enter(person.roles, page):
        return "no-role"
    roles = frozenset(person.role_names)
    return Visitor(
        person.id, person.name, person.language, roles, page, mark_of(token), visit.expires_at
    )


# --- coming and going


def router(page: Page) -> APIRouter:
    """The ways in and out: /<page>/enter, /<page>/leave and /<page>/leave-everywhere."""
    at = APIRouter(prefix=f"/{page}")
    _add_ways_in(at, page)
    _add_ways_out(at, page)
    return at


def _add_ways_in(at: APIRouter, page: Page) -> None:
    @at.get("/enter")
    async def knock(request: Request, token: str = "", to: str = "") -> Response:
        wired, language = request.app.state.wired, chosen_language(request)
        found = await read(
            wired.database, lambda unit: _fault_of(unit, page, token, wired.parts.clock())
        )
        if found is not None:
            raise TurnedAway(page, found)
        return show(
            request, "door/enter.html", language, page=page, token=token, to=to, home=HOME[page],
            login=_login(request, page),
        )  # fmt: skip

    @at.post("/enter")
    async def enter(request: Request) -> Response:
        form = await read_form(request)
        return await _let_in(request, page, form["token"], form["to"])


def _add_ways_out(at: APIRouter, page: Page) -> None:
    who, form_of = visitor(page), posted(page)

    @at.post("/leave")
    async def leave(request: Request) -> Response:
        await form_of(request)
        token = request.cookies.get(cookie_name(request, page), "")
        await request.app.state.wired.write(lambda unit: pages.end_visit(unit, token))
        return _out(request, page)

    @at.post("/leave-everywhere")
    async def leave_everywhere(request: Request) -> Response:
        await form_of(request)
        wired, visiting = request.app.state.wired, await who(request)

        def work(unit: Unit) -> None:
            pages.end_visits(unit, visiting.id)
            audit.note(unit, wired.parts.clock(), "left the pages everywhere", visiting.id)

        await wired.write(work)
        return _out(request, page)

    @at.get("/left")
    async def left(request: Request) -> Response:
        return show(request, "door/left.html", chosen_language(request), page=page, home=HOME[page])


async def _let_in(request: Request, page: Page, token: str, to: str) -> Response:
    wired, fresh = request.app.state.wired, new_token()

    def work(unit: Unit) -> Reason | None:
        now = wired.parts.clock()
        link = pages.find_link(unit, token)
        fault = _fault_of(unit, page, token, now)
        if link is None or fault is not None or not pages.use_link(unit, token):
            return fault or "used-link"
        begin_visit(unit, now, link.person, page, fresh)
        audit.note(unit, now, f"entered the page {page}", link.person)
        return None

    fault: Reason | None = await wired.write(work)
    if fault is not None:
        raise TurnedAway(page, fault)
    return welcome(request, page, fresh, to)


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def begin_visit(unit: Unit, now: datetime, person: str, page: Page, token: str) -> None:
    pages.begin_visit(unit, now, person, page, token, now + LASTS[page])


def welcome(request: Request, page: Page, token: str, to: str = "") -> Response:
    """Takes a browser whose visit has begun to the page."""
    answer = RedirectResponse(_within(page, to), SEE_OTHER)
    keep_cookie(answer, request, page, token, LASTS[page])
    return answer


def _within(page: Page, to: str) -> str:
    known = FURTHER.get(page)
    return f"{HOME[page]}/{to}" if known and known.fullmatch(to) else HOME[page]


def _fault_of(unit: Unit, page: Page, token: str, now: datetime) -> Reason | None:
    """Why the link does not let anybody in. What never was a link is told the same as a used one:
    nobody learns which tokens there are."""
    link = pages.find_link(unit, token) if token else None
    if link is None or link.page != page:
        return "used-link"
    if link.expires_at <= now:
        return "old-link"
    person = directory.find(unit, link.person)
    if person is None or person.status != "active":
        return "used-link"
    return None if may_enter(person.roles, page) else "no-role"


def _out(request: Request, page: Page) -> Response:
    answer = RedirectResponse(f"/{page}/left", SEE_OTHER)
    answer.delete_cookie(
        cookie_name(request, page), path="/", httponly=True, samesite="lax",
        secure=_is_secure(request),
    )  # fmt: skip
    return answer


def _login(request: Request, page: Page) -> Login | None:
    """The other way in, where there is one to this page."""
    login: Login | None = request.app.state.wired.login
    return login if login and login.page == page else None


def keep_cookie(
    answer: Response, request: Request, name: str, value: str, lasts: timedelta
) -> None:
    answer.set_cookie(
        cookie_name(request, name), value, max_age=int(lasts.total_seconds()), path="/",
        httponly=True, samesite="lax", secure=_is_secure(request),
    )  # fmt: skip


def cookie_name(request: Request, name: str) -> str:
    """The prefix makes the browser refuse it from anywhere but this host over https."""
    return f"__Host-tillidsrum-{name}" if _is_secure(request) else f"tillidsrum-{name}"


def _is_secure(request: Request) -> bool:
    """As people reach us: a proxy in front may speak https for us."""
    address: str = request.app.state.wired.parts.address
    return address.startswith("https://")
