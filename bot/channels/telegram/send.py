"""What was rendered, to a chat. Telegram takes no key and has no look-up: what is in doubt stays
in doubt."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from telegram import InputFile, LinkPreviewOptions, MessageEntity
from telegram.error import TelegramError

from bot.channels.base import DeliveryFailed, Paper, Papers, Rendered
from bot.channels.telegram.render import CAPTION, SENT_AS_PAPER, render
from bot.channels.telegram.text import units
from bot.channels.telegram.wire import NEVER_SENT, Line, Refused
from flows.model import Language
from flows.wording import Message

NAME = "telegram"
ALL_PER_SECOND = 29.5
"""Telegram takes 30; what is sent evenly does not arrive evenly."""
CHAT_PER_SECOND = 1
LONGEST_SENDING = 25.0
"""Seconds for all parts of a message: well within the time that a row is lent to a worker."""
FLOODED, FORBIDDEN = 429, 403
LEFT = ("bot was blocked by the user", "user is deactivated")
"""Whoever it is wants nothing more, or is no more. Any other 403 may be the bot's own fault, such
as another bot's token, and says nothing of the person."""
NEVER = (400, FORBIDDEN, 413)
"""It is the message or the chat: sent again, it would be refused again."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


class TelegramChannel:
    name = NAME

    def __init__(self, line: Line, papers: Papers, *, longest: float = LONGEST_SENDING) -> None:
        self._line = line
        self._papers = papers
        self._longest = longest

    def render(self, message: Message, language: Language) -> list[Rendered]:
        return render(message, language)

    def pace(self, external_id: str) -> Sequence[tuple[str, timedelta]]:
        return (
            (f"{NAME}:all", timedelta(seconds=1) / ALL_PER_SECOND),
            (f"{NAME}:chat:{external_id}", timedelta(seconds=1) / CHAT_PER_SECOND),
        )

    async def quiet_for(self, external_id: str) -> timedelta | None:
        return None

    async def find(self, external_id: str, key: str) -> bool | None:
        """It can never tell. As long as it is away nothing is given up or repeated either."""
        try:
            await self._line.get_me()
        except TelegramError as error:
            raise failure(error) from None
        return None

    async def send(self, external_id: str, rendered: list[Rendered], key: str) -> str | None:
        """Gives the id of the last message."""
        if not (external_id.isascii() and external_id.isdecimal()):
            raise DeliveryFailed("that is no private Telegram chat", permanent=True)
        calls = [await self._filled(external_id, call) for call in rendered]
        sent: list[int] = []
        try:
            async with asyncio.timeout(self._longest):
                for call in calls:
                    sent.append(await self._send(int(external_id), call))
        except TimeoutError:
            raise DeliveryFailed("Telegram took too long", doubtful=True) from None
        except TelegramError as error:
            raise _after(len(sent), failure(error)) from None
        return str(sent[-1]) if sent else None

    async def _filled(self, external_id: str, call: Rendered) -> Rendered:
        """Papers are drawn before the first part goes out."""
        if call["method"] != SENT_AS_PAPER:
            return call
        paper = await self._papers.paper(self.name, external_id, call["paper"])
        return {**call, "paper": paper, **_caption(call, paper)}

    async def _send(self, chat: int, call: Rendered) -> int:
        markup: Any = call.get("reply_markup")
        if call["method"] != SENT_AS_PAPER:
            sent = await self._line.send_message(
                chat, call["text"], entities=entities_of(call["entities"]), reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )  # fmt: skip
            return sent.message_id
        paper: Paper = call["paper"]
        file = InputFile(paper.content, filename=paper.filename)
        about: dict[str, Any] = {
            "caption": call["caption"] or None, "reply_markup": markup,
            "caption_entities": entities_of(call["caption_entities"]),
        }  # fmt: skip
        if paper.media_type.startswith("image/"):
            return (await self._line.send_photo(chat, file, **about)).message_id
        return (await self._line.send_document(chat, file, **about)).message_id


def _caption(call: Rendered, paper: Paper) -> Rendered:
    """The words of a picture, for who cannot see it, folded in under the caption if there is
    room."""
    said, entities = call["caption"], call["caption_entities"]
    before = f"{said}\n\n" if said else ""
    words = paper.words.strip()
    if not words or units(before) + units(words) > CAPTION:
        return {"caption": said, "caption_entities": entities}
    folded = {"type": "expandable_blockquote", "offset": units(before), "length": units(words)}
    return {"caption": f"{before}{words}", "caption_entities": [*entities, folded]}


def entities_of(entities: Sequence[dict[str, Any]]) -> list[MessageEntity]:
    return [MessageEntity.de_json(dict(one)) for one in entities]


def failure(error: TelegramError) -> DeliveryFailed:
    """What a failed call means for its message."""
    if isinstance(error, Refused):
        return _refusal(error)
    cause = error.__cause__
    if isinstance(cause, NEVER_SENT):
        return DeliveryFailed(f"Telegram cannot be reached ({type(cause).__name__})")
    what = type(cause or error).__name__
    return DeliveryFailed(f"no clear answer from Telegram ({what})", doubtful=True)


def _refusal(error: Refused) -> DeliveryFailed:
    if error.code == FLOODED:
        return DeliveryFailed("too many messages to Telegram", retry_after=error.retry_after)
    # Telegram may quote an address or a name.
    words = _QUOTED.sub("…", error.message)
    return DeliveryFailed(
        f"Telegram refused it ({error.code}): {words}",
        permanent=error.code in NEVER,
        closed=error.code == FORBIDDEN and any(one in words for one in LEFT),
    )


def _after(sent: int, failed: DeliveryFailed) -> DeliveryFailed:
    """Some parts are on the screen already: sent again, they would be there twice."""
    if not sent:
        return failed
    return DeliveryFailed(f"only {sent} of the parts arrived: {failed.reason}", doubtful=True)
