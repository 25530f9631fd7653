"""Block Kit: every block and element there is here, with its limits.

Numbers: slack_sdk's models, @slack/types and Slack's documentation. What only newer Slacks know
(tables, task cards, carousels) is refused as an unsupported type.
"""

from __future__ import annotations

from typing import Any

from tests.fakes.slack.rich import RICH_TEXT
from tests.fakes.slack.shapes import (
    Check,
    Findings,
    Json,
    Shape,
    array,
    boolean,
    both,
    choice,
    number,
    plain,
    record,
    string,
    text,
    typed,
)

_URL = string(3000, pattern=r"https?://\S+")
_DATE = string(10, pattern=r"\d{4}-\d{2}-\d{2}")
_TIME = string(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
_FILE = record({}, {"id": string(255, pattern=r"[F][A-Z0-9]{8,}"), "url": _URL})
_CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)
_DISPATCH = record(
    {}, {"trigger_actions_on": array(choice("on_enter_pressed", "on_character_entered"), 2)}
)


def _option(label: Check, **more: Check) -> Check:
    return record({"text": label, "value": string(150)}, {"description": plain(75)} | more)


_PLAIN_OPTION = _option(plain(75))
_RICH_OPTION = record(
    {"text": text(75), "value": string(150)}, {"description": text(75)}
)  # in radio buttons and checkboxes
_GROUP = record({"label": plain(75), "options": array(_PLAIN_OPTION, 100)})


def _one_of(*names: str) -> Check:
    """Exactly one of these properties."""

    def check(value: Json, at: str, found: Findings) -> None:
        if sum(name in value for name in names) != 1:
            found.note(f"must provide exactly one of: {', '.join(names)}", at)

    return check


def _listed(value: Json, at: str, found: Findings) -> None:
    """What is chosen from the start is one of the options."""
    options = [*value.get("options", [])]
    for group in value.get("option_groups", []):
        options += group["options"]
    if "initial_option" in value and value["initial_option"] not in options:
        found.note("must be one of the provided options", f"{at}/initial_option")
    for place, chosen in enumerate(value.get("initial_options", [])):
        if chosen not in options:
            found.note("must be one of the provided options", f"{at}/initial_options/{place}")


def _element(needed: Shape | None = None, **allowed: Check) -> Check:
    return record(needed or {}, {"action_id": string(255)} | allowed)


def _field(**allowed: Check) -> Check:
    """An element that takes an answer: placeholder, confirmation, focus."""
    usual: Shape = {"placeholder": plain(150), "confirm": _CONFIRM, "focus_on_load": boolean}
    return record({}, {"action_id": string(255)} | usual | allowed)


def _select(**allowed: Check) -> Check:
    listed = {"options": array(_PLAIN_OPTION, 100), "option_groups": array(_GROUP, 100)}
    return both(both(_field(**listed | allowed), _one_of("options", "option_groups")), _listed)


def _written(**allowed: Check) -> Check:
    """A field to write in."""
    return record(
        {},
        {
            "action_id": string(255),
            "placeholder": plain(150),
            "initial_value": string(3000, least=0),
            "dispatch_action_config": _DISPATCH,
            "focus_on_load": boolean,
        }
        | allowed,
    )


