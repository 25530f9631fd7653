"""Reduces the published description of the Web API to what the fake checks.

python -m tests.fakes.slack.reduce slack-methods.json > tests/fakes/data/slack/methods.json
"""

from __future__ import annotations

from typing import Any

from tests.fakes.common.published import print_reduced

BUILT = (
    "apps.connections.open", "auth.test", "chat.delete", "chat.postEphemeral", "chat.postMessage",
    "chat.update", "conversations.history", "conversations.info", "conversations.open", "dnd.info",
    "files.completeUploadExternal", "files.getUploadURLExternal", "team.info", "users.info",
    "users.list", "users.lookupByEmail", "views.open", "views.publish", "views.push",
    "views.update",
)  # fmt: skip
_KEPT = ("args", "required", "bot_scopes", "json_input", "tier", "errors")


def _shape(described: dict[str, Any]) -> dict[str, Any]:
    """The token is no argument here: it comes in the header."""
    shape = {name: described[name] for name in _KEPT}
    for name in ("args", "required"):
        shape[name] = [arg for arg in shape[name] if arg != "token"]
    return shape


def reduce(api: dict[str, Any]) -> dict[str, Any]:
    """Every method's name; arguments, scopes and tier of the built ones."""
    return {"names": sorted(api), "methods": {name: _shape(api[name]) for name in BUILT}}


if __name__ == "__main__":
    print_reduced(reduce)
