"""Takes in one update: stops the spinning, has it kept, and then changes what is on the screen."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.channels.base import Left, LeftBehind
from bot.channels.telegram.keyboard import Chosen, NoneChosen, Rows, Toggled, read_press
from bot.channels.telegram.menu import ONLY_IN_PRIVATE
from bot.channels.telegram.receive import Elsewhere, Heard, Press, Stayed, Update, receive
from bot.channels.telegram.screen import Screen
from bot.channels.telegram.wire import Line
from bot.inbound import Incoming, Outcome
from flows.model import Language

Hear = Callable[[Incoming], Awaitable[Outcome]]
Stays = Callable[[str, bool], Awaitable[None]]
"""Told whether the person at an address wants to hear from the bot."""
REMEMBERED = 1000
log = logging.getLogger(__name__)
Question = tuple[int, int]
"""Its chat and its number there."""


async def leave_all(external_id: str) -> Left:
    """Everything stays where it is."""
    return Left()


async def nobody_asks(external_id: str, here: bool) -> None:
    """It is kept nowhere who has blocked the bot."""


class Reception:
    """`hear` keeps an event for good, or raises. `bot_name`: the bot's username, as soon as it is
    known. `pause`: waits so many seconds."""

    def __init__(
        self,
        line: Line,
        hear: Hear,
        language: Language,
        left_behind: LeftBehind,
        stays: Stays,
        pause: Callable[[float], Awaitable[object]],
    ) -> None:
        self.bot_name = ""
        self._screen = Screen(line, pause)
        self._hear = hear
        self._language = language
        self._left_behind = left_behind
        self._stays = stays
        self._keyboards: OrderedDict[Question, Rows] = OrderedDict()
        self._settled: OrderedDict[Question, None] = OrderedDict()

    def stop(self) -> None:
        """Lets go of what was still to be tried again."""
        self._screen.stop()

    async def take(self, update: Update) -> None:
        """Returns when it is kept. Raises what `hear` raises."""
        match receive(update, self.bot_name):
            case Heard() as heard:
                await self._heard(heard)
            case Press() as press:
                await self._pressed(press)
            case Elsewhere() as elsewhere:
                await self._elsewhere(update, elsewhere)
            case Stayed(chat, here):
                log.info("somebody has %s the bot", "taken up" if here else "blocked")
                await self._stays(str(chat), here)
            case None:
                pass

    async def _heard(self, heard: Heard) -> None:
        incoming = heard.incoming
        outcome = await self._hear(incoming)
        if outcome not in ("taken", "before") or heard.message_id is None:
            return
        chat, left = int(incoming.external_id), await self._left_behind(incoming.external_id)
        if left.own:
            await self._screen.remove(chat, heard.message_id)
        for reference in filter(str.isdecimal, left.asked):
            await self._retire(chat, int(reference))

    async def _retire(self, chat: int, question: int) -> None:
        """Its answer stands under it already: it came as text."""
        if (chat, question) not in self._settled:
            self._note_settled(chat, question)
            await self._screen.take_buttons(chat, question)

    def _note_settled(self, chat: int, question: int) -> None:
        self._keyboards.pop((chat, question), None)
        self._settled[chat, question] = None
        if len(self._settled) > REMEMBERED:
            self._settled.popitem(last=False)

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
            if len(self._keyboards) > REMEMBERED:
                self._keyboards.popitem(last=False)
            await self._screen.show_rows(press.shown, rows)

    async def _choose(self, press: Press, chosen: Chosen) -> None:
        await self._hear(press.incoming(chosen.token, chosen.also))
        if press.shown:
            self._note_settled(press.chat_id, press.shown.message_id)
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
