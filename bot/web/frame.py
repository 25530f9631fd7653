"""What every page is shown in: the templates, the language, the words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from bot.web.page_texts import page_texts
from flows.model import LANGUAGES, Language

pages = Jinja2Templates(directory=Path(__file__).parent / "templates")
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


def show(
    request: Request, template: str, language: Language, status: int = 200, **shown: Any
) -> HTMLResponse:
    """A page that is for its reader alone: no cache keeps it."""
    words = {"lang": language, "t": page_texts(language), "here": request.url.path, **shown}
    answer = pages.TemplateResponse(request, template, words, status, headers=PRIVATE)
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(
            LANGUAGE_COOKIE, language, max_age=A_YEAR, httponly=True, samesite="lax",
            secure=request.url.scheme == "https",
        )  # fmt: skip
    return answer
