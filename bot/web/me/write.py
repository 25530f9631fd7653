"""Where one writes for oneself: the conversation at hand, from question to question.

A page is told anew from the stored answers each time that it is opened. What is posted goes the way
of every event (`bot/intake.py`) and is answered here: nothing of it is queued for the chat.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.inbound import DoesNotFit, FurtherOn, Incoming, Taken
from bot.web.door import SEE_OTHER, STATUS, Reason, TurnedAway
from bot.web.forms import Form, is_ours, read_form
from bot.web.frame import chosen_language, show, words_of
from bot.web.me.data import farewell
from bot.web.me.room import SAID, UNFIT, Here, Posted, Room, enter, missing, obey
from bot.web.me.texts import me_texts
from bot.web.me.written import Wanted, look
from flows.wording import read_token
from storage.preferences import ON_PAGE

router = APIRouter(prefix="/write")
CHANNEL = "page"
FURTHER_ON = 409
OFFERS = "[back-to]"
"""What waits is listed on the page, and is not asked about."""


@router.get("")
async def write(room: Here) -> Response:
    """The one that waits; or all of them, to choose from."""
    return await _show(room, Wanted(notes=_notes(room)))


@router.get("/{conversation}")
async def go_on(room: Here, conversation: str, after: str = "", change: str = "") -> Response:
    """`after`: the conversation that led here, whose last words are told too. `change`: which
    answer is to be changed is asked instead."""
    return await _show(room, Wanted(conversation, _notes(room), after, bool(change)))


@router.post("")
async def answer(request: Request) -> Response:
    """What was written is never lost: whoever is not let in any more gets it back."""
    form = await read_form(request)
    try:
        room = await enter(request)
    except TurnedAway as away:
        return _given_back(request, form["text"], away.reason)
    if not is_ours(form, room.visitor.mark):
        return _given_back(request, form["text"], "old-form")
    return await _take(room, form)


@router.post("/own-words")
async def own_words(room: Here, form: Posted) -> Response:
    wanted = ON_PAGE if form["where"] == ON_PAGE else "chat"
    await room.write(lambda unit, me: obey(unit, room.parts, me, "set-own-words", wanted))
    return room.back("/me/write", f"own_words_{wanted}")


async def _take(room: Room, form: Form) -> Response:
    incoming, text = _incoming(room, form), form["text"]
    token = read_token(incoming.token or "")
    if token is None:
        return _given_back(room.request, text, "gone")
    wanted = Wanted(token.conversation)
    try:
        taken: Taken = await room.wired.intake.take(incoming)
    except DoesNotFit as wrong:
        return await _show(room, wanted, UNFIT, fault=wrong.words, text=text)
    except FurtherOn:
        return await _show(room, wanted, FURTHER_ON, late=bool(text), text=text)
    room.wired.postman.ask()
    await room.wired.chat.tell()
    if taken.outcome == "erased":
        return farewell(room)
    if taken.outcome == "unknown-person":
        return _given_back(room.request, text, "no-visit")
    return _onward(room, taken, token.conversation)


def _incoming(room: Room, form: Form) -> Incoming:
    pressed = [form["choice"]] if form["choice"] else form.every("tick")
    token, *also = pressed or [form["at"]]
    text = None if pressed else form["text"]
    told = json.dumps([form["id"], token, also, text])
    # The same form with other words in it is another event. Of the words nothing can be told by
    # the key: the visit's mark is kept nowhere.
    key = hmac.new(room.visitor.mark.encode(), told.encode(), hashlib.sha256).hexdigest()
    return Incoming(
        CHANNEL, room.visitor.id, key, text=text, token=token, also=tuple(also), at_hand=True,
        here=room.language,
    )  # fmt: skip


def _onward(room: Room, taken: Taken, conversation: str) -> Response:
    """To where it goes on now, perhaps in another conversation; what was noted on the way is told
    there once."""
    said = [(one, message.name) for one, message in taken.said if message.name != OFFERS]
    last = next((one for one, _ in reversed(said) if one), conversation)
    to = f"/me/write/{last}"
    if "[which-answer]" in (name for _, name in said):
        return RedirectResponse(f"{to}?change=1", SEE_OTHER)
    if last != conversation:
        to = f"{to}?after={conversation}"
    notes = [name.strip("[]") for _, name in said if name.startswith("[")]
    return room.back(to, ".".join(notes)) if notes else RedirectResponse(to, SEE_OTHER)


def _notes(room: Room) -> tuple[str, ...]:
    """What was noted on the way here. What the page says of itself is no note."""
    said = room.request.cookies.get(SAID, "")
    return () if f"said_{said}" in room.texts else tuple(said.split(".")[:5])


async def _show(room: Room, wanted: Wanted, status: int = 200, **more: Any) -> Response:
    """In a unit that writes: what others have shared counts as seen when it is shown. `fault`,
    `late` and `text`: what is wrong with what was written, and that."""
    found = await room.write(lambda unit, me: look(unit, room, me, wanted))
    shown = {"fault": "", "late": False, "text": "", **more}
    if found is None:
        return _given_back(room.request, shown["text"], "gone")
    until = room.visitor.until.astimezone(ZoneInfo(found.zone))
    return room.show(
        "write", "write", status, look=found, id=room.parts.ids(), faults=shown["fault"],
        until=room.clock(f"{until:%H:%M}"), **shown,
    )  # fmt: skip


def _given_back(request: Request, text: str, reason: Reason | Literal["gone"]) -> Response:
    """Not kept, and shown once to be copied."""
    if not text.strip():
        raise missing() if reason == "gone" else TurnedAway("me", reason)
    language = chosen_language(request)
    words = {**words_of(language), **me_texts(language)}
    title, status = "gone", 404
    if reason != "gone":
        title, status = f"away_{reason}", STATUS[reason]
    shown = {"title": title, "text": text, "home": "/me/write"}
    return show(request, "me/given_back.html", language, status, t=words, **shown)
