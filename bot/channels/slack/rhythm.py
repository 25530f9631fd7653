"""The windows about rhythm: all of it in one, and what it would bring before it is saved. Pure, but
for the protocol that knows. Between the two everything stands in the window itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote

from bot.channels.slack.blocks import Json, actions, button, context, label, plain, said
from bot.channels.slack.choices import AGAIN
from bot.channels.slack.modal import Asked, frame
from bot.channels.slack.rhythm_texts import WORDS, Word
from bot.channels.slack.text import clean, within
from bot.channels.slack.texts import language_of
from bot.rhythm_desk import ME, Entered, Offer, Option, Seen, Wrong
from bot.rhythm_filled import OFF, Filled
from flows.dates import WEEKDAYS_DA, WEEKDAYS_EN
from flows.model import Language

FILL_CALLBACK, SAVE_CALLBACK = "rhythm", "rhythm-save"
FIELD = "field"
EVERYBODY = "organisation:"
IN_A_GROUP = 100
"""Of a menu's options under one heading."""
MENU_BYTES = 40_000
"""Of all options of a menu, as they come back with the window: what is posted to us with more than
64 kB is not read. Whoever has more groups finds them by name in the dialogue."""
LONGEST_NAME, LONGEST_WEEKS = 254, 200
MOST_WEEKS, MOST_DAYS = "26", "10"


class Rhythms(Protocol):
    """Of whoever is at the address; None for who is not known."""

    async def offer(self, channel: str, external_id: str) -> Offer | None: ...

    async def foresee(
        self, channel: str, external_id: str, entered: Entered
    ) -> Seen | Wrong | None: ...


class NoRhythms:
    """Nobody is known."""

    async def offer(self, channel: str, external_id: str) -> Offer | None:
        return None

    async def foresee(
        self, channel: str, external_id: str, entered: Entered
    ) -> Seen | Wrong | None:
        return None


class Kept(NamedTuple):
    """What a window carries along. `asked`: the message that it was opened from, if it was. The
    rest: what was filled in, once it was."""

    language: Language
    asked: Asked | None = None
    entered: Entered | None = None


# --- the first window


def filling_window(offer: Offer, kept: Kept) -> Json:
    """`kept.entered`: what stands in it already."""
    words = WORDS[offer.language]
    entered = kept.entered or Entered(Filled("", ME))
    return {
        **frame(FILL_CALLBACK, words["title"], offer.language),
        "submit": plain(words["see"]),
        "private_metadata": _carried(Kept(offer.language, kept.asked)),
        "blocks": [*_fields(offer, words, entered), context(words["stays"])],
    }


def _fields(offer: Offer, words: Mapping[Word, str], entered: Entered) -> Iterator[Json]:
    filled = entered.filled
    yield _input("kind", words, _menu(offer.kinds, filled.kind or offer.kinds[0].value))
    if offer.sets_for_all:
        yield _whom(offer, words, filled.whom)
        yield _optional("person", words, _text(entered.person, LONGEST_NAME), "person-hint")
    yield _optional("weeks", words, _number(filled.weeks, "1", MOST_WEEKS), "weeks-hint")
    yield _optional("weekday", words, _weekdays(offer.language, words, filled.weekday))
    yield _optional("at", words, _clock(filled.at))
    if offer.sets_for_all:
        days = _number(filled.offset, f"-{MOST_DAYS}", MOST_DAYS)
        yield _optional("offset", words, days, "offset-hint")
    yield _optional("quiet", words, _text(filled.quiet, LONGEST_WEEKS), "quiet-hint")
    yield _optional("off", words, _tick(words["off-words"], filled.off == OFF))


def _input(name: Word, words: Mapping[Word, str], element: Json, hint: Word | None = None) -> Json:
    more = {"hint": plain(words[hint])} if hint else {}
    return {
        "type": "input", "block_id": name, "label": plain(words[name]),
        "element": {"action_id": FIELD, **element}, **more,
    }  # fmt: skip


def _optional(
    name: Word, words: Mapping[Word, str], element: Json, hint: Word | None = None
) -> Json:
    return {**_input(name, words, element, hint), "optional": True}


def _menu(options: Iterable[Option], chosen: str) -> Json:
    shown = [_option(one) for one in options]
    return {"type": "static_select", "options": shown, **_first(shown, chosen)}


