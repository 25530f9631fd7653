"""Takes in what Slack tells: has it kept, and changes what is on the screen once it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError

from bot.channels.base import Left, LeftBehind
from bot.channels.slack.blocks import Json, has_buttons
from bot.channels.slack.home import Home, page
from bot.channels.slack.modal import Asked, keeping_window, misfit, telling_window, window
from bot.channels.slack.receive import (
    Account,
    AtHome,
    ChangesRhythm,
    Event,
    FillsRhythm,
    Heard,
    Opens,
    OpensRhythm,
    Outside,
    Pressed,
    TakesUp,
    Unchosen,
    Who,
    Wrote,
    receive,
    vouched_email,
)
from bot.channels.slack.rhythm import (
    Kept,
    NoRhythms,
    Rhythms,
    filling_window,
    seen_window,
    wrong,
)
from bot.channels.slack.screen import Screen
from bot.channels.slack.texts import SAYS, language_of
from bot.channels.slack.workspaces import NAME, Workspaces
from bot.inbound import DoesNotFit, Incoming, Outcome
from flows.model import Language

Hear = Callable[[Incoming], Awaitable[Outcome]]
log = logging.getLogger(__name__)


class Register(Protocol):
    """Who is who on a channel."""

    async def language(self, channel: str, external_id: str) -> Language | None:
        """Of whoever the address is, None if it is nobody's."""
        ...

    async def by_email(self, channel: str, external_id: str, email: str, key: str) -> bool:
        """Makes the address that of the person with this e-mail, which the workspace vouches for,
        and welcomes them; False when nobody is to be welcomed. `key`: of the event by which they
        came, which is answered by that."""
        ...

    async def changed(self, channel: str, external_id: str, email: str) -> None:
        """The account is another than before; `email`: what the workspace vouches for now."""
        ...

    async def left(self, channel: str, external_id: str) -> None:
        """The account at the address was closed: nothing is sent there any more."""
        ...


async def leave_all(external_id: str) -> Left:
    """Everything stays where it is."""
    return Left()


