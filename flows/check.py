"""Everything that can be wrong with a dialogue, found before anybody talks with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import NamedTuple

from flows import check_words
from flows.answers import MORE_CHOICES, SKIP, choices_of, written_sources
from flows.engine import REVISE, WITHDRAW
from flows.forms import FORMS, QUICK_DAYS
from flows.labels import AS_IT_WAS
from flows.load import COMMON, Broken, Catalogue, load_common, load_dialogue
from flows.model import END, LANGUAGES, NEXT_ITEM, Condition, Dialogue, Kind, Language, Rule, Step
from flows.predicates import PREDICATES
from flows.private import PRIVATE
from flows.wording import Message

Found = tuple[str | None, Language | None, str]
Measure = Callable[[Message], Iterable[str]]

ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
CHOICE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 32
LONGEST_MINUTES = 60
CONVERSATION_AND_TURN = len("x" * 11 + ":" + "9" * 5 + ":")
TOKEN_BYTES = 64
RESERVED = frozenset((SKIP, AS_IT_WAS, PRIVATE, "continue", *MORE_CHOICES))

NEEDS: dict[Kind, str] = {
    "choice": "options", "many": "options", "share": "of", "confirm": "review", "repeat": "steps",
}  # fmt: skip
BELONGS: dict[str, tuple[Kind, ...]] = {
    "options": ("text", "choice", "many", "date"),
    "form": ("text",),
    "longest": ("text",),
    "future": ("date",),
    "anew": ("choice",),
    "window": ("choice",),
    "of": ("share",),
    "beside": ("share",),
    "review": ("confirm",),
    "over": ("repeat",),
    "most": ("repeat",),
    "limit": ("repeat",),
    "steps": ("repeat",),
    "optional": ("text", "choice", "many", "scale", "date", "share"),
    "main": ("choice", "confirm", "share"),
    "rest": ("text", "choice", "many", "scale", "date", "confirm", "share"),
}
STANDS_ON: dict[str, tuple[Kind, ...]] = {
    "set-language": ("choice",), "set-zone": ("choice",), "set-working-days": ("many",),
    "set-hours": ("text",), "add-leave": ("date",), "correct-nearest-leader": ("text",),
    "confirm-nearest-leader": ("choice",),
    "set-dialogue-cadence": ("text",), "save-note": ("text",), "keep-point": ("text",),
    "carry-point": ("choice",), "close-point": ("choice",), "share": ("share",),
    "share-own-point": ("share",), "record-pulse": ("scale",), "save-agreements": ("confirm",),
    "change-agreement": ("choice",), "record-check": ("choice",), "adjust-agreement": ("choice",),
    "snooze": ("choice",), "record-talk": ("choice",), "move-dialogue": ("date",),
    "move-next": ("date",), "withdraw-share": ("choice",), "open-dialogue": ("choice",),
    "set-pause": ("choice", "date"), "export-data": ("choice",), "erase-me": ("choice",),
    "find-meeting": ("choice",), "set-meeting": ("text",), "propose-times": ("confirm",),
    "keep-meeting": ("choice",), "vote-times": ("choice", "many"), "settle-meeting": ("choice",),
    "record-meeting": ("choice",), "find-anew": ("choice",), "open-meeting": ("choice",),
    "save-action": ("text",), "study-action": ("choice",), "articles-later": ("choice",),
    "set-insights": ("choice",), "record-rating": ("scale",), "set-own-words": ("choice",),
    "offer-whom": ("choice",), "find-whom": ("text",), "set-rhythm": ("choice",),
}  # fmt: skip
"""Effects that read the answer of their step, and the kinds that give them what they read."""
ROUND_OF: dict[str, str] = {
    "carry-point": "carried", "close-point": "carried", "share-own-point": "my_leaders",
    "change-agreement": "agreements", "withdraw-share": "my_shares",
    "study-action": "actions_to_study",
}  # fmt: skip
"""Effects that are about an item, and the fact that the repeat around them goes over."""


class Problem(NamedTuple):
    dialogue: str
    step: str | None
    language: Language | None
    text: str
    """What is wrong and the mend; never anybody's words but the dialogue's own."""

    def __str__(self) -> str:
        step = f", step {self.step}" if self.step else ""
        language = f", {self.language}" if self.language else ""
        return f"{self.dialogue}{step}{language}: {self.text}"


def no_limits(message: Message) -> Iterable[str]:
    return ()


def check_folder(
    folder: Traversable,
    *,
    effects: frozenset[str],
    facts: frozenset[str],
    measure: Measure = no_limits,
) -> list[Problem]:
    """`check` of what is below `folder`; a file that cannot be read is one of the problems and
    hides none of the others."""
    try:
        common = {lang: load_common(folder / COMMON / f"{lang}.toml") for lang in LANGUAGES}
    except Broken as broken:
        return [Problem(COMMON, None, None, line) for line in str(broken).splitlines()]
    problems: list[Problem] = []
    dialogues: dict[str, Dialogue] = {}
    for name in sorted(one.name for one in folder.iterdir() if one.is_dir()):
        if name == COMMON or name.startswith(("_", ".")):
            continue
        try:
            dialogues[name] = load_dialogue(folder / name, common)
        except Broken as broken:
            problems += [Problem(name, None, None, line) for line in str(broken).splitlines()]
    known = frozenset((*dialogues, *(problem.dialogue for problem in problems)))
    catalogue = Catalogue(dialogues=dialogues, common=common)
    checked = _check(catalogue, known, effects=effects, facts=facts, measure=measure)
    return problems + checked


def check(
    catalogue: Catalogue,
    *,
    effects: frozenset[str],
    facts: frozenset[str],
    measure: Measure = no_limits,
) -> list[Problem]:
    """What is wrong with the dialogues and their wording, none if all is well.

    `effects`, `facts`: the names that the rest of the product knows. `measure` adds the limits
    of a channel: it is given every message with its slots full, and says what is too much.
    """
    known = frozenset(catalogue.dialogues)
    return _check(catalogue, known, effects=effects, facts=facts, measure=measure)


def _check(
    catalogue: Catalogue,
    known: frozenset[str],
    *,
    effects: frozenset[str],
    facts: frozenset[str],
    measure: Measure,
) -> list[Problem]:
    problems = [Problem(COMMON, *found) for found in check_words.of_common(catalogue.common, known)]
    worded = all(problem.language is None for problem in problems)
    for name, dialogue in catalogue.dialogues.items():
        found = [*_of_dialogue(dialogue, known, effects, facts)]
        found += check_words.of_wording(dialogue, facts)
        if not found and worded:
            found += check_words.of_sizes(dialogue, measure)
        problems += [Problem(name, *one) for one in dict.fromkeys(found)]
    return problems


class _Scope(NamedTuple):
    """Steps that are walked one after the other: a whole dialogue, or the round of a repeat."""

    steps: tuple[Step, ...]
    group: Step | None
    before: Mapping[str, Step]
    """Steps outside that come before."""

    def earlier(self, at: int) -> dict[str, Step]:
        return {**self.before, **{step.id: step for step in self.steps[:at]}}


def _scopes(dialogue: Dialogue) -> Iterator[_Scope]:
    yield _Scope(dialogue.steps, None, {})
    for at, step in enumerate(dialogue.steps):
        if step.kind == "repeat":
            yield _Scope(step.steps, step, {one.id: one for one in dialogue.steps[:at]})


def _of_dialogue(
    dialogue: Dialogue, known: frozenset[str], effects: frozenset[str], facts: frozenset[str]
) -> Iterator[Found]:
    yield from _of_head(dialogue, effects, facts)
    for scope in _scopes(dialogue):
        for at, step in enumerate(scope.steps):
            about = (
                *_of_names(step),
                *_of_kind(step, scope),
                *_of_effect(step, scope, known, effects),
                *_of_share(dialogue, step, scope, at),
                *_of_review(dialogue, step, at),
                *_of_conditions(dialogue, step, scope, at, facts),
                *_of_ways(step, scope, at),
            )
            for text in about:
                yield step.id, None, text
        yield from ((step, None, text) for step, text in _unreachable(scope))


def _of_head(dialogue: Dialogue, effects: frozenset[str], facts: frozenset[str]) -> Iterator[Found]:
    if not _is_id(dialogue.id):
        yield None, None, f"the id is not small letters, digits and dashes, at most {LONGEST_ID}."
    asks = any(step.asks for step in dialogue.steps)
    if asks and not 1 <= dialogue.minutes <= LONGEST_MINUTES:
        yield (
            None,
            None,
            f"minutes is {dialogue.minutes}; say how long it takes, 1-{LONGEST_MINUTES}.",
        )
    if not dialogue.steps:
        yield None, None, "has no steps; give it at least one."
    for fact in dialogue.facts:
        if fact not in facts:
            yield None, None, f"fact {fact} is unknown; use one of docs/dialogues.md."
    for effect in dialogue.finish:
        if effect not in effects or effect in STANDS_ON:
            yield None, None, f"finish effect {effect} is unknown, or stands on a step's answer."
    ids = Counter(step.id for scope in _scopes(dialogue) for step in scope.steps)
    for step, times in ids.items():
        if times > 1:
            yield step, None, f"{times} steps have this id; give each its own."


def _is_id(text: str) -> bool:
    return bool(ID.fullmatch(text)) and len(text) <= LONGEST_ID


def _of_names(step: Step) -> Iterator[str]:
    if not _is_id(step.id) or step.id == END:
        yield f"the id is not small letters, digits and dashes, at most {LONGEST_ID}, or is taken."
    own = step.options + step.rest
    for choice, times in Counter(own).items():
        if times > 1:
            yield f"option {choice} stands there {times} times; once is enough."
        if choice in RESERVED or choice.startswith((REVISE, WITHDRAW)):
            yield f"option {choice} is a reserved name; call it something else."
        length = len(choice.encode())
        if not CHOICE.fullmatch(choice) or length > LONGEST_ID:
            yield f"option {choice} is not small letters, digits and dashes, at most {LONGEST_ID}."
        elif CONVERSATION_AND_TURN + length > TOKEN_BYTES:
            yield f"option {choice} makes a button of more than {TOKEN_BYTES} bytes; shorten it."
    if step.main and step.main not in choices_of(step):
        yield f"main is {step.main}, which is none of its choices."


def _of_kind(step: Step, scope: _Scope) -> Iterator[str]:
    need = NEEDS.get(step.kind)
    if need and not getattr(step, need):
        yield f"a {step.kind} needs {need}; add it."
    for name, kinds in BELONGS.items():
        if name in step.model_fields_set and getattr(step, name) and step.kind not in kinds:
            yield f"a {step.kind} has no {name}; take it away."
    over = step.kind == "repeat" and step.over is not None
    if step.asks and step.sees is None and not over:
        yield "asks, but does not say who sees the answer; add sees."
    if not step.asks and step.sees:
        yield "says something only; take sees away."
    if step.form and step.form not in FORMS:
        yield f"form {step.form} is unknown; use one of {', '.join(FORMS)}."
    if step.kind == "date":
        for option in set(step.options) - set(QUICK_DAYS):
            yield f"option {option} is no quick day; use some of {', '.join(QUICK_DAYS)}."
    if scope.group and step.kind == "repeat":
        yield "a repeat may not stand in a repeat; move it out."
    if step.over is not None and step.over not in check_words.ITEM_KEYS:
        yield f"goes over {step.over}, which is no list of docs/dialogues.md."
    if over and step.most == 1:
        yield "goes over a list but at most once; say how many with most."


def _of_effect(
    step: Step, scope: _Scope, known: frozenset[str], effects: frozenset[str]
) -> Iterator[str]:
    if step.effect is None:
        return
    if step.effect not in effects:
        yield f"effect {step.effect} is unknown; use one of docs/dialogues.md."
    kinds = STANDS_ON.get(step.effect, ())
    if kinds and step.kind not in kinds:
        yield f"effect {step.effect} cannot stand on a {step.kind}, only on {' or '.join(kinds)}."
    fact = ROUND_OF.get(step.effect)
    if fact and (scope.group is None or scope.group.over != fact):
        yield f"effect {step.effect} must stand in a repeat over {fact}."
    if step.effect == "open-dialogue" and not known & set(step.options):
        yield "effect open-dialogue opens none; name a dialogue among the options."


def _of_share(dialogue: Dialogue, step: Step, scope: _Scope, at: int) -> Iterator[str]:
    if step.kind != "share":
        return
    if not dialogue.shareable:
        yield "nothing of this dialogue may be shared; take the share step away."
    if step.sees == "self":
        yield 'sees is "self" on a share; use "choose" or "pair".'
    earlier = scope.earlier(at)
    for source in written_sources(step):
        written = earlier.get(source)
        if written is None or written.kind != "text":
            yield f"of names {source}, which is no text step before it here."
        elif written.sees == "self":
            yield f'shares {source}, which only oneself sees; say sees = "choose" there.'
    if step.beside and (step.beside not in earlier or earlier[step.beside].kind != "date"):
        yield f"beside names {step.beside}, which is no date step before it here."
    for source in set(step.of) - set(written_sources(step)):
        if scope.group is None or scope.group.over is None:
            yield f"of names {source}, but stands in no repeat with over."


def _of_review(dialogue: Dialogue, step: Step, at: int) -> Iterator[str]:
    shown = dialogue.steps[:at] if step.id in dialogue.order else ()
    earlier = {one.id for one in (*shown, *(inner for group in shown for inner in group.steps))}
    for name in step.review:
        if name not in earlier:
            yield f"review names {name}, which is no step before it."


def _of_conditions(
    dialogue: Dialogue, step: Step, scope: _Scope, at: int, facts: frozenset[str]
) -> Iterator[str]:
    earlier = scope.earlier(at)
    for name in (step.over, step.limit):
        if name is not None and name not in facts & set(dialogue.facts):
            yield f"counts with fact {name}; put it among the dialogue's facts."
    for condition in (*step.only, *step.rules):
        if sum(one is not None for one in (condition.answer, condition.fact, condition.when)) > 1:
            yield "a condition looks at more than one of answer, fact and when; use one."
        if condition.when is not None and condition.when not in PREDICATES:
            yield f"when names {condition.when}; known are {', '.join(PREDICATES)}."
        if condition.fact is not None and condition.fact.startswith("item."):
            yield from _of_item(condition.fact.removeprefix("item."), scope)
        elif condition.fact is not None and condition.fact not in facts & set(dialogue.facts):
            yield f"looks at fact {condition.fact}; put it among the dialogue's facts."
        if condition.answer is not None and condition.answer not in earlier:
            yield f"looks at {condition.answer}, which is no step before it here."
        yield from _of_value(condition, step, earlier)


def _of_item(key: str, scope: _Scope) -> Iterator[str]:
    over = scope.group.over if scope.group else None
    if key not in check_words.ITEM_KEYS.get(over or "", frozenset()):
        yield f"looks at item.{key}, but stands in no repeat over a list of such items."


def _of_value(condition: Condition, step: Step, earlier: Mapping[str, Step]) -> Iterator[str]:
    if condition.fact is not None or condition.when is not None:
        return
    if condition.answer is None and not isinstance(condition, Rule):
        yield "only looks at its own answer, which is not there yet; name answer, fact or when."
        return
    asked = earlier.get(condition.answer) if condition.answer else step
    if asked is None:
        return
    possible = _values(asked)
    wanted = condition.is_ if isinstance(condition.is_, list) else [condition.is_]
    for value in wanted:
        if isinstance(value, bool) or value not in possible:
            yield f"waits for {value!r} from {asked.id}, which never answers that."


def _values(step: Step) -> tuple[object, ...]:
    """What a condition can find at a step; free text and days are never compared."""
    skipped = ("skipped",) if step.optional else ()
    match step.kind:
        case "choice":
            return step.options + skipped
        case "scale":
            return (*range(1, 6), *skipped)
        case "share":
            return ("share", "keep", *skipped)
        case "confirm":
            return ("save",)
        case _:
            return skipped


def _of_ways(step: Step, scope: _Scope, at: int) -> Iterator[str]:
    order = [one.id for one in scope.steps]
    for go in (*(rule.go for rule in step.rules), *([step.then] if step.then else [])):
        if go == END and scope.group:
            yield f"goes to {END} inside a repeat; use {NEXT_ITEM}."
        elif go == NEXT_ITEM and not scope.group:
            yield f"goes to {NEXT_ITEM} outside of a repeat; use {END}."
        elif go not in (END, NEXT_ITEM) and go not in order:
            yield f"goes to {go}, which is no step here."
        elif go in order and order.index(go) <= at:
            yield f"goes to {go}, which is not further on; steps only lead forward."


def _unreachable(scope: _Scope) -> Iterator[tuple[str, str]]:
    order = {step.id: at for at, step in enumerate(scope.steps)}
    reached = {0}
    for at, step in enumerate(scope.steps):
        if at not in reached:
            yield step.id, "is never reached; lead a step to it or take it away."
            continue
        goes = [rule.go for rule in step.rules] + ([step.then] if step.then else [])
        reached |= {order[go] for go in goes if go in order}
        if step.then is None or step.only or step.kind == "share":
            reached.add(at + 1)
