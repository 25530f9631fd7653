"""Takes in what Slack tells: has it kept, and changes what is on the screen once it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError

from bot.channels.slack.blocks import Json, has_buttons
from bot.channels.slack.home import Home, page
from bot.channels.slack.modal import window
from bot.channels.slack.receive import (
    AtHome,
    Event,
    Gone,
    Heard,
    Opens,
    Outside,
    Pressed,
    Unchosen,
    Who,
    Wrote,
    receive,
)
from bot.channels.slack.screen import Screen
from bot.channels.slack.texts import SAYS, language_of
from bot.channels.slack.workspaces import NAME, Workspaces
from bot.inbound import Incoming, Outcome
from flows.model import Language

Hear = Callable[[Incoming], Awaitable[Outcome]]
log = logging.getLogger(__name__)


class Register(Protocol):
    """Who is who on a channel."""

    async def known(self, channel: str, external_id: str) -> bool:
        """Whether the address is somebody's."""
        ...

    async def by_email(self, channel: str, external_id: str, email: str) -> bool:
        """Makes the address that of the person with this e-mail, which the workspace vouches for;
        False when there is none."""
        ...

    async def left(self, channel: str, external_id: str) -> None:
        """The account at the address was closed: nothing is sent there any more."""
        ...


class Reception:
    """`hear` keeps an event for good, or raises: then Slack is to deliver it again."""

    def __init__(
        self, workspaces: Workspaces, hear: Hear, register: Register, home: Home, language: Language
    ) -> None:
        self._workspaces = workspaces
        self._screen = Screen(workspaces)
        self._hear = hear
        self._register = register
        self._home = home
        self._language = language
        self._known: set[str] = set()
        self._courtesies: set[asyncio.Task[None]] = set()

    async def take(self, body: Json) -> str:
        """Returns when it is kept: what only the person is told at once, or nothing. Raises what
        `hear` and the register raise, and one of ERRORS when a newcomer cannot be looked up."""
        event = receive(body)
        if isinstance(event, Heard | Pressed | Wrote):
            await self._keep(event.who, event.incoming)
            self._after(event)
            return SAYS[self._language]["kept-private"] if _elsewhere(event) else ""
        await self._other(event)
        return ""

    async def finish(self) -> None:
        """Waits for the changes that are on their way."""
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    async def _keep(self, who: Who, incoming: Incoming) -> None:
        if who.external_id not in self._known and await self._recognised(who):
            self._known.add(who.external_id)
        if await self._hear(incoming) in ("unknown-person", "erased"):
            self._known.discard(who.external_id)

    async def _other(self, event: Event | None) -> None:
        match event:
            case Opens(who, trigger, wanted, shown):
                view = window(wanted, shown.blocks, shown.channel, shown.ts)
                await self._screen.open(who, trigger, view)
            case Unchosen(who, channel, language):
                words = SAYS[language_of(language)]["choose-some"]
                self._later(self._screen.say_alone(who, channel, words))
            case Outside(who, channel):
                words = SAYS[self._language]["only-here"]
                self._later(self._screen.say_alone(who, channel, words))
            case AtHome(who):
                self._later(self._show_home(who))
            case Gone(who):
                self._known.discard(who.external_id)
                await self._register.left(NAME, who.external_id)

    def _after(self, event: Heard | Pressed | Wrote) -> None:
        match event:
            case Pressed(who, _, label, shown):
                self._later(self._screen.settle(who, shown, label))
            case Wrote():
                self._later(self._settle_window(event))
            case Heard(at_home=True):
                self._later(self._show_home(event.who))

    async def _settle_window(self, wrote: Wrote) -> None:
        """What was written is not shown again; delivered twice, it is not settled twice."""
        channel, ts, language = wrote.asked
        shown = await self._screen.look_up(wrote.who, channel, ts)
        if shown and has_buttons(shown.blocks):
            await self._screen.settle(wrote.who, shown, SAYS[language]["written"])

    async def _show_home(self, who: Who) -> None:
        view = await self._home.home(NAME, who.external_id)
        await self._screen.publish(who, page(view, self._language))

    async def _recognised(self, who: Who) -> bool:
        """By the workspace's own e-mail, the first time that somebody writes."""
        if await self._register.known(NAME, who.external_id):
            return True
        email = await self._email(who)
        return bool(email) and await self._register.by_email(NAME, who.external_id, email)

    async def _email(self, who: Who) -> str:
        """Only of a person of this very workspace: a guest of another company's brings an address
        that nobody here has seen to."""
        workspace = await self._workspaces.of(who.team)
        if workspace is None:
            return ""
        try:
            user: Any = (await workspace.client.users_info(user=who.user))["user"]
        except SlackApiError as error:
            if error.response.get("error") != "user_not_found":
                raise
            return ""
        return str(user.get("profile", {}).get("email") or "") if _vouched(user, who) else ""

    def _later(self, courtesy: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(courtesy)
        self._courtesies.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._courtesies.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a change on a screen failed (%s)", type(error).__name__)


def _elsewhere(event: Heard | Pressed | Wrote) -> bool:
    return isinstance(event, Heard) and event.elsewhere


def _vouched(user: Any, who: Who) -> bool:
    stranger = user.get("deleted") or user.get("is_bot") or user.get("is_stranger")
    unconfirmed = user.get("is_email_confirmed") is False
    return user.get("team_id") == who.team and not stranger and not unconfirmed
