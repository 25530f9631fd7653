"""The windows: to write in, so that it does not stay in the conversation; to take up what a message
says. Pure."""

from __future__ import annotations

import json
from typing import NamedTuple

from bot.channels.slack.blocks import Json, aside, plain, plain_words, said
from bot.channels.slack.choices import Wanted
from bot.channels.slack.text import clean, within
from bot.channels.slack.texts import SAYS, language_of
from flows.model import Language

CALLBACK, KEEP_CALLBACK, TELL_CALLBACK = "write", "keep", "tell"
BLOCK, FIELD = "words", "written"
LONGEST = 3000
"""Slack's own limit of a field; more than that can be written in the conversation."""
LABEL = 1900


class Asked(NamedTuple):
    """The message that the window was opened from."""

    channel: str
    ts: str
    language: Language


def window(wanted: Wanted, shown: list[Json], channel: str, ts: str) -> Json:
    """`shown`: the blocks of the question."""
    language = language_of(wanted.language)
    says = SAYS[language]
    field: Json = {
        "max_length": max(1, min(wanted.longest, LONGEST)),
        "multiline": wanted.kind == "text",
        "placeholder": plain(wanted.placeholder),
    }
    hint = "\n".join(line for line in (aside(shown), says["room"]) if line)
    label = within(plain_words(shown), LABEL) or says["title"]
    asked = json.dumps(Asked(channel, ts, language))
    return {
        **frame(CALLBACK, says["title"], language),
        "submit": plain(says["save"]),
        "private_metadata": asked,
        "blocks": [_input(label, hint, field)],
    }


def keeping_window(text: str, language: Language) -> Json:
    """To take up what a message says: the whole of it stands there to be changed, and nothing of it
    has been kept."""
    says = SAYS[language]
    field: Json = {"max_length": LONGEST, "multiline": True}
    if filled := within(clean(text).strip(), LONGEST):
        field["initial_value"] = filled
    return {
        **frame(KEEP_CALLBACK, says["take-up-title"], language),
        "submit": plain(says["save"]),
        "blocks": [_input(says["take-up-label"], says["take-up-hint"], field)],
    }


def telling_window(words: str, language: Language) -> Json:
    """Only to be read: for who is not known."""
    return {**frame(TELL_CALLBACK, SAYS[language]["title-plain"], language),
            "blocks": [said(words)]}  # fmt: skip


def read_window(view: Json) -> tuple[Asked, str]:
    """From where, and what was written."""
    channel, ts, language = json.loads(view["private_metadata"])
    return Asked(channel, ts, language_of(language)), _filled(view)


def read_kept(view: Json) -> str:
    return _filled(view)


def misfit(words: str) -> Json:
    """The answer that leaves the window open, with what is wrong under the field."""
    return {"response_action": "errors", "errors": {BLOCK: words}}


def frame(callback: str, title: str, language: Language) -> Json:
    close = plain(SAYS[language]["close"])
    return {"type": "modal", "callback_id": callback, "title": plain(title), "close": close}


def _input(label: str, hint: str, field: Json) -> Json:
    element = {"type": "plain_text_input", "action_id": FIELD, "focus_on_load": True, **field}
    return {
        "type": "input",
        "block_id": BLOCK,
        "label": plain(label),
        "hint": plain(within(hint, LABEL)),
        "element": element,
    }


def _filled(view: Json) -> str:
    return str(view["state"]["values"][BLOCK][FIELD].get("value") or "")