class Reception:
    """`hear` keeps an event for good, or raises: then Slack is to deliver it again."""

    def __init__(
        self, workspaces: Workspaces, hear: Hear, register: Register, home: Home,
        language: Language, left_behind: LeftBehind = leave_all,
        rhythms: Rhythms | None = None,
    ) -> None:  # fmt: skip
        self._workspaces = workspaces
        self._screen = Screen(workspaces)
        self._hear = hear
        self._register = register
        self._home = home
        self._rhythms = rhythms or NoRhythms()
        self._left_behind = left_behind
        self._language = language
        self._known: set[str] = set()
        self._courtesies: set[asyncio.Task[None]] = set()

    async def take(self, body: Json) -> Json:
        """Returns when it is kept: what is answered at once, as arguments of `ack`. Raises what
        `hear` and the register raise, and one of ERRORS when a newcomer cannot be looked up."""
        event = receive(body)
        if isinstance(event, FillsRhythm):
            return await self._foreseen(event)
        if not isinstance(event, Heard | Pressed | Wrote):
            await self._other(event)
            return {}
        try:
            await self._keep(event.who, event.incoming)
        except DoesNotFit as found:
            return _unfit(event, found.words)
        self._after(event)
        if not _elsewhere(event):
            return {}
        return {"text": SAYS[await self._language_of(event.who)]["kept-private"]}

    async def finish(self) -> None:
        """Waits for the changes that are on their way."""
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    async def _keep(self, who: Who, incoming: Incoming) -> None:
        """Whoever is known by it for the first time is welcomed, and that is the whole answer."""
        if not await self._is_known(who) and await self._welcomed(who, incoming.key):
            return
        if await self._hear(incoming) in ("unknown-person", "erased"):
            self._known.discard(who.external_id)

    async def _other(self, event: Event | None) -> None:
        match event:
            case Opens(who, trigger, wanted, shown):
                view = window(wanted, shown.blocks, shown.channel, shown.ts)
                await self._screen.open(who, trigger, view)
            case TakesUp(who, trigger, text):
                await self._screen.open(who, trigger, await self._to_take_up(who, trigger, text))
            case OpensRhythm():
                await self._open_rhythm(event)
            case ChangesRhythm(who, shown, kept):
                if offer := await self._rhythms.offer(NAME, who.external_id):
                    await self._screen.replace(who, shown, filling_window(offer, kept))
            case Unchosen(who, channel, language):
                words = SAYS[language_of(language)]["choose-some"]
                self._later(self._screen.say_alone(who, channel, words))
            case Outside(who, channel):
                words = SAYS[await self._language_of(who)]["only-here"]
                self._later(self._screen.say_alone(who, channel, words))
            case AtHome(who):
                self._later(self._show_home(who))
            case Account(who, closed, email):
                self._known.discard(who.external_id)
                if closed:
                    await self._register.left(NAME, who.external_id)
                else:
                    await self._register.changed(NAME, who.external_id, email)

    async def _to_take_up(self, who: Who, trigger: str, text: str) -> Json:
        if not await self._is_known(who):
            await self._welcomed(who, f"shortcut:{trigger}")
        language = await self._register.language(NAME, who.external_id)
        return keeping_window(text, language) if language else self._for_unknown()

    def _for_unknown(self) -> Json:
        return telling_window(SAYS[self._language]["unknown"], self._language)

    async def _open_rhythm(self, wanted: OpensRhythm) -> None:
        """The dialogue asks the same where no window could be opened."""
        who = wanted.who
        if not await self._is_known(who):
            await self._welcomed(who, wanted.incoming.key)
        offer = await self._rhythms.offer(NAME, who.external_id)
        kept = Kept(self._language, wanted.asked)
        view = filling_window(offer, kept) if offer else self._for_unknown()
        if not await self._screen.open(who, wanted.trigger, view):
            await self._keep(who, wanted.incoming)

    async def _foreseen(self, event: FillsRhythm) -> Json:
        """The window becomes what would come of it, or says what is wrong with it."""
        seen = await self._rhythms.foresee(NAME, event.who.external_id, event.entered)
        if isinstance(seen, dict):
            return wrong(event.view, seen)
        if seen is None:
            return _becomes(self._for_unknown())
        return _becomes(seen_window(seen, event.kept, event.entered.person))

    def _after(self, event: Heard | Pressed | Wrote) -> None:
        match event:
            case Pressed(who, _, label, shown):
                self._later(self._screen.settle(who, shown, label))
            case Wrote(asked=Asked() as asked, instead=instead):
                label = SAYS[asked.language]["kept" if instead else "written"]
                self._later(self._settle_window(event.who, asked, label))
            case Heard(at_home=True):
                self._later(self._show_home(event.who))
            case Heard(who, channel=channel) if channel and not self._is_settled(who):
                self._later(self._settle_typed(who, channel))

    async def _settle_window(self, who: Who, asked: Asked, label: str) -> None:
        """What was written is not shown again; delivered twice, it is not settled twice."""
        shown = await self._screen.look_up(who, asked.channel, asked.ts)
        if shown and has_buttons(shown.blocks):
            await self._screen.settle(who, shown, label)

    def _is_settled(self, who: Who) -> bool:
        return who.external_id in self._workspaces.settled

    async def _settle_typed(self, who: Who, channel: str) -> None:
        """The question that was answered by typing; the answer stands under it already."""
        self._workspaces.settled.add(who.external_id)
        left = await self._left_behind(who.external_id)
        for ts in left.asked:
            shown = await self._screen.look_up(who, channel, ts)
            if shown and has_buttons(shown.blocks):
                answered = SAYS[await self._language_of(who)]["answered"]
                await self._screen.settle(who, shown, answered)

    async def _show_home(self, who: Who) -> None:
        view = await self._home.home(NAME, who.external_id)
        await self._screen.publish(who, page(view, self._language))

    async def _language_of(self, who: Who) -> Language:
        return await self._register.language(NAME, who.external_id) or self._language

    async def _is_known(self, who: Who) -> bool:
        if who.external_id in self._known:
            return True
        if await self._register.language(NAME, who.external_id) is None:
            return False
        self._known.add(who.external_id)
        return True

    async def _welcomed(self, who: Who, key: str) -> bool:
        """By the workspace's own e-mail, the first time that somebody comes."""
        email = await self._email(who)
        if not email:
            return False
        return await self._register.by_email(NAME, who.external_id, email, key)

    async def _email(self, who: Who) -> str:
        workspace = await self._workspaces.of(who.team)
        if workspace is None:
            return ""
        try:
            user: Any = (await workspace.client.users_info(user=who.user))["user"]
        except SlackApiError as error:
            if error.response.get("error") != "user_not_found":
                raise
            return ""
        return vouched_email(user, who)

    def _later(self, courtesy: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(courtesy)
        self._courtesies.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._courtesies.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a change on a screen failed (%s)", type(error).__name__)


def _becomes(view: Json) -> Json:
    """The answer that puts another window in the place of the one that was submitted."""
    return {"response_action": "update", "view": view}


def _unfit(event: Heard | Pressed | Wrote, words: str) -> Json:
    """What cannot be kept is told under the field; where there is none, in the window's place."""
    if isinstance(event, Wrote) and event.instead:
        return _becomes(telling_window(words, event.instead))
    return misfit(words)


def _elsewhere(event: Heard | Pressed | Wrote) -> bool:
    return isinstance(event, Heard) and event.elsewhere