_SOME = {"max_selected_items": number(1, 100)}
_LENGTHS = {"min_length": number(0, 3000), "max_length": number(1, 3000)}
_BUTTON = _element(
    {"text": plain(75)},
    value=string(2000),
    url=_URL,
    style=choice("primary", "danger"),
    confirm=_CONFIRM,
    accessibility_label=string(75),
)
_IMAGE = both(
    record({"alt_text": string(2000)}, {"image_url": _URL, "slack_file": _FILE}),
    _one_of("image_url", "slack_file"),
)
_RADIO = both(
    _element(
        {"options": array(_RICH_OPTION, 10)},
        initial_option=_RICH_OPTION,
        confirm=_CONFIRM,
        focus_on_load=boolean,
    ),
    _listed,
)
_CHECKBOXES = both(
    _element(
        {"options": array(_RICH_OPTION, 10)},
        initial_options=array(_RICH_OPTION, 10),
        confirm=_CONFIRM,
        focus_on_load=boolean,
    ),
    _listed,
)
_CHOICES: dict[str, Check] = {
    "static_select": _select(initial_option=_PLAIN_OPTION),
    "multi_static_select": _select(initial_options=array(_PLAIN_OPTION, 100), **_SOME),
    "users_select": _field(initial_user=string(255)),
    "multi_users_select": _field(initial_users=array(string(255), 100), **_SOME),
    "datepicker": _field(initial_date=_DATE),
    "timepicker": _field(initial_time=_TIME, timezone=string(255)),
    "datetimepicker": _element(
        initial_date_time=number(1, 9_999_999_999), confirm=_CONFIRM, focus_on_load=boolean
    ),
    "radio_buttons": _RADIO,
    "checkboxes": _CHECKBOXES,
}
_FIELDS: dict[str, Check] = {
    "plain_text_input": _written(multiline=boolean, **_LENGTHS),
    "email_text_input": _written(),
    "url_text_input": _written(),
    "number_input": record(
        {"is_decimal_allowed": boolean},
        {
            "action_id": string(255),
            "placeholder": plain(150),
            "initial_value": string(100),
            "min_value": string(100),
            "max_value": string(100),
            "dispatch_action_config": _DISPATCH,
            "focus_on_load": boolean,
        },
    ),
}
_OVERFLOW = _element({"options": array(_option(plain(75), url=_URL), 5)}, confirm=_CONFIRM)
_PRESSED: dict[str, Check] = {"button": _BUTTON, "overflow": _OVERFLOW}

_ACTIONS = typed(_PRESSED | _CHOICES)
_ACCESSORY = typed(_PRESSED | _CHOICES | {"image": _IMAGE})
_IN_CONTEXT: dict[str, Check] = {"image": _IMAGE}


def _context(value: Any, at: str, found: Findings) -> None:
    if isinstance(value, dict) and value.get("type") in ("plain_text", "mrkdwn"):
        text(3000)(value, at, found)
    else:
        typed(_IN_CONTEXT)(value, at, found)


def _spoken(value: Json, at: str, found: Findings) -> None:
    if not value.keys() & {"text", "fields"}:
        found.note("must provide at least one of: text, fields", at)


def _block(needed: Shape, **allowed: Check) -> Check:
    return record(needed, {"block_id": string(255)} | allowed)


_SECTION = both(
    _block({}, text=text(3000), fields=array(text(2000), 10), accessory=_ACCESSORY, expand=boolean),
    _spoken,
)
_INPUT = _block(
    {"label": plain(2000), "element": typed(_CHOICES | _FIELDS)},
    hint=plain(2000),
    optional=boolean,
    dispatch_action=boolean,
)
_EVERYWHERE: dict[str, Check] = {
    "section": _SECTION,
    "divider": _block({}),
    "header": _block({"text": plain(150)}),
    "context": _block({"elements": array(_context, 10)}),
    "actions": _block({"elements": array(_ACTIONS, 25)}),
    "image": both(
        _block({"alt_text": string(2000)}, image_url=_URL, slack_file=_FILE, title=plain(2000)),
        _one_of("image_url", "slack_file"),
    ),
    "input": _INPUT,
    "rich_text": _block({"elements": array(RICH_TEXT, 500)}),
}
_IN_MESSAGES = _EVERYWHERE | {"markdown": _block({"text": string(12_000)})}

MESSAGE_BLOCK = typed(_IN_MESSAGES)
VIEW_BLOCK = typed(_EVERYWHERE)


def _view(blocks: int) -> dict[str, Check]:
    usual: Shape = {
        "private_metadata": string(3000, least=0),
        "callback_id": string(255, least=0),
        "external_id": string(255, least=0),
    }
    listed: Shape = {"blocks": array(VIEW_BLOCK, blocks, least=0)}
    ends: Shape = {"submit": plain(24), "close": plain(24)}
    closing: Shape = {"clear_on_close": boolean, "notify_on_close": boolean}
    return {
        "modal": record(listed | {"title": plain(24)}, usual | ends | closing),
        "home": record(listed, usual),
    }


def view(most_blocks: int) -> Check:
    return typed(_view(most_blocks))
