"""Does an answer fit its step, and what does somebody who wrote or pressed mean by it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pydantic import JsonValue

from flows.dates import parse_date
from flows.forms import FORMS, quick_day
from flows.model import TEXT_LIMIT, Kind, Step
from flows.turn import Note

SHARE_CHOICES = ("share", "keep", "edit")
CONFIRM_CHOICES = ("save", "change")
MORE_CHOICES = ("more", "enough")
SKIP = "skip"
IN_WORDS = ("erase-me",)
"""Effects that no number alone can have."""
FIXED_CHOICES: dict[Kind, tuple[str, ...]] = {
    "share": SHARE_CHOICES,
    "confirm": CONFIRM_CHOICES,
    "repeat": MORE_CHOICES,
    "scale": ("1", "2", "3", "4", "5"),
}


class Reading(NamedTuple):
    value: JsonValue


class Refusal(NamedTuple):
    note: Note
    slots: Mapping[str, str] = {}


def choices_of(step: Step) -> tuple[str, ...]:
    """Ids of all that can be pressed at a step, its resting options as well, skip not."""
    fixed = FIXED_CHOICES.get(step.kind, ())
    if step.kind == "share" and not written_sources(step):
        fixed = tuple(choice for choice in fixed if choice != "edit")
    return fixed + step.options + step.rest


def written_sources(step: Step) -> tuple[str, ...]:
    """The steps that a share takes its text from: what can be written anew."""
    return tuple(source for source in step.of if not source.startswith("item."))


def fits(step: Step, value: JsonValue, shareable: str | None = None) -> bool:
    """Whether a stored answer still answers the step as it is defined now.

    A share fits only the very text that was previewed, and only while it was not taken back.
    """
    if value is None:
        return step.optional
    match step.kind:
        case "text":
            return isinstance(value, str) and 0 < len(value) <= step.longest
        case "choice":
            return value in step.options
        case "many":
            return isinstance(value, list) and set(map(str, value)) <= set(step.options)
        case "scale":
            return isinstance(value, int) and 1 <= value <= 5
        case "date":
            return isinstance(value, str) and _is_day(value)
        case "confirm":
            return value == "save"
        case "share":
            return isinstance(value, dict) and _decided(value) and value.get("text") == shareable
        case _:
            return False


def _decided(value: Mapping[str, JsonValue]) -> bool:
    return value.get("decision") in ("share", "keep")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_press(
    step: Step, choice: str, also: Sequence[str], today: date, labels: Mapping[str, str]
) -> Reading | Refusal:
    """What a pressed choice of the current step means."""
    if choice == SKIP and step.optional:
        return Reading(None)
    if choice in step.rest:
        return Reading(choice)
    if step.kind == "many":
        return _read_many(step, (choice, *also))
    if choice not in choices_of(step):
        return Refusal("not-understood")
    if step.kind == "scale":
        return Reading(int(choice))
    if step.kind == "date":
        day = quick_day(choice, today)
        return Reading(day.isoformat()) if day else Refusal("bad-date")
    if step.kind == "text":
        return _read_text(step, labels.get(choice, choice), today)
    return Reading(choice)


def _read_many(step: Step, chosen: Sequence[str]) -> Reading | Refusal:
    kept: list[JsonValue] = [option for option in step.options if option in chosen]
    return Reading(kept) if kept else Refusal("choose-some")


def read_text(step: Step, text: str, today: date, labels: Mapping[str, str]) -> Reading | Refusal:
    """What a typed text means at the current step. `labels`: choice id -> its words."""
    text = tidy(text)
    if not text:
        return Refusal("empty")
    match step.kind:
        case "text":
            passing = named(step, text, labels)
            if passing in (SKIP, *step.rest):
                return read_press(step, passing, (), today, labels)
            return _read_text(step, text, today)
        case "date":
            return _read_date(step, text, today, labels)
        case "many":
            chosen_ones = _choose_many(step, text, labels)
            if not chosen_ones:
                return Refusal("not-understood")
            return read_press(step, chosen_ones[0], chosen_ones[1:], today, labels)
        case _:
            chosen = _choose(text, labels) or named(step, text, labels)
            if not chosen:
                return Refusal("not-understood")
            return read_press(step, chosen, (), today, labels)


def _read_text(step: Step, text: str, today: date) -> Reading | Refusal:
    if len(text) > step.longest:
        return Refusal("too-long", {"length": str(len(text)), "longest": str(step.longest)})
    if step.form is None:
        return Reading(text)
    read = FORMS[step.form](text, today)
    return Reading(read) if read else Refusal("bad-form")


def _read_date(step: Step, text: str, today: date, labels: Mapping[str, str]) -> Reading | Refusal:
    chosen = _choose(text, labels)
    if chosen:
        return read_press(step, chosen, (), today, labels)
    day = parse_date(text, today)
    if day is None:
        return Refusal("bad-date")
    if step.future and day < today:
        return Refusal("past-date")
    return Reading(day.isoformat())


def tidy(text: str) -> str:
    """Trimmed, in NFC, without control characters but line breaks and tabs.

    Marks that steer right-to-left text stay: they belong to the words; overrides that would
    turn the text around it go.
    """
    seen = _UNSEEN.sub("", text[: TEXT_LIMIT * 4].replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", seen).strip()


_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def plain_words(text: str) -> str:
    """For comparing: casefolded letters and digits with single spaces.

    Composed first: a keyboard may send å as a and a ring.
    """
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).casefold()))


def _choose(text: str, labels: Mapping[str, str]) -> str | None:
    """The one choice that the text names: its id, its words, or how they alone begin."""
    wanted = plain_words(text)
    if not wanted:
        return None
    if text.strip() in labels:
        return text.strip()
    words = {choice: plain_words(label) for choice, label in labels.items()}
    exact = [choice for choice, label in words.items() if label == wanted]
    begun = [choice for choice, label in words.items() if f"{label} ".startswith(f"{wanted} ")]
    found = exact or begun
    return found[0] if len(found) == 1 else None


def is_numbered(step: Step, labels: Mapping[str, str]) -> bool:
    """Whether a choice can be named by its number: not where a number is an answer of its own, nor
    where a slip of the thumb would reach somebody else or take everything away."""
    if step.kind in ("text", "date", "scale", "share") or step.effect in IN_WORDS:
        return False
    return not any(label[:1].isdigit() for label in labels.values())


def named(step: Step, text: str, labels: Mapping[str, str]) -> str | None:
    """The choice whose very words, or whose number, are the text."""
    wanted, number = plain_words(text), _NUMBER.fullmatch(text)
    words = [choice for choice, label in labels.items() if plain_words(label) == wanted]
    if number and is_numbered(step, labels):
        words += list(labels)[int(number[1]) - 1 : int(number[1])]
    return words[0] if wanted and words else None


def _choose_many(step: Step, text: str, labels: Mapping[str, str]) -> list[str]:
    """The choices that a list such as "mandag, onsdag og fredag" or "1 3 5" names; none if one is
    unknown."""
    whole = _choose(text, labels)
    if whole:
        return [whole]
    listed = text.split() if _NUMBERS.fullmatch(text) else _LISTED.split(text)
    parts = [part for part in listed if part.strip()]
    known = [found for one in parts if (found := _choose(one, labels) or named(step, one, labels))]
    return known if len(known) == len(parts) else []


_NUMBER = re.compile(r"\s*([1-9][0-9]?)[.)]?\s*", re.ASCII)
_NUMBERS = re.compile(r"[0-9]+(?:\s+[0-9]+)+", re.ASCII)
_LISTED = re.compile(r"[,;&\n]|\b(?:og|and)\b", re.IGNORECASE)
