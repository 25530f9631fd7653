"""Somebody who answers on their own page: what is asked is read there, and not in the chat."""

from __future__ import annotations

import itertools
from typing import cast

from bot.channels.web.render import render
from bot.inbound import Incoming, Taken
from bot.parts import today_of
from flows.private import PRIVATE
from flows.scene import Scene, scene_of
from flows.wording import Token, word
from storage import conversations, people
from storage.database import Unit
from tests.acceptance.house import House, Resident
from tests.acceptance.platform import Heard, heard


class AtPage(Resident):
    """`resident`: the same person in the chat. `last`: what the page asks now."""

    def __init__(self, house: House, resident: Resident) -> None:
        super().__init__(house, resident.name, resident.id)
        self._posts = itertools.count()

    @property
    def messages(self) -> list[Heard]:
        return [self.last]

    @property
    def last(self) -> Heard:
        return self.house.reads(self._look)

    def _look(self, unit: Unit) -> Heard:
        scene = self._scene(unit)
        parts, profile = self.house.wired.parts, people.get_person(unit, self.id)
        told = scene.asks if scene and scene.asks else None
        if scene is None or told is None:
            return Heard(parts.clock(), "[none]", "", {}, (), None, None, (), "page")
        dialogue = parts.catalogue[scene.conversation.dialogue]
        message = word(dialogue, scene.conversation, told, today_of(profile, parts.clock()))
        [shown] = render(message, profile.language)
        return heard(shown, "page", parts.clock())

    def _scene(self, unit: Unit) -> Scene | None:
        """Of the conversation that was touched last."""
        parts, profile = self.house.wired.parts, people.get_person(unit, self.id)
        kept = conversations.latest_open(unit, profile)
        if kept is None:
            return None
        dialogue = parts.catalogue[kept.conversation.dialogue]
        return scene_of(dialogue, kept.conversation, today_of(profile, parts.clock()))

    @property
    def at(self) -> str:
        """The token of what is written."""
        scene = self.house.reads(self._scene)
        assert scene is not None
        now = scene.conversation
        return str(Token(now.id, now.turn, PRIVATE))

    async def presses_on(self, shown: Heard, choice: str, *also: str) -> None:
        tokens = tuple(shown.choices[one] for one in also)
        await self.posts(token=shown.choices[choice], also=tokens)

    async def writes(self, text: str) -> None:
        await self.posts(token=self.at, text=text)

    async def posts(
        self, *, token: str, text: str | None = None, also: tuple[str, ...] = ()
    ) -> Taken:
        self.house._before_anything()
        incoming = Incoming(
            "page", self.id, f"{self.id}:post-{next(self._posts)}", text=text, token=token,
            also=also, at_hand=True, here="da",
        )  # fmt: skip
        taken = cast(Taken, await self.house.wired.intake.take(incoming))
        await self.house.wired.beat.beat()
        return taken
