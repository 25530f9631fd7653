"""Whether blocks may be shown, and what they say."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.fakes.slack import kit
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.refusal import Refusal
from tests.fakes.slack.shapes import Findings, Json, array

_ids = itertools.count(1)


def elements(block: Json) -> Iterator[tuple[str, Json]]:
    """Every element that can be pressed or filled in, with its place in the block."""
    for name in ("accessory", "element"):
        if (element := block.get(name)) and element.get("type") != "image":
            yield name, element
    if block["type"] == "actions":
        for number, element in enumerate(block["elements"]):
            yield f"elements/{number}", element


def check_message(blocks: Any, limits: Limits) -> list[Json]:
    """The blocks as Slack keeps them: with ids. Raises Refusal."""
    found = Findings()
    array(kit.MESSAGE_BLOCK, limits.message_blocks, least=0)(blocks, "/blocks", found)
    if not found:
        _check_ids(blocks, "/blocks", found)
        _second_opinion(blocks, "/blocks", found)
    if found:
        raise Refusal("invalid_blocks", *found)
    if len(words(blocks)) > limits.blocks_text:
        raise Refusal("msg_blocks_too_long")
    return with_ids(blocks)


def check_view(view: Any, limits: Limits, kind: str) -> Json:
    """The view as Slack keeps it. `kind`: modal or home. Raises Refusal."""
    found = Findings()
    kit.view(limits.view_blocks)(view, "/view", found)
    if not found and view["type"] != kind:
        found.note(f"unsupported type: {view['type']}", "/view/type")
    if not found:
        _check_submit(view, found)
        _check_ids(view["blocks"], "/view/blocks", found)
        _check_focus(view["blocks"], found)
        _second_opinion(view["blocks"], "/view/blocks", found)
    if found:
        raise Refusal("invalid_arguments", *found)
    if len(json.dumps(view).encode()) > limits.view_bytes:
        raise Refusal("view_too_large")
    return {**view, "blocks": with_ids(view["blocks"])}


def with_ids(blocks: list[Json]) -> list[Json]:
    """Blocks and elements without an id get one, as Slack makes them up."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block.setdefault("block_id", f"b{next(_ids):04x}")
        for _, element in elements(block):
            element.setdefault("action_id", f"a{next(_ids):04x}")
    return kept


def words(blocks: list[Json]) -> str:
    """Everything a reader reads, block by block. Labels of buttons are no part of it."""
    return "\n".join(line for block in blocks for line in _lines(block) if line)


def _check_ids(blocks: list[Json], at: str, found: Findings) -> None:
    """Block ids in the whole message or view, action ids within their block."""
    known: set[str] = set()
    for number, block in enumerate(blocks):
        _note_repeated(block, "block_id", known, f"{at}/{number}", found)
        inner: set[str] = set()
        for place, element in elements(block):
            _note_repeated(element, "action_id", inner, f"{at}/{number}/{place}", found)


def _note_repeated(holder: Json, name: str, known: set[str], at: str, found: Findings) -> None:
    if (value := holder.get(name)) is None:
        return
    if value in known:
        found.note(f'`{name}` "{value}" already exists', f"{at}/{name}")
    known.add(value)


def _check_submit(view: Json, found: Findings) -> None:
    if view["type"] != "modal" or "submit" in view:
        return
    for number, block in enumerate(view["blocks"]):
        if block["type"] == "input":
            complaint = "must define `submit` to use an `input` block in modals"
            found.note(complaint, f"/view/blocks/{number}/input")


def _check_focus(blocks: list[Json], found: Findings) -> None:
    focused = [e for block in blocks for _, e in elements(block) if e.get("focus_on_load")]
    if len(focused) > 1:
        found.note("only one element may have `focus_on_load` set", "/view/blocks")


def _second_opinion(blocks: list[Json], at: str, found: Findings) -> None:
    """slack_sdk's own models: they know some limits of their own."""
    for number, block in enumerate(copy.deepcopy(blocks)):
        parsed = Block.parse(block)
        if parsed is None:
            continue
        try:
            parsed.to_dict()
        except SlackObjectFormationError as error:
            found.note(f"failed to match all allowed schemas ({error})", f"{at}/{number}")


def _lines(block: Json) -> Iterator[str]:
    for name in ("text", "label", "title", "hint"):
        if name in block:
            yield _said(block[name])
    for field in block.get("fields", []):
        yield _said(field)
    if block["type"] == "rich_text":
        yield rich_words(block)
    elif block["type"] == "context":
        yield " ".join(_said(element) for element in block["elements"])
    elif block["type"] == "image":
        yield block["alt_text"]


def _said(text: Any) -> str:
    """A text object, a string, or an image's words."""
    if isinstance(text, str):
        return text
    return str(text.get("text") or text.get("alt_text", ""))


_RICH = {
    "user": "<@{user_id}>",
    "usergroup": "<!subteam^{usergroup_id}>",
    "channel": "<#{channel_id}>",
    "broadcast": "<!{range}>",
    "emoji": ":{name}:",
    "date": "{timestamp}",
    "color": "{value}",
    "team": "{team_id}",
}


def rich_words(element: Json) -> str:
    """A rich text and its parts as one text."""
    kind = element["type"]
    if "elements" in element:
        between = "\n" if kind in ("rich_text", "rich_text_list") else ""
        return between.join(rich_words(part) for part in element["elements"])
    if kind in ("text", "link"):
        return str(element.get("text") or element["url"])
    return _RICH[kind].format(**element)
