"""The window to write in: free text that does not stay in the conversation. Pure."""

from __future__ import annotations

import json
from typing import NamedTuple

from bot.channels.slack.blocks import Json, aside, plain, plain_words
from bot.channels.slack.choices import Wanted
from bot.channels.slack.text import within
from bot.channels.slack.texts import SAYS, language_of
from flows.model import Language

CALLBACK = "write"
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
        "type": "plain_text_input",
        "action_id": FIELD,
        "multiline": wanted.kind == "text",
        "max_length": max(1, min(wanted.longest, LONGEST)),
        "placeholder": plain(wanted.placeholder),
        "focus_on_load": True,
    }
    hint = "\n".join(line for line in (aside(shown), says["room"]) if line)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(Asked(channel, ts, language)),
        "title": plain(says["title"]),
        "submit": plain(says["save"]),
        "close": plain(says["close"]),
        "blocks": [
            {
                "type": "input",
                "block_id": BLOCK,
                "label": plain(within(plain_words(shown), LABEL) or says["title"]),
                "hint": plain(within(hint, LABEL)),
                "element": field,
            }
        ],
    }


def read_window(view: Json) -> tuple[Asked, str]:
    """From where, and what was written."""
    channel, ts, language = json.loads(view["private_metadata"])
    value = view["state"]["values"][BLOCK][FIELD].get("value")
    return Asked(channel, ts, language_of(language)), str(value or "")
