"""What every page is shown in: the templates, the language, the words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from bot.web.page_texts import page_texts
from bot.web.page_texts_door import DOOR
from flows.model import LANGUAGES, Language

pages = Jinja2Templates(directory=Path(__file__).parent / "templates")
_SLOT = re.compile(r"\{([a-z_]+)\}")


def fill(text: str, **slots: object) -> str:
    """A sentence of ours with what is filled in; the template escapes all of it."""
    return _SLOT.sub(lambda found: str(slots.get(found[1], found[0])), text)


pages.env.filters["fill"] = fill
PRIVATE = {"Cache-Control": "no-store"}
LANGUAGE_COOKIE = "tillidsrum-language"
A_YEAR = 365 * 24 * 3600


def wanted_language(request: Request) -> Language:
    """The one of ours that the browser asks for first; Danish if none."""
    for wanted in request.headers.get("accept-language", "").lower().split(","):
        if wanted.strip().startswith("en"):
            return "en"
        if wanted.strip().startswith("da"):
            return "da"
    return "da"


def chosen_language(request: Request, unless_chosen: Language | None = None) -> Language:
    """As the address asks (`?lang=`), else as chosen before in this browser, else the person's."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        for language in LANGUAGES:
            if chosen == language:
                return language
    return unless_chosen or wanted_language(request)


def words_of(language: Language) -> dict[str, str]:
    """What the frame and the door say."""
    return {**page_texts(language), **{key: getattr(text, language) for key, text in DOOR.items()}}


def show(
    request: Request, template: str, language: Language, status: int = 200, **shown: Any
) -> HTMLResponse:
    """A page that is for its reader alone: no cache keeps it."""
    words = {
        "lang": language, "t": words_of(language), "in_languages": _in_languages(request), **shown,
    }  # fmt: skip
    answer = pages.TemplateResponse(request, template, words, status, headers=PRIVATE)
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE, language, max_age=A_YEAR, httponly=True, samesite="lax",
            secure=request.url.scheme == "https",
        )  # fmt: skip
    return answer


def _in_languages(request: Request) -> dict[Language, str]:
    """This page's address in each language, with whatever else it asks for."""
    asked = {name: value for name, value in request.query_params.items() if name != "lang"}
    return {one: f"?{urlencode({**asked, 'lang': one})}" for one in LANGUAGES}
