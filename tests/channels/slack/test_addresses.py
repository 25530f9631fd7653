"""Addresses: the programme's may be pressed, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack.blocks import rich
from bot.channels.web.render import render
from flows.wording import Message, Span

ADDRESS = "https://example.org/ro"


def kind_on_slack(span: Span) -> str:
    block: Any = rich([span])
    return str(block["elements"][0]["elements"][0]["type"])


def style_on_the_page(span: Span) -> str:
    [shown] = render(Message(name="x", spans=(span,)), "da")
    return str(shown["spans"][0][1])


@pytest.mark.parametrize(
    ("span", "kind", "style"),
    [
        (Span(text=ADDRESS), "link", "link"),
        (Span(text=ADDRESS, theirs=True), "text", ""),
        (Span(text=f"se {ADDRESS}"), "text", ""),
        (Span(text="javascript:alert(1)"), "text", ""),
        (Span(text="http://example.org"), "text", ""),
        (Span(text="http://127.0.0.1:8080/me"), "text", "link"),
        (Span(text="http://127.0.0.1:8080/me", theirs=True), "text", ""),
        (Span(text="http://127.0.0.1.example.org/me"), "text", ""),
    ],
)
def test_only_an_address_of_ours_becomes_a_link(span: Span, kind: str, style: str) -> None:
    assert kind_on_slack(span) == kind
    assert style_on_the_page(span) == style
