"""What listens at Telegram: long polling, or a webhook that is set at start.

An update is confirmed only when what it says is kept, so a crash loses none; what comes again is
known by its number. In order within a chat; chats do not wait for each other.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from telegram.error import TelegramError

from bot.channels.base import LeftBehind
from bot.channels.telegram.menu import introduce
from bot.channels.telegram.receive import ALLOWED, Update, read_update
from bot.channels.telegram.reception import Hear, Reception, Stays, leave_all, nobody_asks
from bot.channels.telegram.send import failure
from bot.channels.telegram.wire import Line, Refused
from flows.model import Language

log = logging.getLogger(__name__)
Pause = Callable[[float], Awaitable[object]]

POLL_SECONDS = 30
LONGEST_PAUSE = 60.0
LOOK_AGAIN = 300.0
"""How often Telegram is asked whether it can deliver to the webhook, in seconds."""
TRIES = 3
"""How often an update is taken up that the program itself stumbles over."""
NOT_CONNECTED = "Telegram has not answered yet"
WHAT_IS_WRONG = {
    401: "Telegram does not know the bot token (401)",
    404: "Telegram does not know the bot token (404)",
    409: "another program reads this bot's messages (409)",
}


class Webhook(NamedTuple):
    """`url`: what Telegram posts to. `secret`: what it says with every update."""

    url: str
    secret: str


class TelegramEdge:
    """`store_errors`: what `hear` raises while nothing can be kept; then it is tried until it is.
    `pause`: waits so many seconds."""

    def __init__(
        self,
        line: Line,
        hear: Hear,
        *,
        language: Language = "da",
        webhook: Webhook | None = None,
        left_behind: LeftBehind = leave_all,
        stays: Stays = nobody_asks,
        store_errors: tuple[type[Exception], ...] = (),
        pause: Pause = asyncio.sleep,
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        self._line = line
        self._reception = Reception(line, hear, language, left_behind, stays, pause)
        self._language = language
        self._webhook = webhook
        self._store_errors = store_errors
        self._pause = pause
        self._poll_seconds = poll_seconds
        self._failures = 0
        self._line_trouble = NOT_CONNECTED
        self._store_trouble = ""
        self._tries: Counter[int] = Counter()
        self._done: set[int] = set()

    def health(self) -> str:
        return self._line_trouble or self._store_trouble or "ok"

    async def run(self) -> None:
        try:
            await self._listen()
        finally:
            self._reception.stop()

    async def _listen(self) -> None:
        while not await self._succeeds(self._begin()):
            pass
        self._failures = 0
        await self._succeeds(introduce(self._line, self._language))
        if self._webhook:
            await self._watch()
        else:
            await self._poll()

    async def take(self, update: Update) -> bool:
        """Whether it is done with: kept, or given up."""
        (error,) = await asyncio.gather(self._reception.take(update), return_exceptions=True)
        if error is None:
            self._tries.pop(update.update_id, None)
            self._store_trouble = ""
            return True
        if not isinstance(error, Exception):
            raise error
        return self._given_up(update.update_id, error)

    async def _begin(self) -> None:
        me = await self._line.get_me()
        self._reception.bot_name = me.username or ""
        if self._webhook:
            await self._line.set_webhook(
                self._webhook.url, secret_token=self._webhook.secret, allowed_updates=ALLOWED
            )
        else:
            await self._line.delete_webhook()

    async def _watch(self) -> None:
        """Updates come by themselves; Telegram knows whether they arrive."""
        while True:
            if await self._succeeds(self._look()):
                self._failures = 0
                await self._pause(LOOK_AGAIN)

    async def _look(self) -> None:
        told = await self._line.get_webhook_info()
        if self._webhook and told.url != self._webhook.url:
            await self._begin()
        waits = told.pending_update_count and told.last_error_message
        self._store_trouble = f"Telegram cannot deliver: {told.last_error_message}" if waits else ""

    async def _poll(self) -> None:
        offset = 0
        while True:
            found: list[Update] = []
            if await self._succeeds(self._fetch(offset, found)):
                offset = await self._take_all(found, offset)

    async def _fetch(self, offset: int, found: list[Update]) -> None:
        """After a trouble at once, to see whether it is over."""
        seconds = 0 if self._line_trouble else self._poll_seconds
        for raw in await self._line.updates(offset, seconds, ALLOWED):
            update = read_update(raw)
            if update is not None:
                found.append(update)

    async def _take_all(self, updates: list[Update], offset: int) -> int:
        """Gives from which update on Telegram is to deliver again: the first that is not done."""
        await asyncio.gather(*(self._take_in_order(line) for line in _by_chat(updates)))
        numbers = [update.update_id for update in updates]
        left = [number for number in numbers if number not in self._done]
        if left:
            await self._wait()
        else:
            self._failures = 0
        after = min(left) if left else max((number + 1 for number in numbers), default=offset)
        offset = max(offset, after)
        self._done = {number for number in self._done if number >= offset}
        return offset

    async def _take_in_order(self, updates: Iterable[Update]) -> None:
        for update in updates:
            if update.update_id not in self._done:
                if not await self.take(update):
                    return
                self._done.add(update.update_id)

    def _given_up(self, number: int, error: Exception) -> bool:
        kind = type(error).__name__
        self._store_trouble = f"what people write cannot be kept ({kind})"
        log.error("update %s was not kept: %s at %s", number, kind, _place(error))
        if isinstance(error, self._store_errors):
            return False
        self._tries[number] += 1
        if self._tries[number] < TRIES:
            return False
        log.error("update %s is given up", number)
        self._store_trouble = ""
        del self._tries[number]
        return True

    async def _succeeds(self, attempt: Awaitable[None]) -> bool:
        """Does what it is given to do; if Telegram fails, waits and gives False."""
        try:
            await attempt
        except TelegramError as error:
            self._line_trouble = _trouble(error)
            log.warning("%s", self._line_trouble)
            await self._wait(failure(error).retry_after)
            return False
        self._line_trouble = ""
        return True

    async def _wait(self, asked: float | None = None) -> None:
        """Longer each time, and never shorter than Telegram asked for."""
        self._failures += 1
        await self._pause(max(asked or 0, min(2.0 ** (self._failures - 1), LONGEST_PAUSE)))


def _by_chat(updates: Iterable[Update]) -> Iterable[list[Update]]:
    lines: dict[int, list[Update]] = {}
    for update in updates:
        lines.setdefault(update.chat_id, []).append(update)
    return lines.values()


def _trouble(error: TelegramError) -> str:
    known = WHAT_IS_WRONG.get(error.code) if isinstance(error, Refused) else None
    return known or failure(error).reason


def _place(error: Exception) -> str:
    """Where in the program; not the words of the error, which may be somebody's."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
