"""Where a conversation stands, told anew from its answers alone: for a page, which may be opened
at any time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from flows import events
from flows.conversation import Conversation
from flows.engine import REVISE, WITHDRAW, advance
from flows.model import Dialogue
from flows.path import Visit, walk
from flows.turn import Choosing, Told


class Scene(NamedTuple):
    """`says`: what followed the latest answer; `asks`: the question, None at the end.
    `conversation`: as it is by the dialogue's present version. `back`: the choice that asks for
    the latest answer anew, where there is one."""

    conversation: Conversation
    says: tuple[Told, ...]
    asks: Told | None
    back: str | None


def scene_of(
    dialogue: Dialogue, conversation: Conversation, today: date, notes: Iterable[str] = ()
) -> Scene:
    """`notes`: those of the turn that has just been taken, which no answer tells."""
    again = advance(dialogue, conversation, events.Say(today=today, control="again"))
    now = again.conversation
    asks = next((told for told in again.says if told.asks), None)
    visits = walk(dialogue, now).visits
    answered = [at for at, visit in enumerate(visits) if visit.turn is not None]
    latest = visits[answered[-1]] if answered else None
    said = tuple(_noted(note, latest) for note in notes)
    if now.revising is not None:
        return Scene(now, said, asks, None)
    since = visits[answered[-1] + 1 :] if answered else visits
    back = f"{REVISE}{latest.turn}" if latest else None
    return Scene(now, (*said, *(Told(place=visit.place) for visit in since)), asks, back)


def _noted(note: str, latest: Visit | None) -> Told:
    """What was shared can be taken back from where one is told so."""
    if note != "shared" or latest is None or latest.step.kind != "share":
        return Told(note=note)
    withdraw = Choosing(choice=f"{WITHDRAW}{latest.turn}", word="withdraw")
    return Told(note=note, choices=(withdraw,))


def answers_to_change(dialogue: Dialogue, scene: Scene, today: date) -> Told | None:
    """Those that the question shows for a review, else the latest."""
    conversation = scene.conversation
    place = scene.asks.place if scene.asks else None
    reviewing = place is not None and dialogue.every_step[place.step].kind == "confirm"
    event: events.Event = events.Say(today=today, control="edit")
    if reviewing:
        event = events.Press(today=today, turn=conversation.turn, choice="change")
    told = advance(dialogue, conversation, event).says[0]
    return told if told.choices else None
