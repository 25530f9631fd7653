"""Which roles let somebody in where."""

from __future__ import annotations

from storage.pages import Page

TRUSTED = frozenset(("admin", "hr"))
"""Those who run it: they may enter the console."""


def may_enter(roles: str, page: Page) -> bool:
    """`roles`: separated by commas. Everybody has a page of their own."""
    return page == "me" or not TRUSTED.isdisjoint(roles.split(","))
