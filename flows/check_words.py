"""What can be wrong with the wording of a dialogue, and what is too long for a message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import get_args

from pydantic import JsonValue

from flows.answers import SKIP, choices_of, plain_words
from flows.controls import ENTERING, LINKING, OPENINGS, SPEAKING
from flows.conversation import NO_ITEM, Conversation, Place
from flows.events import Control
from flows.forms import FORMS
from flows.model import LANGUAGES, Common, Dialogue, Language, Sees, Step, StepWording
from flows.private import with_way
from flows.turn import Note, Told
from flows.wording import MARKUP, OWN_WORDS, SLOT, Message, spans_of, word

Found = tuple[str | None, Language | None, str]

NEVER: dict[Language, tuple[str, ...]] = {
    "da": (
        "anonym", "du har glemt", "du glemte", "du nåede ikke", "du mangler at", "husk nu",
        "du missede", "du fejlede",
    ),
    "en": (
        "anonym", "you forgot", "you have forgotten", "you missed", "you failed", "you must",
        "overdue",
    ),
}  # fmt: skip
"""Words that order, count failures, or promise what nobody can keep."""
ITEM_KEYS: dict[str, frozenset[str]] = {
    "carried": frozenset(("id", "text")),
    "agreements": frozenset(("id", "text", "kind", "follow_up", "resting")),
    "my_leaders": frozenset(("pair_id", "name", "dialogue_day", "shared", "agreed", "has_shared")),
    "my_shares": frozenset(("id", "text", "with", "shared_day")),
    "our_agreements": frozenset(("text", "follow_up_day")),
    "from_nearest": frozenset(("text",)),
    "help_routes": frozenset(("text",)),
    "keeps": frozenset(("text",)),
    "actions": frozenset(("id", "text", "aim")),
    "actions_to_study": frozenset(("id", "text", "aim")),
    "articles": frozenset(("title", "url", "minutes", "text")),
    "development_plan": frozenset(("text",)),
    "earlier_ratings": frozenset(("text",)),
}
"""The facts that are lists, and what each of their items holds."""
FINAL = frozenset(("open-dialogue", "export-data", "erase-me"))
"""Effects after which there is nothing to change: their steps need no label."""
TEXT_CHARACTERS = 3_000
LABEL_CHARACTERS = 75
BUTTONS = 25
TOKEN_BYTES = 64
FULL = "M" * 60
SOME_DAY = date(2027, 9, 22)
EXTRAS: dict[str, tuple[str, ...]] = {
    "placeholder": ("text", "date"),
    "ends": ("scale",),
    "more": ("repeat",),
    "enough": ("repeat",),
}


def of_common(common: Mapping[Language, Common], known: frozenset[str]) -> Iterator[Found]:
    """`known`: the dialogues that control words may open."""
    notes: frozenset[str] = frozenset(get_args(Note))
    for language, words in common.items():
        for note in notes - set(words.notes):
            yield None, language, f"note {note} is missing; word it."
        for sees in set(get_args(Sees)) - set(words.sees):
            yield None, language, f"sees.{sees} is missing; word it."
        for name in _texts_of(words):
            yield from ((None, language, text) for text in _of_text(name[1], language, name[0]))
    yield from _same_keys(common)
    yield from _of_control_words(common, known)


def _texts_of(common: Common) -> Iterator[tuple[str, str]]:
    for table in ("notes", "choices", "sees", "hints", "notices"):
        for key, text in getattr(common, table).items():
            yield f"{table}.{key}", text


def _same_keys(common: Mapping[Language, Common]) -> Iterator[Found]:
    for table in ("notes", "choices", "sees", "hints", "notices", "words"):
        keys = {language: set(getattr(words, table)) for language, words in common.items()}
        for language, own in keys.items():
            for key in set().union(*keys.values()) - own:
                yield None, language, f"{table}.{key} is missing here; word it in both languages."
    slots = {language: dict(_texts_of(words)) for language, words in common.items()}
    for name in set.intersection(*(set(texts) for texts in slots.values())):
        if len({frozenset(SLOT.findall(texts[name])) for texts in slots.values()}) > 1:
            yield None, None, f"{name} has other {{slots}} in one language than in the other."


def _of_control_words(common: Mapping[Language, Common], known: frozenset[str]) -> Iterator[Found]:
    meanings: dict[str, str] = {}
    controls = frozenset((*get_args(Control), *OPENINGS, *SPEAKING, *LINKING, *ENTERING))
    for language, words in common.items():
        for name in controls - set(words.words):
            yield None, language, f"words.{name} is missing; give at least one way to write it."
        for name, ways in words.words.items():
            if name not in controls:
                yield None, language, f"words.{name} is no command."
            for way in ways:
                other = meanings.setdefault(plain_words(way), name)
                if other != name or not plain_words(way):
                    yield None, language, f'"{way}" means both {other} and {name}; leave one out.'
    for name in controls & set(OPENINGS):
        if OPENINGS[name] not in known:
            yield None, None, f"words.{name} opens {OPENINGS[name]}, which is no dialogue."


def of_wording(dialogue: Dialogue, facts: frozenset[str]) -> Iterator[Found]:
    for language in LANGUAGES:
        wording = dialogue.wordings.get(language)
        if wording is None:
            yield None, language, f"has no {language}.toml; word it."
            continue
        for text in _of_text(wording.title, language, "title", slots=False):
            yield None, language, text
        for name in set(wording.steps) - set(dialogue.every_step):
            yield name, language, "is worded, but there is no such step."
        for name, step in dialogue.every_step.items():
            for text in _of_step(dialogue, step, wording.steps.get(name), language, facts):
                yield name, language, text
    yield from _of_pairs(dialogue)


def _is_silent(step: Step) -> bool:
    """A repeat that never asks for one more: over a list, or with one round."""
    return step.kind == "repeat" and (step.over is not None or step.most == 1)


def _may_be_changed(step: Step) -> bool:
    return (
        step.asks and step.kind != "confirm" and not _is_silent(step) and step.effect not in FINAL
    )


def _of_step(
    dialogue: Dialogue,
    step: Step,
    said: StepWording | None,
    language: Language,
    facts: frozenset[str],
) -> Iterator[str]:
    if said is None:
        if not _is_silent(step):
            yield "is not worded; add its text."
        return
    if step.kind != "repeat":
        yield from _of_text(said.text, language, "text")
    if _may_be_changed(step) and not said.label:
        yield "has no label; without it nobody can choose to change the answer."
    for extra, kinds in EXTRAS.items():
        if getattr(said, extra) is not None and step.kind not in kinds:
            yield f"a {step.kind} has no {extra}; take it away."
    for name, text in _small_texts(said):
        yield from _of_text(text, language, name, slots=False)
    yield from _of_options(dialogue, step, said, language)
    for text in (said.text, said.more or ""):
        for slot in SLOT.findall(text):
            yield from _of_slot(dialogue, step, slot, facts)


def _small_texts(said: StepWording) -> Iterator[tuple[str, str]]:
    for name in ("label", "placeholder", "enough"):
        if (text := getattr(said, name)) is not None:
            yield name, text
    for end in said.ends or ():
        yield "ends", end
    if said.more is not None:
        yield "more", SLOT.sub("", said.more)
    for option, text in said.options.items():
        yield f"options.{option}", SLOT.sub("M", text)


def _of_text(text: str, language: Language, name: str, *, slots: bool = True) -> Iterator[str]:
    if not text.strip():
        yield f"{name} is empty; word it."
    if "*" in MARKUP.sub("", text):
        yield f"{name} has a * without its other half; close it."
    rest = SLOT.sub("", text) if slots else text
    if "{" in rest or "}" in rest:
        yield f"{name} has a brace that is no {{slot}}, or slots are not filled there."
    plain = text.casefold()
    for never in NEVER[language]:
        if never in plain:
            yield f'{name} says "{never}", which we never do; say it in another way.'


def _of_options(
    dialogue: Dialogue, step: Step, said: StepWording, language: Language
) -> Iterator[str]:
    common = dialogue.common[language]
    offered = {*choices_of(step), *((SKIP,) if step.optional else ())}
    for choice in offered - set(said.options) - set(common.choices):
        yield f"options.{choice} has no label; word it."
    for choice in set(said.options) - offered:
        yield f"options.{choice} is worded, but is none of its choices."
    labels = {
        choice: said.options.get(choice, common.choices.get(choice, "")) for choice in offered
    }
    for choice, label in said.options.items():
        if set(SLOT.findall(label)) - set(dialogue.facts):
            yield f"options.{choice} has a brace that names none of the dialogue's facts."
        if set(SLOT.findall(label)) & OWN_WORDS:
            yield f"options.{choice} holds somebody's own words; a button has none."
    for choice, label in labels.items():
        if len(label) > LABEL_CHARACTERS:
            yield f"options.{choice} is {len(label)} characters; at most {LABEL_CHARACTERS}."
    form = FORMS.get(step.form or "")
    for choice in step.options if form else ():
        if form and form(labels[choice], SOME_DAY) is None:
            yield f"options.{choice} cannot be read as {step.form}; say it as one would write it."
    words = [plain_words(label) for label in labels.values() if label]
    if len(set(words)) < len(words):
        yield "two of its choices are called the same; nobody could write which."


def _of_slot(dialogue: Dialogue, step: Step, slot: str, facts: frozenset[str]) -> Iterator[str]:
    group = dialogue.groups.get(step.id)
    if slot == "preview":
        if step.kind != "share":
            yield "{preview} is filled in a share step only."
    elif slot.startswith("item."):
        over = dialogue.every_step[group].over if group else None
        if over is None:
            yield f"{{{slot}}} is filled in a repeat with over only."
        elif slot.removeprefix("item.") not in ITEM_KEYS.get(over, frozenset()):
            yield f"{{{slot}}} is no part of {over}; see docs/dialogues.md."
    elif slot in dialogue.every_step:
        inside = dialogue.groups.get(slot)
        if not dialogue.every_step[slot].asks or (inside and inside != group):
            yield f"{{{slot}}} is no answer that can be seen from here."
    elif slot not in facts:
        yield f"{{{slot}}} is no fact, no step and no part of an item."
    elif slot not in dialogue.facts:
        yield f"{{{slot}}} is filled only if {slot} stands among the dialogue's facts; add it."


def _of_pairs(dialogue: Dialogue) -> Iterator[Found]:
    """Both languages word the same things, with the same slots."""
    da, en = (dialogue.wordings[language].steps for language in LANGUAGES)
    for name in set(da) & set(en):
        for part in ("text", "more"):
            slots = [set(SLOT.findall(getattr(one[name], part) or "")) for one in (da, en)]
            if slots[0] != slots[1]:
                odd = ", ".join(sorted(slots[0] ^ slots[1]))
                yield name, None, f"{part} fills {odd} in one language and not in the other."
        for part in ("label", "placeholder", "ends", "more", "enough"):
            if (getattr(da[name], part) is None) != (getattr(en[name], part) is None):
                yield name, None, f"{part} is worded in one language and not in the other."
        for option in set(da[name].options) ^ set(en[name].options):
            yield name, None, f"options.{option} is worded in one language and not in the other."


def of_sizes(dialogue: Dialogue, measure: Callable[[Message], Iterable[str]]) -> Iterator[Found]:
    """Every message with its slots full, against the limits that all channels have in common."""
    for language in LANGUAGES:
        for step in dialogue.every_step.values():
            if _is_silent(step):
                continue
            message = _fullest(dialogue, step, language)
            for text in (*_of_message(message), *measure(message)):
                yield step.id, language, text


def _fullest(dialogue: Dialogue, step: Step, language: Language) -> Message:
    item = 0 if step.id in dialogue.groups or step.kind == "repeat" else NO_ITEM
    place = Place(step.id, item)
    conversation = Conversation(
        id="c" * 11,
        dialogue=dialogue.id,
        version=dialogue.version,
        language=language,
        turn=99_999,
        facts={fact: _full_fact(fact) for fact in dialogue.facts},
        revising=place if step.asks else None,
    )
    told = word(dialogue, conversation, Told(place=place, asks=step.asks), SOME_DAY)
    message = with_way(told, conversation, dialogue.common[language])
    said = dialogue.says(language, step.id)
    template = said.text if step.kind != "repeat" else said.more or message.plain_text()
    return message.model_copy(update={"spans": spans_of(template, lambda slot: FULL)})


def _full_fact(fact: str) -> JsonValue:
    if fact in ITEM_KEYS:
        return [{key: _full_fact(f"item.{key}") for key in ITEM_KEYS[fact]}]
    return SOME_DAY.isoformat() if fact.endswith("_day") else FULL


def _of_message(message: Message) -> Iterator[str]:
    length = len(message.plain_text())
    if length > TEXT_CHARACTERS:
        yield f"is {length} characters with its slots full; at most {TEXT_CHARACTERS}."
    if len(message.choices) > BUTTONS:
        yield f"has {len(message.choices)} buttons; at most {BUTTONS}."
    for choice in message.choices:
        if len(choice.token.encode()) > TOKEN_BYTES:
            yield f"the button {choice.token} is more than {TOKEN_BYTES} bytes; shorten the option."
