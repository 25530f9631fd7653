"""The way from the chat to a page: a link that opens once, for a short while."""

from __future__ import annotations

from datetime import timedelta

from bot.parts import Parts
from bot.roles import may_enter
from bot.talk import Talk
from storage import audit, pages
from storage.database import Unit
from storage.pages import Page

LASTS = timedelta(minutes=10)


def ask_for_page(talk: Talk, page: Page) -> None:
    profile = talk.profile
    if not may_enter(profile.roles, page):
        talk.note(profile.language, "page-not-admin")
        return
    address = make_page_link(talk.unit, talk.parts, profile.id, page)
    talk.note(profile.language, f"page-{page}", address=address)


def ask_to_write(talk: Talk, conversation: str) -> None:
    """The way to one's own page, and there to where the conversation goes on."""
    address = make_page_link(talk.unit, talk.parts, talk.profile.id, "me")
    to = f"{address}&to=write/{conversation}"
    talk.note(talk.profile.language, "page-write", address=to)


def make_page_link(unit: Unit, parts: Parts, person: str, page: Page) -> str:
    """The address. A link made before is worth nothing any more."""
    now, token = parts.clock(), parts.ids() + parts.ids()
    pages.make_link(unit, person, page, token, now + LASTS)
    audit.note(unit, now, f"link to the page {page} made", person)
    return f"{parts.address}/{page}/enter?token={token}"
