"""/admin/login: into the console with the organisation's own login, besides the link in the chat.

Only the console. Whoever runs the organisation's login can come in as anybody there: behind the
console is nothing that anybody wrote, behind one's own page is all of it.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import Final, Literal, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.openid import attempt
from bot.openid.attempt import Attempt
from bot.openid.client import CALLBACK
from bot.openid.issuer import Away, Issuer, NotLoggedIn
from bot.roles import may_enter
from bot.web.door import (
    SEE_OTHER,
    TurnedAway,
    begin_visit,
    cookie_name,
    keep_cookie,
    new_token,
    welcome,
)
from bot.web.frame import PRIVATE, chosen_language
from storage import audit, directory, inbox
from storage.database import Unit
from storage.directory import Listed
from storage.pages import Page

log = logging.getLogger(__name__)

PAGE: Final[Page] = "admin"
BEGIN, REFUSED = "/admin/login", "/admin/refused"
COOKIE = "login"
CAME = "openid"
"""What the states that came back are noted under, so that each comes back once."""
Told = Literal["login-failed", "login-unknown", "login-silent"]
"""What somebody is told: nothing of whom we know."""
Why = Literal["issuer", "email", "nobody", "role"]
"""What is noted: on whom, or on what, it failed."""


class Answer(NamedTuple):
    """What the browser brings back. `issuer`: who it says it is from."""

    code: str
    issuer: str | None


def router(issuer: Issuer) -> APIRouter:
    at = APIRouter()

    @at.get(BEGIN)
    async def begin(request: Request) -> Response:
        return await _send_to(issuer, request)

    @at.get(CALLBACK)
    async def come_back(
        request: Request, state: str = "", code: str = "", iss: str | None = None
    ) -> Response:
        begun = await _begun(request, state)
        if begun is None:
            return _no("login-failed")
        return await _receive(issuer, request, begun, Answer(code, iss))

    @at.get(f"{REFUSED}/{{told}}")
    async def refused(told: Told) -> Response:
        raise TurnedAway(PAGE, told)

    return at


async def _send_to(issuer: Issuer, request: Request) -> Response:
    secret = _secret_of(request) or attempt.new_secret()
    begun = attempt.begin(secret, _now(request))
    try:
        address = await issuer.way_in(begun, chosen_language(request))
    except Away as error:
        return _unanswered(error)
    answer = RedirectResponse(address, SEE_OTHER, PRIVATE)
    keep_cookie(answer, request, COOKIE, secret, attempt.LASTS)
    return answer


async def _begun(request: Request, state: str) -> Attempt | None:
    """The attempt that the state belongs to, the first time that it comes back."""
    now, secret = _now(request), _secret_of(request)
    found = attempt.resume(secret, state, now) if secret else None
    if found is None:
        return None
    mark = hashlib.sha256(state.encode()).hexdigest()
    is_first = await request.app.state.wired.write(
        lambda unit: inbox.receive(unit, CAME, mark, now)
    )
    return found if is_first else None


async def _receive(issuer: Issuer, request: Request, begun: Attempt, answer: Answer) -> Response:
    write, now = request.app.state.wired.write, _now(request)
    try:
        email = await _email_for(issuer, begun, answer)
    except Away as error:
        return _unanswered(error)
    except NotLoggedIn as error:
        log.warning("a login with OpenID Connect failed: %s", error)
        await write(lambda unit: _note(unit, now, "issuer"))
        return _no("login-failed")
    token = new_token()
    came: bool = await write(lambda unit: _let_in(unit, now, email, token))
    return welcome(request, PAGE, token) if came else _no("login-unknown")


async def _email_for(issuer: Issuer, begun: Attempt, answer: Answer) -> str | None:
    if not answer.code:
        raise NotLoggedIn("the issuer sent nobody")
    return await issuer.email_for(answer.code, answer.issuer, begun)


def _let_in(unit: Unit, now: datetime, email: str | None, token: str) -> bool:
    person = directory.find_by_email(unit, email) if email else None
    why = _why_not(email, person)
    if person is None or why is not None:
        _note(unit, now, why or "nobody", person.id if person else None)
        return False
    begin_visit(unit, now, person.id, PAGE, token)
    audit.note(unit, now, f"entered the page {PAGE} with OpenID Connect", person.id)
    return True


def _why_not(email: str | None, person: Listed | None) -> Why | None:
    if email is None:
        return "email"
    if person is None or person.status != "active":
        return "nobody"
    return None if may_enter(person.roles, PAGE) else "role"


def _note(unit: Unit, now: datetime, why: Why, person: str | None = None) -> None:
    audit.note(unit, now, f"login refused: {why}", person)


def _unanswered(error: Away) -> Response:
    log.warning("the issuer of OpenID Connect: %s", error)
    return _no("login-silent")


def _no(told: Told) -> Response:
    """To an address with nothing of the login in it."""
    return RedirectResponse(f"{REFUSED}/{told}", SEE_OTHER, PRIVATE)


def _secret_of(request: Request) -> str:
    """What this browser's attempts are made of; "" where there is none."""
    kept = request.cookies.get(cookie_name(request, COOKIE), "")
    return kept if attempt.is_secret(kept) else ""


def _now(request: Request) -> datetime:
    now: datetime = request.app.state.wired.parts.clock()
    return now
