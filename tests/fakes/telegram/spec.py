"""Reads a call's parameters as Telegram reads them: JSON inside of a form, checked by the spec.

Two things are stricter than Telegram, which leaves them out without a word: an unknown parameter,
and an unknown field in an object. Both are misspellings that nobody would find.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.common.published import published
from tests.fakes.telegram.refusal import Refusal, bad

_API = published("telegram")
_TYPES: dict[str, Any] = _API["types"]
BUILT: tuple[str, ...] = tuple(_API["methods"])
_BUILT = {name.lower(): name for name in BUILT}
_KNOWN = {name.lower() for name in _API["names"]}
_LABELS = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "InlineKeyboardMarkup": "inline keyboard markup",
}
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "action": "wrong parameter action in request",
    "file_id": "file_id not specified",
}
_INTEGER = re.compile(r"-?\d+")
_SCALARS = {"Integer": int, "Boolean": bool, "String": str, "Float": float}


@dataclass(frozen=True)
class Upload:
    name: str
    mime: str
    content: bytes


class _Unfit(Exception):
    """Why a value is not of its type."""


def method_named(name: str) -> str:
    """The method's own spelling: Telegram does not mind the case."""
    if built := _BUILT.get(name.lower()):
        return built
    if name.lower() in _KNOWN:
        raise Refusal(501, f"Not Implemented: the fake has no {name} yet")
    raise Refusal(404, "Not Found")


def read(method: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> dict[str, Any]:
    """`raw`: texts of a form, or values of a JSON body. Raises Refusal."""
    shape = _API["methods"][method]
    attached = {str(v)[len("attach://") :] for v in raw.values() if str(v).startswith("attach://")}
    for name in [*raw, *(set(uploads) - attached)]:
        if name not in shape["fields"]:
            raise bad(f'unknown parameter "{name}"')
    given = {**raw, **{name: uploads[name] for name in uploads if name not in attached}}
    for name in shape["required"]:
        if name not in given:
            raise bad(_MISSING.get(name, f'parameter "{name}" is required'))
    return {
        name: _parameter(name, value, shape["fields"][name], uploads)
        for name, value in given.items()
    }


def _parameter(name: str, value: Any, kinds: list[str], uploads: Mapping[str, Upload]) -> Any:
    if "InputFile" in kinds:
        return _file(name, value, uploads)
    if isinstance(value, Upload):
        raise bad(f'parameter "{name}" is not a file')
    if kinds == ["Integer", "String"]:
        return int(value) if _INTEGER.fullmatch(str(value)) else str(value)
    if kinds[0] in _SCALARS:
        return _scalar(name, value, kinds[0])
    try:
        return _fitting(_from_json(name, value), kinds)
    except _Unfit as unfit:
        raise bad(str(unfit)) from None


def _file(name: str, value: Any, uploads: Mapping[str, Upload]) -> Upload | str:
    if isinstance(value, Upload):
        return value
    text = str(value)
    if not text.startswith("attach://"):
        return text
    if (upload := uploads.get(text[len("attach://") :])) is None:
        raise bad(f"there is no {name} in the request")
    return upload


def _scalar(name: str, value: Any, kind: str) -> int | bool | str:
    text = value if isinstance(value, str) else json.dumps(value)
    if kind == "Integer" and _INTEGER.fullmatch(text):
        return int(text)
    if kind == "Boolean" and text.lower() in ("true", "false", "1", "0"):
        return bool(text.lower() in ("true", "1"))
    if kind == "String":
        return str(text)
    raise bad(f"invalid {name} specified: it must be of type {kind}")


def _from_json(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        raise bad(f"can't parse {name.replace('_', ' ')} JSON object") from None


def _fitting(value: Any, kinds: list[str]) -> Any:
    """Of several types, the one that shares most fields with the value says what is wrong."""
    likely = sorted(kinds, key=lambda kind: -_likeness(value, kind))
    _check(value, likely[0])
    return value


def _likeness(value: Any, kind: str) -> int:
    shape = _TYPES.get(kind, {})
    if not isinstance(value, dict) or "any_of" in shape:
        return 0
    fixed = shape.get("fixed", {})
    same: int = sum(value.get(name) == fixed[name] for name in fixed)
    return same * 100 + len(set(value) & set(shape.get("fields", {})))


def _check(value: Any, kind: str) -> None:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            raise _Unfit(f"expected an {kind}")
        for item in value:
            _check(item, kind.removeprefix("Array of "))
    elif kind in _SCALARS:
        if type(value) is not _SCALARS[kind]:
            raise _Unfit(f"must be of type {kind}")
    elif "any_of" in _TYPES[kind]:
        _fitting(value, _TYPES[kind]["any_of"])
    else:
        _check_object(value, kind)


def _check_object(value: Any, kind: str) -> None:
    label, shape = _LABELS.get(kind, kind), _TYPES[kind]
    if not isinstance(value, dict):
        raise _Unfit(f"can't parse {label}: expected an Object")
    for name in shape["required"]:
        if name not in value:
            raise _Unfit(f"can't parse {label}: Can't find field \"{name}\"")
    for name, fixed in shape.get("fixed", {}).items():
        if value[name] != fixed:
            raise _Unfit(f'can\'t parse {label}: Unsupported {name} "{value[name]}"')
    for name, inner in value.items():
        if name not in shape["fields"]:
            raise _Unfit(f'can\'t parse {label}: Field "{name}" is unknown')
        _check_field(label, name, inner, shape["fields"][name])


def _check_field(label: str, name: str, value: Any, kinds: list[str]) -> None:
    """Any of the kinds will do; the last one's complaint is the one that is told."""
    trouble: _Unfit | None = None
    for kind in kinds:
        try:
            return _check(value, kind)
        except _Unfit as unfit:
            trouble = unfit
    said = str(trouble)
    if said.startswith("must be"):
        raise _Unfit(f'can\'t parse {label}: Field "{name}" {said}')
    raise trouble or _Unfit(label)
