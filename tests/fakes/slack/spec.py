"""Methods and their arguments, by the published description (data/slack/methods.json)."""

from __future__ import annotations

import json
from typing import Any

from tests.fakes.common.published import published
from tests.fakes.slack.refusal import Refusal, invalid
from tests.fakes.slack.shapes import Json

_PUBLISHED = published("slack")
METHODS: dict[str, Json] = _PUBLISHED["methods"]
_OBJECTS = {
    "blocks": "invalid_blocks_format",
    "metadata": "invalid_metadata_format",
    "attachments": "invalid_attachments",
    "view": "invalid_arguments",
    "files": "invalid_arguments",
}
_NUMBERS = ("limit", "length")
_SWITCHES = (
    "as_user",
    "include_all_metadata",
    "include_locale",
    "include_num_members",
    "inclusive",
    "link_names",
    "mrkdwn",
    "prevent_creation",
    "reply_broadcast",
    "return_im",
    "unfurl_links",
    "unfurl_media",
)


def check_known(method: str) -> None:
    if method in METHODS:
        return
    if method in _PUBLISHED["names"]:
        raise Refusal("not_built_in_the_fake", status=501)
    raise Refusal("unknown_method", req_method=method)


def tier(method: str) -> str:
    return str(METHODS[method]["tier"])


def needed_scope(method: str) -> str:
    """Empty: none, or it depends on the conversation."""
    scopes = METHODS[method]["bot_scopes"] or []
    return str(scopes[0]) if len(scopes) == 1 else ""


def read(method: str, raw: Json, *, is_json: bool) -> Json:
    """The arguments with their types. Raises Refusal."""
    known = METHODS[method]
    # Bolt sends the workspace with every call, and Slack takes it with every method
    raw = {name: value for name, value in raw.items() if name != "team_id"}
    if is_json and not known["json_input"]:
        raise Refusal("invalid_post_type")
    if unknown := sorted(raw.keys() - set(known["args"])):
        raise Refusal("invalid_arguments", *(f"unexpected argument: {name}" for name in unknown))
    if missing := [name for name in known["required"] if raw.get(name) in (None, "")]:
        raise Refusal("invalid_arguments", *(f"missing required field: {name}" for name in missing))
    return {name: _read(name, value) for name, value in raw.items()}


def _read(name: str, value: Any) -> Any:
    if name in _OBJECTS:
        return _object(name, value)
    if name in _NUMBERS:
        return _number(name, value)
    if name in _SWITCHES:
        return _switch(name, value)
    if name == "channels" and isinstance(value, list):
        value = ",".join(value)
    if not isinstance(value, str):
        raise invalid(f"must provide a string: {name}", f"/{name}")
    return value


def _object(name: str, value: Any) -> Any:
    """JSON, or JSON as text."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except json.JSONDecodeError:
            raise Refusal(_OBJECTS[name], f"must be valid JSON: {name}") from None
    wanted = dict if name in ("metadata", "view") else list
    if not isinstance(value, wanted):
        article = "an object" if wanted is dict else "an array"
        raise Refusal(_OBJECTS[name], f"must provide {article} [json-pointer:/{name}]")
    return value


def _number(name: str, value: Any) -> int:
    if isinstance(value, bool) or not str(value).isdigit():
        raise invalid(f"must provide a number: {name}", f"/{name}")
    return int(value)


def _switch(name: str, value: Any) -> bool:
    said = str(value).lower()
    if said not in ("true", "false", "1", "0"):
        raise invalid(f"must provide a boolean: {name}", f"/{name}")
    return said in ("true", "1")
