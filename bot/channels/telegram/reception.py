"""Takes in one update: stops the spinning, has it kept, and then changes what is on the screen."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.channels.telegram.keyboard import Chosen, NoneChosen, Rows, Toggled, read_press
from bot.channels.telegram.menu import ONLY_IN_PRIVATE
from bot.channels.telegram.receive import Elsewhere, Heard, Press, Stayed, Update, receive
from bot.channels.telegram.screen import Screen
from bot.channels.telegram.wire import Line
from bot.inbound import Incoming, Outcome
from flows.model import Language

Hear = Callable[[Incoming], Awaitable[Outcome]]
DeleteOwn = Callable[[str], Awaitable[bool]]
KEYBOARDS = 1000
log = logging.getLogger(__name__)


async def keep_all(external_id: str) -> bool:
    """Nobody has asked for their own messages to be deleted."""
    return False


class Reception:
    """`hear` keeps an event for good, or raises. `delete_own`: whether the person at an address
    wants their own messages deleted once they are kept. `bot_name`: the bot's username, as soon
    as it is known."""

    def __init__(self, line: Line, hear: Hear, language: Language, delete_own: DeleteOwn) -> None:
        self.bot_name = ""
        self._screen = Screen(line)
        self._hear = hear
        self._language = language
        self._delete_own = delete_own
        self._keyboards: OrderedDict[tuple[int, int], Rows] = OrderedDict()

    async def take(self, update: Update) -> None:
        """Returns when it is kept. Raises what `hear` raises."""
        match receive(update, self.bot_name):
            case Heard() as heard:
                await self._heard(heard)
            case Press() as press:
                await self._pressed(press)
            case Elsewhere() as elsewhere:
                await self._elsewhere(update, elsewhere)
            case Stayed(here):
                log.info("somebody has %s the bot", "taken up" if here else "blocked")
            case None:
                pass

    async def _heard(self, heard: Heard) -> None:
        incoming = heard.incoming
        outcome = await self._hear(incoming)
        kept = outcome in ("taken", "before") and heard.message_id is not None
        if kept and await self._delete_own(incoming.external_id):
            await self._screen.remove(int(incoming.external_id), heard.message_id or 0)

    async def _pressed(self, press: Press) -> None:
        match read_press(press.pressed, self._rows(press)):
            case Toggled(rows):
                await self._screen.stop_spinning(press.query_id)
                await self._toggle(press, rows)
            case NoneChosen(words):
                await self._screen.stop_spinning(press.query_id, words)
            case Chosen() as chosen:
                await self._screen.stop_spinning(press.query_id)
                await self._choose(press, chosen)

    async def _toggle(self, press: Press, rows: Rows) -> None:
        """Remembered too: who taps quickly presses on a keyboard that is not changed yet."""
        if press.shown and rows:
            self._keyboards[press.chat_id, press.shown.message_id] = rows
            if len(self._keyboards) > KEYBOARDS:
                self._keyboards.popitem(last=False)
            await self._screen.show_rows(press.shown, rows)

    async def _choose(self, press: Press, chosen: Chosen) -> None:
        await self._hear(press.incoming(chosen.token, chosen.also))
        if press.shown:
            self._keyboards.pop((press.chat_id, press.shown.message_id), None)
            await self._screen.settle(press.shown, chosen.label)

    def _rows(self, press: Press) -> Rows:
        if press.shown is None:
            return []
        return self._keyboards.get((press.chat_id, press.shown.message_id), press.shown.rows)

    async def _elsewhere(self, update: Update, elsewhere: Elsewhere) -> None:
        if update.callback_query:
            await self._screen.stop_spinning(update.callback_query.id)
            return
        spoken: Language = "en" if elsewhere.language_code.startswith("en") else self._language
        await self._screen.say(elsewhere.chat_id, ONLY_IN_PRIVATE[spoken])
