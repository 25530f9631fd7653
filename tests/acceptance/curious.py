"""Somebody who goes through a dialogue and writes a mark of its own into every text it asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flows.model import Dialogue, Step
from tests.acceptance.house import House, Resident

NEVER = ("delete", "pause-here")


def mark(dialogue: str, step: str) -> str:
    """Only letters, so that it is the same however it is stored or shown."""
    letters = "".join(one for one in f"{dialogue}{step}" if one.isalpha())
    return f"KANARIE{letters.upper()}KANARIE"


def free_texts(dialogue: Dialogue) -> set[str]:
    return {step.id for step in every_step(dialogue.steps) if step.kind == "text" and not step.form}


def every_step(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from every_step(step.steps)


class Curious:
    """`wrote`: the free texts that were asked for and answered, by dialogue."""

    def __init__(self, house: House, who: Resident, *, shares: bool = False) -> None:
        self.house = house
        self.who = who
        self.shares = shares
        self.catalogue = house.wired.parts.catalogue
        self.wrote: dict[str, set[str]] = {}
        self._chosen: Counter[tuple[str, str]] = Counter()

    def left(self, dialogue: str) -> set[str]:
        return free_texts(self.catalogue[dialogue]) - self.wrote.get(dialogue, set())

    async def goes_through(self, dialogue: str, *, most: int = 120) -> None:
        """Once through, by what was chosen least; other dialogues are left alone."""
        await self.house.begins(self.who, dialogue)
        await self.goes_on(dialogue, most)

    async def goes_on(self, dialogue: str, most: int = 120) -> None:
        for _ in range(most):
            if not await self._answers(dialogue):
                return

    async def _answers(self, dialogue: str) -> bool:
        asked = self.who.last
        step = self.catalogue[dialogue].every_step.get(asked.name.split("#")[0])
        if step is None or not step.asks or asked.name.startswith("["):
            return False
        if step.kind == "text":
            await self._writes(dialogue, step)
        elif step.kind == "date":
            await self.who.writes("om to uger")
        elif step.kind == "share":
            await self.who.presses("share" if self.shares else "keep")
        else:
            await self.who.presses(self._choice(step, list(asked.choices)))
        return True

    async def _writes(self, dialogue: str, step: Step) -> None:
        written = {
            "email": "nobody@example.org",
            "hours": "8-16",
            "time": "10:00",
            "weeks": "uge 7",
            "shift": "2",
        }.get(step.form or "")
        if written is None:
            self.wrote.setdefault(dialogue, set()).add(step.id)
        await self.who.writes(written or mark(dialogue, step.id))

    def _choice(self, step: Step, offered: list[str]) -> str:
        left_alone = {*NEVER, *(self.catalogue.dialogues if step.effect == "open-dialogue" else ())}
        if step.id == "nearest":
            left_alone |= {"no", "none"}
        if step.kind == "confirm":
            left_alone.add("change")
        allowed = [one for one in offered if one not in left_alone and one != "skip"] or offered
        chosen = min(allowed, key=lambda one: self._chosen[step.id, one])
        self._chosen[step.id, chosen] += 1
        return chosen
