"""What the page where one writes shows: a conversation as it stands, and those that wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from bot.facts import still_shared
from bot.parts import today_of
from bot.web.me.room import Room
from flows.model import Dialogue
from flows.private import PRIVATE
from flows.scene import Scene, answers_to_change, scene_of
from flows.turn import Told
from flows.wording import Message, Token, word
from storage import conversations, preferences
from storage.conversations import Kept
from storage.database import Unit
from storage.people import Profile


class Wanted(NamedTuple):
    """`conversation`: "" for the only one that waits. `after`: the one that led to it, whose last
    words are told too. `change`: which answer is to be changed is asked."""

    conversation: str = ""
    notes: Sequence[str] = ()
    after: str = ""
    change: bool = False


class Waiting(NamedTuple):
    """`day`: when something was last said in it."""

    id: str
    title: str
    day: str


class Shown(NamedTuple):
    """`at`: the token of what is written; `back`: of the way to the answer before, or ""."""

    id: str
    title: str
    at: str
    back: str
    said: list[Message]
    asked: Message | None
    change: Message | None


class Look(NamedTuple):
    """`waiting`: the other open ones, the latest first. `away`: their own words stand only here."""

    shown: Shown | None
    waiting: list[Waiting]
    away: bool
    zone: str


def look(unit: Unit, room: Room, me: Profile, wanted: Wanted) -> Look | None:
    """None when there is no such conversation of theirs."""
    waiting = conversations.all_open(unit, me)
    only = waiting[0].conversation.id if len(waiting) == 1 else ""
    which = wanted.conversation or only
    kept = conversations.load(unit, me, which) if which else None
    if which and kept is None:
        return None
    reader = _Reader(unit, room, me)
    shown = reader.shown(kept, wanted) if kept else None
    others = [reader.waiting(one) for one in waiting if one.conversation.id != which]
    return Look(shown, others, preferences.keeps_words_away(unit, me.id), me.zone)


class _Reader:
    """Somebody at their page, in its language."""

    def __init__(self, unit: Unit, room: Room, me: Profile) -> None:
        self.unit = unit
        self.room = room
        self.me = me

    @property
    def today(self) -> date:
        return today_of(self.me, self.room.now)

    def waiting(self, kept: Kept) -> Waiting:
        title = self.title(kept.conversation.dialogue)
        return Waiting(
            kept.conversation.id, title, self.room.day(today_of(self.me, kept.touched_at))
        )

    def shown(self, kept: Kept, wanted: Wanted) -> Shown:
        scene = self.scene(kept, self.ours(wanted.notes))
        before = conversations.load(self.unit, self.me, wanted.after) if wanted.after else None
        led = self.scene(before) if before else None
        said = [*(self.worded(led, led.says) if led else ()), *self.worded(scene, scene.says)]
        changing = answers_to_change(self.dialogue(scene), scene, self.today)
        now = scene.conversation
        return Shown(
            id=now.id, title=self.title(now.dialogue),
            at=str(Token(now.id, now.turn, PRIVATE)),
            back=str(Token(now.id, now.turn, scene.back)) if scene.back else "",
            said=said,
            asked=next(iter(self.worded(scene, [scene.asks] if scene.asks else [])), None),
            change=self.worded(scene, [changing])[0] if changing and wanted.change else None,
        )  # fmt: skip

    def scene(self, kept: Kept, notes: Iterable[str] = ()) -> Scene:
        now = still_shared(self.unit, self.room.parts, self.me, kept.conversation)
        return scene_of(self.room.parts.catalogue[now.dialogue], now, self.today, notes)

    def dialogue(self, scene: Scene) -> Dialogue:
        return self.room.parts.catalogue[scene.conversation.dialogue]

    def worded(self, scene: Scene, says: Iterable[Told]) -> list[Message]:
        spoken = scene.conversation.having(language=self.room.language)
        return [word(self.dialogue(scene), spoken, told, self.today) for told in says]

    def title(self, dialogue: str) -> str:
        return self.room.parts.catalogue[dialogue].wordings[self.room.language].title

    def ours(self, notes: Iterable[str]) -> list[str]:
        """Whatever a browser sends back, only sentences of ours without a gap are told."""
        known = self.room.parts.catalogue.common[self.room.language].notes
        return [note for note in notes if "{" not in known.get(note, "{")]
