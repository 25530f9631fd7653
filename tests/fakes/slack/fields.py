"""What a person fills in, and how the app is told of it."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from tests.fakes.slack import blocks as kit
from tests.fakes.slack.shapes import Json

Values = dict[tuple[str, str], Json]
# what an element calls its answer, and what was there from the start
_WRITTEN = ("plain_text_input", "email_text_input", "url_text_input", "number_input")
_SINGLE = {
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
} | dict.fromkeys(_WRITTEN, ("value", "initial_value"))
_SEVERAL = {
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
}


def state(blocks: list[Json], values: Values) -> Json:
    """What is filled in everywhere, by block_id and action_id."""
    said: Json = {}
    for block in blocks:
        for _, element in kit.elements(block):
            place = (block["block_id"], element["action_id"])
            answer = values.get(place) or _untouched(element)
            if answer is not None:
                said.setdefault(place[0], {})[place[1]] = answer
    return said


def fill(blocks: list[Json], values: Values, answers: dict[str, Any]) -> None:
    """`answers`: by label, block_id or action_id. What the client does not take is an assertion."""
    inputs = [block for block in blocks if block["type"] == "input"]
    for wanted, answer in answers.items():
        block = _named(inputs, wanted)
        place = (block["block_id"], block["element"]["action_id"])
        values[place] = answered(block["element"], answer)
    for block in inputs:
        _check_required(block, values)


def answered(element: Json, answer: Any) -> Json:
    """The element with this answer: a text, a date, the label or value of an option, or several."""
    kind = element["type"]
    if kind in _SEVERAL:
        name, _ = _SEVERAL[kind]
        if name == "selected_options":
            answer = [_option(element, one) for one in answer]
        return {"type": kind, name: answer}
    name, _ = _SINGLE[kind]
    if name == "selected_option" and answer is not None:
        answer = _option(element, answer)
    if kind in _WRITTEN and answer is not None:
        _check_length(element, answer)
    if kind == "number_input" and answer:
        _check_number(element, answer)
    if kind == "timepicker" and answer:
        assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", answer), "the client offers times only"
    return {"type": kind, name: answer or None}


def _option(element: Json, wanted: str) -> Json:
    options = [*element.get("options", [])]
    for group in element.get("option_groups", []):
        options += group["options"]
    for option in options:
        if wanted in (option["text"]["text"], option["value"]):
            return dict(option)
    offered = [option["text"]["text"] for option in options]
    raise AssertionError(f"no option {wanted!r}; there are {offered}")


def _untouched(element: Json) -> Json | None:
    """None: such an element holds no answer."""
    kind = element["type"]
    if kind in _SEVERAL:
        name, first = _SEVERAL[kind]
        return {"type": kind, name: element.get(first, [])}
    if kind in _SINGLE:
        name, first = _SINGLE[kind]
        return {"type": kind, name: element.get(first)}
    return None


def _named(inputs: list[Json], wanted: str) -> Json:
    for block in inputs:
        names = (block["label"]["text"], block["block_id"], block["element"]["action_id"])
        if wanted in names:
            return block
    labels = [block["label"]["text"] for block in inputs]
    raise AssertionError(f"no field {wanted!r}; there are {labels}")


def _check_required(block: Json, values: Values) -> None:
    element = block["element"]
    given = values.get((block["block_id"], element["action_id"])) or _untouched(element) or {}
    filled = any(value for name, value in given.items() if name != "type")
    label = block["label"]["text"]
    assert filled or block.get("optional"), f"the client wants {label!r} to be filled in"


def _check_length(element: Json, answer: str) -> None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    assert least <= len(answer) <= most, f"the client takes {least} to {most} characters"


def _check_number(element: Json, answer: str) -> None:
    try:
        number = Decimal(answer)
    except InvalidOperation:
        raise AssertionError(f"the client takes numbers only, not {answer!r}") from None
    whole = number == number.to_integral_value()
    assert whole or element["is_decimal_allowed"], "the client takes whole numbers only"
    assert number >= Decimal(element.get("min_value", "-Infinity")), "the client wants more"
    assert number <= Decimal(element.get("max_value", "Infinity")), "the client wants less"
