"""What a step along the path does in the world, and what is taken back."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import JsonValue

from flows.conversation import Place
from flows.model import Dialogue, Step
from flows.path import Visit, Walks
from flows.turn import Effect

FINISHED = Place("end")
COMPANIONS: dict[str, tuple[str, ...]] = {
    "adjust-agreement": ("new-text", "new-rhythm"),
    "set-dialogue-cadence": ("talk-first", "talk-weeks"),
    "set-meeting": ("set-day",),
    "foresee-rhythm": (
        "which",
        "for-whom",
        "which-course",
        "which-group",
        "which-person",
        "often",
        "weekday",
        "nudges",
        "shift",
        "at",
    ),
}
"""Effects outside of a repeat that rest on more answers than their own."""


class _Deed(NamedTuple):
    name: str
    place: Place


def effects_of(before: Walks | None, after: Walks) -> tuple[Effect, ...]:
    """What came onto the path, rests on another answer now, or left the path (undone first)."""
    old = _deeds(before) if before else {}
    new = _deeds(after)
    values = {visit.place: visit.value for visit in after.foreseen}
    undone = (
        Effect(name=deed.name, place=deed.place, undone=True)
        for deed in old
        if deed not in new and deed.place != FINISHED
    )
    done = (
        Effect(name=deed.name, place=deed.place, value=values.get(deed.place))
        for deed, stamp in new.items()
        if old.get(deed) != stamp
    )
    return (*undone, *done)


def _deeds(walks: Walks) -> dict[_Deed, list[JsonValue]]:
    """Effects that stand, with the answers that each rests on: a change of one does it again."""
    dialogue, path, answered = walks.dialogue, walks.path, walks.foreseen
    deeds = {
        _Deed(visit.step.effect, visit.place): _stamp(dialogue, visit, answered)
        for visit in (*answered, *path.visits)
        if visit.step.effect
    }
    if path.position is None:
        values = [visit.value for visit in path.visits]
        deeds.update((_Deed(name, FINISHED), values) for name in dialogue.finish)
    return deeds


def _stamp(dialogue: Dialogue, visit: Visit, answered: tuple[Visit, ...]) -> list[JsonValue]:
    if visit.step.kind == "confirm":
        return [one.value for one in answered if one.step.id in visit.step.review]
    if visit.step.kind == "share":
        return [visit.value]
    group = dialogue.groups.get(visit.step.id)
    if group is None:
        companions = _companions(visit.step)
        return [visit.value, *(one.value for one in answered if one.step.id in companions)]
    return [
        one.value
        for one in answered
        if one.place.item == visit.place.item and dialogue.groups.get(one.step.id) == group
    ]


def _companions(step: Step) -> tuple[str, ...]:
    if step.effect == "add-leave":
        return (f"{step.id.removesuffix('-last')}-first",)
    return COMPANIONS.get(step.effect or "", ())
