"""A login put together, as the rest of the program knows it: without the libraries it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from fastapi import APIRouter

from storage.pages import Page


class Login(NamedTuple):
    """`page`: what it opens; `name`: what its button says, if not the page's own words; `stop`:
    lets go of connections at the end."""

    page: Page
    name: str | None
    router: APIRouter
    stop: Callable[[], Awaitable[None]]
