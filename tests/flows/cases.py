"""Random dialogues that the checker finds nothing wrong with, and random things to do in them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from flows.load import shipped_catalogue
from flows.model import LANGUAGES, Dialogue
from tests.flows.promises import Case, Move

COMMON = shipped_catalogue().common
CARRIED = [{"id": "a", "text": "første"}, {"id": "b", "text": "anden"}]
EFFECTS = {
    "say": "finish-preparation", "text": "keep-point", "choice": "record-check",
    "scale": "record-pulse", "share": "share", "date": "move-next", "many": "set-working-days",
    "confirm": "save-agreements",
}  # fmt: skip
TEXTS = (
    "søvn",
    "for meget",
    "a\u030a",
    "*fed* {name}",
    "del",
    "ja",
    "2",
    "i morgen",
    "\u202eabc",
    "",
)

Steps = list[dict[str, Any]]


@st.composite
def a_step(draw: st.DrawFn, kind: str, id_: str) -> dict[str, Any]:
    step: dict[str, Any] = {"id": f"{kind}-{id_}", "kind": kind}
    if kind in EFFECTS and draw(st.booleans()):
        step["effect"] = EFFECTS[kind]
    if kind != "say":
        step["sees"] = "choose"
    if kind in ("text", "choice", "many", "scale", "date") and draw(st.booleans()):
        step["optional"] = True
    if kind in ("choice", "many"):
        step["options"] = ["north", "south", "west"]
    if kind == "date":
        step["options"] = ["today", "in-2-weeks"]
    if kind == "text" and draw(st.booleans()):
        step["options"] = ["quick"]
        step["longest"] = 30
    if kind in ("choice", "date", "scale") and draw(st.integers(0, 3)) == 0:
        step["rest"] = ["later"]
    return step


def _of(kinds: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(kinds), min_size=2, max_size=4)


@st.composite
def some_steps(draw: st.DrawFn, prefix: str, *, inner: bool, over: bool = False) -> Steps:
    kinds = ("say", "text", "text", "choice", "choice", "many", "scale", "date")
    found: Steps = []
    for at, kind in enumerate(draw(_of(kinds if inner else (*kinds, "repeat")))):
        id_ = f"{prefix}{at}"
        if kind == "repeat":
            found.append(draw(a_repeat(id_)))
            continue
        step = draw(a_step(kind, id_))
        found.append(step)
        if kind == "text":
            sources = [step["id"], "item.text"] if over else [step["id"]]
            found.append({**draw(a_step("share", id_)), "of": sources, "effect": "share"})
    return found


@st.composite
def a_repeat(draw: st.DrawFn, id_: str) -> dict[str, Any]:
    over = draw(st.booleans())
    steps = draw(some_steps(f"{id_}i", inner=True, over=over))
    _lead(draw, steps, "next-item")
    about = {"over": "carried"} if over else {}
    return {
        "id": f"repeat-{id_}", "kind": "repeat", "sees": "self", "most": 3,
        "steps": steps, **about,
    }  # fmt: skip


def _lead(draw: st.DrawFn, steps: Steps, end: str) -> None:
    """Some choices lead further on, some steps are passed by."""
    for at, step in enumerate(steps):
        later = [one["id"] for one in steps[at + 1 :]] + [end]
        if step["kind"] == "choice" and draw(st.booleans()):
            step["rules"] = [{"is": "south", "go": draw(st.sampled_from(later))}]
        if step["kind"] == "share" and draw(st.integers(0, 3)) == 0:
            step["rules"] = [{"is": "share", "go": draw(st.sampled_from(later))}]
        asked = [one["id"] for one in steps[:at] if one["kind"] == "choice"]
        if asked and draw(st.integers(0, 3)) == 0:
            step["only"] = [{"answer": draw(st.sampled_from(asked)), "is": ["north", "west"]}]


@st.composite
def dialogues(draw: st.DrawFn) -> Dialogue:
    steps = draw(some_steps("s", inner=False))
    _lead(draw, steps, "end")
    inner = [one["id"] for step in steps for one in step.get("steps", [])]
    review = [one["id"] for one in steps if one["kind"] in ("text", "date")] + inner[:2]
    if review and draw(st.booleans()):
        confirm = draw(a_step("confirm", "last"))
        steps.append({**confirm, "review": review})
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


def moves() -> st.SearchStrategy[list[Move]]:
    kinds = ("answer",) * 8 + ("change",) * 3 + ("write",) * 4 + ("say", "say")
    kinds += ("several", "old", "nonsense", "speak")
    few, any_text = st.sampled_from(TEXTS[:2]), st.text(max_size=40)
    texts = st.one_of(few, few, st.sampled_from(TEXTS), any_text)
    one = st.builds(Move, st.sampled_from(kinds), st.integers(0, 99), texts)
    return st.lists(one, min_size=16, max_size=32)


def cases() -> st.SearchStrategy[Case]:
    facts = st.sampled_from(({"carried": CARRIED}, {"carried": []}, {"carried": CARRIED[:1]}))
    return st.tuples(dialogues(), facts, moves())
