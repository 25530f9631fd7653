"""Reduces the published description of the Bot API to what the fake checks.

python -m tests.fakes.telegram.reduce api.json > tests/fakes/data/telegram/methods.json
"""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.common.published import print_reduced

BUILT = (
    "getMe", "getChat", "getFile", "getUpdates", "setWebhook", "deleteWebhook",
    "getWebhookInfo", "sendMessage", "sendPhoto", "sendDocument", "sendChatAction",
    "editMessageText", "editMessageCaption", "editMessageReplyMarkup", "deleteMessage",
    "deleteMessages", "answerCallbackQuery", "setMyCommands", "getMyCommands",
    "deleteMyCommands", "setMyName", "getMyName", "setMyDescription", "getMyDescription",
    "setMyShortDescription", "getMyShortDescription",
)  # fmt: skip
_FIXED = re.compile(r"(?:must be |always [“\"])(\w+)[”\"]?\.?$")

Entry = dict[str, Any]


def _shape(described: Entry) -> Entry:
    fields = described.get("fields", [])
    shape: Entry = {
        "required": [field["name"] for field in fields if field["required"]],
        "fields": {field["name"]: field["types"] for field in fields},
    }
    if described.get("subtypes"):
        return {"any_of": described["subtypes"]}
    fixed = {f["name"]: m[1] for f in fields if (m := _FIXED.search(f["description"]))}
    return {**shape, "fixed": fixed} if "type" in fixed else shape


def _reach(types: list[str], all_types: Entry, found: Entry) -> None:
    for name in (kind.replace("Array of ", "") for kind in types):
        if name not in all_types or name in found or name == "InputFile":
            continue
        found[name] = _shape(all_types[name])
        for inner in found[name].get("fields", {}).values():
            _reach(inner, all_types, found)
        _reach(found[name].get("any_of", []), all_types, found)


def reduce(api: Entry) -> Entry:
    """Every method's name; parameters of the built ones, and the objects they reach."""
    methods = {name: _shape(api["methods"][name]) for name in BUILT}
    types: Entry = {}
    for shape in methods.values():
        for kinds in shape["fields"].values():
            _reach(kinds, api["types"], types)
    return {
        "version": api["version"],
        "names": sorted(api["methods"]),
        "methods": methods,
        "types": dict(sorted(types.items())),
    }


if __name__ == "__main__":
    print_reduced(reduce)
