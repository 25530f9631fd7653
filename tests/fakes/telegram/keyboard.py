"""What may stand under a message."""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from tests.fakes.telegram.limits import Limits
from tests.fakes.telegram.refusal import bad
from tests.fakes.telegram.utf16 import units

Markup = dict[str, Any]
_LOOKS = {"text", "icon_custom_emoji_id", "style"}


def checked(markup: Markup | None, limits: Limits) -> Markup | None:
    """Gives the markup with its empty rows left out; None when nothing is shown."""
    if not markup:
        return None
    _check_placeholder(markup, limits)
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], limits)
        for button in (button for row in rows for button in row):
            _check_inline(button, limits)
        return {"inline_keyboard": rows} if rows else None
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], limits)
        if not all(button["text"] for row in rows for button in row):
            raise bad("keyboard button text must be non-empty")
        return {**markup, "keyboard": rows}
    return markup


def _rows(rows: list[list[Markup]], limits: Limits) -> list[list[Markup]]:
    kept = [row for row in rows if row]
    if sum(map(len, kept)) > limits.buttons or any(len(r) > limits.buttons_in_row for r in kept):
        raise bad("reply markup is too long")
    return kept


def _check_placeholder(markup: Markup, limits: Limits) -> None:
    if units(markup.get("input_field_placeholder", "")) > limits.placeholder:
        raise bad("input field placeholder is too long")


def _check_inline(button: Markup, limits: Limits) -> None:
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    actions = button.keys() - _LOOKS
    trouble = "can't parse inline keyboard button: "
    if not actions:
        raise bad(f"{trouble}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(f"{trouble}exactly one action is allowed, found {', '.join(sorted(actions))}")
    if "callback_data" in button:
        _check_callback(button["callback_data"], limits)
    if "url" in button:
        _check_url(button["url"])


def _check_callback(carried: str, limits: Limits) -> None:
    if not 1 <= len(carried.encode()) <= limits.callback_bytes:
        raise bad("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme == "tg":
        return
    if parts.scheme not in ("http", "https"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not _is_address(parts.hostname or ""):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _is_address(host: str) -> bool:
    """Telegram wants a dot in the name: «localhost» will not do."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." in host.strip(".")
    return True
