"""Random dialogues that the checker finds nothing wrong with, and random things to do in them.

Drawn from a Random that Hypothesis seeds: its own draws favour the smallest dialogue, in which
too little happens.
"""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from flows.load import shipped_catalogue
from flows.model import LANGUAGES, Dialogue
from tests.flows.playing import Case, Move

COMMON = shipped_catalogue().common
CARRIED = [{"id": "a", "text": "første"}, {"id": "b", "text": "anden"}]
EFFECTS = {
    "say": "finish-preparation", "text": "keep-point", "choice": "record-check",
    "scale": "record-pulse", "share": "share", "date": "move-next", "many": "set-working-days",
    "confirm": "save-agreements",
}  # fmt: skip
KINDS = ("say", "text", "text", "text", "choice", "choice", "many", "scale", "date")
FEW = ("søvn", "ro")
TEXTS = (
    "for meget", "a\u030a", "*fed* {name}", "del", "share", "ja", "2", "i morgen", "\u202eabc", "",
    "senere i dag", "senere i dag", "senere", "spring over", "a plain answer, not so short",
    "nord, syd", "\x00", "ΐ" * 31,
)  # fmt: skip
MOVES = (
    ("answer",) * 8 + ("change",) * 3 + ("write",) * 4 + ("back", "back", "say")
    + ("restore", "restore", "several", "old", "nonsense", "speak")
)  # fmt: skip

Steps = list[dict[str, Any]]


def a_step(rng: Random, kind: str, id_: str) -> dict[str, Any]:
    step: dict[str, Any] = {"id": f"{kind}-{id_}", "kind": kind}
    if rng.random() < 0.6:
        step["effect"] = EFFECTS[kind]
    if kind != "say":
        step["sees"] = "choose"
    if kind in ("text", "choice", "many", "scale", "date") and rng.random() < 0.4:
        step["optional"] = True
    if kind in ("choice", "many"):
        step["options"] = ["north", "south", "west"]
    if kind == "choice" and rng.random() < 0.3:
        step["anew"] = True
    if kind == "date":
        step["options"] = ["today", "in-2-weeks"]
    if kind == "text" and rng.random() < 0.3:
        step |= {"options": ["quick"], "longest": 30}
    if kind in ("choice", "date", "scale", "many") and rng.random() < 0.3:
        step["rest"] = ["later"]
    return step


def some_steps(rng: Random, prefix: str, kinds: tuple[str, ...], sources: list[str]) -> Steps:
    found: Steps = []
    for at in range(rng.randint(1, 4)):
        kind, id_ = rng.choice(kinds), f"{prefix}{at}"
        if kind == "repeat":
            found.append(a_repeat(rng, id_))
            continue
        step = a_step(rng, kind, id_)
        found.append(step)
        if kind == "text" and rng.random() < 0.7:
            of = [step["id"], *sources]
            found.append({**a_step(rng, "share", id_), "of": of, "effect": "share"})
    return found


def a_repeat(rng: Random, id_: str) -> dict[str, Any]:
    over = rng.random() < 0.4
    steps = some_steps(rng, f"{id_}i", KINDS, ["item.text"] if over else [])
    _lead(rng, steps, "next-item")
    repeat = {"id": f"repeat-{id_}", "kind": "repeat", "sees": "self", "most": 3, "steps": steps}
    return {**repeat, "over": "carried"} if over else repeat


def _lead(rng: Random, steps: Steps, end: str) -> None:
    """Some steps lead further on than the next, some are passed by."""
    for at, step in enumerate(steps):
        later = [one["id"] for one in steps[at + 1 :]] + [end]
        if step["kind"] in ("choice", "share") and rng.random() < 0.5:
            value = "share" if step["kind"] == "share" else "south"
            step["rules"] = [{"is": value, "go": rng.choice(later)}]
        asked = [one["id"] for one in steps[:at] if one["kind"] == "choice"]
        if asked and rng.random() < 0.3:
            step["only"] = [{"answer": rng.choice(asked), "is": ["north", "west"]}]


def a_dialogue(rng: Random) -> Dialogue:
    kinds = rng.choice(
        ((*KINDS, "repeat", "repeat"), ("text", "text", "choice"), ("text", "scale"))
    )
    steps = some_steps(rng, "s", kinds, [])
    _lead(rng, steps, "end")
    inner = [one["id"] for step in steps for one in step.get("steps", []) if "sees" in one]
    review = [one["id"] for one in steps if one["kind"] in ("text", "date")] + inner[:2]
    if review and rng.random() < 0.4:
        steps.append({**a_step(rng, "confirm", "last"), "review": review})
    steps.append({"id": "say-last", "kind": "say"})
    structure = {
        "id": "random", "version": 1, "minutes": 1, "facts": ["carried"],
        "finish": ["finish-preparation"], "steps": steps,
    }  # fmt: skip
    return Dialogue.model_validate({**structure, "wordings": _wordings(steps), "common": COMMON})


def _wordings(steps: Steps) -> dict[str, Any]:
    every = [*steps, *(inner for step in steps for inner in step.get("steps", []))]
    said = {step["id"]: _said(step) for step in every}
    return {language: {"title": "Random", "steps": said} for language in LANGUAGES}


def _said(step: dict[str, Any]) -> dict[str, Any]:
    text = "Sådan: *{preview}*" if step["kind"] == "share" else "Hvad så?"
    labels = {"north": "Nord", "south": "Syd", "west": "Vest", "quick": "Hurtigt"}
    options = {name: labels[name] for name in step.get("options", ()) if name in labels}
    if step.get("rest"):
        options["later"] = "Senere i dag"
    asking = {"label": step["id"]} if step["kind"] not in ("say", "confirm") else {}
    words = {"text": "", **asking} if step["kind"] == "repeat" else {"text": text, **asking}
    return {**words, "options": options}


def _a_text(rng: Random) -> str:
    chance = rng.random()
    if chance < 0.5:
        return rng.choice(FEW)
    if chance < 0.8:
        return rng.choice(TEXTS)
    return "".join(
        chr(rng.choice((rng.randrange(0x250), rng.randrange(0x11000)))) for _ in range(9)
    )


def a_case(rng: Random) -> Case:
    facts = rng.choice(({"carried": CARRIED}, {"carried": []}, {}, {"carried": CARRIED[:1]}))
    return a_dialogue(rng), facts, some_moves(rng)


def some_moves(rng: Random) -> list[Move]:
    return [
        Move(rng.choice(MOVES), rng.randrange(100), _a_text(rng)) for _ in range(rng.randint(8, 28))
    ]


def dialogues() -> st.SearchStrategy[Dialogue]:
    return st.randoms(use_true_random=True).map(a_dialogue)


def cases() -> st.SearchStrategy[Case]:
    return st.randoms(use_true_random=True).map(a_case)