def _whom(offer: Offer, words: Mapping[Word, str], chosen: str) -> Json:
    first = (Option(ME, words["me"]), Option(EVERYBODY, words["all"]))
    courses = offer.courses[: _room_for(offer.courses, MENU_BYTES // 2)]
    groups = offer.groups[: _room_for(offer.groups, MENU_BYTES // 2)]
    is_cut = len(courses) + len(groups) < len(offer.courses) + len(offer.groups)
    headed: list[Json] = [
        {"label": label(heading), "options": [_option(one) for one in some]}
        for heading, some in (
            (words["everybody"], first),
            *_parted(words["courses"], courses),
            *_parted(words["groups"], groups),
        )
    ]
    shown: list[Json] = [one for group in headed for one in group["options"]]
    menu = {"type": "static_select", "option_groups": headed, **_first(shown, chosen, shown[0])}
    return _input("whom", words, menu, "whom-more" if is_cut else None)


def _room_for(options: Sequence[Option], room: int) -> int:
    """How many of the options there is room for."""
    for at, one in enumerate(options):
        room -= len(quote(json.dumps(_option(one), separators=(",", ":"))))
        if room < 0:
            return at
    return len(options)


def _parted(heading: str, options: Sequence[Option]) -> Iterator[tuple[str, Sequence[Option]]]:
    """Under as many headings as it takes."""
    for at in range(0, len(options), IN_A_GROUP):
        yield (f"{heading} ({at + 1}–)" if at else heading), options[at : at + IN_A_GROUP]


def _first(shown: Sequence[Json], chosen: str, usual: Json | None = None) -> Json:
    found = next((one for one in shown if one["value"] == chosen), usual)
    return {"initial_option": found} if found else {}


def _option(one: Option) -> Json:
    return {"text": label(one.words), "value": one.value}


def _weekdays(language: Language, words: Mapping[Word, str], chosen: str) -> Json:
    names = WEEKDAYS_DA if language == "da" else WEEKDAYS_EN
    days = (Option(str(number), name.capitalize()) for number, name in enumerate(names, 1))
    return {**_menu(days, chosen), "placeholder": plain(words["pick"])}


def _number(value: str, least: str, most: str) -> Json:
    element = {"type": "number_input", "is_decimal_allowed": False}
    return {**element, "min_value": least, "max_value": most, **_initial("initial_value", value)}


def _clock(value: str) -> Json:
    return {"type": "timepicker", **_initial("initial_time", value)}


def _text(value: str, longest: int) -> Json:
    element = {"type": "plain_text_input", "max_length": longest}
    return {**element, **_initial("initial_value", within(value, longest))}


def _tick(words: str, ticked: bool) -> Json:
    shown = [_option(Option(OFF, words))]
    return {"type": "checkboxes", "options": shown} | ({"initial_options": shown} if ticked else {})


def _initial(name: str, value: str) -> Json:
    return {name: value} if value else {}


# --- the second window


def seen_window(seen: Seen, kept: Kept, person: str) -> Json:
    """What it would bring, to be saved. `person`: as it was written in the first window."""
    words, told = WORDS[seen.language], seen.told
    listed = "\n".join(f"• {one}" for one in told.times)
    again = button(AGAIN, words["again"], seen.language)
    return {
        **frame(SAVE_CALLBACK, words["title"], seen.language),
        "submit": plain(words["save"]),
        "private_metadata": _carried(Kept(seen.language, kept.asked, Entered(seen.filled, person))),
        "blocks": [
            *(said(text) for text in (told.intro, listed) if text),
            *([said(told.aside, italic=True)] if told.aside else []),
            *actions([again]),
            *([context(words["told"])] if seen.others else []),
        ],
    }


# --- what comes back


def read_filled(view: Json) -> tuple[Kept, Entered]:
    values = view["state"]["values"]

    def field(name: Word) -> str:
        return clean(_answer(values.get(name, {}).get(FIELD, {})))

    filled = Filled(
        kind=field("kind"), whom=field("whom") or ME, weeks=field("weeks"),
        weekday=field("weekday"), at=field("at"), offset=field("offset"), quiet=field("quiet"),
        off=field("off"),
    )  # fmt: skip
    return read_kept(view), Entered(filled, field("person"))


def read_kept(view: Json) -> Kept:
    language, asked, entered = json.loads(view["private_metadata"])
    return Kept(
        language_of(language), Asked(*asked) if asked else None,
        Entered(Filled(*entered[0]), entered[1]) if entered else None,
    )  # fmt: skip


def wrong(view: Json, faults: Wrong) -> Json:
    """What is wrong under each field; what has no field there stands under the first."""
    there = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    errors = {(name if name in there else there[0]): words for name, words in faults.items()}
    return {"response_action": "errors", "errors": errors}


def _carried(kept: Kept) -> str:
    return json.dumps(kept, ensure_ascii=False)


def _answer(answer: Mapping[str, Any]) -> str:
    option = answer.get("selected_option") or next(iter(answer.get("selected_options") or ()), None)
    written = answer.get("value") or answer.get("selected_time") or ""
    return str(option["value"] if option else written)
