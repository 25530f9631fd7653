"""A Message as Slack takes it: chat.postMessage, or a paper before it. Pure and total: whatever a
dialogue says fits the limits of Block Kit.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.base import Rendered
from bot.channels.slack.blocks import Json, context, rich, said
from bot.channels.slack.choices import rows
from bot.channels.slack.text import clean, pieces
from flows.model import Language
from flows.wording import Message

SENT_AS_TEXT = "chat.postMessage"
SENT_AS_PAPER = "paper"
BLOCKS = 3
"""Of text in a message: all of it together has to stay well below 13,200 characters."""
NOTICE: dict[Language, str] = {"da": "Nyt fra Tillidsrum", "en": "News from Tillidsrum"}


def render(message: Message, language: Language) -> list[Rendered]:
    """The calls, in order; the last one is always a message, and has the buttons. `paper`: curve,
    sheet, calendar or export. `text` is what a locked screen shows, and says nothing private."""
    notice = message.notice or NOTICE[language]
    texts = [rich(piece) for piece in pieces(message.spans)]
    under = [*_asides(message), *rows(message, language)]
    if not texts and not under:
        texts = [said(notice)]
    parts = [texts[at : at + BLOCKS] for at in range(0, len(texts), BLOCKS)] or [[]]
    parts[-1] = [*parts[-1], *under]
    paper = [{"method": SENT_AS_PAPER, "paper": message.shows}] if message.shows else []
    return [*paper, *(_call(notice, part) for part in parts)]


def _asides(message: Message) -> Iterator[Json]:
    """What the ends of a scale mean, and who sees the answer."""
    if message.ends:
        yield context(f"1 = {message.ends[0]} · 5 = {message.ends[1]}")
    if message.sight and (sight := clean(message.sight).strip()):
        yield context(sight)


def _call(notice: str, blocks: list[Json]) -> Rendered:
    return {
        "method": SENT_AS_TEXT,
        "text": notice,
        "blocks": blocks,
        "mrkdwn": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }
